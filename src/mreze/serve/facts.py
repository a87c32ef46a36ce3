"""The facts of a thing, each with what sources say of it: the words, how sure it is, and who says otherwise.

A claim is an rdf:Statement about the thing or a part of it. It stands beside the value that it claims; one that the
data do not follow stands below, as a rival.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.quality import LINKING
from mreze.serve.fields import UNPLACED, Field, Fields
from mreze.serve.leaves import BOUNDS, Claim, Key, Leaf, Leaves
from mreze.serve.view import QUOTED, Node, Part, Quote, Row, Value, Viewer
from mreze.texts import pick, text

_NAMES: Final = frozenset({SKOS_PREF_LABEL, RDFS_LABEL})
_DATES: Final = frozenset(term(one) for one in ("xsd:gYear", "xsd:gYearMonth", "xsd:date", "xsd:dateTime"))
_STATED: Final = frozenset(term(one) for one in ("rdf:subject", "rdf:predicate", "rdf:object", "rdf:type"))
_NOTES: Final = frozenset(term(one).value for one in ("skos:note", "rdfs:comment"))
_MANY: Final = 6
"""Texts of which those in other languages are folded away."""
_LONG: Final = 60
"""Characters of a text that is folded away where it is in another language too."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says: a claim."""

    iri: str
    values: tuple[Value, ...]
    """Empty where the page shows them beside it."""
    quotes: tuple[Quote, ...]
    facets: tuple[Row, ...]
    """How sure it is, which rank it has, and the like."""
    notes: tuple[Value, ...]

    @property
    def fragment(self) -> str:
        """What stands after the number sign of its IRI."""
        return self.iri.partition("#")[2]


@dataclass(frozen=True, slots=True)
class Line:
    """Values of a fact and what is said of these."""

    values: tuple[Value, ...]
    aside: tuple[Value, ...] = ()
    """Long texts in other languages."""
    said: tuple[Said, ...] = ()
    quotes: tuple[Quote, ...] = ()
    """Of the values themselves."""
    rival: bool = False
    """Whether sources say so and the data do not follow them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of the thing, or of what is folded into it."""

    name: Value
    context: tuple[Value, ...]
    """The properties that lead to it from the thing."""
    lines: tuple[Line, ...]
    group: str = ""
    also: tuple[Value, ...] = ()
    """Further properties with the same values."""


