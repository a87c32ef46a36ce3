"""A release on a SPARQL server, as `mreze push` puts it there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pyoxigraph as ox
from tests.backends import Backend, oxigraph_backend, virtuoso_backend
from tests.servers import Served, serving

from mreze.release import Release, open_release
from mreze.remote.client import Client, connect
from mreze.remote.endpoint import Given
from mreze.remote.graphnames import GraphNames, pointer

KINDS = ("embedded", "oxigraph", "virtuoso")
_ROWS = 100_000


@contextmanager
def holding(kind: str, release: Path) -> Iterator[Backend]:
    """Run a server that has a release, and says that it is served."""
    with ExitStack() as stack:
        there = stack.enter_context(oxigraph_backend() if kind == "oxigraph" else virtuoso_backend(rows=_ROWS))
        put(there.given, release)
        yield there


def put(given: Given, root: Path) -> None:
    """Put a release there, and have it served."""
    release = open_release(root)
    with closing(connect(given)) as client:
        load(client, release)
        point(client, release.base, release.name)


def load(client: Client, release: Release) -> None:
    """Put the graphs of a release there."""
    names = GraphNames(release.base, release.name)
    store = ox.Store.read_only(str(release.store))
    for graph in (ox.DefaultGraph(), *store.named_graphs()):
        triples = [one.triple for one in store.quads_for_pattern(None, None, None, graph)]
        content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        assert isinstance(content, bytes)
        name = names.there(graph.value if isinstance(graph, ox.NamedNode) else "")
        client.put_graph(name, [content])


def point(client: Client, base: str, name: str) -> None:
    """Say which release is served."""
    graph = pointer(base)
    serves = ox.NamedNode("https://w3id.org/mreze/serves")
    served = ox.Triple(ox.NamedNode(graph), serves, ox.NamedNode(f"{graph}/{name}"))
    content = ox.serialize([served], format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(content, bytes)
    client.put_graph(graph, [content])


@contextmanager
def served_by(kind: str, release: Path, *options: str) -> Iterator[Served]:
    """Serve a release from the embedded store, or from a server that it is put on."""
    with ExitStack() as stack:
        if kind != "embedded":
            there = stack.enter_context(holding(kind, release))
            options = (*options, "--backend", there.given.address)
        yield stack.enter_context(serving(release, *options))
