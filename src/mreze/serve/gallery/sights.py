"""Where a thing is, and where that is which it is tied to: the rows of the map of its page.

What is somewhere has a geometry (https://docs.ogc.org/is/22-047r1/22-047r1.html#10-8), or a property that leads to
what has one: an organization its seat, a city its place. Who belongs to whom is told in terms of W3C ORG
(https://www.w3.org/TR/vocab-org/). Nothing else is followed, so any site's things have maps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.gallery.neighbours import EVERYTHING, Neighbours, is_apart, row
from mreze.serve.gallery.rows import Row
from mreze.serve.store import Store

_GEOMETRIES: Final = (term("geo:hasGeometry"), term("geo:hasDefaultGeometry"))
_WKT: Final = term("geo:asWKT")
_NARROWER: Final = term("rdfs:subPropertyOf")
_TIES: Final = tuple(term(one) for one in ("org:member", "org:organization", "org:memberOf", "org:hasMember"))
_MEMBERSHIP: Final = term("org:Membership")
Somewhere = tuple[NamedNode | None, NamedNode, str]
"""How something is there (None: it is that itself), what is there, and its point."""


def sights(store: Store, thing: str, most: int) -> list[Row]:
    """The rows of the map of a thing; each thing and point once, no more than `most`."""
    found: dict[tuple[str, str, str], Row] = {}
    for one in _Survey(store).rows(NamedNode(thing)):
        key = one["thing"].value, one["point"].value, one["place"].value if "place" in one else ""
        found.setdefault(key, one)
        if len(found) == most:
            break
    return list(found.values())


class _Survey:
    """Looks for points."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._near = Neighbours(store)

    def rows(self, thing: NamedNode) -> Iterator[Row]:
        """Those of the thing itself, then of what it is tied to, then of what points to it."""
        for how, where, point in self._located(thing):
            yield row(thing=thing, kind=how, place=where if how else None, point=Literal(point))
        for tie in _TIES:
            for other in self._near.objects(thing, tie):
                yield from self._of_other(other, tie)
        for end, far in ((_TIES[1], _TIES[0]), (_TIES[0], _TIES[1])):
            for membership in self._near.subjects(end, thing):
                if self._store.holds((membership, RDF_TYPE, _MEMBERSHIP), ""):
                    for other in self._near.objects(membership, far):
                        yield from self._of_other(other, far)
        yield from self._pointing(thing)

    def _of_other(self, other: NamedNode, tie: NamedNode) -> Iterator[Row]:
        for how, where, point in self._located(other):
            yield row(thing=other, kind=tie, place=where if how else None, point=Literal(point))

    def _pointing(self, thing: NamedNode) -> Iterator[Row]:
        """What is somewhere and says that it has to do with the thing, as a place names its country."""
        for predicate, other in self._near.pointing(thing):
            if not is_apart(predicate):
                for point in self._points(other):
                    yield row(thing=other, point=Literal(point))

    def _located(self, node: NamedNode) -> Iterator[Somewhere]:
        own = self._points(node)
        yield from ((None, node, one) for one in own)
        if own:
            return
        ways: dict[NamedNode, list[NamedNode]] = {}
        for predicate, other in self._near.leading(node):
            if not is_apart(predicate) and predicate not in _GEOMETRIES:
                ways.setdefault(other, []).append(predicate)
        for where, predicates in ways.items():
            for point in self._points(where):
                yield from ((one, where, point) for one in self._narrowest(predicates))

    def _narrowest(self, predicates: Iterable[NamedNode]) -> Iterator[NamedNode]:
        """Without those that follow from others, as a seat is where something is based; what is so narrow first."""
        found = list(predicates)
        wider = {one: [other for other in found if self._store.holds((one, _NARROWER, other), "")] for one in found}
        implied = {other for one, others in wider.items() for other in others if other != one}
        yield from sorted((one for one in found if one not in implied), key=lambda one: not wider[one])

    def _points(self, node: NamedNode) -> list[str]:
        geometries = (
            one.object
            for predicate in _GEOMETRIES
            for one in self._store.fitting((node, predicate, None), EVERYTHING)
            if isinstance(one.object, NamedNode | BlankNode)
        )
        said = (one.object for node in geometries for one in self._store.fitting((node, _WKT, None), EVERYTHING))
        return sorted({one.value for one in said if isinstance(one, Literal)})