class Sheet:
    """Puts together the facts of one thing."""

    def __init__(self, viewer: Viewer, fields: Fields, thing: str, parts: Iterable[str]) -> None:
        """Prepare.

        Args:
            viewer: knows what is said.
            fields: what the shapes call properties.
            thing: whose facts they are.
            parts: of the thing.
        """
        self._viewer, self._fields, self._thing = viewer, fields, thing
        self._found = Leaves(viewer, thing, parts)

    def facts(self) -> list[Fact]:
        """The facts, in the order of the shapes, else in that of the table of words."""
        leaves = self._found.by_key()
        shown = [one for key, one in leaves.items() if self._is_shown(key, one)]
        placed = sorted(((self._place(one), one) for one in shown), key=lambda pair: pair[0])
        return _joined(self._fact(one) for _, one in placed)

    def _is_shown(self, key: Key, leaf: Leaf) -> bool:
        """Names stand above, what leads elsewhere below: unless sources tell of them."""
        above = leaf.subject == self._thing and (key[1] in _NAMES or key[1] in LINKING)
        return key in self._found.claims or not above

    def _field(self, subject: str, predicate: NamedNode) -> Field | None:
        kinds = [one.value for one in self._viewer.said(subject).get(RDF_TYPE, []) if isinstance(one, NamedNode)]
        return self._fields.of(kinds).get(predicate.value)

    def _name(self, subject: str, predicate: NamedNode) -> Value:
        return named(self._viewer, predicate, self._field(subject, predicate))

    def _place(self, leaf: Leaf) -> tuple[bool, float, float, tuple[int, str, str], str]:
        first = leaf.path[0]
        field = self._field(self._thing, first)
        group = field.group.place if field and field.group else UNPLACED
        place = self._viewer.place(self._viewer.link(first.value))
        quoted = all(isinstance(one, NamedNode) and self._viewer.is_of(one.value, QUOTED) for _, one in leaf.pairs)
        first_of_all = bool(leaf.pairs) and quoted  # words that the thing as a whole rests on
        return not first_of_all, group, field.place if field else UNPLACED, place, leaf.subject + str(leaf.path)

    def _fact(self, leaf: Leaf) -> Fact:
        owner = self._thing if len(leaf.path) == 1 and leaf.key is None else leaf.subject
        field = self._field(self._thing, leaf.path[0])
        group = pick(field.group.names, self._viewer.language) if field and field.group else ""
        context = tuple(self._name(self._thing, one) for one in leaf.path[:-1])
        return Fact(self._name(owner, leaf.path[-1]), context, tuple(self._lines(leaf)), group)

    def _standing(self, claim: Claim) -> tuple[int, ...]:
        """What the shapes name first among the values of a field that has an order stands before the rest."""
        kinds = [one.value for one in self._viewer.said(claim.iri).get(RDF_TYPE, []) if isinstance(one, NamedNode)]
        fields = self._fields.of(kinds).items()
        chosen = sorted((one.place, name, one.choice) for name, one in fields if one.choice and one.place < UNPLACED)
        found = []
        for _, name, choice in chosen:
            said = [
                one.value for one in self._viewer.said(claim.iri).get(NamedNode(name), []) if isinstance(one, NamedNode)
            ]
            found.append(min((choice.index(one) for one in said if one in choice), default=len(choice)))
        return tuple(found)

    def _lines(self, leaf: Leaf) -> Iterator[Line]:
        claims = sorted(self._found.claims.get((leaf.subject, leaf.key), []), key=self._standing)
        rivals = [one for one in claims if not any(_agree(one, node) for _, node in leaf.pairs)]
        agreeing = [one for one in claims if one not in rivals]
        texts = [node for _, node in leaf.pairs if isinstance(node, Literal) and node.language]
        if texts and len(texts) == len(leaf.pairs):
            yield self._text_line(leaf, agreeing)
        else:
            yield from self._value_lines(leaf, agreeing)
        for one in rivals:
            yield Line(self._objects(one), said=(self._said(one),), rival=bool(leaf.pairs))

    def _text_line(self, leaf: Leaf, claims: list[Claim]) -> Line:
        """Texts are one value in several languages."""
        values = self._values(leaf.subject, leaf.pairs)
        own = any(one.foreign is None for one in values)
        many = len(values) > _MANY
        aside = tuple(one for one in values if own and one.foreign and (many or len(one.text) > _LONG))
        shown = tuple(one for one in values if one not in aside)
        said = tuple(self._said(one, self._objects(one) if len(shown) > 1 or aside else ()) for one in claims)
        said = tuple(replace(one, values=tuple(v for v in one.values if v not in shown[:1])) for one in said)
        return Line(shown, aside, said)

    def _value_lines(self, leaf: Leaf, claims: list[Claim]) -> Iterator[Line]:
        """A value that sources tell of has a line of its own."""
        left: list[tuple[NamedNode, Node]] = []
        for pair in sorted(leaf.pairs, key=str):
            its = [one for one in claims if _agree(one, pair[1])]
            if its:
                yield self._claimed_line(leaf.subject, pair, its)
            elif isinstance(pair[1], NamedNode) and self._viewer.is_of(pair[1].value, QUOTED):
                left.append(pair)
            elif (line := self._part_line(leaf.subject, pair)) is not None:
                yield line
            else:
                left.append(pair)
        if left:
            values = self._values(leaf.subject, left)
            quotes = tuple(one.quote for one in values if one.quote)
            yield Line(tuple(one for one in values if not one.quote), quotes=quotes)

    def _claimed_line(self, subject: str, pair: tuple[NamedNode, Node], claims: list[Claim]) -> Line:
        """A value with its claims; a plain date gives way to one that the best claim tells more exactly."""
        first = min(claims, key=lambda one: (self._standing(one), pair[1] not in one.objects))
        plain = self._values(subject, [pair])
        if not _is_closer(first, pair[1]):
            exact = (self._said(one, () if pair[1] in one.objects else self._objects(one)) for one in claims)
            return Line(plain, said=tuple(exact))
        less = pick(text("less exactly: {date}", date=plain[0].text), self._viewer.language)
        said = (self._said(one, () if one.objects == first.objects else self._objects(one)) for one in claims)
        return Line((*self._objects(first), replace(plain[0], text=less)), said=tuple(said))

    def _part_line(self, subject: str, pair: tuple[NamedNode, Node]) -> Line | None:
        """A part with its quotes beside it."""
        value = self._viewer.value(subject, pair[1])
        if value.part is None:
            return None
        part = value.part
        quotes = tuple(one.quote for row in part.rows for one in row.values if one.quote)
        rows = self._rows(part)
        return Line((replace(value, part=replace(part, rows=rows)),), quotes=quotes)

    def _rows(self, part: Part, hidden: frozenset[NamedNode] = frozenset()) -> tuple[Row, ...]:
        """The rows of a part without quotes, and of texts only those in the language of the page, if there are any."""
        rows = []
        for row in part.rows:
            predicate = NamedNode(row.name.title or "")
            values = tuple(one for one in row.values if not one.quote)
            values = tuple(one for one in values if one.foreign is None) or values
            if values and predicate not in hidden:
                rows.append(Row(self._name(part.iri, predicate), values))
        return tuple(rows)

    def _said(self, claim: Claim, values: tuple[Value, ...] = ()) -> Said:
        part = self._viewer.part(claim.iri)
        quotes = tuple(one.quote for row in part.rows for one in row.values if one.quote)
        rows = self._rows(part, _STATED)
        facets = tuple(row for row in rows if row.name.title not in _NOTES)
        notes = tuple(value for row in rows if row.name.title in _NOTES for value in row.values)
        return Said(claim.iri, values, quotes, facets, notes)

    def _objects(self, claim: Claim) -> tuple[Value, ...]:
        return tuple(self._viewer.value(claim.iri, one) for one in claim.objects)

    def _values(self, subject: str, pairs: Iterable[tuple[NamedNode, Node]]) -> tuple[Value, ...]:
        found = []
        for predicate, node in sorted(pairs, key=self._order):
            value = self._viewer.value(subject, node)
            if predicate in BOUNDS:
                value = replace(value, text=f"{self._viewer.link(predicate.value).text} {value.text}")
            found.append(value)
        return tuple(found)

    def _order(self, pair: tuple[NamedNode, Node]) -> tuple[bool, str]:
        foreign = isinstance(pair[1], Literal) and pair[1].language not in {None, self._viewer.language}
        return foreign, str(pair[1])


