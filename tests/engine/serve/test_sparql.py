"""What a request to the endpoint asks for, decoded once and exactly."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.errors import BadRequest, Forbidden
from mreze.formats import CSV, HTML, N_QUADS, RDF_XML, RESULTS_JSON, RESULTS_XML, TURTLE, Format
from mreze.serve.sparql import Operation, from_body, from_query_string, offered, unquote


@given(st.text())
def test_values_are_decoded_as_forms_are(text: str) -> None:
    """However they were encoded; the fast way and the library's agree."""
    for encoded in (quote(text, safe=""), quote_plus(text)):
        assert unquote(encoded) == text


@pytest.mark.parametrize("encoded", ["100%", "%zz", "a%2", "a b", "x=%3D=", "é", "a ", "%0D%0A\n"])
def test_odd_values_are_decoded_as_the_library_does(encoded: str) -> None:
    """A percent sign that stands for itself, raw spaces and letters."""
    assert unquote(encoded) == unquote_plus(encoded)


def test_no_query_asks_for_the_description() -> None:
    """Neither nothing nor a parameter of the page is a query; an empty query is one, and wrong later."""
    assert from_query_string("") is None
    assert from_query_string("lang=en") is None
    assert from_query_string("query=") == Operation("")
    assert from_query_string("query=ASK+%7B%7D&timeout=2&format=csv") == Operation("ASK {}", timeout=2, format="csv")
    with pytest.raises(BadRequest, match="0 queries"):
        from_query_string("timeout=2")
    with pytest.raises(BadRequest, match="cannot be read"):
        from_query_string("query=%FF&x=%FF")


def test_a_direct_body_takes_its_graphs_from_the_address() -> None:
    """The query is the body, the dataset the query string."""
    operation = from_body("application/sparql-query", b"ASK {}", "default-graph-uri=urn:a&named-graph-uri=urn:b")
    assert operation == Operation("ASK {}", ("urn:a",), ("urn:b",))
    with pytest.raises(BadRequest, match="not UTF-8"):
        from_body("application/sparql-query", b"\xff", "")
    with pytest.raises(Forbidden):
        from_body("application/x-www-form-urlencoded", b"update=DROP+ALL&query=ASK+%7B%7D", "")


@pytest.mark.parametrize(
    ("accept", "name", "expected"),
    [
        (None, None, (RESULTS_JSON, TURTLE, False)),
        ("application/sparql-results+xml, application/rdf+xml", None, (RESULTS_XML, RDF_XML, False)),
        ("text/html, */*;q=0.1", None, (RESULTS_JSON, TURTLE, True)),
        ("text/html, */*;q=0.1", "csv", (CSV, TURTLE, False)),
        ("application/n-quads", None, (None, N_QUADS, False)),
        ("image/png", None, (None, None, False)),
        ("text/csv", "nonsense", (CSV, None, False)),
    ],
)
def test_both_kinds_of_answers_are_negotiated(
    accept: str | None, name: str | None, expected: tuple[Format | None, Format | None, bool]
) -> None:
    """One syntax for solutions, one for graphs, or a page."""
    assert offered(accept, name) == expected
    assert HTML not in expected
