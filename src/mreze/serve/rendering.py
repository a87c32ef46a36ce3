"""Triples as the bytes of a representation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, serialize

from mreze import jsonld, rdfxml, turtle
from mreze.formats import JSON_LD, RDF_XML, TRIG, TURTLE, Format


def render(form: Format, triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Write triples in an RDF syntax; the same triples always give the same bytes.

    They are in no named graph: so Turtle is TriG, and N-Triples is N-Quads.
    """
    if form in {TURTLE, TRIG}:
        return turtle.write(triples, prefixes).encode()
    if form is JSON_LD:
        return jsonld.write(triples, prefixes).encode()
    if form is RDF_XML:
        return rdfxml.write(triples, prefixes)
    lines = (serialize([one], format=RdfFormat.N_TRIPLES) or b"" for one in _labelled(triples))
    return b"".join(sorted(lines))


def _labelled(triples: Iterable[Triple]) -> set[Triple]:
    """The triples, each once, with labels of blank nodes that depend on the graph alone."""
    found = set(triples)
    if not any(isinstance(one.subject, BlankNode) or isinstance(one.object, BlankNode) for one in found):
        return found
    graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in found)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in graph}
