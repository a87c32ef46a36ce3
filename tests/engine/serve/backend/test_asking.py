"""What Virtuoso cuts is an error, whatever it says; what it does not cut is given whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pyoxigraph as ox
import pytest
from tests.backends import ROWS
from tests.backends import Backend as Running

from mreze.errors import BackendCapped
from mreze.remote.client import connect
from mreze.serve.backend.asking import Ask, Backend
from mreze.serve.backend.holding import open_backend

GRAPH = "urn:crowd"
MANY = ROWS + 500
"""Things that are pointed to; nothing is said of all but two, so whoever describes them has two triples."""
LINES = [f"<urn:s{number % 7}> <urn:p{number % 3}> <urn:o{number}> .\n" for number in range(MANY)]
LINES += [f"<urn:o{number}> <urn:x> <urn:y> .\n" for number in (17, MANY - 1)]
LINES += [f"<urn:l{number}> <urn:in> <urn:hub> .\n<urn:hub> <urn:q> <urn:v{number}> .\n" for number in range(150)]
DATA = "".join(LINES).encode()


@pytest.fixture(scope="module")
def backend(virtuoso: Running) -> Iterator[Backend]:
    """A Virtuoso that has a crowd of things."""
    with closing(connect(virtuoso.given)) as client:
        client.put_graph(GRAPH, [DATA])
        yield open_backend(virtuoso.given, 30)
        client.delete_graph(GRAPH)


@pytest.fixture(scope="module")
def here() -> ox.Store:
    """The same here."""
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.N_TRIPLES)
    return store


WHOLE = [
    "DESCRIBE <urn:hub> <urn:s1>",
    "DESCRIBE ?s { ?s ?p ?o FILTER (?p != <urn:q>) }",
    "DESCRIBE ?s ?o { ?s <urn:q>|<urn:in> ?o }",
    "DESCRIBE ?s { ?s <urn:x> ?o } LIMIT 100",
    "CONSTRUCT { ?s <urn:has> ?p } { ?s ?p ?o }",
    "CONSTRUCT { ?s <urn:has> ?p } { ?s ?p ?o } ORDER BY ?o",
    "CONSTRUCT { ?o ?q ?v } { ?s ?p ?o OPTIONAL { ?o ?q ?v } }",
    "CONSTRUCT { ?n ?q ?s . ?s ?p ?o } { ?n ?q ?s . ?s ?p ?o FILTER (?q = <urn:in>) }",
    "CONSTRUCT { ?p <urn:n> ?n } { { SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p } }",
    "CONSTRUCT { ?p <urn:n> ?p } { { SELECT DISTINCT ?p ?o { ?s ?p ?o } } }",
]
CUT = [
    "DESCRIBE ?o { ?s ?p ?o }",
    "DESCRIBE ?s ?o { ?s ?p ?o }",
    "DESCRIBE ?o <urn:hub> { ?s ?p ?o } ORDER BY ?o",
    f"DESCRIBE ?s {{ ?s ?p ?o }} LIMIT {ROWS + 1}",
    "CONSTRUCT { ?o <urn:has> ?p } { ?s ?p ?o }",
    "CONSTRUCT { ?o a <urn:Thing> . ?s a <urn:Thing> } { ?s ?p ?o } ORDER BY ?o",
    "CONSTRUCT { ?s <urn:has> [ <urn:one> ?o ] } { ?s ?p ?o }",
    "CONSTRUCT { ?l <urn:to> ?v } { ?l <urn:in> ?h . ?h <urn:q> ?v }",
    "CONSTRUCT { ?o <urn:n> ?n } { { SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o } }",
]
COUNTED = [
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?s ?o { ?s ?p ?o } ORDER BY ?o } }",
    "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?o { ?s ?p ?o } } }",
    "SELECT (COUNT(*) AS ?n) { { SELECT ?o (COUNT(*) AS ?m) { ?s ?p ?o } GROUP BY ?o } }",
    "SELECT (COUNT(DISTINCT ?v) AS ?n) { ?l <urn:in> ?h . ?h <urn:q> ?v }",
    "SELECT (SUM(?m) AS ?n) { { SELECT ?o (COUNT(*) AS ?m) { ?s ?p ?o } GROUP BY ?o } }",
]


@pytest.mark.parametrize("query", WHOLE)
def test_what_is_not_cut_is_given_whole(backend: Backend, here: ox.Store, query: str) -> None:
    """However many solutions there are behind it."""
    assert {str(one) for one in _answer(backend, query)} == {str(one) for one in _truth(here, query)}


@pytest.mark.parametrize("query", CUT)
def test_what_is_cut_is_an_error(backend: Backend, here: ox.Store, query: str) -> None:
    """Also where what came of it has few triples, as with things of which nothing is said."""
    with pytest.raises(BackendCapped, match=f"gives {ROWS} rows at most"):
        _answer(backend, query)
    assert _truth(here, query)


@pytest.mark.parametrize("query", COUNTED)
def test_what_is_counted_is_not_cut(backend: Backend, here: ox.Store, query: str) -> None:
    """The limit is one of answers: what an aggregate looks at, in subqueries too, has none."""
    rows, truth = backend.solutions(Ask(query, [GRAPH])), here.query(query)
    assert isinstance(rows, ox.QuerySolutions)
    assert isinstance(truth, ox.QuerySolutions)
    assert [row["n"].value for row in rows] == [row["n"].value for row in truth]


def test_a_table_that_is_cut_is_an_error(backend: Backend) -> None:
    """Which a header tells."""
    with pytest.raises(BackendCapped, match=f"gives {ROWS} rows at most"):
        backend.solutions(Ask("SELECT ?o { ?s ?p ?o }", [GRAPH]))


def _answer(backend: Backend, query: str) -> list[ox.Triple]:
    ask = Ask(query, [GRAPH])
    return backend.described(ask) if query.startswith("DESCRIBE") else backend.triples(ask)


def _truth(here: ox.Store, query: str) -> set[ox.Triple]:
    found = here.query(query)
    assert isinstance(found, ox.QueryTriples)
    return set(found)
