"""What the graphs of a release are called here, and what they are called on the server that has them.

Several releases stand there beside each other, so each graph has a name that tells the release; nobody who asks us sees
it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from mreze.namespaces import term
from mreze.release import DEFAULT_GRAPH, LOCATION, Release
from mreze.remote.graphnames import GraphNames

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

    @property
    def named(self) -> tuple[str, ...]:
        """All named graphs there, for a query to run over, and one that is none.

        Virtuoso takes a graph for empty only if it is one of those: else a pattern over it has a row without values.
        """
        return (*self.there.values(), NOTHING)

    def of(self, name: str) -> str:
        """What a named graph is called there; of one that the release does not have, what is none there either."""
        return self.there.get(name, NOTHING)


def read_names(release: Release) -> Names:
    """The graphs of a release, as its own VoID description tells of them.

    Raises:
        ReleaseError: the description is gone.
    """
    described = list(ox.parse(release.read(_VOID), format=ox.RdfFormat.TURTLE, base_iri=LOCATION))
    called = GraphNames(release.base, release.name)
    there = {one: called.there(one) for _, one in _pairs(described, "sd:name")}
    triples = {one: int(number) for one, number in _pairs(described, "void:triples")}
    counts = {
        there[one]: triples[node] for one, node in _pairs(described, "sd:graph") if one in there and node in triples
    }
    if (whole := release.base + DEFAULT_GRAPH) in triples:
        counts[called.default] = triples[whole]
    return Names(called.default, there, counts)


def _pairs(triples: list[ox.Quad], predicate: str) -> Iterator[tuple[str, str]]:
    wanted = term(predicate)
    for one in triples:
        if one.predicate == wanted and isinstance(one.subject, ox.NamedNode) and not isinstance(one.object, ox.Triple):
            yield one.subject.value, one.object.value
