"""Can the values of derived properties be found: is the path of each one, and does nobody state them besides?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from mreze.build.places import place
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.namespaces import RDF_TYPE, term
from mreze.paths import BadPath, derived, is_kind_of_property
from mreze.texts import text

_PATH: Final = term("sh:path")


def check_derived(graph: SiteGraph) -> list[Finding]:
    """Read every path, and look for statements that it would hide."""
    properties = {
        one.subject for one in graph.quads("ontology") if one.predicate == RDF_TYPE and is_kind_of_property(one.object)
    }
    found = derived((one.triple for one in graph.quads("shapes")), lambda name: name in properties)
    bad = {name: str(path) for name, path in found.items() if isinstance(path, BadPath)}
    return [*_unreadable(graph, bad), *_stated(graph, set(found))]


def _unreadable(graph: SiteGraph, bad: dict[NamedNode, str]) -> Iterator[Finding]:
    """What is wrong with paths, where they stand."""
    for document in graph.documents:
        if document.file.role != "shapes":
            continue
        for quad in document.quads:
            if quad.predicate == _PATH and isinstance(quad.subject, NamedNode) and quad.subject in bad:
                name = quad.subject.value
                told = text("The path of a derived property cannot be followed: {error}.", error=bad[quad.subject])
                remedy = text("Mend its sh:path; or leave the property shape out, and state the values.")
                line = document.scan.line(name, _PATH.value)
                yield Finding("violation", "derived-path", told, remedy, document.path, line, name, _PATH.value)


def _stated(graph: SiteGraph, names: set[NamedNode]) -> Iterator[Finding]:
    """Statements of derived properties: who asks for their values does not see them."""
    stated = (one for name in names for one in graph.found(None, name))
    for subject, predicate in sorted({(str(one.subject), one.predicate.value) for one in stated}):
        subject = subject.strip("<>")
        path, line = place(graph, subject, predicate)
        told = text("The property is derived: its values are found by a path, and these would not be seen.")
        remedy = text("Take the statement out, or the property shape of that name.")
        yield Finding("violation", "derived-stated", told, remedy, path, line, subject, predicate)
