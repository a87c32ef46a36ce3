"""A site whose store is another SPARQL server is the same site, whichever server that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
from tests.backends import Backend
from tests.pushed import put
from tests.servers import Served, serving

GRAPH = {"text/turtle": ox.RdfFormat.TURTLE, "application/ld+json": ox.RdfFormat.JSON_LD}


@pytest.fixture(scope="module")
def embedded(minimal_release: Path) -> Iterator[Served]:
    """The site with the store that is embedded, as it lies on disk: so its locations are those of the release."""
    with serving(minimal_release, "--workers", "2", "--in-memory", "0") as served:
        yield served


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def elsewhere(request: pytest.FixtureRequest, minimal_release: Path) -> Iterator[Served]:
    """The same site with its store on another server."""
    there: Backend = request.getfixturevalue(request.param)
    put(there.given, minimal_release)
    with serving(minimal_release, "--workers", "2", "--backend", there.given.address) as served:
        yield served


PATHS = [
    "", "id/bridges/old-bridge", "doc/bridges/old-bridge", "doc/bridges/lost-bridge", "doc/rivers/green-river",
    "doc/bridges/none", "catalog", "ontology", "shapes", "changes", "documents", "dataset/crossings", "queries/bridges",
    "queries/", "queries/echo", "search?q=bridge", "search?type=ex:Bridge", "sitemap.xml", "terms.json", "guides/",
    "reconcile", "reconcile/properties", "reconcile?queries=%7B%22a%22%3A%7B%22query%22%3A%22old+bridge%22%7D%7D",
    "reconcile/preview?id=bridges/old-bridge", "reconcile/suggest/entity?prefix=old", "reconcile/1.0/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same(embedded: Served, elsewhere: Served, path: str) -> None:
    """Every resource answers with the same page, but for where it is."""
    assert _shown(elsewhere, path, "text/html") == _shown(embedded, path, "text/html")


@pytest.mark.parametrize("media_type", ["text/turtle"])
@pytest.mark.parametrize("path", [one for one in PATHS if one.startswith(("doc/", "catalog", "ontology", "shapes"))])
def test_a_document_says_the_same(embedded: Served, elsewhere: Served, path: str, media_type: str) -> None:
    """Every description has the same statements."""
    assert _shown(elsewhere, path, media_type) == _shown(embedded, path, media_type)


def _shown(served: Served, path: str, accept: str) -> tuple[int, object]:
    answer = served.get(path, accept)
    text = answer.text.replace(served.address, "http://here/").replace(served.address.rstrip("/"), "http://here")
    form = GRAPH.get(answer.headers.get("content-type", "").partition(";")[0])
    return answer.status_code, text if form is None else _statements(text, form)


def _statements(text: str, form: ox.RdfFormat) -> set[ox.Quad]:
    found = ox.Dataset(ox.parse(text.encode(), format=form, base_iri="http://here/"))
    found.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return set(found)


BRIDGE = "<https://minimal.example/data/id/bridges/old-bridge>"
QUERIES = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT * { GRAPH ?g { ?s a ?class } }",
    "SELECT ?g { GRAPH ?g { ?s a ?class } FILTER (STRENDS(STR(?g), 'void')) }",
    "SELECT ?g { VALUES ?g { <https://minimal.example/data/void> <urn:none> } GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?g { GRAPH ?g {} }",
    "SELECT * { { SELECT ?g ?s { GRAPH ?g { ?s a ?class } } } }",
    "SELECT * { GRAPH <https://minimal.example/data/void> { SELECT ?s { ?s a ?class } } }",
    "SELECT ?s { ?s a ?class FILTER EXISTS { GRAPH ?g { ?document ?topic ?s } } }",
    "BASE <https://minimal.example/data/> SELECT ?s { GRAPH <dataset/bulk> { ?s ?p ?o } }",
    "SELECT ?s { GRAPH <https://minimal.example/data/releases/2026-11-28/void> { ?s ?p ?o } }",
    "SELECT ?s FROM <https://minimal.example/data/dataset/bulk> { ?s ?p ?o }",
    "SELECT ?g FROM NAMED <https://minimal.example/data/dataset/bulk> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?s FROM NAMED <https://minimal.example/data/dataset/bulk> { ?s ?p ?o }",
    "SELECT ?s FROM <https://minimal.example/data/dataset/bulk> FROM <https://minimal.example/data/void> { ?s ?p ?o }",
    "BASE <https://minimal.example/data/dataset/> SELECT (COUNT(*) AS ?n) FROM <bulk> FROM <crossings> { ?s ?p ?o }",
    "SELECT ?s FROM <https://nowhere.example/> { ?s ?p ?o }",
    "ASK { ?s a ?class }",
    "ASK { ?s <urn:none> ?o }",
    "ASK { GRAPH <urn:none> { ?s ?p ?o } }",
    "ASK WHERE { GRAPH <https://minimal.example/data/void> { ?s ?p ?o } }",
    f"DESCRIBE {BRIDGE}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . FILTER (?s = {BRIDGE}) }}",
    "CONSTRUCT { ?g <urn:has> ?s } WHERE { GRAPH ?g { ?s a ?class } }",
    "SELECT ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?s { ?s a ?class } OFFSET 3 } }",
    f"SELECT ?p ?b {{ ?a ?p ?c }} VALUES (?a ?b) {{ ({BRIDGE} 1) ({BRIDGE} 2) }}",
    "SELECT ?a { VALUES ?a { true 1 1.5 'text' 'текст'@sr-cyrl <urn:x> } }",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_gives_the_same(embedded: Served, elsewhere: Served, query: str) -> None:
    """In both kinds of syntax, and with the graphs by the names that they have here."""
    for accept in ("application/sparql-results+json, application/ld+json", "text/csv, text/turtle"):
        answers = [one.query(query, accept) for one in (elsewhere, embedded)]
        assert [one.status_code for one in answers] == [200, 200]
        assert _solutions(answers[0]) == _solutions(answers[1])


def _solutions(answer: httpx.Response) -> object:
    kind = answer.headers["content-type"].partition(";")[0]
    if kind in GRAPH:
        return _statements(answer.text, GRAPH[kind])
    if kind != "application/sparql-results+json":
        return sorted(answer.text.splitlines())
    content: dict[str, Any] = answer.json()
    rows = content.get("results", {}).get("bindings", [])
    return content["head"], content.get("boolean"), sorted(json.dumps(one, sort_keys=True) for one in rows)


MISTAKES = [
    ("SELEC ?s {}", 400),
    ("SELECT ?s { ?s ex:none ?o }", 400),
    ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", 403),
    ("SELECT ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
    ('DEFINE sql:describe-mode "CBD" SELECT ?s { ?s ?p ?o }', 400),
]


@pytest.mark.parametrize(("query", "status"), MISTAKES)
def test_a_mistake_is_explained_alike(embedded: Served, elsewhere: Served, query: str, status: int) -> None:
    """What is wrong with a query is told in the same words, and nothing that is no SPARQL gets through."""
    answers = [one.query(query) for one in (elsewhere, embedded)]
    assert [one.status_code for one in answers] == [status, status]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


@pytest.mark.parametrize("name", ["explain", "%65xplain"])
def test_why_there_is_nothing_is_told_alike(embedded: Served, elsewhere: Served, name: str) -> None:
    """Whether it is asked in the address or in a form."""
    form = f"query=SELECT+*+%7B+%3Fs+a+%3Curn:none%3E+%7D&{name}=true"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    told = []
    for one in (embedded, elsewhere):
        told += [one.get(f"sparql?{form}"), one.client.post(one.address + "sparql", content=form, headers=headers)]
    assert {one.status_code for one in told} == {200}
    assert len({one.text for one in told}) == 1
    assert told[0].json()["missing"]


def test_a_subquery_in_any_graph_is_refused(elsewhere: Served) -> None:
    """Virtuoso would show other graphs than ours, and Oxigraph loses the variable: the client is told what to write."""
    answer = elsewhere.query("SELECT * { GRAPH ?g { ?s a ?class { SELECT ?s { ?s ?p ?o } } } }")
    assert answer.status_code == 400
    assert "Write the GRAPH into the subquery" in answer.json()["detail"]


def test_answers_are_kept(elsewhere: Served) -> None:
    """A result has the validator of its content, and HEAD the length of what GET gives."""
    first = elsewhere.query("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 5")
    path = str(first.request.url).removeprefix(elsewhere.address)
    assert elsewhere.get(path, "*/*", if_none_match=first.headers["etag"]).status_code == 304
    head = elsewhere.ask("HEAD", path, "*/*")
    assert head.headers["content-length"] == first.headers["content-length"] == str(len(first.content))


def test_a_query_that_would_end_the_server_is_refused(elsewhere: Served) -> None:
    """What nests too deeply for it, or has too many parts; who comes next is answered."""
    deep = ["(" * 600 + "?o" + ")" * 600, "STR(" * 900 + "?o" + ")" * 900, "?o" + "+1" * 2_000]
    queries = [f"SELECT * {{ ?s ?p ?o FILTER ({one}) }}" for one in deep]
    for query in (*queries, "SELECT * { {}" + " UNION { ?s ?p 1 }" * 2_000 + " }"):
        answer = elsewhere.client.post(elsewhere.address + "sparql", data={"query": query})
        assert answer.status_code == 422
        assert "Write it flatter" in answer.json()["detail"]
    assert elsewhere.query("ASK { ?s a ?none_was_asked_before }").json()["boolean"] is True
