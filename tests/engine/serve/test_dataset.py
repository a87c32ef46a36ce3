"""FROM is read as the engine reads it, and several graphs are merged."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store

from mreze.serve.dataset import DatasetClause, Datasets, read_dataset

BASE = "https://x.example/sparql"


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * { ?s ?p ?o }", (), ()),
        ("SELECT * FROM <https://a.example/> { }", ("https://a.example/",), ()),
        (
            "SELECT * FROM <a> from named <b> FROM <c> WHERE {}",
            ("https://x.example/a", "https://x.example/c"),
            ("https://x.example/b",),
        ),
        (
            "BASE <https://b.example/x/> PREFIX e: <g#> SELECT * FROM e:h FROM <../i> {}",
            ("https://b.example/x/g#h", "https://b.example/i"),
            (),
        ),
        (
            "PREFIX from: <https://f.example/>\n# FROM <no>\nASK FROM from:x { ?s ?p 'FROM <y>' }",
            ("https://f.example/x",),
            (),
        ),
        ("SELECT * { ?s ?p ?o FILTER EXISTS { ?FROM ?p <x> } }", (), ()),
        ("ASKFROM<a>FROMNAMED<b>{}", ("https://x.example/a",), ("https://x.example/b",)),
        (
            "CONSTRUCT { ?s <p> '}' } FROM <a> FROM # NAMED\n <b> WHERE { GRAPH <c> { ?s ?p ?o } }",
            ("https://x.example/a", "https://x.example/b"),
            (),
        ),
        ("CONSTRUCT FROM <a> WHERE { ?s <p> <o> }", ("https://x.example/a",), ()),
        ("DESCRIBE <d> FROM <\\u0061#>", ("https://x.example/a#",), ()),
        ("SELECT (?a < ?b AS ?c) FROM <it's> FROM NAMED <b> {}", ("https://x.example/it's",), ("https://x.example/b",)),
        ("PREFIX from: <https://f.example/> SELECT ?from FROM from: {}", ("https://f.example/",), ()),
        ("SELECT * FROM <a b> FROM <c> {}", ("https://x.example/c",), ()),
    ],
)
def test_clauses_are_read(query: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    """Absolute, relative and prefixed names; not what stands in the pattern, in comments or strings."""
    assert read_dataset(query, BASE) == DatasetClause(default, named)


A, B, C, P = (NamedNode(f"https://x.example/{name}") for name in "abcp")


@pytest.fixture
def store() -> Store:
    """One triple in two graphs, and a graph that shares none."""
    found = Store()
    found.extend([Quad(P, P, Literal(1), A), Quad(P, P, Literal(1), B), Quad(P, P, Literal(2), B)])
    found.extend([Quad(P, P, Literal(3), C)])
    return found


def _count(datasets: Datasets, clause: DatasetClause, pattern: str) -> int:
    store, dataset = datasets.prepare(clause)
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", **dataset)
    assert isinstance(found, QuerySolutions)
    return int(next(found)["n"].value)


def test_a_triple_of_two_graphs_counts_once(store: Store) -> None:
    """The default graph of several FROM is their merge; GRAPH sees only what FROM NAMED names."""
    datasets = Datasets(store)
    clause = DatasetClause((A.value, B.value), (B.value,))
    assert _count(datasets, clause, "?s ?p ?o") == 2
    assert _count(datasets, clause, "GRAPH ?g { ?s ?p ?o }") == 2
    assert _count(datasets, DatasetClause((A.value, A.value)), "?s ?p ?o") == 1
    assert _count(datasets, DatasetClause((), (A.value,)), "?s ?p ?o") == 0
    assert _count(datasets, DatasetClause((A.value,)), "GRAPH ?g { ?s ?p ?o }") == 0


def test_graphs_that_share_nothing_are_not_copied(store: Store) -> None:
    """Nor is one graph alone, or beside one that is empty or not there."""
    datasets = Datasets(store)
    nowhere = "https://x.example/nowhere"
    for names, expected in (
        ((A.value, C.value), 2),
        ((A.value, nowhere, C.value, A.value), 2),
        ((B.value, nowhere), 2),
        ((nowhere,), 0),
    ):
        clause = DatasetClause(names)
        for _ in range(2):  # found out, then remembered
            assert datasets.prepare(clause)[0] is store
            assert _count(datasets, clause, "?s ?p ?o") == expected
    assert datasets.prepare(DatasetClause((A.value, B.value, C.value)))[0] is not store
    assert _count(datasets, DatasetClause((A.value, B.value, C.value)), "?s ?p ?o") == 3
    assert datasets.prepare(DatasetClause()) == (store, {})


def test_blank_nodes_stay_the_same_in_a_merge() -> None:
    """What a default graph and a named one both tell of a node is told of one node."""
    node, store = BlankNode("n"), Store()
    store.extend([Quad(node, P, Literal(1), graph) for graph in (A, B)])
    clause = DatasetClause((A.value, B.value), (B.value,))
    assert _count(Datasets(store), clause, "?n ?p 1 . GRAPH ?g { ?n ?p 1 }") == 1


def test_what_is_remembered_has_the_bounds_of_the_store(store: Store) -> None:
    """Who asks for graphs that are not there fills no memory."""
    datasets = Datasets(store)
    names = tuple(f"https://x.example/nowhere/{number}" for number in range(50))
    datasets.prepare(DatasetClause((*names, A.value, C.value), names))
    assert datasets._sizes.keys() == {A, C}
    assert datasets._disjoint == {frozenset((A, C)): True}
