"""What the page of a place tells beyond others: what it lies in, and who is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.gallery.neighbours import Neighbours, is_apart
from mreze.serve.store import Store
from mreze.serve.view import Value, Viewer

_CLASSES: Final = "geo:Feature schema:Place schema:City schema:Country schema:AdministrativeArea dct:Location"
_PLACES: Final = tuple(term(one) for one in _CLASSES.split())
_GEOMETRY: Final = term("geo:hasGeometry")
_NARROWER: Final = term("rdfs:subPropertyOf")
_MEMBER_OF: Final = (term("org:memberOf"), term("schema:memberOf"))
_HIGHEST: Final = 4
"""Places that lie in each other, at most."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Who or what is at a place."""

    who: Value
    kind: Value | None
    """One of its classes: cities and their authorities have the same name."""
    how: tuple[Value, ...]
    member_of: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Locality:
    """A place among others."""

    within: tuple[Value, ...] = ()
    """What it lies in, the nearest first."""
    residents: tuple[Resident, ...] = ()
    properties: frozenset[NamedNode] = frozenset()
    """Those that lead here: other lists need not repeat them."""

    @property
    def has_members(self) -> bool:
        """Whether any who is there is a member of something."""
        return any(one.member_of for one in self.residents)


class Surveyor:
    """Tells of places."""

    def __init__(self, store: Store, viewer: Viewer) -> None:
        """Prepare.

        Args:
            store: where other things are described.
            viewer: knows the thing; learns what else is named.
        """
        self._store, self._viewer = store, viewer
        self._near = Neighbours(store)

    def locality(self, thing: str, incoming: Iterable[Triple]) -> Locality:
        """What there is to tell of a thing that is a place; nothing of another.

        Args:
            thing: its IRI.
            incoming: what points to it.
        """
        if not self._viewer.is_of(thing, *_PLACES) and _GEOMETRY not in self._viewer.said(thing):
            return Locality()
        ways: dict[NamedNode, list[NamedNode]] = {}
        for one in incoming:
            if isinstance(one.subject, NamedNode) and "#" not in one.subject.value and not is_apart(one.predicate):
                ways.setdefault(one.subject, []).append(one.predicate)
        above = self._above(NamedNode(thing))
        groups = {who: self._groups(who) for who in ways}
        kinds = {who: self._kinds(who)[-1:] for who in ways}  # the last is mostly one of schema.org, which are narrow
        named = {*above, *(one for several in (*groups.values(), *kinds.values()) for one in several)}
        self._viewer.learn(self._store.labels(named))
        residents = [self._resident(who, ways[who], groups[who], kinds[who]) for who in ways]
        residents.sort(key=lambda one: one.who.text.casefold())
        led = frozenset(predicate for several in ways.values() for predicate in several)
        return Locality(tuple(self._viewer.link(one.value) for one in above), tuple(residents), led)

    def _above(self, thing: NamedNode) -> list[NamedNode]:
        found: list[NamedNode] = []
        below = {thing}
        while len(found) < _HIGHEST:
            wider = (other for way, other in self._near.leading(thing) if not is_apart(way) and self._is_place(other))
            nearest = next((one for one in wider if one not in below), None)
            if nearest is None:
                break
            found.append(nearest)
            below.add(nearest)
            thing = nearest
        return found

    def _is_place(self, node: NamedNode) -> bool:
        return not set(_PLACES).isdisjoint(self._kinds(node))

    def _kinds(self, node: NamedNode) -> list[NamedNode]:
        return self._near.objects(node, RDF_TYPE)

    def _groups(self, who: NamedNode) -> list[NamedNode]:
        return list(dict.fromkeys(one for way in _MEMBER_OF for one in self._near.objects(who, way)))

    def _resident(
        self, who: NamedNode, ways: list[NamedNode], groups: list[NamedNode], kinds: list[NamedNode]
    ) -> Resident:
        wider = {two for one in ways for two in ways if one != two and self._store.holds((one, _NARROWER, two), "")}
        how = {self._viewer.link(one.value).text: self._viewer.link(one.value) for one in ways if one not in wider}
        named = tuple(self._viewer.link(one.value) for one in groups)
        kind = next((self._viewer.label(one.value) for one in kinds), None)
        return Resident(self._viewer.link(who.value), kind, tuple(how.values()), named)
