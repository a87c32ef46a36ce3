"""Rows after a query, in its pattern."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mreze.serve.backend.inlining import inline

ROWS = "VALUES (?a ?b) { (1 '}') }"
CASES = [
    (f"SELECT * {{ ?s ?p ?a }} {ROWS}", f"SELECT * {{{{ ?s ?p ?a }} {ROWS}}} "),
    (f"ASK {{ ?s ?p ?a }}{ROWS} # }}", f"ASK {{{{ ?s ?p ?a }} {ROWS}}} # }}"),
    (
        "SELECT ?a WHERE { ?s ?p ?a {} } ORDER BY ?a LIMIT 3 values ?a { 1 }",
        "SELECT ?a WHERE {{ ?s ?p ?a {} } values ?a { 1 }} ORDER BY ?a LIMIT 3 ",
    ),
    (
        f"CONSTRUCT {{ ?s ?p ?b }} WHERE {{ ?s ?p ?a }} {ROWS}",
        f"CONSTRUCT {{ ?s ?p ?b }} WHERE {{{{ ?s ?p ?a }} {ROWS}}} ",
    ),
]
LEFT = [
    "SELECT * { ?s ?p ?a }",
    "SELECT * { ?s ?p ?a VALUES ?a { 1 } }",
    f"CONSTRUCT WHERE {{ ?s ?p ?a }} {ROWS}",
    f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?a }} {ROWS}",
    f"SELECT ?a {{ ?s ?p ?a }} GROUP BY ?a {ROWS}",
    "DESCRIBE ?x VALUES ?x { <urn:x> }",
    "SELECT * { { SELECT * { ?s ?p ?a } VALUES ?a { 1 } } }",
]


@pytest.mark.parametrize(("query", "expected"), CASES)
def test_rows_go_into_the_pattern(query: str, expected: str) -> None:
    """Of every form, with what orders and limits behind it."""
    assert inline(query) == expected
    ox.Store().query(expected)  # it is SPARQL


@pytest.mark.parametrize("query", LEFT)
def test_where_it_would_say_something_else_nothing_is_moved(query: str) -> None:
    """Where there is counting, a template that is the pattern, or no rows after it."""
    assert inline(query) == query
