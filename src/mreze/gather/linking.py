"""What a link is in RDF: one triple of the thing, and a statement about it that says who accepted it, and when.

The design of links: owl:sameAs to a thing of the same kind, else schema:sameAs; skos:exactMatch between concepts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.gather.authorities import GEONAMES, WIKIDATA
from mreze.gather.identity import owner
from mreze.namespaces import RDF_TYPE, term

SAME, ELSEWHERE, CONCEPT = "owl:sameAs", "schema:sameAs", "skos:exactMatch"
LINKS: Final = (SAME, ELSEWHERE, CONCEPT)
CONCEPTS: Final = frozenset({term("skos:Concept").value})
PLACES: Final = frozenset(
    term(name).value
    for name in (
        "dct:Location", "geo:Feature", "schema:AdministrativeArea", "schema:City", "schema:Country", "schema:Place",
        "schema:State", "wgs:SpatialThing",
    )
)  # fmt: skip
_GOVERNMENTS: Final = frozenset({term("schema:GovernmentOrganization").value})
_ANY: Final[frozenset[str]] = frozenset()
_DESCRIBED: Final = frozenset({WIKIDATA.name, GEONAMES.name})
_RULES: Final = (
    (CONCEPTS, _ANY, CONCEPT),
    (PLACES, _DESCRIBED, SAME),
    (PLACES, _ANY, ELSEWHERE),  # an authority table has concepts, no places
    (_GOVERNMENTS, _ANY, ELSEWHERE),  # what elsewhere is called like a city is the place, until a person says more
    (_ANY, frozenset({WIKIDATA.name}), SAME),
    (_ANY, _ANY, ELSEWHERE),
)
"""Classes of the thing, whose the candidate is, and the link; the first rule that fits, an empty set fits all."""
_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


def usual_link(classes: Collection[str], candidate: str) -> str:
    """The property that leads from a thing to a candidate, where nobody says which.

    Args:
        classes: IRIs of the classes of the thing.
        candidate: IRI.
    """
    whose = owner(candidate)
    return next(
        link
        for kinds, owners, link in _RULES
        if (not kinds or not kinds.isdisjoint(classes)) and (not owners or whose in owners)
    )


@dataclass(frozen=True, slots=True)
class Link:
    """A candidate that a person accepted, as the site states it."""

    thing: str
    name: str
    """Of its property, one of `LINKS`."""
    candidate: str
    by: str
    on: str
    """The day, YYYY-MM-DD."""

    @property
    def plain(self) -> Triple:
        """What people query."""
        return Triple(NamedNode(self.thing), term(self.name), NamedNode(self.candidate))

    def triples(self, taken: Collection[str] = ()) -> Iterator[Triple]:
        """All that is stated: the link itself, and in a part of the thing who accepted it, and when.

        Args:
            taken: IRIs of parts of the thing that are something else.
        """
        yield self.plain
        part = NamedNode(_part(self.thing, self.candidate, taken))
        yield Triple(part, RDF_TYPE, term("rdf:Statement"))
        yield Triple(part, term("rdf:subject"), self.plain.subject)
        yield Triple(part, term("rdf:predicate"), self.plain.predicate)
        yield Triple(part, term("rdf:object"), self.plain.object)
        yield Triple(part, term("dct:dateAccepted"), Literal(self.on, datatype=term("xsd:date")))
        yield Triple(part, term("dc:creator"), Literal(self.by))


def _part(thing: str, candidate: str, taken: Collection[str]) -> str:
    """IRI of the part of a thing that is about a link: #link-Q42, of several that would be called so #link-Q42-2."""
    last = re.split(r"[/#?]", candidate.rstrip("/#"))[-1]
    part = f"{thing}#link-{_UNSAFE.sub('-', last).strip('-.') or 'other'}"
    numbered = (f"{part}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (part, *numbered) if one not in taken)
