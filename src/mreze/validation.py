"""Validation with SHACL, for whoever may import pySHACL and rdflib: triples in, the graph of a report out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError


def validate(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    """Run pySHACL without inference; the answer is the graph of its report.

    Raises:
        ReportableRuntimeError: the shapes graph is refused.
    """
    with _without_collector():
        _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    if isinstance(results, ReportableRuntimeError):
        raise results
    if not isinstance(results, rdflib.Graph):
        raise ReportableRuntimeError(str(results))
    return results


def to_rdflib(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """Copy triples into a graph of rdflib, literals as they are written."""
    graph = rdflib.Graph()
    for one in triples:
        graph.add((_node(one.subject), _node(one.predicate), _node(one.object)))
    return graph


@lru_cache(maxsize=65536)
def _node(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> rdflib.term.Node:
    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.BlankNode):
        return rdflib.BNode(node.value)
    if isinstance(node, ox.Triple):
        raise TypeError("a triple term cannot be validated with SHACL 1.0")
    if node.language is not None:
        return rdflib.Literal(node.value, lang=node.language)
    datatype = node.datatype.value
    plain = datatype == "http://www.w3.org/2001/XMLSchema#string"
    return rdflib.Literal(node.value, datatype=None if plain else rdflib.URIRef(datatype), normalize=False)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Validation makes millions of short-lived objects in no circles: collecting them costs a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
