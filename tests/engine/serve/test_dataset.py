"""FROM is read as the engine reads it, and several graphs are merged."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from mreze.serve.dataset import DatasetClause, prepare, read_dataset

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
    ],
)
def test_clauses_are_read(query: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    """Absolute, relative and prefixed names; not what stands in the pattern, in comments or strings."""
    assert read_dataset(query, BASE) == DatasetClause(default, named)


def test_a_triple_of_two_graphs_counts_once() -> None:
    """The default graph of several FROM is their merge; GRAPH sees only what FROM NAMED names."""
    a, b, p = (NamedNode(f"https://x.example/{name}") for name in "abp")
    store = Store()
    store.extend([Quad(p, p, Literal(1), a), Quad(p, p, Literal(1), b), Quad(p, p, Literal(2), b)])
    clause = DatasetClause((a.value, b.value), (b.value,))
    merged, dataset = prepare(store, clause)

    def count(pattern: str) -> str:
        found = merged.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", **dataset)
        assert isinstance(found, QuerySolutions)
        return str(next(iter(found))["n"].value)

    assert count("?s ?p ?o") == "2"
    assert count("GRAPH ?g { ?s ?p ?o }") == "2"
    assert prepare(store, DatasetClause((a.value,)))[0] is store
    assert prepare(store, DatasetClause()) == (store, {})
