"""What is missing at Wikidata, as commands of QuickStatements that a person submits.

The syntax is V1 (https://www.wikidata.org/wiki/Help:QuickStatements): a statement a line, its parts parted by tabs.
Both QuickStatements that are in use read these lines. The old one puts all sources of a line into one reference,
whatever Help says of `!S`: so each further reference is a line of its own, which repeats the statement. The new one
takes every `|` for a tab, in quotes too, and curly double quotation marks for straight ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mreze.gather.model import Compared, Difference, Evidence, Moment, Ours, Rank, Theirs, Unlinked, Value
from mreze.gather.notation import Unwritable, address, day, entity, moment, text_in, written
from mreze.gather.pairing import outlasts
from mreze.gather.values import Likeness, compare

MOST_REFERENCES: Final = 3
"""A statement is given: what more says is in the site."""
Statement = tuple[str, str, str]
"""The item, the property and the value, as QuickStatements writes them: what it tells statements apart by."""
_Reference = tuple[str, str]
"""Its address, and the sources as they stand in a line."""
_UNTOLD: Final = frozenset({Difference.AGREES, Difference.MISSING_HERE})
_TWO: Final = "there are two statements of this value, which QuickStatements takes for one: add it by hand"
_JULIAN: Final = "it stands there in the Julian calendar, and "
_SECOND_DATE: Final = "QuickStatements would add a second date: add it by hand"
_UNREAD: Final = "it has no day of reading"
_ENDED: Final = "there it has an end that the site does not state: see which is right"
_DISAGREE: Final = "the sources of the site disagree and none is preferred: see which is right"
_DEPRECATED: Final = "the site deprecates it"
_DEPRECATED_THERE: Final = "it is there and deprecated"
_CONTRADICTED: Final = "something else of the statement is contradictory"


@dataclass(frozen=True, slots=True)
class Addition:
    """Something that is to be added: a statement, a qualifier of one, or a reference."""

    statement: Statement
    about: str
    """As in `Compared`: "value", "reference", or the qualifier's property."""
    qualifiers: tuple[tuple[str, str], ...] = ()
    """Property and value."""
    references: tuple[_Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is not written, and why."""

    what: str
    """Q1 P463 Q2, as far as it can be written."""
    reason: str
    difference: Difference = Difference.MISSING_THERE


def additions(compared: Sequence[Compared]) -> tuple[tuple[Addition, ...], tuple[Left, ...]]:
    """What can be added at Wikidata of what differs, and what is left out of it.

    Contradictions, what has no link, and what no source of the site's own supports are always left out; what agrees and
    what is missing here is passed over.
    """
    known = _Known(compared)
    found: list[Addition] = []
    left: list[Left] = []
    for one in compared:
        if one.difference in _UNTOLD or not one.ours:
            continue
        try:
            addition, notes = _addition(one, known)
        except Unwritable as error:
            left.append(Left(_name(one), str(error), one.difference))
        else:
            found.append(addition)
            left += [Left(_name(one), note) for note in notes]
    return tuple(found), tuple(left)


def lines(found: Iterable[Addition]) -> tuple[str, ...]:
    """The commands, without line ends; what concerns one statement stands together, in the order of its first part."""
    groups: dict[Statement, list[Addition]] = {}
    for one in found:
        groups.setdefault(one.statement, []).append(one)
    return tuple(line for statement, group in groups.items() for line in _lines(statement, group))


def _lines(statement: Statement, group: Sequence[Addition]) -> Iterator[str]:
    qualifiers = dict(pair for one in group for pair in one.qualifiers)
    references = list(dict(pair for one in group for pair in one.references).values())[:MOST_REFERENCES]
    said = [part for pair in qualifiers.items() for part in pair]
    yield "\t".join([*statement, *said, *references[:1]])
    for reference in references[1:]:
        yield "\t".join([*statement, reference])


class _Known:
    """What stands on both sides, by what QuickStatements tells statements apart by: their values."""

    def __init__(self, compared: Sequence[Compared]) -> None:
        self.contradicted: set[Statement | None] = set()
        self.here: defaultdict[Statement | None, list[Mapping[str, Value]]] = defaultdict(list)
        """Of the site's statements the qualifiers, of each that has other ones."""
        self.there: defaultdict[Statement | None, set[str]] = defaultdict(set)
        """IRIs of the statements."""
        for one in compared:
            self._note(one)
        self.contradicted.discard(None)

    def _note(self, one: Compared) -> None:
        if one.difference == Difference.CONTRADICTORY:
            self.contradicted.update(map(_statement, one.ours))
            self.contradicted.update(map(_statement, one.theirs))
        for ours in _alike(one):
            qualifiers = self.here[_statement(ours)]
            if ours.qualifiers not in qualifiers:
                qualifiers.append(ours.qualifiers)
        for theirs in one.theirs:
            self.there[_statement(theirs)].add(theirs.iri)

    def demand_one(self, one: Compared, statement: Statement) -> None:
        """What is added to one of two statements of a value may go to the other: a city that left and joined again."""
        if statement in self.contradicted or _statement(one.ours[0]) in self.contradicted:
            raise Unwritable(_CONTRADICTED)
        if any(each.rank == Rank.DEPRECATED and each.value == one.ours[0].value for each in one.theirs):
            raise Unwritable(_DEPRECATED_THERE)
        if len(self.here[_statement(one.ours[0])]) > 1:
            raise Unwritable(_TWO)
        if len(self.there[statement]) > (0 if one.about == "value" else 1):
            raise Unwritable(_TWO)


def _addition(one: Compared, known: _Known) -> tuple[Addition, list[str]]:
    best = one.ours[0]
    if one.difference != Difference.MISSING_THERE:
        raise Unwritable(one.reason)
    if best.rank == Rank.DEPRECATED:
        raise Unwritable(_DEPRECATED)
    if any(each.rank == best.rank and compare(best.value, each.value, {}) is Likeness.DIFFERENT for each in one.ours):
        raise Unwritable(_DISAGREE)
    # QuickStatements finds what is there by its value as it stands there: a year, where we know the day.
    value = best.value if one.about == "value" or not one.theirs else one.theirs[0].value
    _demand_certain(value)
    if one.about != "value" and any(outlasts(best, each) for each in one.theirs[:1]):
        raise Unwritable(_ENDED)
    statement = (entity(best.item), best.property, written(value))
    known.demand_one(one, statement)
    references, notes = _references([each for ours in _alike(one) for each in ours.evidence])
    qualifiers, more = _qualifiers(best, one.about)
    return Addition(statement, one.about, qualifiers, references), [*notes, *more]


def _demand_certain(value: Value) -> None:
    """A statement of a time is found by what is stored of it, its calendar too, which is not always told."""
    if isinstance(value, Moment):
        moment(value.text)
        if not value.certain:
            raise Unwritable(f"{_JULIAN}{_SECOND_DATE}" if value.julian else _SECOND_DATE)


def _alike(one: Compared) -> list[Ours]:
    """What the site says that is as good as the best and comes to the same."""
    return [each for each in one.ours if (each.value, each.rank) == (one.ours[0].value, one.ours[0].rank)]


def _statement(one: Ours | Theirs) -> Statement | None:
    try:
        return entity(one.item), one.property, written(one.value)
    except Unwritable:
        return None


def _name(one: Compared) -> str:
    ours = one.ours[0]
    about = "" if one.about == "value" else f", {one.about}"
    return f"{_brief(ours.item) or ours.subject} {ours.property} {_value(ours.value)}{about}"


def _value(value: Value) -> str:
    try:
        return _brief(value.iri) if isinstance(value, Unlinked) else written(value)
    except Unwritable:
        return str(value)


def _brief(iri: str) -> str:
    return iri.rpartition("/")[2] if iri.startswith("http://www.wikidata.org/entity/") else iri


def _qualifiers(ours: Ours, about: str) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Those that are missing; where it is the one that the addition is about, it cannot be left out."""
    wanted = {name: value for name, value in ours.qualifiers.items() if about in ("value", name)}
    found: list[tuple[str, str]] = []
    notes: list[str] = []
    for name, value in sorted(wanted.items(), key=lambda pair: (len(pair[0]), pair[0])):
        try:
            found.append((name, written(value)))
        except Unwritable as error:
            notes.append(f"without its qualifier {name}: {error}")
    if about not in ("value", "reference") and not found:
        raise Unwritable(notes[0].partition(": ")[2] if notes else f"the site gives it no {about}")
    return tuple(found), notes


def _references(evidence: Sequence[Evidence]) -> tuple[tuple[_Reference, ...], list[str]]:
    """The best references, those with their words first, one for each address; and what is left out of them."""
    own = [one for one in evidence if not one.derived]
    if evidence and not own:
        raise Unwritable("all its evidence is from Wikidata or another Wikimedia project")
    found: dict[str, tuple[bool, str]] = {}
    notes: list[str] = []
    for one in own:
        try:
            url = address(one.url)
            parts, quoted = _sources(one, notes)
        except Unwritable as error:
            notes.append(f"without the source {one.url or one.source}: {error}")
            continue
        if url not in found or (quoted and not found[url][0]):
            found[url] = (quoted, "\t".join(["S854", url, *parts]))
    if not found:
        raise Unwritable(notes[0].removeprefix("without ") if notes else "the site names no source for it")
    best = sorted(found.items(), key=lambda pair: not pair[1][0])[:MOST_REFERENCES]
    return tuple((url, sources) for url, (_, sources) in best), notes


def _sources(one: Evidence, notes: list[str]) -> tuple[list[str], bool]:
    if not one.read:
        raise Unwritable(_UNREAD)
    parts = ["S813", day(one.read)]
    try:
        quote = text_in(one.language, one.quote) if one.quote else ""
    except Unwritable as error:
        notes.append(f"without the quote of {one.url}: {error}")
        quote = ""
    return [*parts, *(["S1683", quote] if quote else [])], bool(quote)
