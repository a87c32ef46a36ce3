"""A catalogue is taken apart into entities that a reader understands one by one, and that say all of it together."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.build.entities import entities

BASE = "https://example.org/"
CATALOGUE = """
    @prefix : <https://example.org/> .
    @prefix dcat: <http://www.w3.org/ns/dcat#> .
    @prefix dct: <http://purl.org/dc/terms/> .
    :catalog a dcat:Catalog ; dct:publisher :us ; dcat:dataset :one, :two .
    :one a dcat:Dataset ; dct:publisher :us ; dcat:distribution :file ; dct:temporal [ dcat:startDate "2000" ] .
    :two a dcat:Dataset ; dct:license :free .
    :file a dcat:Distribution ; dct:license :free .
    :us dct:title "we" ; dct:relation :home .
    :home dct:title "home" ; dct:relation :us .
    :free dct:title "free" .
    :lonely dct:title "nothing leads here" .
"""


def _read(text: str = CATALOGUE) -> set[Triple]:
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


def _subjects(said: frozenset[Triple]) -> set[str]:
    return {one.subject.value.removeprefix(BASE) for one in said if isinstance(one.subject, NamedNode)}


def test_an_entity_comes_with_what_it_leads_to() -> None:
    """Agents and licences with each that names them, even in a circle; entities apart; the rest with the whole."""
    found = {iri.removeprefix(BASE): _subjects(said) for iri, said in entities(_read(), BASE + "catalog").items()}
    assert found == {
        "catalog": {"catalog", "us", "home", "lonely"},
        "one": {"one", "us", "home"},
        "two": {"two", "free"},
        "file": {"file", "free"},
    }


def test_a_change_of_one_is_a_change_of_no_other() -> None:
    """Whatever else is said, an entity with a blank node stays the same."""
    before = entities(_read(), BASE + "catalog")
    after = entities(_read(CATALOGUE + ":two dct:temporal [ dcat:startDate 1 ] ."), BASE + "catalog")
    assert {iri for iri in before if before[iri] != after[iri]} == {BASE + "two"}
