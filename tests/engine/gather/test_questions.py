"""What endpoints are asked is SPARQL 1.1, whatever names and addresses there are."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, QuerySolutions, Store
from rdflib.plugins.sparql import prepareQuery

from mreze.gather import questions
from mreze.gather.authorities import AUTHORITIES, GEONAMES, WIKIDATA, Authority, Role
from mreze.gather.model import Point

NAMES = [("Energy Cities", "en"), ("Енергија", "sr-Cyrl"), ('a "b" \\ {c} \n ?d # e', ""), ("O'Neill", "en-gb")]
ITEMS = ["http://www.wikidata.org/entity/Q1", "no IRI", "http://x.example/a b", "http://x.example/>}"]
PLACES = [(Point(43.3, 21.9), "<http://www.wikidata.org/entity/Q403>"), (Point(10.5, 100.0), '"RS"')]


def _all(authority: Authority) -> list[str]:
    """Every question that an authority may be asked."""
    found = [
        questions.named(authority, NAMES),
        questions.described(authority, ITEMS, ["", "en"]),
        questions.called(authority, ITEMS, ["", "en"]),
    ]
    found += [
        questions.having(authority, role, [questions.iri("https://a.example/"), questions.literal("7"), None])
        for role in (Role.HOMEPAGE, Role.GEONAMES)
        if authority.properties(role)
    ]
    if authority.properties(Role.POINT, Role.LATITUDE):
        found.append(questions.within(authority, PLACES, ITEMS, 5))
    if authority.subclass:
        found.append(questions.narrower(authority, ITEMS, ITEMS))
    return found


@pytest.mark.parametrize("name", AUTHORITIES)
def test_every_question_is_sparql(name: str) -> None:
    """Two engines read each question: nobody's extension is in it, and no name or address breaks out of its place."""
    for text in _all(AUTHORITIES[name]):
        prepareQuery(text)
        assert isinstance(Store().query(text), QuerySolutions)


def test_a_square_may_lie_in_the_west_and_the_south() -> None:
    """Numbers may be negative; rdflib, which reads no negative decimals in data blocks, is no endpoint."""
    text = questions.within(WIKIDATA, [(Point(-33.45, -70.66), "<http://x.example/>")], ITEMS, 5)
    assert "(-33.4950 -33.4050 -70.7140 -70.6060 <http://x.example/>)" in text
    assert isinstance(Store().query(text), QuerySolutions)


def test_names_are_asked_for_as_they_are() -> None:
    """What stands in the data block is the name, character by character, with its tag."""
    text = questions.named(WIKIDATA, NAMES)
    block = text[text.index("VALUES") : text.index("?item <")]
    rows = Store().query(f"SELECT ?value WHERE {{ {block} }}")
    assert isinstance(rows, QuerySolutions)
    found = [row["value"] for row in rows]
    assert found == [Literal(one, language=tag.lower()) if tag else Literal(one) for one, tag in NAMES]


def test_what_is_no_iri_is_not_asked_for() -> None:
    """An address that no IRI can be stays out of the question."""
    text = questions.described(GEONAMES, ITEMS, [""])
    assert "VALUES ?item { <http://www.wikidata.org/entity/Q1> }" in text
