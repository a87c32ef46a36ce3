"""A worker: a process that evaluates one query at a time and can be killed while it does.

It speaks frames: four bytes of length, then a question; for an answer length, kind and cost, then its content.
"""

from __future__ import annotations

import io
import marshal
import resource
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from mreze.errors import ReleaseError
from mreze.formats import RDF_XML, RESULTS_XML, Format
from mreze.serve.dataset import DatasetClause, Datasets, read_dataset
from mreze.serve.shelved import Shelved
from mreze.serve.wellformedness import is_unwritable, unwritable
from mreze.syntax import Mistake, explain

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

LENGTH: Final = struct.Struct(">I")
ANSWER: Final = struct.Struct(">IBd")
"""Length of the content, kind, seconds of CPU that it took."""
SOLUTIONS, GRAPH, BAD_QUERY, NOT_ACCEPTABLE, FAILED, TOO_LARGE, TOO_DEEP = range(7)
"""Kinds of an answer."""
_SMALL: Final = 1 << 16
_LONGEST_REASON: Final = 500
_STACK: Final = 64 << 20
"""Bytes of stack that the engine may use: it follows what is nested, and every part of a UNION, by recursion."""


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
    federated: bool = False
    """Whether it asks other servers, all of which it may ask."""
    release: str = ""
    """The release that it asks, where that is not the one that is served."""

    def frame(self) -> bytes:
        """The question as it goes to a worker."""
        graphs = self.default_graphs, self.named_graphs
        fields = (self.query, self.base, self.results, self.graph, *graphs, self.federated, self.release)
        content = marshal.dumps(fields)  # both ends are the same program, and nobody else can write to the socket
        return LENGTH.pack(len(content)) + content

    @staticmethod
    def read(content: bytes) -> Question:
        """The question that a frame holds."""
        return Question(*marshal.loads(content))  # noqa: S302 - see above


@dataclass(frozen=True, slots=True)
class Caps:
    """What a query may take."""

    memory: int
    """Bytes of memory, on top of what the store needs."""
    result: int
    """Bytes of an answer."""
    federated: bool = False
    """Whether queries may ask other servers."""
    on_disk: bool = False
    """Whether the store is there: it opens its files when a query comes to them, and breaks where it may not."""


class PastCapError(Exception):
    """The answer is longer than it may be."""


class Capped(io.BytesIO):
    """Collects what is written, up to a number of bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Buffer, /) -> int:
        """Take what is written, if there is room."""
        written = super().write(data)
        if self.tell() > self._most:
            raise PastCapError
        return written


Evaluate = Callable[["Question"], tuple[int, bytes]]
"""Answers a question: the kind of the answer, and its content."""


def work(
    connection: socket.socket,
    store: ox.Store,
    formats: dict[str, Format],
    caps: Caps,
    folder: Path | None = None,
    elsewhere: Evaluate | None = None,
) -> None:
    """Answer questions until the other end hangs up.

    Args:
        connection: where they come from.
        store: of the release that is served.
        formats: by extension.
        caps: what a query may take.
        folder: where the stores of other releases are, if they may be asked.
        elsewhere: answers those about the release that is served, where its store is on another server.
    """
    cap_memory(caps.memory)
    _allow_depth()
    sealed = not (caps.federated or caps.on_disk) and folder is None and elsewhere is None
    files = _forbid_opening(connection, for_good=sealed)
    shelved = Shelved(Datasets(store), folder)
    while (content := _receive(connection)) is not None:
        question = Question.read(content)
        # What another server does takes no time of ours: there the time counts that passes.
        clock = time.process_time if elsewhere is None or question.release else time.monotonic
        begun = clock()
        try:
            if not shelved.has(question.release):
                _open(shelved, question.release, files, caps.memory)
            on_disk = caps.on_disk or question.release or elsewhere
            with _opening(files) if question.federated or on_disk else nullcontext():
                if elsewhere is not None and not question.release:
                    kind, body = elsewhere(question)
                else:
                    kind, body = answer(shelved.get(question.release), formats, question, caps.result)
        except ReleaseError as error:
            kind, body = FAILED, str(error).encode()
        header = ANSWER.pack(len(body), kind, clock() - begun)
        if len(body) < _SMALL:  # one piece wakes the other end once
            connection.sendall(header + body)
        else:
            connection.sendall(header)
            connection.sendall(body)


class Seal:
    """Keeps a process from opening anything once it is shut: no query can make it talk to another machine.

    Where the store is on disk there is none: see `Caps.on_disk`.
    """

    def __init__(self, caps: Caps) -> None:
        self._usual = resource.getrlimit(resource.RLIMIT_NOFILE)
        self._shut = self._usual if caps.on_disk else (0, self._usual[1])

    def shut(self) -> None:
        """From now on the process opens nothing."""
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, self._shut)

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Let it be given a connection meanwhile."""
        resource.setrlimit(resource.RLIMIT_NOFILE, self._usual)
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, self._shut)


