"""A release's graphs as N-Triples, cut into pieces that can be sent one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, RdfFormat, Store

from mreze.errors import ReleaseError
from mreze.release import Release
from mreze.remote.graphnames import GraphNames
from mreze.storage import remedied, storing_aside

_BLANK: Final = re.compile(rb"_:|<[^>]*> <[^>]*> _:")


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph of a release."""

    here: NamedNode | BlankNode | DefaultGraph
    there: str
    """Its name at the server."""
    triples: int


def open_graphs(release: Release) -> Store:
    """The store that has a release's graphs.

    Raises:
        ReleaseError: it cannot be opened.
    """
    try:
        return Store.read_only(str(release.store))
    except (OSError, ValueError) as error:
        remedy = remedied(error, "Build the release again.")
        raise ReleaseError(f"{release.store}: the store cannot be opened: {error}. {remedy}") from error


def list_graphs(release: Release, store: Store) -> list[Graph]:
    """The graphs that hold anything, the default graph first.

    Raises:
        ReleaseError: the store does not hold what the manifest says.
    """
    names = GraphNames(release.base, release.name)
    published = sorted((one for one in store.named_graphs() if isinstance(one, NamedNode)), key=str)
    graphs = [Graph(DefaultGraph(), names.default, _count(store, DefaultGraph()))]
    graphs += [Graph(one, names.there(one.value), _count(store, one)) for one in published]
    if graphs[0].triples < release.counts["triples"]:
        raise ReleaseError(
            f"{release.store}: holds {graphs[0].triples:,} triples, not the {release.counts['triples']:,} that the "
            "manifest lists. Build the release again."
        )
    return [one for one in graphs if one.triples]


@contextmanager
def dumped(store: Store, graph: Graph) -> Iterator[IO[bytes]]:
    """A graph as N-Triples, in a file that is gone afterwards.

    Raises:
        StorageError: the store cannot be read, or there is no room.
    """
    with storing_aside(), TemporaryFile() as file:  # to close it may be refused, too
        store.dump(file, RdfFormat.N_TRIPLES, from_graph=graph.here)
        file.seek(0)
        yield file


def cut(lines: Iterable[bytes], size: int) -> Iterator[tuple[int, bytes]]:
    """Pieces of whole lines and how many each has; those with blank nodes are one piece, as they are known in one only.

    Args:
        lines: of N-Triples, each with its line end.
        size: bytes of a piece, the last line of which may go beyond.
    """
    blank: list[bytes] = []
    piece: list[bytes] = []
    length = 0
    for line in lines:
        if _BLANK.match(line):
            blank.append(line)
            continue
        piece.append(line)
        length += len(line)
        if length >= size:
            yield len(piece), b"".join(piece)
            piece, length = [], 0
    for rest in (piece, blank):
        if rest:
            yield len(rest), b"".join(rest)


def _count(store: Store, graph: NamedNode | DefaultGraph) -> int:
    where = "{ ?s ?p ?o }" if isinstance(graph, DefaultGraph) else f"{{ GRAPH {graph} {{ ?s ?p ?o }} }}"
    (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {where}")  # type: ignore[misc]  # it is a SELECT
    return int(row["n"].value)
