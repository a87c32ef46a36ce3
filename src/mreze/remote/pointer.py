"""What a server is told of releases: which of them it holds, and which one is served.

All of it stands in one small graph, `<base>releases`:

    <base>catalog  mreze:servedRelease  "2026-11-23" .
    <base>releases/2026-11-23  dct:identifier  "2026-11-23" ;  mreze:input  "<sha256>" ;  mreze:push  "<token>" ;
        mreze:complete  true ;  sd:namedGraph  <base>releases/2026-11-23/default , … .
    <base>releases/2026-11-23/default  void:triples  1234 .

A release without `mreze:complete` is being pushed, or was not pushed to its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.errors import BackendIncomplete
from mreze.namespaces import PREFIXES
from mreze.remote.client import Client
from mreze.remote.graphnames import pointer

_PREFIXES: Final = "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in ("dct", "mreze", "sd", "void")) + "\n"


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
    graph = [pointer(base)]
    served = read_served(client, base)
    releases = client.select(
        f"{_PREFIXES}SELECT ?release ?name ?input ?token ?complete {{ ?release dct:identifier ?name ; "
        "mreze:input ?input ; mreze:push ?token . OPTIONAL { ?release mreze:complete ?complete } }",
        graph,
    )
    graphs = client.select(
        f"{_PREFIXES}SELECT ?release ?graph ?n {{ ?release sd:namedGraph ?graph . ?graph void:triples ?n }}", graph
    )
    sizes: dict[str, dict[str, int]] = {}
    for row in graphs:
        sizes.setdefault(_text(row["release"]), {})[_text(row["graph"])] = int(_text(row["n"]))
    pushed = (
        Pushed(
            _text(row["name"]), _text(row["input"]), _text(row["token"]), "complete" in row,
            sizes.get(_text(row["release"]), {}),
        )
        for row in releases
    )  # fmt: skip
    return State(served, {one.name: one for one in pushed})


def read_served(client: Client, base: str) -> str | None:
    """The name of the release that is served, None where none is; see `read_state` for errors."""
    graph = pointer(base)
    served = client.select(f"{_PREFIXES}SELECT ?name {{ <{base}catalog> mreze:servedRelease ?name }}", [graph])
    if len(served) > 1:
        raise BackendIncomplete(
            f"{client.endpoint.addresses.query}: <{graph}> names {len(served)} releases as served. Push one again."
        )
    return _text(served[0]["name"]) if served else None


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


def _subject(base: str, name: str) -> str:
    return f"<{pointer(base)}/{name}>"


def _text(value: object) -> str:
    return value.value if isinstance(value, NamedNode | Literal) else str(value)