def _joined(facts: Iterable[Fact]) -> list[Fact]:
    """Properties that link to the same are one fact, where no source is named: one is there for each vocabulary."""
    found: dict[object, Fact] = {}
    for one in facts:
        linked = all(not line.said and not line.quotes and all(v.href for v in line.values) for line in one.lines)
        key: object = tuple(v.title for line in one.lines for v in line.values) if linked else id(one)
        first = found.get(key)
        if first is None:
            found[key] = one
        else:
            also = (
                first.also if one.name.text in {v.text for v in (first.name, *first.also)} else (*first.also, one.name)
            )
            found[key] = replace(first, also=also)
    return list(found.values())


def named(viewer: Viewer, predicate: NamedNode, field: Field | None) -> Value:
    """A property by the name that the shapes give it, else by its label."""
    value = viewer.link(predicate.value)
    if field is None or not field.names:
        return value
    text = pick(field.names, viewer.language)
    language = next(tag for tag, one in field.names.items() if one == text)
    language = viewer.language if field.names.get(viewer.language) == text else language
    return replace(value, text=text, language=language, foreign=None if language == viewer.language else language)


def _agree(claim: Claim, node: Node) -> bool:
    return any(agree(one, node) for one in claim.objects)


def _is_closer(claim: Claim, node: Node) -> bool:
    """Whether a claim tells the same date more exactly."""
    if len(claim.objects) != 1 or claim.objects[0] == node or not _agree(claim, node):
        return False
    return len(str(getattr(claim.objects[0], "value", ""))) > len(str(getattr(node, "value", "")))


def agree(claimed: Node, followed: Node) -> bool:
    """Whether a claim is no rival of a value: it is the same, or one date is the beginning of the other."""
    if claimed == followed:
        return True
    if not (isinstance(claimed, Literal) and isinstance(followed, Literal)):
        return False
    if not {claimed.datatype, followed.datatype} <= _DATES:
        return False
    return claimed.value.startswith(followed.value) or followed.value.startswith(claimed.value)
