"""Results are kept without loss, and have one order whichever engine tells them."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.namespaces import term
from mreze.shacl.results import Node, Result, node_of, result_of_json

NODES: list[Node] = [
    NamedNode("https://e.example/ж"),
    BlankNode("b1"),
    Literal('a "b" \\ \n\t ж'),
    Literal("x", language="sr-cyrl"),
    Literal("01", datatype=term("xsd:integer")),
    Literal("", datatype=NamedNode("https://e.example/own")),
    Literal("_:x"),
    Literal("<x>"),
]


def _result(node: Node, *, bare: bool) -> Result:
    return Result(
        focus=node,
        path=None if bare else term("rdfs:label"),
        value=None if bare else node,
        shape=None if bare else BlankNode("c14n0"),
        component=term("sh:MinCountConstraintComponent"),
        severity=term("sh:Warning"),
        messages=() if bare else (Literal("a", language="en"), Literal("б")),
    )


@pytest.mark.parametrize("node", NODES)
@pytest.mark.parametrize("bare", [True, False])
def test_a_result_that_was_kept_is_the_same(node: Node, bare: bool) -> None:
    """With terms as they are written, also through JSON."""
    result = _result(node, bare=bare)
    assert result_of_json(json.loads(json.dumps(result.as_json()))) == result
    assert node_of(str(node)) == node


def test_results_have_one_order() -> None:
    """Results that differ are never of the same place in it."""
    results = [_result(node, bare=bare) for node in NODES for bare in (True, False)]
    assert len({one.order() for one in results}) == len(results)
