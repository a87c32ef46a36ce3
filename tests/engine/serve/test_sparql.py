"""What a request to the endpoint asks for, decoded once and exactly."""

from __future__ import annotations

from urllib.parse import quote, quote_plus, unquote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.errors import BadRequest, Forbidden, UnsupportedMediaType
from mreze.formats import CSV, HTML, N_QUADS, RDF_XML, RESULTS_JSON, RESULTS_XML, TURTLE, Format
from mreze.serve.sparql import Operation, admit, from_body, from_query_string, offered, refuse_coded, unquote


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
    "content_type",
    [
        "application/sparql-query; charset=utf-8",
        'Application/SPARQL-Query;Charset="UTF-8"',
        "application/sparql-query ; charset = 'utf8' ; x=y",
        "application/sparql-query;",
        "application/sparql-query;;charset",
        'application/sparql-query; charset=""',
        'application/sparql-query; title="a\\";charset=latin-1"',
    ],
)
def test_parameters_of_content_types_are_read(content_type: str) -> None:
    """In any case, quoted or not, with nothing in them; what stands in quotes is no parameter."""
    assert from_body(content_type, "ASK { 'ц' }".encode(), "") == Operation("ASK { 'ц' }")


@pytest.mark.parametrize("charset", ["latin-1", '"utf-16"', "utf-8;charset=koi8-r", "x"])
def test_other_charsets_are_refused(charset: str) -> None:
    """A query is in UTF-8."""
    with pytest.raises(UnsupportedMediaType, match="UTF-8") as refused:
        from_body(f"application/sparql-query; charset={charset}", b"ASK {}", "")
    assert "application/sparql-query" in refused.value.headers["Accept-Post"]


def test_what_an_editor_puts_before_a_file_is_no_query() -> None:
    """The byte order mark of a direct body is passed over."""
    assert from_body("application/sparql-query", b"\xef\xbb\xbfASK {}", "") == Operation("ASK {}")


def test_bodies_are_not_unpacked() -> None:
    """A content coding is refused, the one that is none is not."""
    for coding in (None, "", "identity", " Identity "):
        refuse_coded(coding)
    with pytest.raises(UnsupportedMediaType, match="gzip") as refused:
        refuse_coded("gzip")
    assert refused.value.headers == {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("name", ["update", "using-graph-uri", "using-named-graph-uri"])
def test_what_belongs_to_updates_is_refused(name: str) -> None:
    """Wherever it stands, with a query or without."""
    for parameters in (f"{name}=x", f"query=ASK+%7B%7D&{name}=", f"{name}=x&query=ASK+%7B%7D"):
        with pytest.raises(Forbidden, match="for reading"):
            from_query_string(parameters)
        with pytest.raises(Forbidden, match="for reading"):
            from_body("application/x-www-form-urlencoded", parameters.encode(), "")
    with pytest.raises(Forbidden, match="for reading"):
        from_body("application/sparql-query", b"ASK {}", f"{name}=x")


BASE = "https://x.example/graph/sparql"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("urn:a", "urn:a"),
        ("dataset/x", "https://x.example/graph/dataset/x"),
        ("/dataset/x#", "https://x.example/dataset/x#"),
        ("", "https://x.example/graph/sparql"),
        ("../ц", "https://x.example/ц"),
    ],
)
def test_graphs_are_resolved_against_the_endpoint(name: str, expected: str) -> None:
    """A relative reference is one to what stands beside it."""
    admitted = admit(Operation("ASK {}", (name,), (name,)), BASE, ())
    assert (admitted.default_graphs, admitted.named_graphs) == ((expected,), (expected,))


@pytest.mark.parametrize("name", ["a b", "http://[", "<a>", "a\nb", "\x00", "%00 ", "http://x:port/"])
def test_what_names_no_graph_is_refused(name: str) -> None:
    """An IRI has its own grammar."""
    with pytest.raises(BadRequest, match="no IRI of a graph"):
        admit(Operation("ASK {}", (), (name,)), BASE, ())


def test_what_is_admitted_is_as_it_came() -> None:
    """Only graphs and whether others are asked may change."""
    operation = Operation("ASK {}", timeout=2, format="csv")
    assert admit(operation, BASE, ()) is operation
    asking = Operation("ASK { SERVICE <https://a.example/> { ?s ?p ?o } }")
    assert admit(asking, BASE, ["https://a.example/"]).federated
    with pytest.raises(Forbidden, match="SERVICE"):
        admit(asking, BASE, ())
    with pytest.raises(Forbidden, match="for reading"):
        admit(Operation("CLEAR ALL"), BASE, ())
    with pytest.raises(BadRequest, match=r"U\+0000"):
        admit(Operation("ASK { ?s ?p '\0' }"), BASE, ())


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
