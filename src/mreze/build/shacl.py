"""The SHACL gate: pySHACL over everything that a site says, its results told as findings.

https://www.w3.org/TR/shacl/
"""

from __future__ import annotations

from typing import Final

import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import RDF, SH

from mreze.build.places import place
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.queries import Severity
from mreze.texts import Text, text
from mreze.validation import to_rdflib, validate

_SEVERITY: Final[dict[rdflib.term.Node, Severity]] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


def check_shapes(graph: SiteGraph) -> list[Finding]:
    """Validate the catalogue, the ontology and the data against the site's shapes."""
    shapes = to_rdflib(quad.triple for quad in graph.quads("shapes"))
    if len(shapes) == 0:
        return []
    data = to_rdflib({quad.triple for quad in graph.quads("catalog", "ontology", "data")})
    try:
        results = validate(data, shapes)
    except (ReportableRuntimeError, ValueError, KeyError) as error:
        return [_refused(error)]
    return [_finding(graph, shapes, results, one) for one in results.subjects(RDF.type, SH.ValidationResult)]


def _refused(error: Exception) -> Finding:
    return Finding(
        "violation",
        "shapes",
        text("pySHACL refuses the shapes: {error}", error=" ".join(str(error).split())),
        text("Mend the shapes in shapes/; nothing was validated."),
    )


def _finding(graph: SiteGraph, shapes: rdflib.Graph, results: rdflib.Graph, result: rdflib.term.Node) -> Finding:
    shape = results.value(result, SH.sourceShape)
    focus = _name(results.value(result, SH.focusNode))
    path = results.value(result, SH.resultPath)
    predicate = str(path) if isinstance(path, rdflib.URIRef) else None
    value = results.value(result, SH.value)
    document, line = place(graph, focus, predicate) if focus else (None, None)
    severity = results.value(result, SH.resultSeverity)
    written, _ = place(graph, str(shape))
    return Finding(
        severity=_SEVERITY.get(severity or SH.Violation, "violation"),
        check=_local_name(shape),
        message=_messages(shapes, shape) or _messages(results, result, SH.resultMessage),
        remedy=text("Mend the data. What is asked stands in {path}.", path=written) if written else {},
        path=document,
        line=line,
        focus=focus,
        predicate=predicate,
        value=None if value is None or str(value) == focus else str(value),
    )


def _messages(graph: rdflib.Graph, node: rdflib.term.Node | None, predicate: rdflib.URIRef = SH.message) -> Text:
    if node is None:
        return {}
    found = [one for one in graph.objects(node, predicate) if isinstance(one, rdflib.Literal)]
    return {str(one.language or "en").lower(): str(one) for one in found}


def _name(node: rdflib.term.Node | None) -> str | None:
    if node is None:
        return None
    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def _local_name(shape: rdflib.term.Node | None) -> str:
    if not isinstance(shape, rdflib.URIRef):
        return "shape"
    return shape.rpartition("#")[2].rpartition("/")[2]
