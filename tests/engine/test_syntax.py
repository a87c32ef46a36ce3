"""A mistake in a query is told by its place, the words around it, and what could stand there."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from mreze.syntax import explain


@pytest.mark.parametrize(
    ("query", "line", "says"),
    [
        ("SELECT ?x WHRE { ?x ?y ?z }", 1, "near “SELECT ?x WHRE { ?x ?y ?z }”; expected DISTINCT or WHERE"),
        ("SELECT * {\n  ?x foaf:name ?z }", 2, "Prefix not found, near “?x foaf:name ?z }”"),
        ("SELECT (COUNT(?x) AS ?n) ?y { ?x ?y ?z }", 1, "variable that is unbound"),
        ("", 1, "where the query ends"),
        ("SELECT * { ?s ?p <a b> }", 1, "IRI parsing failed"),
    ],
)
def test_a_mistake_is_told_plainly(query: str, line: int, says: str) -> None:
    """One line, without the engine's classes of characters."""
    with pytest.raises(SyntaxError) as caught:
        Store().query(query)
    mistake = explain(caught.value, query)
    assert mistake.line == line
    assert says in str(mistake)
    assert "\n" not in str(mistake)
    assert "u{" not in str(mistake)


def test_where_the_reason_is_known_nothing_else_is_expected() -> None:
    """The engine adds what it tried besides; a person who forgot a prefix is not to look for another mistake."""
    query = "SELECT * { ?s fof:x 1 }"
    with pytest.raises(SyntaxError) as caught:
        Store().query(query)
    assert str(explain(caught.value, query)) == "line 1, column 20: Prefix not found, near “SELECT * { ?s fof:x 1 }”"


def test_what_the_engine_says_otherwise_is_kept() -> None:
    """An error of another form is passed on in one line."""
    assert str(explain(ValueError("a\n  b"), "")) == "a b"
