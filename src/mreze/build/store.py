"""The store of a release: every graph of it, on disk.

What the checks asked is the beginning of it: the merge of data and ontology. The rest is loaded beside the dumps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from pyoxigraph import NamedNode, Triple

from mreze.build.contents import Contents, in_graph, placed
from mreze.build.graphs import Documents
from mreze.graph import load


@contextmanager
def loading(contents: Contents, documents: Documents) -> Iterator[Future[None]]:
    """Load what can be loaded before the descriptions are known, beside other work; see `write_store`."""
    naming = contents.graph.naming
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(_load, contents, documents, naming)


def _load(contents: Contents, documents: Documents, naming: Future[None]) -> None:
    naming.result()
    graph = contents.graph
    if documents.path is not None:
        load(graph.store, documents.path, NamedNode(contents.site.base + "documents"))
    if graph.is_large and graph.carried is None:
        graph.store.optimize()  # it is served from disk, where it is asked twice as fast then; what is added is little


def write_store(contents: Contents, loaded: Future[None], described: Mapping[str, set[Triple]]) -> None:
    """Complete the store.

    Args:
        contents: what the release holds, and its store, which lies in the release already.
        loaded: done when that has what the files of the site say.
        described: further graphs by their name below the base IRI, under which their locations are put. They take the
            place of what files say in graphs of these names.
    """
    loaded.result()
    base, store = contents.site.base, contents.graph.store
    store.extend(contents.placed_declarations())
    for name, triples in described.items():
        graph = NamedNode(base + name)
        store.clear_graph(graph)
        store.extend(in_graph(set(placed(triples, base)), graph))
    store.flush()
