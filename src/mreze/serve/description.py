"""The description of the SPARQL service (https://www.w3.org/TR/sparql11-service-description/).

What the build counted (default graph and named graphs, with what there is in them) is part of it: editors complete
queries, and clients plan them, by what they find here.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.errors import phrase
from mreze.namespaces import RDF_TYPE, term
from mreze.release import OFFERED, Release
from mreze.serve.bounds import Bound, bounds
from mreze.serve.settings import Settings
from mreze.serve.sparql import GRAPH_RESULTS, SOLUTIONS
from mreze.texts import Text, text

FUNCTIONS: Final = (
    "area", "asGeoJSON", "centroid", "convexHull", "coordinateDimension", "difference", "dimension", "distance",
    "ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint", "ehEquals", "ehInside", "ehMeet", "ehOverlap", "envelope",
    "getSRID", "intersection", "isEmpty", "isSimple", "length", "perimeter", "rcc8dc", "rcc8ec", "rcc8eq",
    "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi", "relate", "sfContains", "sfCrosses", "sfDisjoint",
    "sfEquals", "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin", "spatialDimension", "symDifference", "union",
)  # fmt: skip
"""The functions of GeoSPARQL that the engine has; coordinates are those of CRS84."""
EXTENSIONS: Final = ("https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md",)  # LATERAL
"""What the engine understands beyond SPARQL 1.1."""
_SIMPLE: Final = NamedNode("http://www.w3.org/ns/entailment/Simple")


def describe_service(release: Release, settings: Settings, location: str) -> Iterator[Triple]:
    """Say where the endpoint is, what it speaks, what it runs over, and how much a query may take.

    Of the features that the vocabulary has one may be true: other endpoints are asked where the operator allows it.
    The default graph is no union of the named ones, there are no empty graphs, and no IRI is fetched. What an engine
    has beyond the standard is told of the embedded one.

    Args:
        release: what is served.
        settings: the server's.
        location: where this client found the release.
    """
    service = NamedNode(location + "sparql")
    offered = NamedNode(release.base + OFFERED)
    yield Triple(service, RDF_TYPE, term("sd:Service"))
    yield from _texts(service, "dct:title", text("SPARQL endpoint"), release)
    yield Triple(service, term("sd:endpoint"), service)
    yield Triple(service, term("sd:supportedLanguage"), term("sd:SPARQL11Query"))
    yield Triple(service, term("sd:defaultEntailmentRegime"), _SIMPLE)
    if settings.services:
        yield Triple(service, term("sd:feature"), term("sd:BasicFederatedQuery"))
    for form in (*SOLUTIONS, *GRAPH_RESULTS):
        known = form.results or form.rdf
        if known is not None:
            yield Triple(service, term("sd:resultFormat"), NamedNode(known.iri))
    for name in FUNCTIONS if settings.backend is None else ():
        yield Triple(service, term("sd:extensionFunction"), term("geof:" + name))
        yield Triple(term("geof:" + name), RDF_TYPE, term("sd:Function"))
    for extension in EXTENSIONS if settings.backend is None else ():
        yield Triple(service, term("sd:languageExtension"), NamedNode(extension))
    yield Triple(service, term("sd:defaultDataset"), offered)
    yield Triple(service, term("sd:availableGraphs"), offered)
    yield Triple(offered, term("dcat:version"), Literal(release.name))
    for name in ("void", "catalog"):
        yield Triple(service, term("rdfs:seeAlso"), NamedNode(location + name))
    for one in release.datasets:
        yield Triple(service, term("dcat:servesDataset"), NamedNode(one.iri))
    for bound in bounds(settings):
        yield from _bound(service, bound, release)


def _bound(service: NamedNode, bound: Bound, release: Release) -> Iterator[Triple]:
    """A limit as schema.org says a number that has a name and a unit."""
    node = NamedNode(f"{service.value}#{bound.name}")
    yield Triple(service, term("schema:additionalProperty"), node)
    yield Triple(node, RDF_TYPE, term("schema:PropertyValue"))
    yield Triple(node, term("schema:propertyID"), Literal(bound.name))
    yield from _texts(node, "schema:name", bound.title, release)
    whole = float(bound.most).is_integer()
    most = Literal(int(bound.most)) if whole else Literal(f"{Decimal(str(bound.most)):f}", datatype=term("xsd:decimal"))
    yield Triple(node, term("schema:maxValue"), most)
    if bound.name == "deadline":  # what a query has that asks for none; the parameter `timeout` asks for less
        yield Triple(node, term("schema:value"), most)
    yield Triple(node, term("schema:unitCode"), Literal(bound.unit))
    past = text("Past it the answer is {status}.", status=f"{bound.status.value} {phrase(bound.status)}")
    yield from _texts(node, "schema:description", past, release)


def _texts(subject: NamedNode, name: str, texts: Text, release: Release) -> Iterator[Triple]:
    for language in [one for one in release.languages if one in texts] or [one for one in texts if one == "en"]:
        yield Triple(subject, term(name), Literal(texts[language], language=language))
