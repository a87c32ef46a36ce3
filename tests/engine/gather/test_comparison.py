"""What differs between the site and Wikidata, as a table: what is here, what is there, what is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mreze.gather.comparison import compare_statements
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
    Unlinked,
    Value,
)  # fmt: skip
from mreze.gather.reasons import Reason

ENTITY = "http://www.wikidata.org/entity/"
THING = "https://example.org/id/networks/a"
ITEM = f"{ENTITY}Q900000001"
QUOTED = Evidence("https://example.org/s", "Page", "https://example.org/p", "2026-11-23", "in 1994", "en")
COPIED = replace(QUOTED, url="https://en.wikipedia.org/wiki/A", derived=True)
SOURCED = (Reference(url="https://example.com/x"),)
IMPORTED = (Reference(imported_from=f"{ENTITY}Q328"), Reference(url="https://de.wikipedia.org/wiki/A"))
CONTRADICTORY, THERE, HERE, AGREES = "contradictory", "missing there", "missing here", "agrees"
Told = list[tuple[str, str]]


def item(number: int) -> Item:
    """An item."""
    return Item(f"{ENTITY}Q{number}")


def ours(
    value: Value, name: str = "P571", rank: str = "normal", evidence: Sequence[Evidence] = (QUOTED,), **qualifiers: str
) -> Ours:
    """A statement of the site about the item."""
    times = {one: Moment(text) for one, text in qualifiers.items()}
    return Ours(THING, ITEM, name, value, "", Rank(rank), times, tuple(evidence))


def theirs(
    value: Value, name: str = "P571", rank: str = "normal", references: Sequence[Reference] = SOURCED,
    **qualifiers: str | Value,
) -> Theirs:  # fmt: skip
    """A statement there about the same item."""
    times = {one: (Moment(given) if isinstance(given, str) else given,) for one, given in qualifiers.items()}
    iri = f"{ENTITY}statement/{name}-{value}-{rank}-{sorted(times)}"
    return Theirs(iri, ITEM, name, value, "", Rank(rank), times, tuple(references))


def compare(here: Sequence[Ours], there: Sequence[Theirs], **known: object) -> tuple[Compared, ...]:
    """Hold both sides against each other."""
    return compare_statements(here, Stated(tuple(there), **known))  # type: ignore[arg-type]  # what Stated has


def told(compared: Sequence[Compared]) -> Told:
    """Difference and aspect."""
    return [(one.difference.value, one.about) for one in compared]


YEAR, MONTH, OTHER = Moment("1994"), Moment("1994-04"), Moment("1995")
SINGLE: list[tuple[str, list[Ours], list[Theirs], Told]] = [
    ("nothing there", [ours(YEAR)], [], [(THERE, "value")]),
    ("the same", [ours(YEAR)], [theirs(YEAR)], [(AGREES, "value")]),
    ("no source there", [ours(YEAR)], [theirs(YEAR, references=())], [(AGREES, "value"), (THERE, "reference")]),
    ("imported there", [ours(YEAR)], [theirs(YEAR, references=IMPORTED)], [(AGREES, "value"), (THERE, "reference")]),
    ("ours copied", [ours(YEAR, evidence=[COPIED])], [theirs(YEAR, references=())], [(AGREES, "value")]),
    ("ours without", [ours(YEAR, evidence=[])], [theirs(YEAR, references=())], [(AGREES, "value")]),
    ("another", [ours(YEAR)], [theirs(OTHER)], [(CONTRADICTORY, "value")]),
    ("ours finer", [ours(MONTH)], [theirs(YEAR, references=())], [(AGREES, "value"), (THERE, "reference")]),
    ("theirs finer, whose source ours is not", [ours(YEAR)], [theirs(MONTH, references=())], [(AGREES, "value")]),
    ("deprecated there", [ours(YEAR)], [theirs(YEAR, rank="deprecated")], [(CONTRADICTORY, "value")]),
    ("another deprecated there", [ours(YEAR)], [theirs(OTHER, rank="deprecated")], [(THERE, "value")]),
    (
        "deprecated there, and another",
        [ours(YEAR)],
        [theirs(YEAR, rank="deprecated"), theirs(OTHER)],
        [(CONTRADICTORY, "value"), (CONTRADICTORY, "value")],
    ),
    ("both there", [ours(YEAR)], [theirs(YEAR), theirs(OTHER)], [(AGREES, "value"), (CONTRADICTORY, "value")]),
    (
        "both there, ours preferred",
        [ours(YEAR)],
        [theirs(YEAR, rank="preferred"), theirs(OTHER)],
        [(AGREES, "value"), (HERE, "value")],
    ),
    (
        "both there, the other preferred",
        [ours(YEAR)],
        [theirs(YEAR), theirs(OTHER, rank="preferred")],
        [(AGREES, "value"), (CONTRADICTORY, "value")],
    ),
    (
        "the other only, and of another source of ours",
        [ours(YEAR, rank="preferred"), ours(OTHER)],
        [theirs(OTHER)],
        [(CONTRADICTORY, "value")],
    ),
    (
        "both there and both here",
        [ours(YEAR, rank="preferred"), ours(OTHER)],
        [theirs(YEAR), theirs(OTHER)],
        [(AGREES, "value"), (AGREES, "value")],
    ),
    ("our sources disagree", [ours(YEAR), ours(OTHER)], [], [(CONTRADICTORY, "value")]),
    ("our sources agree, one finer", [ours(YEAR), ours(MONTH)], [], [(THERE, "value")]),
    ("deprecated here only", [ours(YEAR, rank="deprecated")], [], []),
    ("deprecated here, stated there", [ours(YEAR, rank="deprecated")], [theirs(YEAR)], [(CONTRADICTORY, "value")]),
    ("deprecated here, another there", [ours(YEAR, rank="deprecated")], [theirs(OTHER)], [(HERE, "value")]),
    ("unknown there", [ours(YEAR)], [theirs(SomeValue())], [(THERE, "value")]),
    ("none there", [ours(YEAR)], [theirs(NoValue())], [(CONTRADICTORY, "value")]),
    ("none on both sides", [ours(NoValue())], [theirs(NoValue())], [(AGREES, "value")]),
    ("none here", [ours(NoValue())], [theirs(YEAR)], [(CONTRADICTORY, "value")]),
    ("none here, unknown there", [ours(NoValue())], [theirs(SomeValue())], [(THERE, "value")]),
    ("none here, nothing there", [ours(NoValue())], [], [(THERE, "value")]),
    ("ended there", [ours(YEAR)], [theirs(OTHER, P582="2000")], [(THERE, "value"), (HERE, "value")]),
]


@pytest.mark.parametrize(("here", "there", "expected"), [row[1:] for row in SINGLE], ids=[row[0] for row in SINGLE])
def test_of_some_properties_there_is_one_value(here: list[Ours], there: list[Theirs], expected: Told) -> None:
    """The year of founding stands for seat, country and home page."""
    assert told(compare(here, there)) == expected


A, B = item(7), item(8)


def member(value: Value = A, **said: str) -> Ours:
    """A membership here."""
    return ours(value, "P463", **said)  # type: ignore[arg-type]  # times by property, or a rank


def stated(value: Value = A, **said: object) -> Theirs:
    """A membership there."""
    return theirs(value, "P463", **said)  # type: ignore[arg-type]  # as `theirs`


MANY: list[tuple[str, list[Ours], list[Theirs], Told]] = [
    ("nothing there", [member()], [], [(THERE, "value")]),
    ("the same", [member()], [stated()], [(AGREES, "value")]),
    ("another there", [member()], [stated(B)], [(THERE, "value"), (HERE, "value")]),
    ("another deprecated there", [member()], [stated(B, rank="deprecated")], [(THERE, "value")]),
    ("deprecated there", [member()], [stated(rank="deprecated")], [(CONTRADICTORY, "value")]),
    ("deprecated here", [member(rank="deprecated")], [stated()], [(CONTRADICTORY, "value")]),
    ("unknown there", [member()], [stated(SomeValue())], [(THERE, "value")]),
    ("none there", [member()], [stated(NoValue())], [(CONTRADICTORY, "value")]),
    ("no beginning there", [member(P580="2003")], [stated()], [(AGREES, "value"), (THERE, "P580")]),
    (
        "unknown beginning there",
        [member(P580="2003")],
        [stated(P580=SomeValue())],
        [(AGREES, "value"), (THERE, "P580")],
    ),
    ("no beginning here", [member()], [stated(P580="2003")], [(AGREES, "value"), (HERE, "P580")]),
    ("unknown end there only", [member()], [stated(P582=SomeValue())], [(AGREES, "value")]),
    ("no end there, explicitly", [member()], [stated(P582=NoValue())], [(AGREES, "value")]),
    ("an end there", [member()], [stated(P582="2015")], [(AGREES, "value"), (HERE, "P582")]),
    ("another beginning", [member(P580="2003")], [stated(P580="2005")], [(AGREES, "value"), (CONTRADICTORY, "P580")]),
    (
        "another beginning without a source",
        [member(P580="2003")],
        [stated(P580="2005", references=())],
        [(AGREES, "value"), (CONTRADICTORY, "P580")],
    ),
    (
        "a coarser beginning there",
        [member(P580="2003-05")],
        [stated(P580="2003")],
        [(AGREES, "value"), (AGREES, "P580")],
    ),
    (
        "a finer beginning there, whose source ours is not",
        [member(P580="2003")],
        [stated(P580="2003-05", references=())],
        [(AGREES, "value"), (AGREES, "P580")],
    ),
    (
        "ended and begun again on both sides",
        [member(P580="1990", P582="1995"), member(P580="2003")],
        [stated(P580="2003"), stated(P580="1990", P582="1995")],
        [(AGREES, "value"), (AGREES, "value")],
    ),
    (
        "begun again only here",
        [member(P580="1990", P582="1995"), member(P580="2003")],
        [stated(P580="1990", P582="1995")],
        [(AGREES, "value"), (THERE, "value")],
    ),
    (
        "ended before only there",
        [member(P580="2003")],
        [stated(P580="1990", P582="1995"), stated(P580="2003")],
        [(AGREES, "value"), (HERE, "value")],
    ),
    (
        "another source of ours has their other beginning",
        [member(P580="2003", rank="preferred"), member(P580="2005")],
        [stated(P580="2003"), stated(P580="2005")],
        [(AGREES, "value"), (AGREES, "value")],
    ),
    ("our sources disagree", [member(P580="2003"), member(P580="2005")], [], [(CONTRADICTORY, "value")]),
]


@pytest.mark.parametrize(("here", "there", "expected"), [row[1:] for row in MANY], ids=[row[0] for row in MANY])
def test_of_memberships_each_is_for_itself(here: list[Ours], there: list[Theirs], expected: Told) -> None:
    """With their beginnings and ends."""
    assert told(compare(here, there)) == expected


def only(compared: Sequence[Compared]) -> Compared:
    """The one that there is."""
    assert len(compared) == 1
    return compared[0]


def test_a_thing_without_an_item_is_unlinked() -> None:
    """Nothing can be told of it."""
    one = only(compare([replace(ours(YEAR), item="")], []))
    assert (one.difference, one.reason) == (Difference.UNLINKED, Reason.NO_LINK)


def test_a_value_without_an_item_is_unlinked() -> None:
    """What stands there may be it, so nothing is called contradictory, and what is missing here is told with care."""
    lost = Unlinked("https://example.org/id/places/x")
    assert told(compare([ours(lost, "P159")], [theirs(B, "P159")])) == [("unlinked", "value")]
    found = compare([member(lost)], [stated(B)])
    assert told(found) == [("unlinked", "value"), (HERE, "value")]
    assert Reason.PERHAPS_UNLINKED in found[1].reason


def test_items_that_do_not_exist_are_broken_links() -> None:
    """Of the thing as of the value."""
    thing = only(compare([ours(YEAR)], [], missing=frozenset({ITEM})))
    value = only(compare([member(A)], [], missing=frozenset({A.iri})))
    assert [thing.difference, value.difference] == [Difference.UNLINKED, Difference.UNLINKED]
    assert [thing.reason, value.reason] == [Reason.BROKEN_LINK, Reason.BROKEN_VALUE]


def test_items_that_were_merged_are_those_that_they_were_merged_into() -> None:
    """So nothing is sent to the old number."""
    new = f"{ENTITY}Q9"
    there = replace(stated(B), item=new)
    merged = {ITEM: new, A.iri: B.iri}
    assert told(compare([member(A)], [there], merged=merged)) == [(AGREES, "value")]
    lacking = only(compare([member(A)], [], merged=merged))
    assert (lacking.ours[0].item, lacking.ours[0].value) == (new, B)


def test_what_rests_on_wikimedia_only_is_told_to_be_so() -> None:
    """Both where it is missing there and where it differs."""
    copied = ours(YEAR, evidence=[COPIED])
    assert Reason.FROM_WIKIMEDIA in only(compare([copied], [])).reason
    assert Reason.WAS_WIKIMEDIA in only(compare([copied], [theirs(OTHER)])).reason
    assert Reason.NO_EVIDENCE in only(compare([ours(YEAR, evidence=[])], [])).reason
    assert only(compare([ours(YEAR, evidence=[COPIED, QUOTED])], [])).reason == Reason.NOT_THERE


def test_the_best_of_ours_comes_first_and_the_others_are_shown() -> None:
    """Another of our sources may side with them."""
    one = only(compare([ours(OTHER), ours(YEAR, rank="preferred")], [theirs(OTHER)]))
    assert [each.value for each in one.ours] == [YEAR, OTHER]
    assert one.reason == f"{Reason.DIFFERS} {Reason.OTHER_SOURCE}"


def test_urls_are_compared_as_urls() -> None:
    """A home page that is written otherwise is the same."""
    here, there = ours(Address("https://a.org/"), "P856"), theirs(Address("http://www.A.org"), "P856")
    assert told(compare([here], [there])) == [(AGREES, "value")]


def test_nothing_is_missing_here_of_what_the_site_does_not_describe() -> None:
    """The site states home pages of networks, so one is missing; it states none of places."""
    other = Ours("https://example.org/id/networks/b", f"{ENTITY}Q2", "P856", Address("https://b.org"))
    place = Ours("https://example.org/id/places/c", f"{ENTITY}Q3", "P17", A)
    pages = [replace(theirs(Address("https://x.org"), "P856"), item=f"{ENTITY}Q{number}") for number in (900000001, 3)]
    found = compare([ours(YEAR), other, place], pages)
    assert [one.theirs[0].item for one in found if one.difference is Difference.MISSING_HERE] == [ITEM]


def test_what_is_added_to_a_statement_names_the_others_of_its_value() -> None:
    """Tools that find a statement by its value could add it to the wrong one."""
    same = [stated(references=()), stated(P580="1990", P582="1995"), stated(rank="deprecated")]
    found = [one for one in compare([member()], same) if one.about == "reference"]
    assert len(only(found).theirs) == 3


def test_the_order_of_what_comes_in_says_nothing() -> None:
    """What differs is told in the order of items and properties."""
    here = [member(A), ours(YEAR), ours(OTHER, rank="deprecated")]
    there = [theirs(OTHER), stated(B)]
    backwards = compare(here[::-1], there[::-1])
    assert told(compare(here, there)) == told(backwards)
    assert [one.property for one in backwards] == sorted(
        (one.property for one in backwards), key=lambda one: int(one[1:])
    )
