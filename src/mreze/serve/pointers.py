"""What points to a thing, as its page tells it: memberships and quotes as tables, the rest as lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.facts import agree
from mreze.serve.passages import Passages, read_passages
from mreze.serve.store import Store
from mreze.serve.view import Row, Value, Viewer
from mreze.serve.wording import POINTERS, shorten
from mreze.texts import pick, text

_MEMBERSHIP: Final = term("org:Membership")
_ENDS: Final = {term("org:organization"): term("org:member"), term("org:member"): term("org:organization")}
"""From which end of a membership one looks, and what stands at the other."""
_TIMES: Final = (term("time:hasBeginning"), term("time:hasEnd"))
_INSTANTS: Final = tuple(term(one) for one in ("time:inXSDDate", "time:inXSDgYearMonth", "time:inXSDgYear"))
_BOUNDS: Final = (term("time:before"), term("time:after"))
Said = dict[NamedNode, list[object]]


@dataclass(frozen=True, slots=True)
class Membership:
    """A membership, seen from one of its ends."""

    other: Value
    begin: Value | None
    rivals: tuple[Value, ...]
    """When it began as other sources say."""
    end: Value | None
    record: Value


@dataclass(frozen=True, slots=True)
class Memberships:
    """Those in which the thing has the same part: it is the organization, or the member."""

    as_organization: bool
    listed: tuple[Membership, ...]

    @property
    def has_ends(self) -> bool:
        """Whether any of them has ended."""
        return any(one.end for one in self.listed)


@dataclass(frozen=True, slots=True)
class Pointers:
    """What points to a thing."""

    memberships: tuple[Memberships, ...]
    passages: tuple[Passages, ...]
    rows: tuple[Row, ...]


class Pointing:
    """Sorts pointers."""

    def __init__(self, store: Store, viewer: Viewer, incoming: Iterable[Triple]) -> None:
        """Prepare.

        Args:
            store: where what points is described.
            viewer: knows the labels of what points.
            incoming: the pointers, those from documents included.
        """
        self._viewer = viewer
        self._incoming = [one for one in incoming if one.predicate != term("foaf:primaryTopic")]
        self._said: dict[object, Said] = {}
        self._claims: dict[object, list[str]] = {}
        self._store = store

    def told(self) -> Pointers:
        """The pointers, each once."""
        tables = [self._memberships(one) for one in _ENDS]
        found = tuple(one for one in tables if one.listed)
        passages = read_passages(self._store, self._viewer, self._incoming)
        told = {
            *(term("oa:hasSource") for _ in passages),
            *(end for end, one in zip(_ENDS, tables, strict=True) if one.listed),
        }
        return Pointers(found, passages, tuple(self._rows(told)))

    def _rows(self, told: set[NamedNode]) -> Iterator[Row]:
        """Two properties of one name say the same."""
        rows: dict[str, tuple[Value, dict[str, Value]]] = {}
        for one in self._incoming:
            whole = str(getattr(one.subject, "value", "")).partition("#")[0]
            if whole and one.predicate not in told:
                name = self._called(one.predicate)
                rows.setdefault(name.text, (name, {}))[1][whole] = self._viewer.link(whole)
        for name, values in rows.values():
            yield Row(name, tuple(sorted(values.values(), key=lambda value: value.text.casefold())))

    def _called(self, predicate: NamedNode) -> Value:
        known = POINTERS.get(shorten(predicate.value) or "")
        language = self._viewer.language
        if known:
            return Value(pick(text(known), language), title=predicate.value)
        name = self._viewer.link(predicate.value).text
        return Value(pick(text("is “{property}” of", property=name), language), title=predicate.value)

    def _memberships(self, end: NamedNode) -> Memberships:
        nodes = sorted({str(getattr(one.subject, "value", "")) for one in self._incoming if one.predicate == end})
        self._read(NamedNode(one) for one in nodes if one)
        own = [one for one in nodes if _MEMBERSHIP in self._of(one).get(RDF_TYPE, [])]
        periods = [one for name in own for one in self._named(name, term("org:memberDuring"))]
        self._read(periods)
        moments = [one for node in periods for time in _TIMES for one in self._named(node.value, time)]
        self._read(moments)
        self._read(one for node in moments for bound in _BOUNDS for one in self._named(node.value, bound))
        self._read_claims(moments)
        others = {one for name in own for one in self._named(name, _ENDS[end])}
        self._viewer.learn(self._store.labels(others))
        listed = sorted((self._membership(one, _ENDS[end]) for one in own), key=lambda one: one.other.text.casefold())
        return Memberships(end == term("org:organization"), tuple(listed))

    def _membership(self, iri: str, end: NamedNode) -> Membership:
        far = next(iter(self._named(iri, end)), NamedNode(iri))
        begin, until = (next(map(self._moment, self._nodes(iri, time)), None) for time in _TIMES)
        rivals = {one.text: one for node in self._nodes(iri, _TIMES[0]) for one in self._rivals(node)}
        return Membership(self._viewer.link(far.value), begin, tuple(rivals.values()), until, self._viewer.link(iri))

    def _nodes(self, iri: str, time: NamedNode) -> list[str]:
        periods = self._named(iri, term("org:memberDuring"))
        return [one.value for period in periods for one in self._named(period.value, time)]

    def _moment(self, iri: str) -> Value | None:
        """An instant in words: its date, or else what it was before or after."""
        if (date := self._date(iri)) is not None:
            return self._viewer.value(iri, date)
        for predicate in _BOUNDS:
            for one in self._of(iri).get(predicate, []):
                date = one if isinstance(one, Literal) else self._date(str(getattr(one, "value", "")))
                if date is not None:
                    word = self._viewer.link(predicate.value).text
                    return Value(f"{word} {self._viewer.value(iri, date).text}")
        return None

    def _date(self, iri: str) -> Literal | None:
        found = (one for predicate in _INSTANTS for one in self._of(iri).get(predicate, []))
        return next((one for one in found if isinstance(one, Literal)), None)

    def _rivals(self, iri: str) -> Iterator[Value]:
        """The dates of an instant that sources give and the data do not follow."""
        known = [one for predicate in _INSTANTS for one in self._of(iri).get(predicate, []) if isinstance(one, Literal)]
        for claim in self._claims.get(NamedNode(iri), ()):
            if set(self._named(claim, term("rdf:predicate"))) & set(_INSTANTS):
                for one in self._of(claim).get(term("rdf:object"), []):
                    if isinstance(one, Literal) and not any(agree(one, other) for other in known):
                        yield self._viewer.value(claim, one)

    def _read_claims(self, nodes: Iterable[NamedNode]) -> None:
        about = term("rdf:subject")
        claims = [one for one in self._store.incoming(nodes) if one.predicate == about]
        for one in sorted(claims, key=lambda claim: str(claim.subject)):
            if isinstance(one.subject, NamedNode):
                self._claims.setdefault(one.object, []).append(one.subject.value)
        self._read(one.subject for one in claims if isinstance(one.subject, NamedNode))

    def _read(self, nodes: Iterable[NamedNode]) -> None:
        for one in self._store.outgoing(nodes):
            self._said.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)

    def _of(self, iri: str) -> Mapping[NamedNode, list[object]]:
        return self._said.get(NamedNode(iri), {})

    def _named(self, iri: str, predicate: NamedNode) -> list[NamedNode]:
        return [one for one in self._of(iri).get(predicate, []) if isinstance(one, NamedNode)]
