"""What happened to a thing, when, and who says otherwise: the rows of the timeline of its page.

Dates are literals of XML Schema. Memberships are told in terms of W3C ORG, their beginning and end in those of
OWL-Time (https://www.w3.org/TR/owl-time/); what sources say, as reified statements
(https://www.w3.org/TR/rdf-schema/#ch_reificationvocab).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.facts import agree
from mreze.serve.gallery.neighbours import EVERYTHING, Neighbours, is_apart, row
from mreze.serve.gallery.rows import Row
from mreze.serve.store import Store

_DATES: Final = frozenset(term(one) for one in ("xsd:gYear", "xsd:gYearMonth", "xsd:date", "xsd:dateTime"))
_INSTANTS: Final = tuple(term(one) for one in ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear"))
_BOUNDS: Final = {"before": term("time:before"), "after": term("time:after")}
_MEMBERSHIP: Final = term("org:Membership")
_START, _END = term("schema:startDate"), term("schema:endDate")
_START, _END = term("schema:startDate"), term("schema:endDate")
_MEMBER, _ORGANIZATION = term("org:member"), term("org:organization")


def dates(store: Store, thing: str, joined: str, most: int) -> list[Row]:
    """The rows of the timeline of a thing, its own and then the earliest first; no more than `most`, each once.

    Args:
        store: where to look.
        thing: its IRI.
        joined: what the beginning of a membership is called, in the language of the reader.
        most: rows.
    """

    def order(one: Row) -> tuple[bool, str, str]:
        return one["thing"].value != thing, one["date"].value, one["thing"].value

    found = {tuple(sorted(one.items())): one for one in _Chronicle(store, joined).rows(NamedNode(thing))}
    return sorted(found.values(), key=order)[:most]


class _Chronicle:
    """Looks for dates."""

    def __init__(self, store: Store, joined: str) -> None:
        self._store = store
        self._near = Neighbours(store)
        self._joined = Literal(joined)

    def rows(self, thing: NamedNode) -> Iterator[Row]:
        """Those of the thing, of its memberships, and of what it is tied to."""
        if self._near.is_document(thing):
            return
        yield from self._own(thing)
        if self._is_membership(thing):
            yield from self._membership(thing, thing)
        for end, far in ((_ORGANIZATION, _MEMBER), (_MEMBER, _ORGANIZATION)):
            for one in filter(self._is_membership, self._near.subjects(end, thing)):
                for other in self._near.objects(one, far):
                    yield from self._membership(one, other)
        tied = [*self._near.leading(thing), *self._near.pointing(thing)]
        for other in dict.fromkeys(one for predicate, one in tied if not is_apart(predicate)):
            if not self._near.is_document(other):
                yield from self._own(other)

    def _is_membership(self, node: NamedNode) -> bool:
        return self._store.holds((node, RDF_TYPE, _MEMBERSHIP), "")

    def _own(self, thing: NamedNode) -> Iterator[Row]:
        """The dates of a thing itself; the end of an event belongs to its start."""
        said: dict[NamedNode, list[Literal]] = {}
        for predicate, date in self._near.literals(thing):
            if date.datatype in _DATES and not is_apart(predicate):
                said.setdefault(predicate, []).append(date)
        end = said.pop(_END)[0] if _START in said and _END in said else None
        for predicate, known in said.items():
            claims = self._claims(thing, predicate)
            until = end if predicate == _START else None
            for date in known:
                yield row(thing=thing, kind=predicate, date=_precise(date, claims), until=until)
            for claim, other in claims:
                if not any(agree(other, date) for date in known):
                    yield row(thing=thing, kind=predicate, date=other, standing=Literal("otherwise"), detail=claim)

    def _membership(self, membership: NamedNode, thing: NamedNode) -> Iterator[Row]:
        """When a membership began, and when it ended if it did."""
        ends = [
            date
            for one in self._times(membership, "time:hasEnd")
            for standing, date in self._moments(one)
            if not standing
        ]
        until = next(iter(ends), None)
        for node in self._times(membership, "time:hasBeginning"):
            known = self._moments(node)
            for standing, date in known:
                place = Literal(standing) if standing else None
                kind, detail = self._joined, membership
                yield row(thing=thing, kind=kind, date=date, until=until, standing=place, detail=detail)
            for _, other in self._claims(node):
                if not any(agree(other, date) for _, date in known):
                    otherwise = Literal("otherwise")
                    yield row(thing=thing, kind=self._joined, date=other, standing=otherwise, detail=membership)

    def _times(self, membership: NamedNode, name: str) -> list[NamedNode]:
        periods = self._near.objects(membership, term("org:memberDuring"))
        return [one for period in periods for one in self._near.objects(period, term(name))]

    def _moments(self, node: NamedNode) -> list[tuple[str, Literal]]:
        """When an instant was: its date, or else what it was before or after."""
        said = self._near.literals(node)
        exact = [("", date) for predicate, date in said if predicate in _INSTANTS][:1]
        return exact or [
            (standing, date) for standing, bound in _BOUNDS.items() for date in self._bounds(node, bound)[:1]
        ]

    def _bounds(self, node: NamedNode, bound: NamedNode) -> list[Literal]:
        plain = [date for predicate, date in self._near.literals(node) if predicate == bound]
        others = (said for one in self._near.objects(node, bound) for said in self._near.literals(one))
        return plain + [date for predicate, date in others if predicate in _INSTANTS]

    def _claims(self, node: NamedNode, predicate: NamedNode | None = None) -> list[tuple[NamedNode, Literal]]:
        """The dates that sources give, with the statements that say so."""
        found = []
        for claim in self._near.subjects(term("rdf:subject"), node):
            of = self._near.objects(claim, term("rdf:predicate"))
            if predicate in of or (predicate is None and any(one in _INSTANTS for one in of)):
                said = self._store.fitting((claim, term("rdf:object"), None), EVERYTHING)
                found += [(claim, one.object) for one in said if isinstance(one.object, Literal)]
        return [(claim, date) for claim, date in found if date.datatype in _DATES]


def _precise(date: Literal, claims: Iterable[tuple[NamedNode, Literal]]) -> Literal:
    """A date as the sources give it, where all that are more precise give the same."""
    found = {one for _, one in claims if agree(one, date) and len(one.value) > len(date.value)}
    return found.pop() if len(found) == 1 else date
