"""What goes into a release: a site's graphs, sorted out by dataset, with its saved queries and prefixes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from mreze.build.declarations import declarations, parameters
from mreze.build.examples import count_rows
from mreze.build.targets import Shapes, read_shapes
from mreze.graph import SiteGraph
from mreze.namespaces import RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.queries import SavedQuery, read_query
from mreze.release import LOCATION, ReleaseDataset
from mreze.site import Site, SiteDataset


@dataclass(frozen=True)
class Contents:
    """The contents of one release, before they are written."""

    graph: SiteGraph

    @property
    def site(self) -> Site:
        """The site that is released."""
        return self.graph.site

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the site."""
        return self.graph.prefixes

    @cached_property
    def queries(self) -> list[SavedQuery]:
        """The queries that one can ask."""
        return [read_query(self.site.root, path) for path in self.site.queries("examples")]

    @cached_property
    def declared(self) -> frozenset[Triple]:
        """The saved queries and prefixes, described; the endpoint is a location."""
        rows = count_rows(self.graph, self.queries)
        return frozenset(declarations(self.site, self.queries, self.prefixes, rows))

    @cached_property
    def described_queries(self) -> frozenset[Triple]:
        """The same with the parameters of the queries, which in the default graph would only be in the way."""
        return self.declared | frozenset(parameters(self.site, self.queries))

    @cached_property
    def shapes(self) -> Shapes:
        """What the shapes aim at."""
        return read_shapes(quad.triple for quad in self.graph.quads("shapes"))

    def labels(self, things: Iterable[NamedNode]) -> Iterator[Triple]:
        """What data and ontology call some things."""
        for one in things:
            for name in (SKOS_PREF_LABEL, RDFS_LABEL):
                yield from (quad.triple for quad in self.graph.store.quads_for_pattern(one, name, None, DefaultGraph()))

    def placed_declarations(self) -> list[Quad]:
        """What is queried, where no graph is named, beside the merge of data and ontology."""
        return list(in_graph(set(placed(self.declared, self.site.base)), DefaultGraph()))

    def described_datasets(self, triples: Mapping[str, int]) -> tuple[ReleaseDataset, ...]:
        """The datasets, as the manifest names them.

        Args:
            triples: how many each has, by name.
        """
        return tuple(self._describe(one, triples[one.name]) for one in self.site.datasets)

    def cataloged(self, iri: str, name: str) -> list[NamedNode | Literal]:
        """What the author's catalogue says of something: the values of a property, sorted."""
        subject, property_ = NamedNode(iri), term(name)
        found = {
            quad.object
            for quad in self.graph.quads("catalog")
            if quad.subject == subject and quad.predicate == property_
        }
        return sorted((one for one in found if isinstance(one, NamedNode | Literal)), key=str)

    def _describe(self, dataset: SiteDataset, triples: int) -> ReleaseDataset:
        found = self.cataloged(dataset.iri, "dct:title")
        titles = {one.language: one.value for one in found if isinstance(one, Literal) and one.language}
        return ReleaseDataset(dataset.name, dataset.iri, dict(sorted(titles.items())), triples)


def in_graph(triples: frozenset[Triple] | set[Triple], graph: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """The triples as quads of one graph."""
    return (Quad(one.subject, one.predicate, one.object, graph) for one in triples)


def placed(triples: Iterable[Triple], base: str) -> Iterator[Triple]:
    """The triples with their locations under the base IRI."""
    for one in triples:
        target = one.object
        if isinstance(target, NamedNode) and target.value.startswith(LOCATION):
            target = NamedNode(base + target.value.removeprefix(LOCATION))
        yield Triple(one.subject, one.predicate, target)
