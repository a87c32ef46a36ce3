"""A point is named by the country that it surely lies in."""

from __future__ import annotations

import pytest

from mreze.serve.pictures.atlas import Atlas, open_globe
from mreze.serve.pictures.svg import Point
from mreze.serve.pictures.territories import country_name, country_of


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    """The world."""
    found = open_globe().atlas
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((2.35, 48.86), "250"),
        ((135.75, 35.02), "392"),
        ((178.0, -17.8), "242"),  # where the atlas begins again
        ((13.04, 47.8), None),  # at a border: the shapes are too simple
        ((0.0, 0.0), None),  # at sea
        ((21.16, 42.66), None),  # in Kosovo*
        ((33.5, 44.6), None),  # in the Crimea
        ((-13.2, 27.15), None),  # in Western Sahara
    ],
)
def test_a_point_is_in_a_country_where_that_is_sure(atlas: Atlas, place: Point, expected: str | None) -> None:
    """Nothing is said near a border, at sea, and where the countries do not agree."""
    assert country_of(atlas, place) == expected


@pytest.mark.parametrize(
    ("code", "language", "expected"),
    [
        ("250", "en", "France"),
        ("250", "sr-cyrl", "Француска"),
        ("250", "sr-latn", "Francuska"),
        ("1", "en", None),
        ("250", "x-none", None),
    ],
)
def test_a_country_has_a_name_in_a_language(code: str, language: str, expected: str | None) -> None:
    """As CLDR has it; none where that knows neither."""
    assert country_name(code, language) == expected
