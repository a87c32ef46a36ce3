"""What the clients that there are send is answered with what they can read."""

from __future__ import annotations

import pytest
from tests.servers import Served

RDFLIB = (
    "application/rdf+xml, text/n3, text/turtle, application/n-triples, application/ld+json, application/n-quads, "
    "application/trix, application/trig"
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
DOCUMENT = [
    (None, "text/turtle"),
    ("*/*", "text/turtle"),
    (RDFLIB, "text/turtle"),
    ("text/turtle, application/x-turtle, */*;q=0.1", "text/turtle"),
    ("text/plain, */*;q=0.1", "application/n-triples"),
    ("application/ld+json", "application/ld+json"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
    ("application/json", "application/ld+json"),
    ("application/rdf+xml", "application/rdf+xml"),
    ("application/n-triples;q=0.5, text/turtle;q=0.4", "application/n-triples"),
    ("text/turtle;q=0, */*", "application/ld+json"),
    ("text/html, */*", "text/html"),
    (BROWSER, "text/html"),
    ("TEXT/TURTLE", "text/turtle"),
    ("text/*", "text/turtle"),
    ("text/turtle;;q=,,", "text/turtle"),
]
CATALOG = [
    (None, "text/turtle"),
    ("*/*", "text/turtle"),
    (BROWSER, "text/html"),
    ("application/rdf+xml", "application/rdf+xml"),
    (RDFLIB, "text/turtle"),
]
SELECT = "SELECT * { ?s ?p ?o } LIMIT 1"
CONSTRUCT = "CONSTRUCT WHERE { ?s a <https://schema.org/RiverBodyOfWater> }"
SPARQLWRAPPER_JSON = "application/sparql-results+json,application/json,text/javascript,application/javascript"
SPARQL = [
    (SELECT, None, "application/sparql-results+json"),
    (SELECT, "*/*", "application/sparql-results+json"),
    (SELECT, SPARQLWRAPPER_JSON, "application/sparql-results+json"),
    (SELECT, "application/sparql-results+xml, application/rdf+xml", "application/sparql-results+xml"),
    (SELECT, "text/csv", "text/csv"),
    (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
    (SELECT, "application/json", "application/sparql-results+json"),
    (SELECT, BROWSER, "text/html"),
    ("ASK {}", "text/csv;q=0.1, application/sparql-results+xml", "application/sparql-results+xml"),
    (CONSTRUCT, None, "text/turtle"),
    (CONSTRUCT, "application/sparql-results+xml, application/rdf+xml", "application/rdf+xml"),
    (CONSTRUCT, "application/turtle,text/turtle", "text/turtle"),
    (CONSTRUCT, "application/ld+json,application/x-json+ld", "application/ld+json"),
    (CONSTRUCT, "application/n-triples", "application/n-triples"),
    (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
]


@pytest.mark.parametrize(("accept", "expected"), DOCUMENT)
def test_a_document_is_negotiated(minimal: Served, accept: str | None, expected: str) -> None:
    """Quality, specificity, aliases of old clients; a browser gets a page."""
    answer = minimal.get("doc/bridges/old-bridge", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(("accept", "expected"), CATALOG)
def test_the_catalogue_is_data_unless_a_page_is_asked_for(minimal: Served, accept: str | None, expected: str) -> None:
    """Who takes anything is a harvester: it gets RDF, without a redirect."""
    answer = minimal.get("catalog", accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == expected


@pytest.mark.parametrize(("query", "accept", "expected"), SPARQL)
def test_results_are_negotiated_by_the_form_of_the_query(
    minimal: Served, query: str, accept: str | None, expected: str
) -> None:
    """One header can mean solutions and graphs: what the query gives decides which half is read."""
    answer = minimal.client.get(
        minimal.address + "sparql", params={"query": query}, headers={"accept": accept or "*/*"}
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == expected


def test_the_home_page_is_the_catalogue_for_machines(minimal: Served) -> None:
    """Browsers and curl get the page, RDF clients the catalogue."""
    assert minimal.get("", "*/*").headers["content-type"].startswith("text/html")
    assert minimal.get("", "text/turtle").content == minimal.get("catalog.ttl").content


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("de", "de"),
        ("de-AT, en;q=0.5", "de"),
        ("fr, en", "en"),
        ("", "en"),
        ("*", "en"),
        ("de;q=0.1, en;q=0.9", "en"),
    ],
)
def test_the_language_of_a_page_is_negotiated(minimal: Served, header: str, expected: str) -> None:
    """Accept-Language decides, `lang` in the address goes before it."""
    page = minimal.get("doc/rivers/green-river.html", accept_language=header)
    assert f'<html lang="{expected}">' in page.text
    assert page.headers["content-language"] == expected
    assert "Accept-Language" in page.headers["vary"]
    chosen = minimal.get("doc/rivers/green-river.html?lang=de", accept_language=header)
    assert "<h1>Grüner Fluss</h1>" in chosen.text
