"""What differs between the site and Wikidata, as a table: what is here, what is there, what is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.stating import (
    AGREES,
    CONTRADICTORY,
    COPIED,
    ENTITY,
    HERE,
    IMPORTED,
    ITEM,
    QUOTED,
    THERE,
    A,
    B,
    Told,
    compare,
    member,
    ours,
    stated,
    theirs,
    told,
)

from mreze.gather.model import Address, Compared, Difference, Moment, NoValue, Ours, SomeValue, Theirs, Unlinked
from mreze.gather.reasons import Reason

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


def test_the_order_of_what_comes_in_says_nothing() -> None:
    """What differs is told in the order of items and properties."""
    here = [member(A), ours(YEAR), ours(OTHER, rank="deprecated")]
    there = [theirs(OTHER), stated(B)]
    backwards = compare(here[::-1], there[::-1])
    assert told(compare(here, there)) == told(backwards)
    assert [one.property for one in backwards] == sorted(
        (one.property for one in backwards), key=lambda one: int(one[1:])
    )
