"""A comparison as it is told: what was asked when, and a line for each difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.gather.items import Stated
from mreze.gather.model import (
    Address,
    Compared,
    Difference,
    Evidence,
    Item,
    Moment,
    NoValue,
    Ours,
    Rank,
    Reference,
    SomeValue,
    Theirs,
    Value,
)  # fmt: skip
from mreze.gather.reasons import Reason, sentences
from mreze.gather.statements import items
from mreze.graph import SiteGraph
from mreze.namespaces import RDFS_LABEL
from mreze.texts import Text, pick, text

ORDER: Final = (
    Difference.CONTRADICTORY, Difference.MISSING_THERE, Difference.MISSING_HERE, Difference.UNLINKED, Difference.AGREES,
)  # fmt: skip
"""The order in which differences are told."""
_ENTITY: Final = "http://www.wikidata.org/entity/"
_PAGES: Final = "https://www.wikidata.org/wiki/"
_ENGLISH: Final = {
    "P17": "country",
    "P31": "instance of",
    "P159": "headquarters location",
    "P463": "member of",
    "P571": "inception",
    "P580": "start time",
    "P582": "end time",
    "P856": "official website",
}
"""What Wikidata calls properties."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of a comparison."""

    compared: tuple[Compared, ...]
    stated: Stated
    title: Text
    """Of the site."""
    labels: Mapping[str, Text]
    """Of the site's things, by IRI."""
    things: Mapping[str, str]
    """The thing that an item is linked with, by the item's IRI."""
    endpoint: str
    fetched: str
    """The day, as ISO 8601 has it."""
    snapshot: str
    """Name of its folder."""

    def told(self, *differences: Difference) -> list[Compared]:
        """The differences of some kinds, in order; where both simply agree there is nothing to tell."""
        wanted = [one for one in self.compared if one.difference in differences and one.reason != Reason.AGREES]
        return sorted(wanted, key=self.place)

    def counts(self) -> Counter[Difference]:
        """How many there are of each kind. What agrees is counted by statements, with or without notes."""
        whole = (one for one in self.compared if one.difference is not Difference.AGREES or one.about == "value")
        return Counter(one.difference for one in whole)

    def thing(self, one: Compared) -> str:
        """IRI of the thing that a difference is about."""
        return one.ours[0].subject if one.ours else self.things.get(one.theirs[0].item, "")

    def item(self, one: Compared) -> str:
        """IRI of the item that a difference is about."""
        return one.theirs[0].item if one.theirs else one.ours[0].item

    def name(self, iri: str, language: str) -> str:
        """What a thing or an item is called; its path or number where nobody says."""
        return pick(self.labels.get(iri, {}), language) or self.stated.names.get(iri, "") or short(iri)

    def value(self, one: Value, language: str, thing: str = "") -> str:
        """A value as people read it."""
        if isinstance(one, Item):
            name = self.name(thing or self.things.get(one.iri, one.iri), language)
            return name if name == short(one.iri) else f"{name} ({short(one.iri)})"
        return pick(_bare(one), language)

    def of(self, ours: Ours, language: str) -> str:
        """A statement of ours: its value, rank and qualifiers."""
        value = self.value(ours.value, language, ours.thing)
        if ours.thing and not isinstance(ours.value, Item):
            value = self.name(ours.thing, language)
        said = (f"{property_name(one, language)} {self.value(given, language)}" for one, given in _pairs(ours))
        return ", ".join((value, *_rank(ours.rank, language), *said))

    def of_theirs(self, theirs: Theirs, language: str) -> str:
        """A statement of theirs likewise."""
        said = (f"{property_name(one, language)} {self.value(given, language)}" for one, given in _pairs(theirs))
        return ", ".join((self.value(theirs.value, language), *_rank(theirs.rank, language), *said))

    def source(self, reference: Reference, language: str) -> str:
        """A reference of theirs, as people read it."""
        read = f"({reference.retrieved})" if reference.retrieved else ""
        stated = self.name(reference.stated_in, language) if reference.stated_in else ""
        imported = self.name(reference.imported_from, language) if reference.imported_from else ""
        project = pick(text("imported from {project}", project=imported), language) if imported else ""
        said = [stated, reference.url, project, *map(str, reference.identifiers)]
        return " ".join(filter(None, (*said, read)))

    def merged(self) -> list[tuple[str, str, str]]:
        """Things whose items were merged into others: the thing, the item, and that other."""
        linked = {one.subject: one.item for each in self.compared for one in each.ours if one.item}
        into = self.stated.merged
        found = {
            (thing, old, new) for old, new in into.items() for thing in linked if self.things.get(old) == thing
        }  # fmt: skip
        return sorted(found)

    def place(self, one: Compared) -> tuple[int, int, str, str, str, str]:
        """What differences are sorted by."""
        there = one.theirs[0].iri if one.theirs else ""
        value = str(one.ours[0].value) if one.ours else ""
        return ORDER.index(one.difference), int(one.property[1:]), self.thing(one), one.about, value, there


