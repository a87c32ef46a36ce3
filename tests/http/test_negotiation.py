"""What the clients that there are send is answered with what they can read."""

from __future__ import annotations

from urllib.parse import urlencode

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
RIVER = "https://minimal.example/data/id/rivers/green-river"
FORMS = {
    "select": "SELECT * { ?s ?p ?o } LIMIT 1",
    "ask": "ASK { ?s ?p ?o }",
    "construct": f"CONSTRUCT WHERE {{ <{RIVER}> a ?class }}",
    "describe": f"DESCRIBE <{RIVER}>",
}
JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TURTLE, TRIPLES, JSON_LD, RDF_XML = "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"
QUADS, TRIG, HTML = "application/n-quads", "application/trig", "text/html"
SPARQL = [
    # Who says nothing, or takes anything: curl, harvesters.
    (None, JSON, TURTLE),
    ("", JSON, TURTLE),
    ("*/*", JSON, TURTLE),
    ("application/*", JSON, JSON_LD),
    ("text/*", CSV, TURTLE),
    # What is offered, by its name.
    *((one, one, None) for one in (JSON, XML, CSV, TSV)),
    *((one, None, one) for one in (TURTLE, TRIPLES, JSON_LD, RDF_XML, QUADS, TRIG)),
    # rdflib: parse(url), parse(url, format=...), SPARQLStore.
    (RDFLIB, None, TURTLE),
    ("text/turtle, application/x-turtle, */*;q=0.1", JSON, TURTLE),
    ("text/plain, */*;q=0.1", JSON, TRIPLES),
    ("application/sparql-results+xml, application/rdf+xml", XML, RDF_XML),
    # SPARQLWrapper: JSON, XML, Turtle, JSON-LD, N3, the default of CONSTRUCT, all that there is.
    ("application/sparql-results+json,application/json,text/javascript,application/javascript", JSON, JSON_LD),
    ("application/sparql-results+xml", XML, None),
    ("application/turtle,text/turtle", None, TURTLE),
    ("application/ld+json,application/x-json+ld", None, JSON_LD),
    ("text/rdf+n3,application/n-triples,application/turtle,application/n3,text/n3", None, TURTLE),
    ("application/rdf+xml", None, RDF_XML),
    ("application/sparql-results+xml,application/rdf+xml,*/*", XML, RDF_XML),
    # F-UJI, a browser, other old names.
    ("text/html, */*", HTML, HTML),
    (BROWSER, HTML, HTML),
    ("application/json", JSON, JSON_LD),
    ("application/xml", XML, RDF_XML),
    ("text/xml", XML, RDF_XML),
    ("text/n3", None, TURTLE),
    ("text/x-nquads", None, QUADS),
    ("application/x-trig", None, TRIG),
    # q, specificity, case, spaces, parameters, mistakes.
    ("text/csv;q=0.1, application/sparql-results+xml;q=0.9, text/turtle;q=0", XML, None),
    ("application/sparql-results+json;q=0.5, */*;q=0.9", XML, TURTLE),
    ("text/turtle;q=0.2, application/n-triples;q=0.8, */*;q=0.5", JSON, TRIPLES),
    ("TEXT/CSV , Text/Turtle", CSV, TURTLE),
    ("text/csv;header=present;q=1.0,application/trig ; q = 0.5", CSV, TRIG),
    (",, text/csv;q=x, ;, text/turtle;;", CSV, TURTLE),
    ("text/csv;q=0", None, None),
    ("image/png", None, None),
    ("*/*;q=0", None, None),
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


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize(("accept", "solutions", "graph"), SPARQL)
def test_results_are_negotiated_by_the_form_of_the_query(
    minimal: Served, form: str, accept: str | None, solutions: str | None, graph: str | None
) -> None:
    """One header can mean solutions and graphs: what the query gives decides which half is read; or 406, with Vary."""
    expected = solutions if form in {"select", "ask"} else graph
    answer = minimal.get("sparql?" + urlencode({"query": FORMS[form]}), accept)
    if expected is None:
        assert answer.status_code == 406
        assert "accept" in answer.json()["detail"]
    else:
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].partition(";")[0] == expected
        assert answer.content
    assert "Accept" in answer.headers["vary"]


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
    """Accept-Language decides, `lang` in the address goes before it; what mreze itself says stays English."""
    page = minimal.get("doc/rivers/green-river.html", accept_language=header)
    assert '<html lang="en">' in page.text
    assert {"de": '<h1 lang="de">Grüner Fluss</h1>', "en": "<h1>Green River</h1>"}[expected] in page.text
    assert page.headers["content-language"] == expected
    assert "Accept-Language" in page.headers["vary"]
    chosen = minimal.get("doc/rivers/green-river.html?lang=de", accept_language=header)
    assert '<h1 lang="de">Grüner Fluss</h1>' in chosen.text
