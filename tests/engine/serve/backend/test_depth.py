"""How much stack a query may take at a server."""

from __future__ import annotations

import pytest

from mreze.remote.dialects import DIALECTS
from mreze.serve.backend.depth import stack

MOST = min(one.stack for one in DIALECTS.values())
DEADLY = [
    "SELECT * { ?s ?p ?o FILTER(" + "STR(" * 971 + "?o" + ")" * 972 + " }",
    "SELECT * { ?s ?p 1 " + " FILTER EXISTS {?s ?p 1" * 831 + "}" * 832,
    "SELECT * {" + "{SELECT * {" * 1181 + "?s ?p 1" + "}}" * 1181 + "}",
    "SELECT * " + "{" * 2228 + "?s ?p 1" + "}" * 2228,
    "SELECT * { ?s ?p 1 " + "MINUS {?s ?p 1}" * 2716 + "}",
    "SELECT * { " + "".join(f"BIND(1 AS ?x{one})" for one in range(2716)) + "}",
    "SELECT " + "".join(f"(1 AS ?x{one})" for one in range(2716)) + " {}",
    "SELECT * { ?s ?p ?o FILTER(1" + "+1" * 7045 + ") }",
    "SELECT * { {}" + " UNION {}" * 6766 + "}",
]
"""Each of these ended an Oxigraph 0.5."""
HARMLESS = [
    ("SELECT * { ?s ?p ?o }", 4),
    ("SELECT * { ?s ?p ?o . ?o ?q 1.5 ; ?r 'a;b' , <x;y> }", 7),
    ("SELECT * { ?s ?p ?o FILTER (?o IN (1" + ", 1" * 20_000 + ")) }", 12),
    ("SELECT * { VALUES (?s ?o) {" + " (-1 2.5)" * 20_000 + " } ?s ?p ?o }", 12),
    ("SELECT * { ?s ?p ?o }" + ")" * 9, 12),
]


@pytest.mark.parametrize("query", DEADLY)
def test_what_ends_a_server_is_known(query: str) -> None:
    """What nests, and what stands in a row and is read as if it did."""
    assert stack(query) > MOST


@pytest.mark.parametrize(("query", "most"), HARMLESS)
def test_long_lists_take_nothing(query: str, most: int) -> None:
    """Rows of VALUES and values of IN are read one by one; signs in texts are none; surplus brackets do no harm."""
    assert stack(query) <= most
