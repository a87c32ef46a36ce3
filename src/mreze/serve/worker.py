"""A worker: a process that evaluates one query at a time and can be killed while it does.

It speaks frames: four bytes of length, then JSON for a request; for an answer a byte that tells its kind, and the body.
"""

from __future__ import annotations

import json
import resource
import socket
import struct
from dataclasses import asdict, dataclass
from typing import Final

import pyoxigraph as ox

from mreze.formats import Format
from mreze.syntax import explain

LENGTH: Final = struct.Struct(">I")
ANSWER: Final = struct.Struct(">IB")
SOLUTIONS, GRAPH, BAD_QUERY, NOT_ACCEPTABLE, FAILED = range(5)
"""Kinds of an answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query and how its answer is wanted."""

    query: str
    base: str
    """Relative IRIs of the query are resolved against this."""
    results: str | None
    """Extension of the syntax for solutions and truth values, None if the client takes none that there is."""
    graph: str | None
    """Extension of the syntax for graphs, None likewise."""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def frame(self) -> bytes:
        """The question as it goes to a worker."""
        content = json.dumps(asdict(self)).encode()
        return LENGTH.pack(len(content)) + content


def work(connection: socket.socket, store: ox.Store, formats: dict[str, Format]) -> None:
    """Answer questions until the other end hangs up."""
    _forbid_opening(connection)
    while (content := _receive(connection)) is not None:
        kind, body = answer(store, formats, json.loads(content))
        connection.sendall(ANSWER.pack(len(body), kind))
        connection.sendall(body)


def answer(store: ox.Store, formats: dict[str, Format], question: dict[str, object]) -> tuple[int, bytes]:
    """Evaluate one question."""
    try:
        results = store.query(
            str(question["query"]),
            base_iri=str(question["base"]),
            **_dataset(question),  # type: ignore[arg-type]  # the two keyword arguments of a dataset
        )
        graph = isinstance(results, ox.QueryTriples)
        wanted = question["graph" if graph else "results"]
        if wanted is None:
            return NOT_ACCEPTABLE, b"a graph" if graph else b"solutions"
        form = formats[str(wanted)]
        if isinstance(results, ox.QueryTriples):
            return GRAPH, results.serialize(format=form.rdf) or b""
        return SOLUTIONS, results.serialize(format=form.results) or b""
    except (SyntaxError, ValueError) as error:
        return BAD_QUERY, str(explain(error, str(question["query"]))).encode()
    except (OSError, RuntimeError) as error:  # a function that the engine does not have is the query's mistake
        return BAD_QUERY if "not supported" in str(error) else FAILED, str(error).encode()


def _dataset(question: dict[str, object]) -> dict[str, object]:
    """The dataset that the request names, which overrides the query's own (SPARQL 1.1 Protocol, 2.1.4)."""
    default, named = question["default_graphs"], question["named_graphs"]
    if not default and not named:
        return {}
    assert isinstance(default, list) and isinstance(named, list)  # noqa: S101, PT018 - this module wrote them
    return {
        "default_graph": [ox.NamedNode(one) for one in default],
        "named_graphs": [ox.NamedNode(one) for one in named],
    }


def _forbid_opening(connection: socket.socket) -> None:
    """Let the process open nothing from now on: no query can make it talk to another machine."""
    limit = connection.fileno() + 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))


def _receive(connection: socket.socket) -> bytes | None:
    header = _exactly(connection, LENGTH.size)
    return None if header is None else _exactly(connection, LENGTH.unpack(header)[0])


def _exactly(connection: socket.socket, count: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < count:
        part = connection.recv(count - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)