def report_of(
    graph: SiteGraph, compared: tuple[Compared, ...], stated: Stated, endpoint: str, fetched: str, snapshot: str
) -> Report:
    """The report of a comparison, with what the site calls its things."""
    labels: defaultdict[str, Text] = defaultdict(dict)
    for one in sorted(graph.merged, key=str):
        if one.predicate == RDFS_LABEL and isinstance(one.subject, NamedNode) and isinstance(one.object, Literal):
            labels[one.subject.value].setdefault((one.object.language or "").lower(), one.object.value)
    linked = sorted(items(graph.merged).items(), reverse=True)
    things = {stated.merged.get(item, item): thing for thing, item in linked} | {item: thing for thing, item in linked}
    return Report(compared, stated, graph.site.titles, labels, things, endpoint, fetched, snapshot)


def counted(counts: Mapping[Difference, int], language: str) -> list[str]:
    """How many there are of each kind, in words."""
    return [f"{difference_name(one, language)}: {counts.get(one, 0)}" for one in ORDER]


def difference_name(one: Difference, language: str) -> str:
    """What a kind of difference is called."""
    names = {
        Difference.CONTRADICTORY: text("contradictory"),
        Difference.MISSING_THERE: text("missing there"),
        Difference.MISSING_HERE: text("missing here"),
        Difference.UNLINKED: text("without a link"),
        Difference.AGREES: text("the same"),
    }
    return pick(names[one], language)


def english(name: str) -> str:
    """A property with what Wikidata calls it in English: P463 member of."""
    return f"{name} {_ENGLISH[name]}" if name in _ENGLISH else name


def property_name(name: str, language: str) -> str:
    """What a property, or what else of a statement, is called; its number where nobody says."""
    names = {
        "P17": text("country"),
        "P31": text("instance of"),
        "P159": text("headquarters location"),
        "P463": text("member of"),
        "P571": text("inception"),
        "P580": text("start time"),
        "P582": text("end time"),
        "P856": text("official website"),
        "reference": text("source"),
        "value": text("value"),
    }
    return pick(names.get(name, {}), language) or name


def why(one: Compared, language: str) -> str:
    """The reason, in a language."""
    return " ".join(pick(text(each), language) for each in sentences(one.reason))


def short(iri: str) -> str:
    """The number of an item, or the last two steps of another IRI."""
    return iri.removeprefix(_ENTITY) if iri.startswith(_ENTITY) else "/".join(iri.split("/")[-2:])


def page(item: str, name: str = "") -> str:
    """Where people read of an item, and of a property of it."""
    return _PAGES + short(item) + (f"#{name}" if name else "") if item.startswith(_ENTITY) else item


def evidence(one: Compared) -> list[Evidence]:
    """The evidence of all our statements, none twice, that of the best first."""
    return list(dict.fromkeys(each for ours in one.ours for each in ours.evidence))


def bare(value: Value) -> str:
    """A value for programs: the number of an item, a time, an address, or in words that there is none."""
    return short(value.iri) if isinstance(value, Item) else pick(_bare(value), "en")


def qualifiers(statement: Ours | Theirs) -> list[str]:
    """The qualifiers for programs: P580 2003."""
    return [f"{name} {bare(value)}" for name, value in _pairs(statement)]


def plain(words: str) -> str:
    """A text in which nothing is hidden from a terminal or a table: what cannot be seen is escaped."""
    seen = (one if one.isprintable() or one == "\u00a0" else _escaped(one) for one in words)
    return "".join(seen)


def _escaped(one: str) -> str:
    return " " if one in "\n\r\t" else one.encode("unicode_escape").decode()


def _pairs(statement: Ours | Theirs) -> Iterator[tuple[str, Value]]:
    for name, given in sorted(statement.qualifiers.items()):
        values: Sequence[Value] = given if isinstance(given, tuple | list) else (given,)
        yield from ((name, one) for one in values)


def _rank(rank: Rank, language: str) -> tuple[str, ...]:
    names = {Rank.PREFERRED: text("preferred"), Rank.DEPRECATED: text("deprecated")}
    return (pick(names[rank], language),) if rank in names else ()


def _bare(value: Value) -> Text:
    if isinstance(value, NoValue):
        return text("none")
    if isinstance(value, SomeValue):
        return text("unknown")
    if isinstance(value, Moment):
        digits = value.text + "x" * max(0, 4 - len(value.text.removeprefix("-")))
        return text("{time} (Julian calendar)", time=digits) if value.julian else {"en": digits}
    return {"en": value.url if isinstance(value, Address) else value.iri}
