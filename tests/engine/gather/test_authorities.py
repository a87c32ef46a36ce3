"""The form of the IRIs of authorities, and what people write in their place."""

from __future__ import annotations

import pytest

from mreze.errors import UsageError
from mreze.gather.authorities import AUTHORITIES, authority, authority_of, shape

ITEM = "write <http://www.wikidata.org/entity/Q64>"
PLACE = "write <https://sws.geonames.org/787657/>"
EU = "http://publications.europa.eu/resource/authority/"
TABLE = [
    ("http://www.wikidata.org/entity/Q64", None),
    ("https://www.wikidata.org/entity/Q64", f"begins with https, its IRIs with http: {ITEM}"),
    ("https://www.wikidata.org/wiki/Q64", f"is the address of a page: {ITEM}"),
    ("http://m.wikidata.org/wiki/Q64", f"is the address of a page: {ITEM}"),
    ("https://www.wikidata.org/wiki/Special:EntityData/Q64.ttl", f"is the address of a page: {ITEM}"),
    ("http://www.wikidata.org/wiki/Q64#P31", f"is the address of a page: {ITEM}"),
    ("http://www.wikidata.org/entity/q64", f"is in small letters: {ITEM}"),
    ("http://wikidata.org/entity/Q64", f"lacks the www: {ITEM}"),
    ("http://www.wikidata.org/entity/Q64/", f"has something behind the item: {ITEM}"),
    (
        "http://www.wikidata.org/entity/P31",
        "is a property or a lexeme, no item: write it, as in <http://www.wikidata.org/entity/Q42>",
    ),
    (
        "http://www.wikidata.org/entity/Q064",
        "is in another form: write it, as in <http://www.wikidata.org/entity/Q42>",
    ),
    ("https://sws.geonames.org/787657/", None),
    ("https://sws.geonames.org/787657", f"lacks the slash at the end: {PLACE}"),
    ("http://sws.geonames.org/787657/", f"begins with http, its IRIs with https: {PLACE}"),
    ("https://www.geonames.org/787657/nis.html", f"is the address of a page: {PLACE}"),
    ("http://geonames.org/787657", f"is the address of a page: {PLACE}"),
    ("https://sws.geonames.org/787657/about.rdf", f"is the address of a document: {PLACE}"),
    (f"{EU}country/FRA", None),
    (f"{EU}country/1A0", None),
    (f"{EU}country/fra", f"is in small letters: write <{EU}country/FRA>"),
    (f"{EU}country/Sweden", f"is no code of three letters: write it, as in <{EU}country/FRA>"),
    (f"{EU}place/fra_par", f"is in small letters: write <{EU}place/FRA_PAR>"),
    (f"{EU}place/Paris", f"is in small letters: write it, as in <{EU}place/FRA_PAR>"),
    (f"{EU}country/FRA/", f"ends with a slash: write <{EU}country/FRA>"),
    (f"{EU.replace('http:', 'https:')}country/FRA", f"begins with https, its IRIs with http: write <{EU}country/FRA>"),
    (f"{EU}place/FRA_PAR", None),
    (f"{EU}place/FRAPAR", f"is in another form: write it, as in <{EU}place/FRA_PAR>"),
    ("https://example.org/wiki/Q64", None),
    ("https://en.wikipedia.org/wiki/Berlin", None),
    ("no IRI at all", None),
    ("", None),
]


@pytest.mark.parametrize(("iri", "problem"), TABLE, ids=[iri for iri, _ in TABLE])
def test_what_is_wrong_with_a_link(iri: str, problem: str | None) -> None:
    """A link in another form than the authority's is told what is wrong, and what to write."""
    assert shape(iri) == problem


@pytest.mark.parametrize("name", AUTHORITIES)
def test_an_example_is_its_authority_s(name: str) -> None:
    """The example of an authority is an IRI of it, of nobody else, and in order."""
    one = authority(name)
    assert one.owns(one.example)
    assert authority_of(one.example) == one
    assert shape(one.example) is None


def test_an_unknown_authority_is_refused() -> None:
    """Whoever names an authority that there is not is told which there are."""
    with pytest.raises(UsageError, match="wikidata, geonames, eu-country, eu-place"):
        authority("viaf")
