"""What a server is told of releases: which of them it holds, and which one is served.

All of it stands in one small graph, `<base>releases`:

    <base>catalog  mreze:servedRelease  "2026-11-23" .
    <base>releases/2026-11-23  dct:identifier  "2026-11-23" ;  mreze:input  "<sha256>" ;  mreze:push  "<token>" ;
        mreze:complete  true ;  sd:namedGraph  <base>releases/2026-11-23/default , … .
    <base>releases/2026-11-23/default  void:triples  1234 .

A release without `mreze:complete` is being pushed, or was not pushed to its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.errors import BackendIncomplete
from mreze.namespaces import PREFIXES
from mreze.remote.client import Client
from mreze.remote.graphnames import pointer

_PREFIXES: Final = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("dct", "mreze", "sd", "void")) + "\n"
_RELEASES: Final = (
    "SELECT ?release ?name ?input ?token ?complete { ?release dct:identifier ?name ; mreze:input ?input ; "
    "mreze:push ?token . OPTIONAL { ?release mreze:complete ?complete } }"
)
_SIZES: Final = "SELECT ?release ?graph ?n { ?release sd:namedGraph ?graph . ?graph void:triples ?n }"


@dataclass(frozen=True, slots=True)
class Pushed:
    """A release at a server."""

    name: str
    input: str
    """The digest of what it was made of; see mreze.release."""
    token: str
    """Tells one push from another."""
    complete: bool
    graphs: Mapping[str, int]
    """How many triples each graph has, by its name there."""


@dataclass(frozen=True, slots=True)
class State:
    """What a server is told."""

    served: str | None
    """The name of the release that is served."""
    pushed: Mapping[str, Pushed]
    """By name."""


def read_state(client: Client, base: str) -> State:
    """What the server is told of the releases of the site with this base IRI.

    Raises:
        BackendError: it does not answer, or what it says contradicts itself.
    """
    served = read_served(client, base)
    releases = _told(client, base, _RELEASES, ("release", "name", "input", "token"))
    sizes: dict[str, dict[str, int]] = {}
    for row in _told(client, base, _SIZES, ("release", "graph", "n")):
        if not row["n"].isdecimal():
            raise _unread(client, base)
        sizes.setdefault(row["release"], {})[row["graph"]] = int(row["n"])
    pushed = (
        Pushed(row["name"], row["input"], row["token"], "complete" in row, sizes.get(row["release"], {}))
        for row in releases
    )
    return State(served, {one.name: one for one in pushed})


def read_served(client: Client, base: str) -> str | None:
    """The name of the release that is served, None where none is; see `read_state` for errors."""
    served = _told(client, base, f"SELECT ?name {{ <{base}catalog> mreze:servedRelease ?name }}", ("name",))
    if len(served) > 1:
        raise BackendIncomplete(
            f"{client.endpoint.addresses.query}: <{pointer(base)}> names {len(served)} releases as served. "
            "Push one again."
        )
    return served[0]["name"] if served else None


def begin_update(base: str, release: Pushed) -> str:
    """The update that tells of a release that it is being pushed."""
    subject = _subject(base, release.name)
    lines = [
        f'{subject} dct:identifier "{release.name}" ; mreze:input "{release.input}" ; mreze:push "{release.token}" .'
    ]
    for name, size in sorted(release.graphs.items()):
        lines.append(f"{subject} sd:namedGraph <{name}> . <{name}> void:triples {size} .")
    return f"{_PREFIXES}INSERT DATA {{ GRAPH <{pointer(base)}> {{\n" + "\n".join(lines) + "\n} }"


def withdraw_update(base: str, name: str) -> str:
    """The update after which a release counts as not whole, and its push as cleared; its graphs stay listed."""
    graph, subject = pointer(base), _subject(base, name)
    return (
        f"{_PREFIXES}DELETE WHERE {{ GRAPH <{graph}> {{ {subject} mreze:complete ?o }} }} ;\n"
        f'WITH <{graph}> DELETE {{ {subject} mreze:push ?old }} INSERT {{ {subject} mreze:push "" }} '
        f"WHERE {{ {subject} mreze:push ?old }}"
    )


def forget_update(base: str, name: str) -> str:
    """The update that takes away what is told of a release."""
    graph, subject = pointer(base), _subject(base, name)
    listed = f"{subject} sd:namedGraph ?graph . ?graph void:triples ?n"
    return (
        f"{_PREFIXES}DELETE WHERE {{ GRAPH <{graph}> {{ {listed} }} }} ;\n"
        f"DELETE WHERE {{ GRAPH <{graph}> {{ {subject} ?p ?o }} }}"
    )


def switch_update(base: str, release: Pushed) -> str:
    """The update that makes a release the one that is served: of a push that nobody has cleared meanwhile."""
    subject, catalog = _subject(base, release.name), f"<{base}catalog>"
    return (
        f"{_PREFIXES}WITH <{pointer(base)}>\n"
        f"DELETE {{ {catalog} mreze:servedRelease ?old }}\n"
        f'INSERT {{ {subject} mreze:complete true . {catalog} mreze:servedRelease "{release.name}" }}\n'
        f'WHERE {{ {subject} mreze:push "{release.token}" . OPTIONAL {{ {catalog} mreze:servedRelease ?old }} }}'
    )


def _told(client: Client, base: str, query: str, needed: Sequence[str]) -> list[dict[str, str]]:
    """The rows that the graph of releases gives, each of which has these variables."""
    found = client.select(_PREFIXES + query, [pointer(base)])
    rows = [{name: _text(value) for name, value in row.items()} for row in found]
    if not all(name in row for row in rows for name in needed):
        raise _unread(client, base)
    return rows


def _unread(client: Client, base: str) -> BackendIncomplete:
    return BackendIncomplete(
        f"{client.endpoint.addresses.query}: what it answers of <{pointer(base)}> is not what mreze push writes there. "
        "Look at the server; then push again."
    )


def _subject(base: str, name: str) -> str:
    return f"<{pointer(base)}/{name}>"


def _text(value: object) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else str(value)
