"""What of the catalogue portals would lose in silence: told while its author can still mend it.

Portals read the catalogue alone. What it refers to they show by its label, if it is labelled in a way that they read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from mreze.build.authorities import is_known
from mreze.build.places import place
from mreze.build.profile import CLASSES, LABELS, UNLABELLED
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.namespaces import RDFS_LABEL, term
from mreze.texts import Text, text

_KEYWORD: Final = term("dcat:keyword")


def check_harvesting(graph: SiteGraph) -> list[Finding]:
    """Check data/catalog.ttl; what is found are warnings: the catalogue is right, but says less than it could."""
    quads = list(graph.quads("catalog"))
    labels = {(one.subject, one.predicate) for one in quads if one.predicate in LABELS}
    labelled = {subject for subject, _ in labels}
    found: list[Finding] = []
    for quad in quads:
        class_ = CLASSES.get(quad.predicate)
        if class_ is not None and class_ not in UNLABELLED and isinstance(quad.object, NamedNode):
            if not (quad.object in labelled or is_known(quad.object.value) or _is_labelled(graph, quad.object)):
                found.append(_unlabelled(graph, quad, quad.object))
            if (quad.object, RDFS_LABEL) in labels and not quad.object.value.startswith(graph.site.base):
                found.append(_hidden(graph, quad.object))
        found += _keyword(graph, quad)
    return found


def _is_labelled(graph: SiteGraph, target: NamedNode) -> bool:
    """Whether the data give it a label."""
    return any(True for label in LABELS for _ in graph.found(target, label))


def _unlabelled(graph: SiteGraph, quad: Quad, target: NamedNode) -> Finding:
    message = text("Nothing tells what {iri} is called: portals will not show it.", iri=target.value)
    remedy = text("Describe it in the catalogue, with skos:prefLabel in each language of the site.")
    return _at(graph, quad, "unlabelled", message, remedy)


def _hidden(graph: SiteGraph, target: NamedNode) -> Finding:
    message = text("rdfs:label takes the place of {iri} in CKAN, which then knows only the label.", iri=target.value)
    path, line = place(graph, target.value, RDFS_LABEL.value)
    remedy = text("Write skos:prefLabel in its place.")
    return Finding("warning", "label-for-iri", message, remedy, path, line, target.value, RDFS_LABEL.value)


def _keyword(graph: SiteGraph, quad: Quad) -> Iterator[Finding]:
    if quad.predicate == _KEYWORD and isinstance(quad.object, Literal) and "," in quad.object.value:
        message = text("“{keyword}” has a comma: CKAN takes it for several keywords.", keyword=quad.object.value)
        yield _at(graph, quad, "keyword", message, text("Write one keyword for each."))


def _at(graph: SiteGraph, quad: Quad, check: str, message: Text, remedy: Text) -> Finding:
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    path, line = place(graph, subject, quad.predicate.value)
    return Finding("warning", check, message, remedy, path, line, subject or None, quad.predicate.value)
