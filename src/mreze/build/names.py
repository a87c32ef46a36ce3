"""Names that nobody could see: a thing that has no other is called by its IRI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from mreze.build.places import place
from mreze.findings import Finding, capped
from mreze.graph import SiteGraph
from mreze.namespaces import term
from mreze.texts import is_blank, text

_NAMES: Final = frozenset(
    term(one)
    for one in (
        "skos:prefLabel", "skos:altLabel", "rdfs:label", "dct:title", "schema:name", "foaf:name", "vcard:fn", "sh:name",
    )
)  # fmt: skip


def check_names(graph: SiteGraph) -> list[Finding]:
    """Check that no name is blank; what is found are warnings: pages show the end of the IRI in its place."""
    return list(capped(finding for quad in _named(graph) for finding in _blank(graph, quad)))


def _named(graph: SiteGraph) -> Iterator[Quad]:
    """The names of things and terms, and of what the catalogue tells of."""
    yield from (quad for quad in graph.quads("catalog") if quad.predicate in _NAMES)
    for predicate in _NAMES:
        yield from graph.store.quads_for_pattern(None, predicate, None, DefaultGraph())


def _blank(graph: SiteGraph, quad: Quad) -> Iterator[Finding]:
    subject, name = quad.subject, quad.object
    if isinstance(name, Literal) and is_blank(name.value) and isinstance(subject, NamedNode):
        path, line = place(graph, subject.value, quad.predicate.value)
        message = text("A name is blank: there is nothing in it to be seen.")
        remedy = text("Write what it is called, or leave the name out.")
        yield Finding(
            "warning", "blank-name", message, remedy, path, line, subject.value, quad.predicate.value, str(name)
        )
