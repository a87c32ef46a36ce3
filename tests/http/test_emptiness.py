"""A query that finds nothing is told what of it the release does not have."""

from __future__ import annotations

import pytest
from tests.servers import Served

PREFIX = "PREFIX ex: <https://minimal.example/data/ontology#> PREFIX schema: <https://schema.org/> "
OWN = "https://minimal.example/data/"


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("SELECT * { ?s a ex:Brigde }", [("class", OWN + "ontology#Brigde", OWN + "ontology#Bridge")]),
        ("SELECT * { ?s ex:croses ?o }", [("property", OWN + "ontology#croses", OWN + "ontology#crosses")]),
        ("SELECT * { GRAPH <dataset/x> { ?s ?p ?o } }", [("graph", "{address}dataset/x", None)]),
        ("SELECT * FROM <urn:none> { ?s ?p ?o }", [("graph", "urn:none", None)]),
        ("SELECT * { <urn:nobody> ?p ?o }", [("anything", "urn:nobody", None)]),
        ('SELECT * { ?s ?p "x"@fr }', [("language", "fr", None)]),
        ('SELECT * { ?s ?p ?o FILTER (langMatches(LANG(?o), "fr-CH")) }', [("language", "fr-ch", None)]),
        ("SELECT * { ?s a ex:Bridge ; schema:name ?n }", [("property", "https://schema.org/name", None)]),
        ("SELECT * { ?s a ex:Bridge ; a schema:RiverBodyOfWater }", []),
        (
            'SELECT * { ?s ex:opened "3000"^^<http://www.w3.org/2001/XMLSchema#gYear> '
            "FILTER (<urn:f>(?s) || <http://www.w3.org/2001/XMLSchema#integer>(?s)) }",
            [],
        ),
        ('SELECT * { ?s ?p "Old Bridge"@de }', []),
    ],
)
def test_what_is_missing_is_named(minimal: Served, query: str, missing: list[tuple[str, str, str | None]]) -> None:
    """Class, property, graph, IRI, language; with what may have been meant; nothing where all of it is there."""
    answer = minimal.query(PREFIX + query, explain="true")
    assert answer.status_code == 200
    told = [(one["kind"], one["name"], one["similar"]) for one in answer.json()["missing"]]
    assert told == [(kind, name.replace("{address}", minimal.address), similar) for kind, name, similar in missing]
    assert all(one["message"] for one in answer.json()["missing"])


def test_people_are_told_on_the_page(minimal: Served) -> None:
    """An empty result comes with the reasons, another one without."""
    empty = minimal.client.get(
        minimal.address + "sparql",
        params={"query": PREFIX + "SELECT * { ?s a ex:Brigde }", "lang": "en"},
        headers={"accept": "text/html"},
    ).text
    assert "Why is it empty?" in empty
    assert "Did you mean &lt;https://minimal.example/data/ontology#Bridge&gt;?" in empty
    together = minimal.query(PREFIX + "SELECT * { ?s a ex:Bridge , schema:RiverBodyOfWater }", "text/html").text
    assert "only not together" in together
    assert "Why is it empty?" not in minimal.query(PREFIX + "SELECT * { ?s a ex:Bridge }", "text/html").text
