"""The W3C's tests of the SPARQL 1.1 protocol and service description, one test of the same name for each of theirs.

https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/ and …/service-description/. The requests are ours, with graphs
of the minimal site. What is an update there is refused here: the endpoint is for reading, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence

import httpx
import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse
from tests.servers import Served

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
SD = "http://www.w3.org/ns/sparql-service-description#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
ONE = "https://minimal.example/data/dataset/crossings"
TWO = "https://minimal.example/data/dataset/bulk"
THREE = "https://minimal.example/data/ontology"
OF_ONE = "<https://minimal.example/data/id/bridges/old-bridge> a ?one"
OF_TWO = "<https://minimal.example/data/id/bridges/steg-1> a ?two"
OF_THREE = "<https://minimal.example/data/ontology#Bridge> a ?three"
IN_GRAPHS = f"GRAPH ?g {{ {OF_ONE} }} GRAPH ?h {{ {OF_TWO} }}"


def _get(served: Served, **parameters: str | Sequence[str]) -> httpx.Response:
    return served.client.get(served.address + "sparql", params=parameters)


def _post(served: Served, content: str, content_type: str | None, **parameters: str | Sequence[str]) -> httpx.Response:
    headers = {} if content_type is None else {"content-type": content_type}
    address = served.address + "sparql"
    return served.client.post(address, content=content.encode(), headers=headers, params=parameters)


def _truth(answer: httpx.Response) -> bool:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/sparql-results+json"
    return bool(answer.json()["boolean"])


def test_query_get(minimal: Served) -> None:
    """A query by GET, with a graph."""
    assert _truth(_get(minimal, query="ASK {}", **{"default-graph-uri": ONE}))


def test_query_post_form(minimal: Served) -> None:
    """A query in a form."""
    assert _truth(_post(minimal, "query=ASK%20%7B%7D", FORM, **{"default-graph-uri": ONE}))


def test_query_post_direct(minimal: Served) -> None:
    """A query as the body."""
    assert _truth(_post(minimal, "ASK {}", DIRECT))


def test_query_dataset_default_graph(minimal: Served) -> None:
    """One graph is the default graph, the others are not in it."""
    for graph, expected in ((ONE, True), (TWO, False)):
        query = f"ASK {{ {OF_ONE} }}"
        assert _truth(_get(minimal, query=query, **{"default-graph-uri": graph})) == expected
        assert _truth(_post(minimal, query, DIRECT, **{"default-graph-uri": graph})) == expected


def test_query_dataset_default_graphs_get(minimal: Served) -> None:
    """Several graphs are merged; one alone is not enough."""
    query = f"ASK {{ {OF_ONE} . {OF_TWO} }}"
    assert _truth(_get(minimal, query=query, **{"default-graph-uri": [ONE, TWO]}))
    assert not _truth(_get(minimal, query=query, **{"default-graph-uri": [ONE]}))
    assert not _truth(_get(minimal, query=query, **{"default-graph-uri": [TWO, THREE]}))


def test_query_dataset_default_graphs_post(minimal: Served) -> None:
    """The same with the query as the body and the graphs in the address."""
    query = f"ASK {{ {OF_ONE} . {OF_TWO} }}"
    assert _truth(_post(minimal, query, DIRECT, **{"default-graph-uri": [ONE, TWO]}))
    assert not _truth(_post(minimal, query, DIRECT, **{"default-graph-uri": [ONE, THREE]}))


def test_query_dataset_named_graphs_get(minimal: Served) -> None:
    """Named graphs are seen by GRAPH, and nothing else is."""
    query = f"ASK {{ {IN_GRAPHS} }}"
    assert _truth(_get(minimal, query=query, **{"named-graph-uri": [ONE, TWO]}))
    assert not _truth(_get(minimal, query=query, **{"named-graph-uri": [ONE, THREE]}))
    assert not _truth(_get(minimal, query=f"ASK {{ {OF_ONE} }}", **{"named-graph-uri": [ONE]}))


def test_query_dataset_named_graphs_post(minimal: Served) -> None:
    """The same with the query as the body."""
    query = f"ASK {{ {IN_GRAPHS} }}"
    assert _truth(_post(minimal, query, DIRECT, **{"named-graph-uri": [ONE, TWO]}))
    assert not _truth(_post(minimal, query, DIRECT, **{"named-graph-uri": [TWO, THREE]}))


def test_query_dataset_full(minimal: Served) -> None:
    """A default graph and named graphs."""
    query = f"ASK {{ {OF_THREE} {IN_GRAPHS} }}"
    assert _truth(_post(minimal, query, DIRECT, **{"default-graph-uri": THREE, "named-graph-uri": [ONE, TWO]}))
    assert not _truth(_post(minimal, query, DIRECT, **{"default-graph-uri": ONE, "named-graph-uri": [ONE, TWO]}))


def test_query_multiple_dataset(minimal: Served) -> None:
    """The dataset of the request goes before the query's own: wholly, whichever kind of graph either names."""
    query = f"ASK FROM <{THREE}> {{ {IN_GRAPHS} }}"
    assert _truth(_post(minimal, query, DIRECT, **{"named-graph-uri": [ONE, TWO]}))
    query = f"ASK FROM <{THREE}> {{ {OF_THREE} }}"
    assert _truth(_post(minimal, query, DIRECT))
    assert not _truth(_post(minimal, query, DIRECT, **{"named-graph-uri": THREE}))
    query = f"ASK FROM NAMED <{ONE}> {{ GRAPH ?g {{ {OF_ONE} }} }}"
    assert _truth(_post(minimal, query, DIRECT))
    assert not _truth(_post(minimal, query, DIRECT, **{"default-graph-uri": ONE}))


