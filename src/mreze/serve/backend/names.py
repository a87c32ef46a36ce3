"""What the graphs of a release are called here, and what they are called on the server that has them.

Several releases stand there beside each other, so each graph has a name that tells the release; nobody who asks us sees
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from mreze.namespaces import term
from mreze.release import DEFAULT_GRAPH, LOCATION, Release

NOTHING: Final = "urn:mreze:nothing"
"""A graph that there is not: what a query runs over that names graphs which the release does not have."""
_VOID: Final = "void.ttl"


@dataclass(frozen=True, slots=True)
class Names:
    """The graphs of one release."""

    default: str
    """The name there of what is the default graph here."""
    there: Mapping[str, str]
    """The names there of the named graphs, by those here."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many triples each graph has of which that is known, by its name there."""

    def of(self, name: str) -> str:
        """What a named graph is called there; of one that the release does not have, what is none there either."""
        return self.there.get(name, NOTHING)


def graph_there(base: str, release: str, name: str) -> str:
    """What a named graph of a release is called there; its IRI as a part of another, if it is none of the site's."""
    return f"{base}releases/{release}/" + (
        name.removeprefix(base) if name.startswith(base) else f"graph/{quote(name, safe='')}"
    )


def read_names(release: Release) -> Names:
    """The graphs of a release, as its own VoID description tells of them.

    Raises:
        ReleaseError: the description is gone.
    """
    described = list(ox.parse(release.read(_VOID), format=ox.RdfFormat.TURTLE, base_iri=LOCATION))
    there = {one: graph_there(release.base, release.name, one) for _, one in _pairs(described, "sd:name")}
    default = f"{release.base}releases/{release.name}/default"
    triples = {one: int(number) for one, number in _pairs(described, "void:triples")}
    counts = {
        there[one]: triples[node] for one, node in _pairs(described, "sd:graph") if one in there and node in triples
    }
    if (whole := release.base + DEFAULT_GRAPH) in triples:
        counts[default] = triples[whole]
    return Names(default, there, counts)


def _pairs(triples: list[ox.Quad], predicate: str) -> Iterator[tuple[str, str]]:
    wanted = term(predicate)
    for one in triples:
        if one.predicate == wanted and isinstance(one.subject, ox.NamedNode) and not isinstance(one.object, ox.Triple):
            yield one.subject.value, one.object.value
