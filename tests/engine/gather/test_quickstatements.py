"""What is missing at Wikidata, as commands of QuickStatements."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mreze.gather.model import (
    Compared,
    Difference,
    Evidence,
    Item,
    Moment,
    NoValue,
    Ours,
    Rank,
    SomeValue,
    Theirs,
    Unlinked,
    Value,
)
from mreze.gather.quickstatements import additions, lines
from mreze.gather.values import moment

WD = "http://www.wikidata.org/entity/"
THING = "https://example.org/id/places/x"
PAGE = Evidence(
    "https://example.org/id/sources/a", "A", "https://a.example/", "2026-11-23", "Град је члан од 2003.", "sr-cyrl"
)
PLAIN = Evidence("https://example.org/id/sources/b", "B", "https://b.example/", "2026-11-24")
COPIED = replace(PAGE, url="https://www.wikidata.org/wiki/Q1", derived=True)
JOINED = Ours(THING, WD + "Q1", "P463", Item(WD + "Q2"), qualifiers={"P580": Moment("2003")}, evidence=(PAGE,))
THERE = Theirs(WD + "statement/Q1-1", WD + "Q1", "P463", Item(WD + "Q2"))
FIRST = 'S854\t"https://a.example/"\tS813\t+2026-11-23T00:00:00Z/11\tS1683\tsr-ec:"Град је члан од 2003."'
SECOND = 'S854\t"https://b.example/"\tS813\t+2026-11-24T00:00:00Z/11'
STATEMENT = "Q1\tP463\tQ2"
SINCE = "P580\t+2003-00-00T00:00:00Z/9"


ENDED = replace(THERE, qualifiers={"P582": [Moment("2012")]})
FOUNDED = replace(JOINED, property="P571", value=Moment("1953-04-11"))


def in_calendar(calendar: str, time: str, precision: int = 11) -> Theirs:
    """A day, month or year that stands there."""
    return replace(THERE, property="P571", value=moment(f"{time}T00:00:00Z", precision, WD + calendar))


def missing(ours: Ours, *more: Ours, about: str = "value", theirs: tuple[Theirs, ...] = ()) -> Compared:
    """Something of the site that is missing there."""
    return Compared(Difference.MISSING_THERE, ours.property, about, (ours, *more), theirs, "it is missing there")


@pytest.mark.parametrize(
    ("compared", "expected"),
    [
        (missing(JOINED), [f"{STATEMENT}\t{SINCE}\t{FIRST}"]),
        (missing(JOINED, about="P580", theirs=(THERE,)), [f"{STATEMENT}\t{SINCE}\t{FIRST}"]),
        (missing(JOINED, about="reference", theirs=(THERE,)), [f"{STATEMENT}\t{FIRST}"]),
        (
            missing(replace(JOINED, evidence=(PLAIN, PAGE))),
            [f"{STATEMENT}\t{SINCE}\t{FIRST}", f"{STATEMENT}\t{SECOND}"],
        ),
        (missing(replace(JOINED, qualifiers={}, evidence=(COPIED, PAGE))), [f"{STATEMENT}\t{FIRST}"]),
        (
            missing(replace(JOINED, property="P159", value=NoValue(), qualifiers={})),
            [f"Q1\tP159\tnovalue\t{FIRST}"],
        ),
        (
            missing(replace(JOINED, qualifiers={"P1013": Item(WD + "Q3"), "P580": Moment("2003-05")})),
            [f"{STATEMENT}\tP580\t+2003-05-00T00:00:00Z/10\tP1013\tQ3\t{FIRST}"],
        ),
        (
            missing(replace(JOINED, rank=Rank.PREFERRED), replace(JOINED, value=Item(WD + "Q3"))),
            [f"{STATEMENT}\t{SINCE}\t{FIRST}"],
        ),
        (
            missing(JOINED, replace(JOINED, evidence=(PLAIN,))),
            [f"{STATEMENT}\t{SINCE}\t{FIRST}", f"{STATEMENT}\t{SECOND}"],
        ),
    ],
)
def test_lines(compared: Compared, expected: list[str]) -> None:
    """Statements with qualifiers, qualifiers and references of what is there; a line for each further reference."""
    found, left = additions([compared])
    assert (list(lines(found)), left) == (expected, ())


@pytest.mark.parametrize(("time", "precision"), [("1953-04-11", 11), ("1953-04-00", 10), ("1953-00-00", 9)])
def test_a_date_that_is_surely_stored_so_is_added_to(time: str, precision: int) -> None:
    """A day of the Gregorian calendar, and what is not told as its first day."""
    there = in_calendar("Q1985727", time, precision)
    found, left = additions([missing(FOUNDED, about="reference", theirs=(there,))])
    assert (lines(found), left) == ((f"Q1\tP571\t+{time}T00:00:00Z/{precision}\t{FIRST}",), ())


def test_one_statement_is_written_once() -> None:
    """What is missing of one statement goes into one line, and its references are not repeated."""
    ours = replace(JOINED, qualifiers={"P580": Moment("2003"), "P582": Moment("2010")})
    compared = [missing(ours, about=about, theirs=(THERE,)) for about in ("P580", "reference", "P582")]
    found, _ = additions(compared)
    assert lines(found) == (f"{STATEMENT}\t{SINCE}\tP582\t+2010-00-00T00:00:00Z/9\t{FIRST}",)


def test_most_references() -> None:
    """At most three, each address once, those with their words first."""
    plain = [replace(PLAIN, url=f"https://b.example/{number}") for number in range(5)]
    found, _ = additions([missing(replace(JOINED, evidence=(*plain, replace(PAGE, quote="", read=""), PAGE)))])
    written = lines(found)
    assert len(written) == 3
    assert FIRST in written[0]
    assert sum("https://a.example/" in one for one in written) == 1


def left_out(*compared: Compared) -> str:
    """The only reason for which nothing is written."""
    found, left = additions(compared)
    assert lines(found) == ()
    (reason,) = {one.reason for one in left}
    return reason


@pytest.mark.parametrize(
    ("compared", "reason"),
    [
        (replace(missing(JOINED), difference=Difference.CONTRADICTORY, reason="there 1999"), "there 1999"),
        (replace(missing(JOINED), difference=Difference.UNLINKED, reason="no link"), "no link"),
        (missing(replace(JOINED, rank=Rank.DEPRECATED)), "deprecates"),
        (missing(replace(JOINED, item="")), "no item of Wikidata"),
        (missing(replace(JOINED, value=Unlinked(THING))), "no link to Wikidata"),
        (missing(replace(JOINED, evidence=())), "names no source"),
        (missing(replace(JOINED, evidence=(COPIED,))), "another Wikimedia project"),
        (missing(replace(JOINED, evidence=(replace(PAGE, url=""),))), "no address on the web"),
        (missing(replace(JOINED, evidence=(replace(PAGE, url="https://a.example/" + "x" * 500),))), "takes 500"),
        (missing(JOINED, replace(JOINED, value=Item(WD + "Q3"))), "none is preferred"),
        (missing(JOINED, theirs=(THERE,)), "two statements of this value"),
        (missing(JOINED, about="P580", theirs=(THERE, replace(THERE, iri="x"))), "two statements of this value"),
        (missing(JOINED, theirs=(replace(THERE, rank=Rank.DEPRECATED),)), "there and deprecated"),
        (missing(replace(JOINED, qualifiers={"P580": Moment("199")}), about="P580", theirs=(THERE,)), "decade 199x is"),
        (missing(replace(JOINED, evidence=(replace(PAGE, read=""),))), "it has no day of reading"),
        (missing(JOINED, about="P580", theirs=(ENDED,)), "an end that the site does not state"),
        (missing(JOINED, about="reference", theirs=(replace(ENDED, qualifiers={"P582": [SomeValue()]}),)), "an end"),
        (
            missing(FOUNDED, about="reference", theirs=(in_calendar("Q1985786", "1953-04-11"),)),
            "in the Julian calendar",
        ),
        (missing(FOUNDED, about="P580", theirs=(in_calendar("Q1985786", "1953-04-01", 10),)), "a second date"),
        (missing(FOUNDED, about="reference", theirs=(in_calendar("Q1985727", "1953-01-01", 9),)), "a second date"),
        (missing(FOUNDED, about="reference", theirs=(in_calendar("Q1985727", "1953-04-01", 10),)), "a second date"),
        (missing(FOUNDED, about="reference", theirs=(in_calendar("Q1", "1953-04-11"),)), "a second date"),
        (missing(FOUNDED, about="reference", theirs=(in_calendar("Q1985727", "1950-01-01", 8),)), "decade 195x is"),
    ],
)
def test_what_is_left_out(compared: Compared, reason: str) -> None:
    """It is left out, and told why."""
    assert reason in left_out(compared)


def test_nothing_is_added_to_what_is_contradictory() -> None:
    """Where one qualifier is contradictory, the others and the references are left to a person."""
    contradictory = replace(missing(JOINED, about="P580", theirs=(THERE,)), difference=Difference.CONTRADICTORY)
    found, left = additions([missing(JOINED, about="reference", theirs=(THERE,)), contradictory])
    assert found == ()
    assert [one.reason for one in left] == ["something else of the statement is contradictory", "it is missing there"]


def test_two_statements_of_one_value() -> None:
    """A city that left and joined again has two memberships, which QuickStatements would make one."""
    again = replace(JOINED, qualifiers={"P580": Moment("2015")})
    assert "two statements of this value" in left_out(missing(JOINED), missing(again))
    agrees = replace(missing(again), difference=Difference.AGREES)
    assert "two statements of this value" in left_out(missing(JOINED), agrees)
    assert "two statements of this value" in left_out(missing(JOINED, again))
    there = replace(agrees, theirs=(replace(THERE, iri=WD + "statement/Q1-2"),))
    assert "two statements of this value" in left_out(missing(again, about="P580", theirs=(THERE,)), there)


def test_sources_that_say_it_with_another_precision() -> None:
    """The best is written, with the sources that say just that."""
    founded = replace(JOINED, property="P571", value=Moment("1994-04"), qualifiers={})
    year = replace(founded, value=Moment("1994"), evidence=(PLAIN,))
    found, left = additions([missing(founded, year)])
    assert (lines(found), left) == ((f"Q1\tP571\t+1994-04-00T00:00:00Z/10\t{FIRST}",), ())


def test_what_is_there_is_called_as_it_is_there() -> None:
    """A reference goes to the statement of the year, though the site knows the month; it makes no second statement."""
    founded = replace(JOINED, property="P571", value=Moment("1994-04"), qualifiers={})
    there = replace(THERE, property="P571", value=Moment("1994"))
    found, left = additions([missing(founded, about="reference", theirs=(there,))])
    assert (lines(found), left) == ((f"Q1\tP571\t+1994-00-00T00:00:00Z/9\t{FIRST}",), ())
    found, left = additions([missing(founded, about="reference", theirs=(replace(there, value=Moment("199")),))])
    assert found == ()
    assert "no year, month or day" in left[0].reason


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("x" * 1501, "without the quote of https://a.example/: it has 1501 characters, Wikidata takes 1500"),
        ("a | b", "without the quote of https://a.example/: it holds a |"),
    ],
)
def test_a_quote_that_does_not_fit(quote: str, reason: str) -> None:
    """The statement is written without it, and that is told."""
    found, left = additions([missing(replace(JOINED, evidence=(replace(PAGE, quote=quote),)))])
    without_words = FIRST.partition("\tS1683")[0]
    assert lines(found) == (f"{STATEMENT}\t{SINCE}\t{without_words}",)
    assert left[0].what == "Q1 P463 Q2"
    assert left[0].reason.startswith(reason)


def test_a_qualifier_that_cannot_be_written() -> None:
    """The statement is true without it; that it is missing is told."""
    ours = replace(JOINED, qualifiers={"P580": Moment("2003"), "P3831": Unlinked(THING)})
    found, left = additions([missing(ours)])
    assert lines(found) == (f"{STATEMENT}\t{SINCE}\t{FIRST}",)
    assert left[0].reason.startswith("without its qualifier P3831: ")


def test_what_agrees_or_is_missing_here_is_passed_over() -> None:
    """Nothing is said of it."""
    here = Compared(Difference.MISSING_HERE, "P463", "value", (), (THERE,), "it is missing here")
    assert additions([here, replace(missing(JOINED), difference=Difference.AGREES)]) == ((), ())


V1_VALUE = re.compile(r'Q\d+|novalue|somevalue|"[^\t]*"|[a-z_-]+:"[^\t]*"|\+\d{4,}-\d\d-\d\dT00:00:00Z/(?:9|10|11)')


@pytest.mark.parametrize("value", [Item(WD + "Q2"), NoValue(), Moment("1994")])
def test_the_new_quickstatements_reads_it(value: Value) -> None:
    """Its parser makes line ends of || and tabs of |, and drops empty parts: each line stays what it was."""
    nasty = replace(PAGE, quote='|| "x"\t/* y */\n', url="https://a.example/|?x=||")
    spoken = replace(PLAIN, quote='He said "yes" /* and left */', language="en")
    found, _ = additions([missing(replace(JOINED, value=value, evidence=(nasty, spoken, PAGE)))])
    written = lines(found)
    assert len(written) == 3
    for line in written:
        parts = [part.strip() for part in line.replace("||", "\n").replace("|", "\t").split("\t") if part.strip()]
        assert "\t".join(parts) == line
        assert re.fullmatch(r"Q\d+", parts[0])
        assert all(re.fullmatch(r"P\d+|S\d+", one) for one in parts[1::2])
        assert all(V1_VALUE.fullmatch(one) for one in parts[2::2])