@pytest.mark.parametrize(
    ("query", "content_types"),
    [
        pytest.param(
            "SELECT (1 AS ?value) {}",
            {"application/sparql-results+xml", "application/sparql-results+json", "text/csv"},
            id="query_content_type_select",
        ),
        pytest.param(
            "ASK {}", {"application/sparql-results+xml", "application/sparql-results+json"}, id="query_content_type_ask"
        ),
        pytest.param(
            "DESCRIBE <http://example.org/>", {"text/turtle", "application/rdf+xml"}, id="query_content_type_describe"
        ),
        pytest.param(
            "CONSTRUCT { <s> <p> 1 } WHERE {}",
            {"text/turtle", "application/rdf+xml"},
            id="query_content_type_construct",
        ),
    ],
)
def test_query_content_type(minimal: Served, query: str, content_types: set[str]) -> None:
    """What comes is of a type that fits the form of the query."""
    answer = _post(minimal, query, DIRECT, **{"default-graph-uri": ONE})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] in content_types


@pytest.mark.parametrize(
    ("method", "query", "content", "content_type", "status"),
    [
        pytest.param("PUT", "?query=ASK%20%7B%7D", "", FORM, 405, id="bad_query_method"),
        pytest.param("GET", "?query=ASK%20%7B%7D&query=SELECT%20*%20%7B%7D", "", None, 400, id="bad_multiple_queries"),
        pytest.param("POST", "", "ASK {}", "text/plain", 415, id="bad_query_wrong_media_type"),
        pytest.param("POST", "", "query=ASK%20%7B%7D", None, 415, id="bad_query_missing_form_type"),
        pytest.param("POST", "", "ASK {}", None, 415, id="bad_query_missing_direct_type"),
        pytest.param("POST", "", "ASK {}", DIRECT + "; charset=UTF-16", 415, id="bad_query_non_utf8"),
        pytest.param("GET", "?query=ASK%20%7B", "", None, 400, id="bad_query_syntax"),
        pytest.param("GET", "?update=CLEAR%20ALL", "", None, 403, id="bad_update_get"),
        pytest.param("POST", "", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 403, id="bad_multiple_updates"),
        pytest.param("POST", "", "CLEAR NAMED", "text/plain", 415, id="bad_update_wrong_media_type"),
        pytest.param("POST", "", "update=CLEAR%20NAMED", None, 415, id="bad_update_missing_form_type"),
        pytest.param("POST", "", "CLEAR NAMED", None, 415, id="bad_update_missing_direct_type"),
        pytest.param("POST", "", "CLEAR NAMED", UPDATE + "; charset=UTF-16", 415, id="bad_update_non_utf8"),
        pytest.param("POST", "", "update=CLEAR%20XYZ", FORM, 403, id="bad_update_syntax"),
        pytest.param(
            "POST", "?using-named-graph-uri=urn:x", "DELETE { ?s ?p ?o } USING <urn:y> WHERE { ?s ?p ?o }", UPDATE, 403,
            id="bad_update_dataset_conflict",
        ),
    ],
)  # fmt: skip
def test_bad(minimal: Served, method: str, query: str, content: str, content_type: str | None, status: int) -> None:
    """Each is 4xx, the one that tells what is wrong, with a problem document."""
    headers = {} if content_type is None else {"content-type": content_type}
    answer = minimal.client.request(
        method, minimal.address + "sparql" + query, content=content.encode() or None, headers=headers
    )
    assert answer.status_code == status
    assert answer.json()["status"] == status
    if status == 405:
        assert "QUERY" in answer.headers["allow"]
    if status == 415:
        assert answer.headers["accept-post"] == f"{FORM}, {DIRECT}"


