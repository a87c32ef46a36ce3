"""Values as QuickStatements writes them."""

from __future__ import annotations

import pytest

from mreze.gather.model import Address, Item, Moment, NoValue, SomeValue, Unlinked, Value
from mreze.gather.notation import Unwritable, address, day, text_in, written

WD = "http://www.wikidata.org/entity/"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Item(WD + "Q129259"), "Q129259"),
        (Moment("2003"), "+2003-00-00T00:00:00Z/9"),
        (Moment("1994-04"), "+1994-04-00T00:00:00Z/10"),
        (Moment("2007-05-10"), "+2007-05-10T00:00:00Z/11"),
        (Address("https://ecad.net/"), '"https://ecad.net/"'),
        (NoValue(), "novalue"),
        (SomeValue(), "somevalue"),
    ],
)
def test_value(value: Value, expected: str) -> None:
    """Items, dates with their precision, addresses in quotation marks, and that there is none."""
    assert written(value) == expected


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (Item(WD + "P31"), "no item of Wikidata"),
        (Item("https://example.org/entity/Q1"), "no item of Wikidata"),
        (Moment("199"), "no year, month or day"),
        (Moment("-0044"), "no year, month or day"),
        (Moment("2003-13"), "no year, month or day"),
        (Address("mailto:a@example.org"), "no address on the web"),
        (Address(""), "it has no address"),
        (Address("https://example.org/a\x07b"), "holds a control character, U.0007"),
        (Address("https://example.org/" + "x" * 500), "Wikidata takes 500"),
        (Unlinked("https://example.org/id/places/x"), "has no link to Wikidata"),
    ],
)
def test_what_cannot_be_written(value: Value, reason: str) -> None:
    """It is refused, and told why."""
    with pytest.raises(Unwritable, match=reason):
        written(value)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a|b", "https://example.org/a%7Cb"),
        ('https://example.org/?q="x y"', "https://example.org/?q=%22x%20y%22"),
        ("https://example.org/%D0%93?a=1&b=2#c", "https://example.org/%D0%93?a=1&b=2#c"),
        ("https://example.org/Град", "https://example.org/Град"),
    ],
)
def test_address(url: str, expected: str) -> None:
    """What parts commands or cannot stand in an address is escaped, what is escaped already is not."""
    assert address(url) == f'"{expected}"'


@pytest.mark.parametrize(
    ("language", "words", "expected"),
    [
        ("en", "The city joined in 2003.", 'en:"The city joined in 2003."'),
        ("sr-cyrl", " Град\tје\r\nчлан ", 'sr-ec:"Град је члан"'),
        ("sr", 'Grad je „član" mreže', 'sr-el:"Grad je „član" mreže"'),
        ("en", '"Quoted" and /* not a comment */', 'en:""Quoted" and /* not a comment */"'),
        ("tlh", "nuqneH", 'mis:"nuqneH"'),
        ("en", "x" * 1500, 'en:"' + "x" * 1500 + '"'),
    ],
)
def test_text(language: str, words: str, expected: str) -> None:
    """Line ends and tabs become a space, quotation marks stay, the code is Wikidata's."""
    assert text_in(language, words) == expected


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("x" * 1501, "Wikidata takes 1500"),
        ("a | b", "holds a |"),
        ("a\x07b", "holds a control character, U.0007"),
        (" \n", "it is empty"),
    ],
)
def test_text_that_does_not_fit(words: str, reason: str) -> None:
    """It is refused, not cut."""
    with pytest.raises(Unwritable, match=reason.replace("|", r"\|")):
        text_in("en", words)


def test_day() -> None:
    """The day on which a source was read is a day."""
    assert day("2026-11-23") == "+2026-11-23T00:00:00Z/11"
    for text in ("2026-11", "2026-11-32", "yesterday"):
        with pytest.raises(Unwritable, match="no "):
            day(text)
