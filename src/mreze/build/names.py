"""Names that nobody could see: a thing that has no other is called by its IRI."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.build.places import place
from mreze.findings import Finding
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
    found: list[Finding] = []
    for quad in graph.quads("catalog", "ontology", "data"):
        subject, name = quad.subject, quad.object
        if quad.predicate in _NAMES and isinstance(subject, NamedNode) and isinstance(name, Literal):
            if not is_blank(name.value):
                continue
            path, line = place(graph, subject.value, quad.predicate.value)
            message = text("A name is blank: there is nothing in it to be seen.")
            remedy = text("Write what it is called, or leave the name out.")
            found.append(
                Finding(
                    "warning", "blank-name", message, remedy, path, line, subject.value, quad.predicate.value, str(name)
                )
            )
    return found
