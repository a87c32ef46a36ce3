"""Values of the site and of Wikidata come into one form and are compared there."""

from __future__ import annotations

import pytest

from mreze.gather.model import Address, Item, Moment, NoValue, SomeValue, Unlinked, Value
from mreze.gather.values import Likeness, compare, entity, moment, normal, our_moment

ENTITY = "http://www.wikidata.org/entity/"


@pytest.mark.parametrize(
    ("time", "precision", "expected"),
    [
        ("1990-01-01T00:00:00Z", 9, "1990"),
        ("2007-05-01T00:00:00Z", 10, "2007-05"),
        ("2007-05-10T00:00:00Z", 11, "2007-05-10"),
        ("2007-05-10T12:30:00Z", 14, "2007-05-10"),
        ("1990-01-01T00:00:00Z", 8, "199"),
        ("0005-01-01T00:00:00Z", 8, "000"),
        ("1901-01-01T00:00:00Z", 7, "19"),
        ("2000-01-01T00:00:00Z", 7, "19"),
        ("1900-01-01T00:00:00Z", 7, "18"),
        ("-0043-03-15T00:00:00Z", 9, "-0043"),
        ("-0043-03-15T00:00:00Z", 11, "-0043-03-15"),
        ("+2004-12-10T00:00:00Z", 11, "2004-12-10"),
    ],
)
def test_a_time_is_as_precise_as_it_is_said_to_be(time: str, precision: int, expected: str) -> None:
    """From a century to a day; the digits that are not known are left out."""
    assert moment(time, precision) == Moment(expected)


def test_what_is_less_precise_than_a_century_is_not_known() -> None:
    """A millennium says nothing that could be compared."""
    assert moment("2000-01-01T00:00:00Z", 6) == SomeValue()


@pytest.mark.parametrize("text", ["", "soon", "1990", "2007-5-1T00:00:00Z", "http://x"])
def test_what_is_no_time_is_told(text: str) -> None:
    """The error names what came."""
    with pytest.raises(ValueError, match="is no time"):
        moment(text, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1994", "1994"), ("1994-04", "1994-04"), ("2004-12-10", "2004-12-10"), ("1994Z", "1994")],
)
def test_dates_of_the_site_are_moments(text: str, expected: str) -> None:
    """A time zone says nothing of a day."""
    assert our_moment(text) == Moment(expected)


@pytest.mark.parametrize("text", ["94", "1994-4", "1994-04-01T00:00:00", "April 1994"])
def test_what_is_no_date_is_told(text: str) -> None:
    """The error names what stands there."""
    with pytest.raises(ValueError, match="no year, month or day"):
        our_moment(text)


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("1994", "1994", Likeness.EQUAL),
        ("1994-04", "1994", Likeness.OURS_FINER),
        ("1994", "1994-04", Likeness.THEIRS_FINER),
        ("1994-04-01", "1994-04", Likeness.OURS_FINER),
        ("1994-04", "1994-05", Likeness.DIFFERENT),
        ("1994", "1995-04", Likeness.DIFFERENT),
        ("1994", "199", Likeness.OURS_FINER),
        ("1994-04", "198", Likeness.DIFFERENT),
        ("2000", "19", Likeness.OURS_FINER),
        ("2000", "20", Likeness.DIFFERENT),
        ("1901", "19", Likeness.OURS_FINER),
        ("199", "19", Likeness.OURS_FINER),
        ("-0043-03", "-0043", Likeness.OURS_FINER),
        ("-0043", "0043", Likeness.DIFFERENT),
    ],
)
def test_moments_agree_where_one_is_the_beginning_of_the_other(ours: str, theirs: str, expected: Likeness) -> None:
    """And it is told whose is the more precise."""
    assert compare(Moment(ours), Moment(theirs), {}) is expected


@pytest.mark.parametrize(
    ("ours", "theirs", "equal"),
    [
        ("https://ecad.net/", "http://www.ecad.net", True),
        ("https://ECAD.net", "https://ecad.net/", True),
        ("https://ecad.net/A", "https://ecad.net/a", False),
        ("https://ecad.net:443/", "https://ecad.net", True),
        ("https://ecad.net:8080/", "https://ecad.net", False),
        ("https://x.org/Ни%C5%A1/", "https://x.org/%D0%9D%D0%B8%c5%a1", True),
        ("https://x.org/a%2Fb", "https://x.org/a/b", False),
        ("https://x.org/%7Ea", "https://x.org/~a", True),
        ("https://ниш.срб/", "https://xn--h1aj8a.xn--90a3ac/", True),
        ("https://x.org/?a=1", "https://x.org/?a=2", False),
        ("https://x.org/#a", "https://x.org/", False),
        ("https://[bad", "https://[bad", True),
    ],
)
def test_urls_are_the_same_up_to_how_they_are_written(ours: str, theirs: str, equal: bool) -> None:
    """Scheme, www., last slash, case of the host and escapes say nothing."""
    assert (compare(Address(ours), Address(theirs), {}) is Likeness.EQUAL) is equal


def test_the_normal_form_of_a_url_is_its_own_normal_form() -> None:
    """Once more changes nothing."""
    once = normal("https://www.x.org/%d0%9d и/?q=%2f#č")
    assert normal(f"https://{once}") == once


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (Item(f"{ENTITY}Q1"), Item(f"{ENTITY}Q1"), Likeness.EQUAL),
        (Item(f"{ENTITY}Q1"), Item(f"{ENTITY}Q2"), Likeness.DIFFERENT),
        (Item(f"{ENTITY}Q7"), Item(f"{ENTITY}Q1"), Likeness.EQUAL),
        (Item(f"{ENTITY}Q1"), Item(f"{ENTITY}Q7"), Likeness.EQUAL),
        (NoValue(), NoValue(), Likeness.EQUAL),
        (NoValue(), SomeValue(), Likeness.DIFFERENT),
        (Item(f"{ENTITY}Q1"), NoValue(), Likeness.DIFFERENT),
        (Unlinked("https://x.org/id/a"), Item(f"{ENTITY}Q1"), Likeness.DIFFERENT),
        (Moment("1994"), Address("1994"), Likeness.DIFFERENT),
    ],
)
def test_other_values_are_the_same_or_not(ours: Value, theirs: Value, expected: Likeness) -> None:
    """An item that was merged into another (Q7 into Q1) is that one."""
    assert compare(ours, theirs, {f"{ENTITY}Q7": f"{ENTITY}Q1"}) is expected


@pytest.mark.parametrize(
    ("iri", "expected"),
    [(f"{ENTITY}Q42", True), (f"{ENTITY}P42", False), ("https://www.wikidata.org/wiki/Q42", False), ("Q42", False)],
)
def test_items_have_iris_of_one_form(iri: str, expected: bool) -> None:
    """Pages and properties are no items."""
    assert (entity(iri) is not None) is expected
