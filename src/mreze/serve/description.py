"""The description of the SPARQL service (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term
from mreze.release import Release
from mreze.serve.sparql import GRAPH_RESULTS, SOLUTIONS
from mreze.serve.store import Store


def describe_service(store: Store, release: Release, location: str) -> Iterator[Triple]:
    """Say where the endpoint is, what it speaks, and which graphs it has."""
    service = NamedNode(location + "sparql")
    dataset, default = BlankNode("dataset"), BlankNode("default")
    yield Triple(service, RDF_TYPE, term("sd:Service"))
    yield Triple(service, term("sd:endpoint"), service)
    yield Triple(service, term("sd:supportedLanguage"), term("sd:SPARQL11Query"))
    for form in (*SOLUTIONS, *GRAPH_RESULTS):
        known = form.results or form.rdf
        if known is not None:
            yield Triple(service, term("sd:resultFormat"), NamedNode(known.iri))
    yield Triple(service, term("sd:defaultDataset"), dataset)
    yield Triple(dataset, RDF_TYPE, term("sd:Dataset"))
    yield Triple(dataset, term("sd:defaultGraph"), default)
    yield Triple(default, RDF_TYPE, term("sd:Graph"))
    yield Triple(default, term("void:triples"), _count(release.counts["triples"]))
    names = [one.iri for one in release.datasets]
    names += [release.base + name for name in ("catalog", "documents", "ontology", "queries", "shapes", "void")]
    for number, name in enumerate(names):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        yield Triple(dataset, term("sd:namedGraph"), named)
        yield Triple(named, RDF_TYPE, term("sd:NamedGraph"))
        yield Triple(named, term("sd:name"), NamedNode(name))
        yield Triple(named, term("sd:graph"), graph)
        yield Triple(graph, RDF_TYPE, term("sd:Graph"))
        yield Triple(graph, term("void:triples"), _count(len(store.graph(name))))


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=term("xsd:integer"))
