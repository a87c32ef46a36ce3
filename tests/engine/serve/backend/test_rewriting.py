"""A query as another server is asked."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mreze.serve.backend.names import NOTHING, Names
from mreze.serve.backend.rewriting import rewrite
from mreze.serve.dataset import DatasetClause

BASE = "https://x.example/"
NAMES = Names("https://x.example/r/default", {f"{BASE}{one}": f"{BASE}r/{one}" for one in ("a", "void")})
TABLE = "(<https://x.example/a> <https://x.example/r/a>) (<https://x.example/void> <https://x.example/r/void>)"
ALL = ((NAMES.default,), NAMES.named)
CASES = [
    ("SELECT ?s { ?s ?p ?o }", "SELECT ?s { ?s ?p ?o }", ALL),
    ("SELECT ?s { ?s <p> ?o }", "SELECT ?s { ?s <https://x.example/p> ?o }", ALL),
    ("SELECT * { ?s ?p ?o }", "SELECT ?o ?p ?s { ?s ?p ?o }", ALL),
    ("SELECT ?s { GRAPH <a> { ?s ?p ?o } }", "SELECT ?s { GRAPH <https://x.example/r/a> { ?s ?p ?o } }", ALL),
    ("SELECT ?s { GRAPH <b> { ?s ?p ?o } }", f"SELECT ?s {{ GRAPH <{NOTHING}> {{ ?s ?p ?o }} }}", ALL),
    ("SELECT ?s { ?s ?p 5.GRAPH<a>{} }", "SELECT ?s { ?s ?p 5.GRAPH<https://x.example/r/a>{} }", ALL),
    ("SELECT ?s { ?s ?p 'GRAPH <a>' #GRAPH <a>\n}", "SELECT ?s { ?s ?p 'GRAPH <a>' #GRAPH <a>\n}", ALL),
    (
        "SELECT ?g { GRAPH ?g { ?s ?p ?o } }",
        f"SELECT ?g {{ GRAPH ?g_there {{ VALUES (?g ?g_there) {{ {TABLE} }}  ?s ?p ?o }} }}",
        ALL,
    ),
    (
        "SELECT $g { GRAPH $g { ?g_there ?p ?o } }",
        f"SELECT $g {{ GRAPH ?g_there_ {{ VALUES ($g ?g_there_) {{ {TABLE} }}  ?g_there ?p ?o }} }}",
        ALL,
    ),
    (
        "BASE <https://x.example/> PREFIX : <#> SELECT ?s FROM <a> FROM NAMED <void> { ?s :p ?o }",
        "PREFIX : <https://x.example/#>\n SELECT ?s     { ?s :p ?o }",
        ((f"{BASE}r/a",), (f"{BASE}r/void", NOTHING)),
    ),
    ("ASK FROM NAMED <a> { ?s ?p ?o }", "ASK   { ?s ?p ?o }", ((NOTHING,), (f"{BASE}r/a", NOTHING))),
    ("DESCRIBE * FROM <b> { ?s ?p ?o }", "DESCRIBE ?o ?p ?s   { ?s ?p ?o }", ((NOTHING,), (NOTHING,))),
    (
        "CONSTRUCT { ?s ?p <b> } FROM <void> WHERE { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p <https://x.example/b> }   WHERE { ?s ?p ?o }",
        ((f"{BASE}r/void",), (NOTHING,)),
    ),
    ("CONSTRUCT FROM <a> WHERE { ?s ?p ?o }", "CONSTRUCT   WHERE { ?s ?p ?o }", ((f"{BASE}r/a",), (NOTHING,))),
]


@pytest.mark.parametrize(("query", "text", "dataset"), CASES)
def test_a_query_is_put_in_the_words_of_the_server(
    query: str, text: str, dataset: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    """Graphs have their names there, IRIs are whole, and what it runs over goes beside it."""
    sent = rewrite(query, BASE, DatasetClause(), NAMES)
    assert sent.text == text
    assert (sent.default_graphs, sent.named_graphs) == dataset
    ox.Store().query(sent.text)  # it is SPARQL, and needs no base


def test_the_dataset_of_the_request_goes_first() -> None:
    """The graphs that a request names are asked, whatever the query says."""
    sent = rewrite("SELECT ?s FROM <a> { GRAPH ?g { ?s ?p ?o } }", BASE, DatasetClause((), (f"{BASE}void",)), NAMES)
    assert (sent.default_graphs, sent.named_graphs) == ((NOTHING,), (f"{BASE}r/void", NOTHING))
    assert "(<https://x.example/a>" not in sent.text


@pytest.mark.parametrize(
    "query", ["SELECT ?g { GRAPH ?g { SELECT ?s { ?s ?p ?o } } }", "ASK { GRAPH ?g { ?s ?p ?o { SELECT ?s {} } } }"]
)
def test_a_subquery_in_any_graph_is_refused(query: str) -> None:
    """No server that is known answers it as it should."""
    with pytest.raises(ValueError, match="Write the GRAPH into the subquery"):
        rewrite(query, BASE, DatasetClause(), NAMES)


LIMIT = "LIMIT 9"
OFFSETS = [
    ("SELECT ?s { ?s ?p ?o } OFFSET 2", "SELECT ?s { ?s ?p ?o } LIMIT 9 OFFSET 2"),
    ("SELECT ?s { { SELECT ?s { ?s ?p ?o } offset 2 } }", "SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 9 offset 2 } }"),
    ("SELECT ?s { ?s ?p ?o } LIMIT 1 OFFSET 2", "SELECT ?s { ?s ?p ?o } LIMIT 1 OFFSET 2"),
    ("SELECT ?s { ?s ?p ?o } OFFSET 2 LIMIT 1", "SELECT ?s { ?s ?p ?o } OFFSET 2 LIMIT 1"),
]


@pytest.mark.parametrize(("query", "text"), OFFSETS)
def test_an_offset_has_a_limit_where_the_server_wants_one(query: str, text: str) -> None:
    """On either side of it; others are left alone."""
    assert rewrite(query, BASE, DatasetClause(), NAMES, LIMIT).text == text
    assert rewrite(query, BASE, DatasetClause(), NAMES).text == query
