"""The VoID description of a release: how much there is of what, and where to get it (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.contents import Contents
from mreze.build.distributions import Dump
from mreze.build.offer import ONTOLOGY, graph_iri, licensed, offer, titled
from mreze.build.partitions import integer, links, partitions, sizes
from mreze.build.statistics import Numbering, Row, Statistics, measure, measure_links
from mreze.namespaces import RDF_TYPE, term
from mreze.release import DEFAULT_GRAPH, LOCATION
from mreze.texts import text


@dataclass(frozen=True)
class _Description:
    """One description being put together."""

    contents: Contents
    dumps: Sequence[Dump]
    numbering: Numbering = field(default_factory=Numbering)

    def triples(self) -> Iterator[Triple]:
        """Everything but what the endpoint offers."""
        site, contents = self.contents.site, self.contents
        description, whole = NamedNode(site.base + "void"), NamedNode(site.base + "void#all")
        yield Triple(description, RDF_TYPE, term("void:DatasetDescription"))
        yield Triple(description, term("foaf:primaryTopic"), whole)
        ontology = self.numbering.rows(contents.graph.quads("ontology"))
        everything = set(ontology)
        for iri, quads in contents.datasets.items():
            rows = self.numbering.rows(quads)
            everything |= rows
            dataset = NamedNode(iri)
            yield Triple(description, term("foaf:topic"), dataset)
            yield Triple(whole, term("void:subset"), dataset)
            yield from self._dataset(dataset, iri + "#", self._measure(rows))
            yield from self._access(dataset, iri)
        # Not of the graph's own description: where that of any graph has parts, editors look at no others.
        vocabulary = NamedNode(site.base + ONTOLOGY)
        yield Triple(whole, term("void:subset"), vocabulary)
        yield from titled(contents, vocabulary, text("Vocabulary"))
        yield from licensed(contents, vocabulary, site.catalog_iri)
        yield from self._dataset(vocabulary, site.base + "void#ontology-", self._measure(ontology))
        yield from self._whole(whole, frozenset(everything))

    def _whole(self, whole: NamedNode, rows: frozenset[Row]) -> Iterator[Triple]:
        """Data and vocabulary together: what the dumps of all have, and what editors complete queries by."""
        contents, stem = self.contents, self.contents.site.base + "void#all-"
        found = self._measure(rows)
        yield from self._dataset(whole, stem, found)
        yield from self._access(whole, None)
        yield from titled(contents, whole, contents.site.titles)
        yield from licensed(contents, whole, contents.site.catalog_iri)
        yield from links(stem, measure_links(rows, self.numbering), contents.prefixes)
        more = self._measure(rows | self.numbering.rows(contents.declared))
        yield from self._default(whole, stem, found, more)

    def _default(self, whole: NamedNode, stem: str, found: Statistics, more: Statistics) -> Iterator[Triple]:
        """The default graph: the whole with saved queries and prefixes. Clients plan queries by these numbers."""
        contents, base = self.contents, self.contents.site.base
        default = NamedNode(base + DEFAULT_GRAPH)
        yield Triple(default, RDF_TYPE, term("void:Dataset"))
        yield from sizes(default, more)
        common, own = more.compared_to(found)
        yield from (one for one in partitions(default, stem, common, contents.prefixes) if one.subject == default)
        yield from partitions(default, base + "void#default-", own, contents.prefixes)
        yield from titled(contents, default, text("What is queried where no graph is named"))
        yield from licensed(contents, default, contents.site.catalog_iri)
        yield Triple(default, term("void:subset"), whole)

    def _dataset(self, dataset: NamedNode, stem: str, found: Statistics) -> Iterator[Triple]:
        yield Triple(dataset, RDF_TYPE, term("void:Dataset"))
        yield from sizes(dataset, found)
        yield from partitions(dataset, stem, found, self.contents.prefixes)

    def _measure(self, rows: frozenset[Row]) -> Statistics:
        space = self.contents.site.base + "id/"
        return measure(rows, self.numbering, lambda iri: iri.startswith(space) and "#" not in iri)

    def _access(self, dataset: NamedNode, iri: str | None) -> Iterator[Triple]:
        yield Triple(dataset, term("void:sparqlEndpoint"), NamedNode(LOCATION + "sparql"))
        yield Triple(dataset, term("void:uriSpace"), Literal(self.contents.site.base))
        for dump in self.dumps:
            if (dump.dataset.iri if dump.dataset else None) == iri:
                yield Triple(dataset, term("void:dataDump"), NamedNode(LOCATION + dump.file.path))
                if dump.format.rdf is not None:
                    yield Triple(dataset, term("void:feature"), NamedNode(dump.format.rdf.iri))


def void(contents: Contents, dumps: Sequence[Dump], catalogue: int, date: str) -> set[Triple]:
    """Describe the datasets, each with its dumps, sizes and partitions, the whole, and what a query can run over.

    Args:
        contents: what the release holds.
        dumps: what was dumped.
        catalogue: how many triples the catalogue has.
        date: of the release.
    """
    told = set(_Description(contents, dumps).triples())
    told |= set(offer(contents, {"catalog": catalogue, "void": 0}, date))
    own = graph_iri(contents.site.base, contents.site.base + "void"), term("void:triples")
    # The description counts itself: another number makes it no longer.
    return told - {Triple(*own, integer(0))} | {Triple(*own, integer(len(told)))}