@pytest.mark.parametrize(
    ("query", "content", "content_type"),
    [
        pytest.param(f"?using-graph-uri={ONE}", "DELETE WHERE { ?s ?p ?o }", UPDATE, id="update_dataset_default_graph"),
        pytest.param(
            f"?using-graph-uri={ONE}&using-graph-uri={TWO}", "DELETE WHERE { ?s ?p ?o }", UPDATE,
            id="update_dataset_default_graphs",
        ),
        pytest.param(
            f"?using-named-graph-uri={ONE}&using-named-graph-uri={TWO}", "DELETE WHERE { ?s ?p ?o }", UPDATE,
            id="update_dataset_named_graphs",
        ),
        pytest.param(
            f"?using-graph-uri={ONE}&using-named-graph-uri={TWO}", "DELETE WHERE { ?s ?p ?o }", UPDATE,
            id="update_dataset_full",
        ),
        pytest.param("", "update=CLEAR+ALL", FORM, id="update_post_form"),
        pytest.param("", "CLEAR ALL", UPDATE, id="update_post_direct"),
        pytest.param("", "BASE <http://example.org/> INSERT DATA { <s> <p> <o> }", UPDATE, id="update_base_uri"),
    ],
)  # fmt: skip
def test_update(minimal: Served, query: str, content: str, content_type: str) -> None:
    """An update in any form is refused, told why, and changes nothing."""
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    before = _get(minimal, query=count).json()
    answer = minimal.client.post(
        minimal.address + "sparql" + query, content=content.encode(), headers={"content-type": content_type}
    )
    assert answer.status_code == 403
    assert "for reading" in answer.json()["detail"]
    assert _get(minimal, query=count + " # again").json() == before


def _description(served: Served, form: RdfFormat = RdfFormat.TURTLE) -> set[Triple]:
    answer = served.get("sparql", form.media_type)
    assert answer.status_code == 200
    return {quad.triple for quad in parse(answer.content, format=form)}


def test_returns_rdf(minimal: Served) -> None:
    """GET without a query gives RDF, to whoever accepts anything too."""
    for accept in ("*/*", None):
        answer = minimal.get("sparql", accept)
        assert answer.headers["content-type"].startswith("text/turtle")
        assert list(parse(answer.content, format=RdfFormat.TURTLE))


def test_has_endpoint_triple(minimal: Served) -> None:
    """It names the address that was asked."""
    endpoints = [one for one in _description(minimal) if one.predicate == NamedNode(SD + "endpoint")]
    assert [one.object for one in endpoints] == [NamedNode(minimal.address + "sparql")]


def test_conforms_to_schema(minimal: Served) -> None:
    """One service with one endpoint; a default dataset of a default graph and named graphs, each with its name."""
    told = _description(minimal)

    def objects(name: str, subject: object = None) -> list[object]:
        found = (one for one in told if one.predicate == NamedNode(SD + name))
        return [one.object for one in found if subject is None or one.subject == subject]

    typed = {(one.subject, one.object) for one in told if one.predicate == TYPE}
    (service,) = {subject for subject, kind in typed if kind == NamedNode(SD + "Service")}
    assert NamedNode(SD + "SPARQL11Query") in objects("supportedLanguage", service)
    assert len(objects("resultFormat", service)) >= 10
    (dataset,) = objects("defaultDataset", service)
    (default,) = objects("defaultGraph", dataset)
    assert {(dataset, NamedNode(SD + "Dataset")), (default, NamedNode(SD + "Graph"))} <= typed
    named = objects("namedGraph", dataset)
    assert len(named) > 5
    for one in named:
        assert isinstance(one, NamedNode | BlankNode)
        (name,) = objects("name", one)
        assert isinstance(name, NamedNode)
        assert len(objects("graph", one)) == 1
