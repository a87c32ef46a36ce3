"""The VoID description of a release: how much there is of what, and where to get it (https://www.w3.org/TR/void/)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.contents import Contents
from mreze.build.distributions import Dump
from mreze.build.numbers import Numbers
from mreze.build.offer import ONTOLOGY, graph_iri, licensed, offer, titled
from mreze.build.partitions import integer, links, partitions, sizes
from mreze.build.statistics import Statistics
from mreze.namespaces import RDF_TYPE, term
from mreze.release import DEFAULT_GRAPH, LOCATION
from mreze.texts import text


@dataclass(frozen=True)
class _Description:
    """One description being put together."""

    contents: Contents
    dumps: Sequence[Dump]
    numbers: Numbers

    def triples(self) -> Iterator[Triple]:
        """Everything but what the endpoint offers."""
        site, contents = self.contents.site, self.contents
        description, whole = NamedNode(site.base + "void"), NamedNode(site.base + "void#all")
        yield Triple(description, RDF_TYPE, term("void:DatasetDescription"))
        yield Triple(description, term("foaf:primaryTopic"), whole)
        for one in site.datasets:
            dataset = NamedNode(one.iri)
            yield Triple(description, term("foaf:topic"), dataset)
            yield Triple(whole, term("void:subset"), dataset)
            yield from self._dataset(dataset, one.iri + "#", self.numbers.datasets[one.name].statistics)
            yield from self._access(dataset, one.iri)
        # Not of the graph's own description: where that of any graph has parts, editors look at no others.
        vocabulary = NamedNode(site.base + ONTOLOGY)
        yield Triple(whole, term("void:subset"), vocabulary)
        yield from titled(contents, vocabulary, text("Vocabulary"))
        yield from licensed(contents, vocabulary, site.catalog_iri)
        yield from self._dataset(vocabulary, site.base + "void#ontology-", self.numbers.ontology)
        yield from self._whole(whole)

    def _whole(self, whole: NamedNode) -> Iterator[Triple]:
        """Data and vocabulary together: what the dumps of all have, and what editors complete queries by."""
        contents, stem = self.contents, self.contents.site.base + "void#all-"
        found = self.numbers.whole
        yield from self._dataset(whole, stem, found)
        yield from self._access(whole, None)
        yield from titled(contents, whole, contents.site.titles)
        yield from licensed(contents, whole, contents.site.catalog_iri)
        yield from links(stem, self.numbers.links, contents.prefixes)
        yield from self._default(whole, stem, found, self.numbers.default)

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

    def _access(self, dataset: NamedNode, iri: str | None) -> Iterator[Triple]:
        yield Triple(dataset, term("void:sparqlEndpoint"), NamedNode(LOCATION + "sparql"))
        yield Triple(dataset, term("void:uriSpace"), Literal(self.contents.site.base))
        for dump in self.dumps:
            if (dump.dataset.iri if dump.dataset else None) == iri:
                yield Triple(dataset, term("void:dataDump"), NamedNode(LOCATION + dump.file.path))
                if dump.format.rdf is not None:
                    yield Triple(dataset, term("void:feature"), NamedNode(dump.format.rdf.iri))


def void(contents: Contents, numbers: Numbers, dumps: Sequence[Dump], catalogue: int, date: str) -> set[Triple]:
    """Describe the datasets, each with its dumps, sizes and partitions, the whole, and what a query can run over.

    Args:
        contents: what the release holds.
        numbers: what was counted of it.
        dumps: what was dumped.
        catalogue: how many triples the catalogue has.
        date: of the release.
    """
    told = set(_Description(contents, dumps, numbers).triples())
    told |= set(offer(contents, numbers, {"catalog": catalogue, "void": 0}, date))
    own = graph_iri(contents.site.base, contents.site.base + "void"), term("void:triples")
    # The description counts itself: another number makes it no longer.
    return told - {Triple(*own, integer(0))} | {Triple(*own, integer(len(told)))}
