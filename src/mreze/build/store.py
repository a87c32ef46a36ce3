"""Write the store of a release: every graph of it, on disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store, Triple

from mreze.build.contents import Contents, in_graph
from mreze.release import LOCATION


def write_store(folder: Path, contents: Contents, described: dict[str, set[Triple]]) -> None:
    """Write the store.

    Args:
        folder: where; it is made.
        contents: what the release holds.
        described: further graphs by their name below the base IRI; their locations are resolved against it.
    """
    base = contents.site.base
    store = Store(folder)
    store.bulk_extend(contents.default_graph())
    store.bulk_extend(contents.graph.quads("data", "ontology", "shapes"))
    store.bulk_extend(in_graph(contents.declared, NamedNode(base + "queries")))
    store.bulk_extend(in_graph(set(contents.documents()), NamedNode(base + "documents")))
    for name, triples in described.items():
        store.bulk_extend(_located(triples, base, NamedNode(base + name)))
    store.optimize()
    store.flush()


def _located(triples: Iterable[Triple], base: str, graph: NamedNode) -> Iterable[Quad]:
    for one in triples:
        target = one.object
        if isinstance(target, NamedNode) and target.value.startswith(LOCATION):
            target = NamedNode(base + target.value.removeprefix(LOCATION))
        yield Quad(one.subject, one.predicate, target, graph)
