"""A tombstone says what the thing was, when it was retired, why, and what took its place where something did.

That is what remains of an IRI: its document answers 410 with it, and feeds tell it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from mreze.build.inventory import TOMBSTONE
from mreze.build.places import place
from mreze.findings import Finding, capped
from mreze.graph import SiteGraph
from mreze.namespaces import RDF_TYPE, term
from mreze.texts import Text, text

_DELETED, _SUCCESSOR = term("as:deleted"), term("dct:isReplacedBy")
_REASONS = frozenset({term("rdfs:comment"), term("skos:note")})
Said = dict[NamedNode, list[Quad]]


def check_tombstones(graph: SiteGraph) -> list[Finding]:
    """Check the tombstones of the data and of the catalogue."""
    catalog = Store()
    catalog.extend(Quad(*one.triple) for one in graph.quads("catalog"))
    stores = catalog, graph.store
    return list(capped(finding for thing in _tombs(stores) for finding in _check(graph, thing, _said(stores, thing))))


def _tombs(stores: Iterable[Store]) -> set[NamedNode]:
    quads = (quad for one in stores for quad in one.quads_for_pattern(None, RDF_TYPE, TOMBSTONE, DefaultGraph()))
    return {one.subject for one in quads if isinstance(one.subject, NamedNode)}


def _said(stores: Iterable[Store], thing: NamedNode) -> Said:
    said: Said = {}
    for quad in (quad for one in stores for quad in one.quads_for_pattern(thing, None, None, DefaultGraph())):
        said.setdefault(quad.predicate, []).append(quad)
    return said


def _check(graph: SiteGraph, thing: NamedNode, said: Said) -> Iterator[Finding]:
    yield from _what(graph, thing, said)
    yield from _when(graph, thing, said)
    yield from _why(graph, thing, said)
    yield from _successor(graph, thing, said)


def _what(graph: SiteGraph, thing: NamedNode, said: Said) -> Iterator[Finding]:
    kinds = said.get(term("as:formerType"), [])
    if not any(isinstance(one.object, NamedNode) for one in kinds):
        message = text("The tombstone does not say what the thing was.")
        yield _finding(graph, thing, message, text("Write as:formerType and its class."), term("as:formerType"))


def _when(graph: SiteGraph, thing: NamedNode, said: Said) -> Iterator[Finding]:
    moments = {one.object for one in said.get(_DELETED, [])}
    moment = next(iter(moments)) if len(moments) == 1 else None
    if not isinstance(moment, Literal) or moment.datatype != term("xsd:dateTime"):
        message = text("The tombstone does not say in one moment when the thing was retired.")
        remedy = text('Write as:deleted "2026-11-23T00:00:00Z"^^xsd:dateTime, once.')
        yield _finding(graph, thing, message, remedy, _DELETED)


def _why(graph: SiteGraph, thing: NamedNode, said: Said) -> Iterator[Finding]:
    reasons = [one.object for predicate in _REASONS for one in said.get(predicate, [])]
    languages = {one.language for one in reasons if isinstance(one, Literal) and one.value.strip()}
    for missing in (one for one in graph.site.languages if one not in languages):
        message = text("The tombstone does not say why the thing was retired, in the language {tag}.", tag=missing)
        remedy = text("Write rdfs:comment or skos:note in each language of the site.")
        yield _finding(graph, thing, message, remedy, term("rdfs:comment"), missing)


def _successor(graph: SiteGraph, thing: NamedNode, said: Said) -> Iterator[Finding]:
    for one in {quad.object for quad in said.get(_SUCCESSOR, [])}:
        iri = one.value if isinstance(one, NamedNode) else ""
        own = iri.startswith(graph.site.base + "id/")
        if not iri or one == thing or (own and graph.document_of(iri) is None):
            message = text("What took the place of the thing is no other thing that is described.")
            remedy = text("Give dct:isReplacedBy the IRI of its successor, or leave it out.")
            yield _finding(graph, thing, message, remedy, _SUCCESSOR, str(one))


def _finding(
    graph: SiteGraph, thing: NamedNode, message: Text, remedy: Text, predicate: NamedNode, value: str | None = None
) -> Finding:
    path, line = place(graph, thing.value, predicate.value)
    return Finding("violation", "tombstone", message, remedy, path, line, thing.value, predicate.value, value)
