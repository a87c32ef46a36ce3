"""What answers mean: whole, or an error of those who must act."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.answer import Answer
from mreze.errors import (
    BackendAway,
    BackendCapped,
    BackendDenied,
    BackendError,
    BackendIncomplete,
    BackendRefused,
    BackendSlow,
    NotABackend,
)
from mreze.remote.answers import read_boolean, read_rows, read_triples, trouble, unfinished
from mreze.remote.dialects import OXIGRAPH, PLAIN, VIRTUOSO, Dialect, restore_virtuoso
from mreze.remote.geometry import shortest

JSON = {"content-type": "application/sparql-results+json"}
WHERE = "http://h/query"


@pytest.mark.parametrize(
    ("dialect", "answer", "expected"),
    [
        (PLAIN, Answer(200, b""), None),
        (PLAIN, Answer(204, b""), None),
        (PLAIN, Answer(400, b"error at 1:7"), BackendRefused),
        (PLAIN, Answer(401, b""), BackendDenied),
        (PLAIN, Answer(403, b""), BackendDenied),
        (PLAIN, Answer(404, b""), NotABackend),
        (PLAIN, Answer(302, b"", {"location": "/login"}), NotABackend),
        (PLAIN, Answer(408, b""), BackendSlow),
        (PLAIN, Answer(413, b""), BackendRefused),
        (PLAIN, Answer(429, b""), BackendAway),
        (PLAIN, Answer(500, b""), BackendAway),
        (PLAIN, Answer(503, b""), BackendAway),
        (PLAIN, Answer(504, b""), BackendSlow),
        (VIRTUOSO, Answer(500, b"Virtuoso 42000 Error The estimated execution time 819 (sec) exceeds"), BackendSlow),
        (VIRTUOSO, Answer(500, b"Virtuoso 42000 Error SR186:SECURITY: No permission to execute"), BackendDenied),
        (VIRTUOSO, Answer(400, b"Virtuoso 37000 Error SP030: SPARQL compiler, line 1"), BackendRefused),
        (VIRTUOSO, Answer(200, b"", {"x-sparql-maxrows": "10000"}), BackendCapped),
        (VIRTUOSO, Answer(200, b"", {"x-sql-state": "S1TAT"}), BackendSlow),
        (PLAIN, Answer(200, b"", {"x-sql-state": "S1TAT"}), None),
    ],
)
def test_errors_are_sorted(dialect: Dialect, answer: Answer, expected: type[BackendError] | None) -> None:
    """By status, by headers, and by what the engine says."""
    found = trouble(dialect, WHERE, answer)
    assert (None if found is None else type(found)) is expected
    assert found is None or WHERE in str(found)


def test_an_error_says_what_the_server_said() -> None:
    """On one line, without the mark-up of a page."""
    page = b"<html><style>p {}</style><title>Oops</title>\n<body><p>disk &amp; full</p></body></html>"
    assert "answers 500: \u201cdisk & full\u201d." in str(trouble(PLAIN, WHERE, Answer(500, page)))


@pytest.mark.parametrize(
    ("kind", "whole", "cut"),
    [
        ("application/sparql-results+json", b'{"head":{},"boolean":true}', b'{"head":{},"boolean":tr'),
        (
            "application/sparql-results+json; charset=utf-8",
            b'{"head":{"vars":[]},"results":{"bindings":[{"a":{}}] } }\n',
            b'{"head":{"vars":[]},"results":{"bindings":[{"a":{}}',
        ),
        ("application/sparql-results+xml", b"<sparql></sparql>\n", b"<sparql></result>"),
        ("application/rdf+xml", b"<rdf:RDF x=''></rdf:RDF>", b"<rdf:RDF x=''></rdf:Description>"),
        ("application/n-triples", b"<urn:a> <urn:b> <urn:c> .\n", b"<urn:a> <urn:b> <ur"),
    ],
)  # fmt: skip
def test_the_end_tells_whether_an_answer_is_whole(kind: str, whole: bytes, cut: bytes) -> None:
    """Some servers cut what they send, and call it 200."""
    headers = {"content-type": kind}
    assert unfinished(WHERE, Answer(200, whole, headers)) is None
    assert isinstance(unfinished(WHERE, Answer(200, cut, headers)), BackendIncomplete)


@pytest.mark.parametrize("body", [b"# Empty NT\n", b""])
def test_nothing_is_whole(body: bytes) -> None:
    """No triples at all, as Virtuoso writes that and as others do."""
    assert unfinished(WHERE, Answer(200, body, {"content-type": "application/n-triples"})) is None


def test_virtuosos_results_are_mended() -> None:
    """Blank nodes that look like IRIs, and an ASK that is a table."""
    rows = (
        b'{ "head": { "link": [], "vars": ["o"] }, "results": { "distinct": false, "ordered": true, "bindings": ['
        b'{ "o": { "type": "bnode", "value": "nodeID://b10000" }},'
        b'{ "o": { "type": "literal", "value": "nodeID://b10000" }},'
        b'{ "o": { "type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", '
        b'"value": "1" }} ] } }'
    )
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    expected = [BlankNode("b10000"), Literal("nodeID://b10000"), Literal("1", datatype=integer)]
    assert [one["o"] for one in read_rows(VIRTUOSO, WHERE, Answer(200, rows, JSON))] == expected
    yes = b'{ "__ASK_RETVAL": { "type": "typed-literal", "datatype": "...#integer", "value": "1" }}'
    for row, answer in ((yes, True), (b"", False)):
        asked = b'{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[' + row + b" ] } }"
        assert read_boolean(VIRTUOSO, WHERE, Answer(200, asked, JSON)) is answer


@pytest.mark.parametrize(
    ("body", "headers", "error"),
    [
        (b"<html>", {"content-type": "text/html"}, NotABackend),
        (b"", {}, NotABackend),
        (b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"uri"', JSON, BackendIncomplete),
        (b'{"head":{},"boolean":true}', JSON, BackendIncomplete),
    ],
)
def test_what_are_no_rows_is_an_error(body: bytes, headers: dict[str, str], error: type[BackendError]) -> None:
    """A page of somebody else, half an answer, the answer to another question."""
    with pytest.raises(error, match=WHERE):
        read_rows(OXIGRAPH, WHERE, Answer(200, body, headers))


def test_rows_are_no_boolean() -> None:
    """Who asks whether gets yes or no."""
    with pytest.raises(BackendIncomplete, match="yes or no"):
        read_boolean(OXIGRAPH, WHERE, Answer(200, b'{"head":{"vars":[]},"results":{"bindings":[]}}', JSON))


def test_garbled_triples_are_an_error() -> None:
    """What cannot be read was cut off, or is something else."""
    with pytest.raises(BackendIncomplete):
        read_triples(PLAIN, WHERE, Answer(200, b"<urn:a> <urn:b", {"content-type": "application/n-triples"}))
    with pytest.raises(NotABackend):
        read_triples(PLAIN, WHERE, Answer(200, b"<html>", {"content-type": "text/html"}))


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("POINT(21.89999961853 43.299999237061)", "POINT(21.9 43.3)"),
        ("POINT(-0.5 10)", "POINT(-0.5 10)"),
        ("POLYGON((1 1,2 2,3 1.25,1 1))", "POLYGON((1 1,2 2,3 1.25,1 1))"),
        ("POINT(0.00001 180)", "POINT(0.00001 180)"),
    ],
)
def test_coordinates_are_as_short_as_they_were(kept: str, written: str) -> None:
    """Of 32 bits no more digits are told than they hold."""
    assert shortest(kept) == written
    geometry = NamedNode("http://www.openlinksw.com/schemas/virtrdf#Geometry")
    wkt = NamedNode("http://www.opengis.net/ont/geosparql#wktLiteral")
    assert restore_virtuoso(Literal(kept, datatype=geometry)) == Literal(written, datatype=wkt)
