"""Write the store of a release: every graph of it, on disk."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store, Triple

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
    contents.graph.load(store, "data", "ontology")
    store.bulk_extend(contents.placed_declarations())
    contents.graph.load_named(store, "data", "ontology", "shapes")
    if contents.documents.path.stat().st_size:
        store.bulk_load(
            path=contents.documents.path, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(base + "documents")
        )
    for name, triples in described.items():
        store.bulk_extend(in_graph(set(placed(triples, base)), NamedNode(base + name)))
    store.optimize()
    store.flush()
