"""Dates, positions and languages are written as people write them."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal

from mreze.namespaces import term
from mreze.serve.spoken import say_date, say_point, tag_of

EU = "http://publications.europa.eu/resource/authority/language/"


@pytest.mark.parametrize(
    ("text", "kind", "language", "expected"),
    [
        ("2007-05", "gYearMonth", "en", "May 2007"),
        ("2007-05", "gYearMonth", "sr-cyrl", "мај 2007."),
        ("2007-05", "gYearMonth", "sr-latn", "maj 2007."),
        ("1994-03-05", "date", "en", "5 March 1994"),
        ("1994-03-05", "date", "sr-cyrl", "5. март 1994."),
        ("1994-13-05", "date", "en", None),
        ("1994-03-05Z", "date", "en", None),
        ("2007", "gYear", "en", None),
        ("2007", "gYear", "sr-cyrl", "2007."),
        ("-0043", "gYear", "en", "44 BCE"),
        ("2007", "gYearMonth", "sr-cyrl", None),
        ("2007-05", "string", "en", None),
        ("2007-05", "gYearMonth", "xx", None),
    ],
)
def test_dates(text: str, kind: str, language: str, expected: str | None) -> None:
    """A year, a month or a day is said in words; what is neither, or a number as it stands, stays as it is."""
    assert say_date(Literal(text, datatype=term(f"xsd:{kind}")), language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("POINT(21.8958 43.3209)", "43.3209° N, 21.8958° E"),
        ("point ( -43.2 -22.9 )", "22.9° S, 43.2° W"),
        ("POINT(1 91)", None),
        ("POINT(1.1.1 2)", None),
        ("POLYGON((1 2, 3 4, 1 2))", None),
    ],
)
def test_points(text: str, expected: str | None) -> None:
    """A point is said in degrees, the latitude first."""
    assert say_point(Literal(text, datatype=term("geo:wktLiteral"))) == expected
    assert say_point(Literal(text)) is None


@pytest.mark.parametrize(
    ("language", "words", "tag"),
    [
        (EU + "SRP", "Град", "sr-cyrl"),
        (EU + "SRP", "Grad", "sr-latn"),
        (EU + "FRA", "Ville", "fr"),
        ("en-GB", "City", "en-gb"),
        ("https://x.example/English", "City", None),
        ("", "City", None),
    ],
)
def test_languages(language: str, words: str, tag: str | None) -> None:
    """The EU's codes of three letters become tags."""
    assert tag_of(language, words) == tag
