"""What counts as finding nothing."""

from __future__ import annotations

import json

import pytest

from mreze.serve.pool import Answer
from mreze.serve.results import is_empty

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
