"""Write the store of a release: every graph of it, on disk."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, Store, Triple

from mreze.build.contents import Contents, in_graph, placed


def write_store(folder: Path, contents: Contents, described: dict[str, set[Triple]]) -> None:
    """Write the store.

    Args:
        folder: where; it is made.
        contents: what the release holds.
        described: further graphs by their name below the base IRI, under which their locations are put.
    """
    base = contents.site.base
    store = Store(folder)
    store.bulk_extend(contents.default_graph())
    store.bulk_extend(contents.graph.quads("data", "ontology", "shapes"))
    store.bulk_extend(in_graph(contents.documents, NamedNode(base + "documents")))
    for name, triples in described.items():
        store.bulk_extend(in_graph(set(placed(triples, base)), NamedNode(base + name)))
    store.optimize()
    store.flush()