def evaluator(store: ox.Store, formats: dict[str, Format], caps: Caps) -> Callable[[Question], tuple[int, bytes]]:
    """What answers questions in this very process, within its caps."""
    cap_memory(caps.memory)
    _allow_depth()
    datasets = Datasets(store)
    return lambda question: answer(datasets, formats, question, caps.result)


def answer(datasets: Datasets, formats: dict[str, Format], question: Question, largest: int) -> tuple[int, bytes]:
    """Evaluate one question; `largest` is how many bytes the answer may have."""
    try:
        return _evaluate(datasets, formats, question, Capped(largest))
    except PastCapError:
        return TOO_LARGE, f"The answer has more than {largest:,} bytes, the limit here.".encode()
    except MemoryError:
        return TOO_LARGE, b"The answer needs more memory than a query may have here."
    except (SyntaxError, ValueError) as error:
        return BAD_QUERY, marshal.dumps(astuple(explain(error, question.query)))
    except (OSError, RuntimeError) as error:
        if is_unwritable(error):
            return NOT_ACCEPTABLE, b"a property that RDF/XML keeps for itself"
        said = str(error)[:_LONGEST_REASON]  # another server's answer may be in it
        if "not supported" in said:  # a function that the engine does not have is the query's mistake
            return BAD_QUERY, marshal.dumps(astuple(Mistake(said)))
        return FAILED, said.encode()


def read_mistake(content: bytes) -> Mistake:
    """What an answer of the kind BAD_QUERY says."""
    return Mistake(*marshal.loads(content))  # noqa: S302 - see `Question.frame`


def _evaluate(datasets: Datasets, formats: dict[str, Format], question: Question, output: Capped) -> tuple[int, bytes]:
    query, base = question.query, question.base
    # The dataset of the request overrides the query's own (SPARQL 1.1 Protocol, 2.1.4).
    asked = DatasetClause(question.default_graphs, question.named_graphs)
    clause = asked if asked.default or asked.named else read_dataset(query, base)
    prepared, dataset = datasets.prepare(clause)
    results = prepared.query(query, base_iri=base, **dataset)
    graph = isinstance(results, ox.QueryTriples)
    wanted = question.graph if graph else question.results
    if wanted is None:
        return NOT_ACCEPTABLE, b"a graph" if graph else b"solutions"
    form = formats[wanted]
    if isinstance(results, ox.QueryTriples):
        results.serialize(output, format=form.rdf)
    else:
        results.serialize(output, format=form.results)
    content = output.getvalue()
    if form in {RESULTS_XML, RDF_XML} and (unwritten := unwritable(content)):
        return NOT_ACCEPTABLE, unwritten.encode()
    return GRAPH if graph else SOLUTIONS, content


def _open(shelved: Shelved, name: str, files: tuple[int, int], memory: int) -> None:
    """Open the store of another release; what that takes is no memory of a query."""
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with _opening(files):
        try:
            shelved.open(name)
        finally:
            cap_memory(memory)


def cap_memory(allowance: int) -> None:
    """Past the cap an allocation fails, and the engine ends the process: no query can starve the machine."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit, most = pages * resource.getpagesize() + allowance, resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def _allow_depth() -> None:
    """Let the stack grow; past its end the process ends too."""
    most = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (_STACK if most == resource.RLIM_INFINITY else min(_STACK, most), most))


def _forbid_opening(connection: socket.socket, *, for_good: bool) -> tuple[int, int]:
    """Let the process open nothing: no query can make it talk to another machine, or leave a file when it breaks.

    Returns:
        How many files it may have open from now on, and how many where a query may ask other servers.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    least = connection.fileno() + 1
    most = least if for_good else resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (least, most))
    return least, most


@contextmanager
def _opening(files: tuple[int, int]) -> Iterator[None]:
    """Let the process open connections meanwhile."""
    least, most = files
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (least, most))


def _receive(connection: socket.socket) -> bytes | None:
    """A question; there is never more than one on the way."""
    frame = bytearray()
    while len(frame) < LENGTH.size or len(frame) < LENGTH.size + LENGTH.unpack_from(frame)[0]:
        part = connection.recv(_SMALL)
        if not part:
            return None
        frame += part
    return bytes(frame[LENGTH.size :])
