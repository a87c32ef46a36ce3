"""What a site says of single nodes: what goes out of one stands in sorted lines, what comes in the store finds.

The store writes numbers and dates in its own way, so no literal is taken from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from mreze.graph import SiteGraph
from mreze.shacl.results import Node
from mreze.sortedlines import Buffer, lines_beginning, open_lines
from mreze.spans import write_span


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """The catalogue, the ontology and the data."""

    lines: Sequence[Buffer]
    """Of all three."""
    stores: Sequence[Store]
    """Of all three, in their default graphs."""

    def going_out(self, node: NamedNode | BlankNode, predicate: NamedNode | None = None) -> Iterator[Triple]:
        """The triples of a subject, of all predicates if None; one may come twice."""
        beginning = f"{node} {predicate} ".encode() if predicate else f"{node} ".encode()
        for one in self.lines:
            if found := b"".join(lines_beginning(one, beginning)):
                yield from (quad.triple for quad in parse(found, format=RdfFormat.N_QUADS))

    def coming_in(self, node: Node, predicate: NamedNode) -> Iterator[Triple]:
        """The triples of an object; one may come twice."""
        for triple in self._found(predicate, node):
            if not isinstance(node, Literal):
                yield triple
            elif not isinstance(triple.subject, Triple):
                yield from (one for one in self.going_out(triple.subject, predicate) if one.object == node)

    def hierarchy(self, predicate: NamedNode) -> Iterator[Triple]:
        """The triples of a predicate that lead from node to node; one may come twice."""
        return (one for one in self._found(predicate, None) if not isinstance(one.object, Literal))

    def _found(self, predicate: NamedNode, node: Node | None) -> Iterator[Triple]:
        for store in self.stores:
            for quad in store.quads_for_pattern(None, predicate, node, DefaultGraph()):
                yield quad.triple


@contextmanager
def neighbourhood(graph: SiteGraph) -> Iterator[Neighbourhood]:
    """That of a site, as long as it is used.

    Raises:
        OSError: lines cannot be written or read.
    """
    catalogue = Store()
    catalogue.extend(Quad(one.subject, one.predicate, one.object) for one in graph.quads("catalog"))
    described = write_span(graph.staging.path("described"), graph.lines("catalog", "ontology"))
    paths = [described.path, *(graph.staged(one.name).path for one in graph.site.datasets)]
    with ExitStack() as stack:
        yield Neighbourhood([stack.enter_context(open_lines(one)) for one in paths], [graph.store, catalogue])
