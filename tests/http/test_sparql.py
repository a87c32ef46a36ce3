"""The SPARQL protocol, read-only: how a query comes, what comes back, and what is refused."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from tests.servers import Served

BRIDGES = "SELECT ?bridge WHERE { ?bridge a <https://minimal.example/data/ontology#Bridge> } ORDER BY ?bridge"
RIVER = "CONSTRUCT WHERE { ?river a <https://schema.org/RiverBodyOfWater> ; ?p ?o }"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def _values(content: bytes) -> list[str]:
    rows = json.loads(content)["results"]["bindings"]
    return [next(iter(row.values()))["value"] for row in rows]


def _post(served: Served, content: str, content_type: str, query: str = "") -> tuple[int, bytes]:
    address = served.address + "sparql" + query
    answer = served.client.post(address, content=content.encode(), headers={"content-type": content_type})
    return answer.status_code, answer.content


def test_the_three_ways_to_send_a_query_are_one(minimal: Served) -> None:
    """GET, POST as a form, POST as it is; parameters of content types do not matter."""
    expected = minimal.query(BRIDGES).content
    assert len(_values(expected)) == 8
    for content_type in (FORM, FORM + "; charset=UTF-8", "Application/X-WWW-Form-URLEncoded"):
        answer = minimal.client.post(
            minimal.address + "sparql", data={"query": BRIDGES}, headers={"content-type": content_type}
        )
        assert answer.content == expected
    for content_type in (DIRECT, DIRECT + ";charset=utf-8"):
        assert _post(minimal, BRIDGES, content_type) == (200, expected)


def test_a_body_is_decoded_once(minimal: Served) -> None:
    """A plus, a percent sign, an equals sign and letters beyond ASCII in a query arrive as they were sent."""
    literal = "a+b%41=ц&d"
    query = f'SELECT ("{literal}" AS ?x) {{}}'
    assert _values(minimal.query(query).content) == [literal]
    assert _values(_post(minimal, query, DIRECT)[1]) == [literal]
    answer = minimal.client.post(minimal.address + "sparql", data={"query": query})
    assert _values(answer.content) == [literal]


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-16", "nonsense"])
def test_a_query_is_sent_in_utf_8(minimal: Served, charset: str) -> None:
    """Another charset is refused, whatever the body is (W3C: bad_query_non_utf8)."""
    status, content = _post(minimal, "ASK {}", f"{DIRECT}; charset={charset}")
    assert status == 415
    assert "UTF-8" in json.loads(content)["detail"]


@pytest.mark.parametrize("extension", ["srj", "srx", "tsv"])
def test_all_syntaxes_of_solutions_agree(minimal: Served, extension: str) -> None:
    """JSON, XML and TSV hold the same rows; CSV their values."""
    form = QueryResultsFormat.from_extension(extension)
    assert form is not None
    answer = minimal.query(BRIDGES, form.media_type)
    solutions = parse_query_results(answer.content, format=form)
    assert isinstance(solutions, QuerySolutions)
    values = [row["bridge"].value for row in solutions]
    rows = list(csv.DictReader(io.StringIO(minimal.query(BRIDGES, "text/csv").text, newline="")))
    assert values == [row["bridge"] for row in rows] == _values(minimal.query(BRIDGES).content)


@pytest.mark.parametrize("query", [RIVER, "DESCRIBE <https://minimal.example/data/id/rivers/green-river>"])
def test_all_syntaxes_of_graphs_agree(minimal: Served, query: str) -> None:
    """Turtle, JSON-LD, N-Triples and RDF/XML hold the same triples."""
    graphs = []
    for form in (RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML):
        answer = minimal.query(query, form.media_type)
        assert answer.headers["content-type"].partition(";")[0] == form.media_type
        graph = Dataset(parse(answer.content, format=form))
        graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        graphs.append(set(graph))
    assert graphs[0]
    assert all(graph == graphs[0] for graph in graphs)


def test_ask_answers_yes_or_no(minimal: Served) -> None:
    """A truth value comes in JSON and in XML."""
    assert minimal.query("ASK { ?s ?p ?o }").json()["boolean"] is True
    assert "<boolean>false</boolean>" in minimal.query("ASK { <x:x> ?p ?o }", "application/sparql-results+xml").text


@pytest.mark.parametrize(
    ("content_type", "body", "query", "status", "says"),
    [
        (FORM, "", "", 400, "0 queries"),
        (FORM, "query=ASK%20%7B%7D&query=ASK%20%7B%7D", "", 400, "2 queries"),
        (FORM, "query=ASK%20%7B%7D", "?query=ASK%20%7B%7D", 400, "2 queries"),
        (DIRECT, "SELECT ?x WHERE { ?x ", "", 400, "wrong"),
        (DIRECT, "ASK {}", "?default-graph-uri=no%20iri", 400, "no IRI of a graph"),
        (DIRECT, "ASK {}", "?timeout=soon", 400, "no number of seconds"),
        ("application/sparql-update", "CLEAR ALL", "", 403, "for reading"),
        (FORM, "update=CLEAR%20ALL", "", 403, "for reading"),
        (DIRECT, "PREFIX x: <x:>\nINSERT DATA { x:a x:b x:c }", "", 403, "for reading"),
        (DIRECT, "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "", 403, "SERVICE"),
        (DIRECT, "SELECT * { #x\n service silent ?e { ?s ?p ?o } }", "", 403, "SERVICE"),
        ("text/plain", "ASK {}", "", 415, "application/sparql-query"),
        ("", "ASK {}", "", 415, "no type"),
        (DIRECT, "#" * (1 << 20) + "\nASK {}", "", 413, "1,048,576"),
    ],
)
def test_what_cannot_be_answered_says_why(
    minimal: Served, content_type: str, body: str, query: str, status: int, says: str
) -> None:
    """Each mistake has its status and a problem document that names it."""
    got, content = _post(minimal, body, content_type, query)
    assert got == status
    problem = json.loads(content)
    assert problem["status"] == status
    assert says in problem["detail"]


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE <x:y> {}" AS ?x) {}',
        "SELECT ?SERVICE { } # SERVICE",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "PREFIX service: <x:> SELECT * { ?s service:insert ?o }",
        "SELECT * { ?s ?p '''insert SERVICE''' }",
    ],
)
def test_words_of_refused_queries_may_stand_elsewhere(minimal: Served, query: str) -> None:
    """SERVICE and INSERT in a string, a comment, a variable, an IRI or a prefixed name refuse nothing."""
    assert minimal.query(query).status_code == 200


def test_a_request_names_its_dataset(minimal: Served) -> None:
    """default-graph-uri and named-graph-uri go before the query's own FROM."""
    count = "SELECT (COUNT(*) AS ?n) { ?s a <https://minimal.example/data/ontology#Bridge> }"
    bulk, crossings = (minimal.base + "dataset/" + name for name in ("bulk", "crossings"))
    assert _values(minimal.query(count).content) == ["8"]
    assert _values(minimal.query(count, **{"default-graph-uri": bulk}).content) == ["3"]
    with_from = count.replace("{", f"FROM <{bulk}> {{", 1)
    assert _values(minimal.query(with_from, **{"default-graph-uri": crossings}).content) == ["5"]
    graphs = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    assert _values(minimal.query(graphs, **{"named-graph-uri": bulk}).content) == [bulk]
    everywhere = set(_values(minimal.query(graphs).content))
    names = {"catalog", "void", "ontology", "shapes", "queries", "documents", "dataset/bulk", "dataset/crossings"}
    assert everywhere == {minimal.base + name for name in names} | {"https://elsewhere.example/graph"}


