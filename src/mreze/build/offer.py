"""What a query can run over: the default graph and the named graphs of a release, each with its count of triples.

Said in the terms of https://www.w3.org/TR/sparql11-service-description/; the endpoint adds what only it knows.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.contents import Contents
from mreze.build.numbers import Numbers
from mreze.build.partitions import integer
from mreze.namespaces import RDF_TYPE, term
from mreze.release import DEFAULT_GRAPH, LOCATION, OFFERED
from mreze.texts import Text, text

ONTOLOGY: Final = "void#ontology"
"""Below the base IRI: the description of the vocabulary as a dataset."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph."""

    name: str
    triples: int
    datasets: tuple[str, ...] = ()
    """IRIs of the datasets that its triples are of."""


def offer(contents: Contents, numbers: Numbers, described: Mapping[str, int], date: str) -> Iterator[Triple]:
    """Describe the dataset that the endpoint offers.

    Args:
        contents: what the release holds.
        numbers: what was counted of it.
        described: how many triples the graphs have that are not of the contents, by their name below the base IRI.
        date: of the release.
    """
    base = contents.site.base
    offered, default = NamedNode(base + OFFERED), NamedNode(base + DEFAULT_GRAPH)
    yield Triple(offered, RDF_TYPE, term("sd:Dataset"))
    yield Triple(offered, RDF_TYPE, term("sd:GraphCollection"))
    yield from titled(contents, offered, text("What a query can run over"))
    yield Triple(offered, term("dct:issued"), Literal(date, datatype=term("xsd:date")))
    yield from licensed(contents, offered, contents.site.catalog_iri)
    yield Triple(offered, term("sd:defaultGraph"), default)
    yield Triple(default, RDF_TYPE, term("sd:Graph"))
    for one in _graphs(contents, numbers, described):
        name, graph = NamedNode(one.name), graph_iri(base, one.name)
        yield Triple(offered, term("sd:namedGraph"), name)
        yield Triple(name, RDF_TYPE, term("sd:NamedGraph"))
        yield Triple(name, term("sd:name"), name)
        yield Triple(name, term("sd:graph"), graph)
        yield Triple(graph, RDF_TYPE, term("sd:Graph"))
        yield Triple(graph, term("void:triples"), integer(one.triples))
        yield from _origin(contents, one, graph)


def graph_iri(base: str, name: str) -> NamedNode:
    """What the description of a named graph is called."""
    own = name.removeprefix(base).replace("/", "-")
    known = name.startswith(base) and own.isascii() and own.replace("-", "").isalnum()
    return NamedNode(f"{base}void#graph-{own if known else hashlib.sha256(name.encode()).hexdigest()[:12]}")


def titled(contents: Contents, subject: NamedNode, title: Text) -> Iterator[Triple]:
    """A title in the languages of the site."""
    for tag in [one for one in contents.site.languages if one in title] or ["en"]:
        yield Triple(subject, term("dct:title"), Literal(title[tag], language=tag))


def licensed(contents: Contents, subject: NamedNode, source: str) -> Iterator[Triple]:
    """The licence that the catalogue names for something else."""
    return (Triple(subject, term("dct:license"), one) for one in contents.cataloged(source, "dct:license"))


def _graphs(contents: Contents, numbers: Numbers, described: Mapping[str, int]) -> Iterator[Graph]:
    base = contents.site.base
    counts = Counter(numbers.graphs)
    counts.update(_name(one.graph_name) for one in frozenset(contents.graph.quads("shapes")))
    origins: defaultdict[str, list[str]] = defaultdict(list)
    for one in contents.site.datasets:
        for name in numbers.datasets[one.name].graphs:
            origins[name].append(one.iri)
    for name, count in counts.items():
        yield Graph(name, count, tuple(origins[name]))
    yield Graph(base + "queries", len(contents.described_queries))
    yield Graph(base + "documents", numbers.documents.triples)
    for name, count in described.items():
        yield Graph(base + name, count)


def _origin(contents: Contents, graph: Graph, iri: NamedNode) -> Iterator[Triple]:
    """Where the triples of a graph come from: the datasets that they are of, or the document that has them."""
    for one in graph.datasets:
        yield Triple(iri, term("dct:isPartOf"), NamedNode(one))
        yield from (Triple(iri, term("dct:title"), title) for title in contents.cataloged(one, "dct:title"))
        yield from licensed(contents, iri, one)
    name = graph.name.removeprefix(contents.site.base)
    titles = {
        "catalog": text("Catalogue"),
        "documents": text("Which document tells of what"),
        "ontology": text("Vocabulary"),
        "queries": text("Saved queries and prefixes"),
        "shapes": text("Shapes of the data"),
        "void": text("Statistics of the data"),
    }
    if not graph.datasets and name in titles:
        yield from titled(contents, iri, titles[name])
        yield from licensed(contents, iri, contents.site.catalog_iri)
        if name == "ontology":
            yield Triple(iri, term("dct:isPartOf"), NamedNode(contents.site.base + ONTOLOGY))
        if name != "documents":
            yield Triple(iri, term("foaf:page"), NamedNode(LOCATION + name))


def _name(graph: object) -> str:
    assert isinstance(graph, NamedNode)  # noqa: S101 - every quad of a site is in a named graph
    return graph.value
