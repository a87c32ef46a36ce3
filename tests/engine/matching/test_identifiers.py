"""Identifiers, however they are written."""

from __future__ import annotations

import pytest

from mreze.matching.identifiers import asked, forms, normal

BASE = "https://world.example/id/"


@pytest.mark.parametrize(
    ("identifier", "compared"),
    [
        ("https://World.example/id/A/", "world.example/id/a"),
        ("<http://www.world.example/id/%C5%A1>", "world.example/id/š"),
        ("https://www.wikidata.org/wiki/Q42#sitelinks", "wikidata.org/entity/q42"),
        ("http://www.wikidata.org/entity/Q42", "wikidata.org/entity/q42"),
        ("http://www.wikidata.org/entity/statement/Q42", "wikidata.org/entity/statement/q42"),
        ("https://sws.geonames.org/787657/about.rdf", "geonames.org/787657"),
        ("https://geonames.org/countries/RS/", "geonames.org/countries/rs"),
        (" RS-20 ", "rs-20"),
        ("urn:ISBN:1", "urn:isbn:1"),
        ("", ""),
    ],
)
def test_identifiers_have_one_form(identifier: str, compared: str) -> None:
    """Scheme, host, escapes and case of an IRI say nothing, nor does the page of a register that shows the thing."""
    assert normal(identifier) == compared


def test_registers_are_found_by_the_identifier_alone() -> None:
    """A thing of Wikidata or GeoNames is found by the number too, any other by the whole IRI only."""
    assert set(forms("http://www.wikidata.org/entity/Q42")) == {"wikidata.org/entity/q42", "q42"}
    assert set(forms("https://sws.geonames.org/787657/")) == {"geonames.org/787657", "787657"}
    assert set(forms("https://elsewhere.example/787657")) == {"elsewhere.example/787657"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ex:places/a", "world.example/id/places/a"),
        ("places/a", "world.example/id/places/a"),
        ("/id/places/a", "world.example/id/places/a"),
        ("wd:Q42", "q42"),
        ("geonames:787657", "787657"),
    ],
)
def test_what_is_asked_for_may_be_an_identifier(text: str, meant: str) -> None:
    """A prefixed name and an id are read as the IRIs that they stand for."""
    assert meant in set(asked(text, BASE, {"ex": BASE}))


@pytest.mark.parametrize("text", ["", "  ", "x" * 3_000, "a/" * 5_000])
def test_what_is_none_is_not_read_as_one(text: str) -> None:
    """Nothing, and what is too long to be an identifier, means none."""
    assert not set(asked(text, BASE, {"ex": BASE}))