def test_a_triple_of_two_graphs_counts_once(minimal: Served) -> None:
    """The default graph is a merge, not a heap."""
    pattern = "<https://elsewhere.example/river> ?p ?label"
    assert _values(minimal.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ {pattern} }} }}").content) == ["3"]
    assert _values(minimal.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").content) == ["2"]


def test_relative_iris_are_resolved_against_the_endpoint(minimal: Served) -> None:
    """<x> in a query is <…/x> beside the endpoint."""
    assert _values(minimal.query("SELECT (<x> AS ?x) {}").content) == [minimal.address + "x"]


def test_a_link_can_name_the_syntax(minimal: Served) -> None:
    """`format` goes before Accept, an unknown one is passed over."""
    assert minimal.query(BRIDGES, "text/html", format="csv").headers["content-type"].startswith("text/csv")
    assert minimal.query(RIVER, "text/html", format="rdf").headers["content-type"].startswith("application/rdf+xml")
    assert minimal.query(BRIDGES, "*/*", format="json").headers["content-type"] == "application/sparql-results+json"
    assert minimal.query(BRIDGES, "text/csv", format="nonsense").headers["content-type"].startswith("text/csv")


def test_what_no_query_gives_is_406(minimal: Served) -> None:
    """An Accept for pictures, or for solutions where a graph comes, is refused."""
    assert minimal.query(BRIDGES, "image/png").status_code == 406
    assert minimal.query(RIVER, "text/csv").status_code == 406


def test_the_endpoint_describes_itself(minimal: Served) -> None:
    """Without a query it tells where it is, what it speaks and which graphs it has, in every syntax."""
    for form in (RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML):
        answer = minimal.get("sparql", form.media_type)
        triples = {quad.triple for quad in parse(answer.content, format=form)}
        objects = {str(one.object) for one in triples}
        assert f"<{minimal.address}sparql>" in objects
        assert f"<{minimal.base}dataset/crossings>" in objects
        assert "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>" in objects


def test_people_get_a_page(minimal: Served) -> None:
    """A form; with a query its result as a table; with a wrong query what is wrong, and its status."""
    assert "<textarea" in minimal.get("sparql", "text/html").text
    page = minimal.query(BRIDGES, "text/html")
    assert page.status_code == 200
    assert "<td>" in page.text
    assert "old-bridge" in page.text
    wrong = minimal.query("SELECT <script>", "text/html")
    assert wrong.status_code == 400
    assert "SELECT &lt;script&gt;" in wrong.text
    assert "<script>" not in wrong.text


def test_examples_and_prefixes_can_be_queried(minimal: Served) -> None:
    """Editors find the saved queries and the prefixes in the default graph."""
    shacl = "PREFIX sh: <http://www.w3.org/ns/shacl#> "
    found = minimal.query(shacl + "SELECT ?text { ?q a sh:SPARQLExecutable ; sh:select ?text }")
    assert any("ex:crosses" in one for one in _values(found.content))
    namespaces = _values(minimal.query(shacl + "SELECT ?n { ?o sh:declare/sh:namespace ?n }").content)
    assert minimal.base + "ontology#" in namespaces


def test_head_has_the_length_of_the_answer(minimal: Served) -> None:
    """HEAD of a query is answered like GET, without the body."""
    address = minimal.address + "sparql"
    got = minimal.client.get(address, params={"query": BRIDGES})
    headed = minimal.client.head(address, params={"query": BRIDGES})
    assert (headed.status_code, headed.headers["content-length"]) == (200, str(len(got.content)))
