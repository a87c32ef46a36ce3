"""The reference: pySHACL on rdflib, for graphs of a size that can be waited for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import RDF, SH

from mreze.namespaces import term
from mreze.shacl.results import Node, RefusedError, Result
from mreze.validation import to_rdflib, validate


def run(data: Iterable[Triple], shapes: Iterable[Triple]) -> list[Result]:
    """Validate data with pySHACL.

    Raises:
        RefusedError: pySHACL refuses the shapes, or meets a value that it cannot compare.
    """
    try:
        report = validate(to_rdflib(data), to_rdflib(shapes))
    # Beside its own errors those of what it calls come through: of regular expressions, of decimal numbers.
    except (ReportableRuntimeError, ValueError, KeyError, TypeError, ArithmeticError, re.error) as error:
        raise RefusedError(" ".join(str(error).split())) from error
    return list(read_report(report))


def read_report(report: rdflib.Graph) -> Iterator[Result]:
    """The results of the graph of a report; details within results are no results."""
    for result in report.objects(None, SH.result):
        if (result, RDF.type, SH.ValidationResult) in report:
            yield _result(report, result)


def _result(report: rdflib.Graph, result: rdflib.term.Node) -> Result:
    found = {predicate: _node(value) for predicate, value in report.predicate_objects(result)}
    path, shape = found.get(SH.resultPath), found.get(SH.sourceShape)
    component, severity = found.get(SH.sourceConstraintComponent), found.get(SH.resultSeverity)
    messages = (_node(one) for one in report.objects(result, SH.resultMessage))
    return Result(
        focus=found[SH.focusNode],
        path=path if isinstance(path, NamedNode) else None,
        value=found.get(SH.value),
        shape=None if isinstance(shape, Literal) else shape,
        component=component if isinstance(component, NamedNode) else term("sh:ConstraintComponent"),
        severity=severity if isinstance(severity, NamedNode) else term("sh:Violation"),
        messages=tuple(sorted((one for one in messages if isinstance(one, Literal)), key=str)),
    )


def _node(node: rdflib.term.Node) -> Node:
    if isinstance(node, rdflib.URIRef):
        return NamedNode(node)
    if isinstance(node, rdflib.BNode):
        return BlankNode(node)
    if not isinstance(node, rdflib.Literal):
        raise TypeError(f"{node!r} stands in a report")
    if node.language is not None:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(node.datatype) if node.datatype else None)
