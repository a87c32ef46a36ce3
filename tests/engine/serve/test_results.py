"""What counts as finding nothing."""

from __future__ import annotations

import json

import pytest

from mreze.serve.pool import Answer
from mreze.serve.results import is_empty, mentioned, read_result
from mreze.serve.view import Value

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def _solutions(*rows: dict[str, dict[str, str]]) -> Answer:
    return Answer(False, json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode())


ZERO = {"x": {"type": "literal", "value": "0", "datatype": INTEGER}}


@pytest.mark.parametrize(
    ("answer", "query", "expected"),
    [
        (_solutions(), "SELECT * { ?x ?y ?z }", True),
        (_solutions({}), "SELECT * {}", False),
        (_solutions(ZERO), "SELECT (COUNT(*) AS ?x) { ?a ?b ?c }", True),
        (_solutions({}), "SELECT (max (?a) AS ?x) { ?a ?b ?c }", True),
        (_solutions({"x": {"type": "literal", "value": ""}}), "SELECT (GROUP_CONCAT(?a) AS ?x) {}", True),
        (_solutions(ZERO, ZERO), "SELECT (COUNT(*) AS ?x) { ?a ?b ?c } GROUP BY ?a", False),
        (_solutions({"x": {"type": "literal", "value": "0"}}), "SELECT (COUNT(*) AS ?x) {}", False),
        (_solutions(ZERO), "SELECT ?x { ?a ?b ?x }", False),
        (Answer(False, b'{"head": {}, "boolean": false}'), "ASK {}", True),
        (Answer(False, b'{"head": {}, "boolean": true}'), "ASK {}", False),
        (Answer(True, b"\n"), "CONSTRUCT {} {}", True),
        (Answer(True, b"<x:a> <x:b> <x:c> .\n"), "CONSTRUCT {} {}", False),
    ],
)
def test_emptiness(answer: Answer, query: str, expected: bool) -> None:
    """No row, no triple, no; and the one row that adds up nothing."""
    assert is_empty(answer, query) is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"type": "literal", "value": "Niš", "xml:lang": "sr-latn"}, Value("Niš", None, "sr-latn", "sr-latn")),
        ({"type": "literal", "value": "Ниш"}, Value("Ниш", language="sr-cyrl")),
        ({"type": "literal", "value": "explicit"}, Value("explicit", language="")),
        ({"type": "literal", "value": "2007-05"}, Value("2007-05")),
        ({"type": "literal", "value": "true", "datatype": "http://www.w3.org/2001/XMLSchema#boolean"}, Value("true")),
        ({"type": "uri", "value": "x:nis"}, Value("Niš", "nis")),
    ],
)
def test_a_cell_tells_its_language(cell: dict[str, str], expected: Value) -> None:
    """A text that does not say its own has that of the label which it is, else none; numbers and dates need none."""
    answer = _solutions({"x": cell})
    assert read_result(answer, lambda _: Value("Niš", "nis"), {"Ниш": "sr-cyrl"}).lines == ((expected,),)


def test_what_an_answer_mentions() -> None:
    """The IRIs of the rows that are shown; a truth value and a graph have none."""
    rows = [{"x": {"type": "uri", "value": f"x:{number}"}} for number in (2, 1, 3)]
    assert mentioned(_solutions(*rows), 2) == ["x:1", "x:2"]
    assert mentioned(Answer(False, b'{"head": {}, "boolean": true}'), 9) == []
    assert mentioned(Answer(True, b"<x:a> <x:b> <x:c> ."), 9) == []
