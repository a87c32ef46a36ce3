"""The store of a release made of that of the release before: its files are linked, and what differs is told to it.

RocksDB never writes into a table (`*.sst`) that it has finished; whatever else is in the folder is copied. Where
anything is doubtful there is no such store, and all is loaded.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

from mreze.build.asking import names_graphs
from mreze.build.differing import Comparison
from mreze.build.inputs import engine_digest
from mreze.build.updating import Update, reserved
from mreze.build.writer import share
from mreze.errors import SiteError
from mreze.graph import Carried, SiteGraph
from mreze.queries import SavedQuery, read_query
from mreze.release import Release, ReleaseFile, digest, find_damage
from mreze.spans import Span
from mreze.storage import pass_on

_MARK: Final = "finished.json"
_TABLE: Final = ".sst"
_LEFT: Final = ("LOG", "LOCK", _MARK)
"""What the names of files begin with that a store does not need."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What a finished store is."""

    maker: str
    """What made it: what others made is not alike."""
    graphs: list[str]
    """IRIs of the graphs of the ontology, the catalogue and the shapes."""
    documents: int
    """How many triples tell of documents."""
    files: dict[str, tuple[int, str]]
    """Size and sha256 of each table."""


def carry(comparison: Comparison) -> SiteGraph:
    """What a site says, with a store that is made of that of the release before, if that can be.

    Args:
        comparison: of what it says, of which the store is not there yet, with that release.
    """
    previous = comparison.previous
    if previous is None:
        return comparison.graph
    made, lock = list[Carried | None](), Lock()

    def carry_once(graph: SiteGraph) -> Carried | None:
        with lock:  # the groundwork asks for it while the store is made
            if not made:
                made.append(_carry(comparison, previous, graph))
            return made[0]

    return replace(comparison.graph, carrier=carry_once)


def _carry(comparison: Comparison, previous: Release, graph: SiteGraph) -> Carried | None:
    try:
        return _carried(comparison, previous, graph)
    except (OSError, ValueError, TypeError, KeyError) as error:  # the store before is damaged, for one: it costs time
        pass_on(error)
    shutil.rmtree(graph.store_folder, ignore_errors=True)
    return None


def _carried(comparison: Comparison, previous: Release, graph: SiteGraph) -> Carried | None:
    mark = _read_mark(previous)
    if mark is None or mark.graphs != _graphs(graph) or not _is_plain(graph) or _asks_from(graph):
        return None
    differing = comparison.differing
    if differing is None or not _is_whole(previous.store, mark):
        return None
    _link(previous.store, graph.store_folder)
    update = Update.of(graph, differing)
    update.run()
    if update.count() != previous.counts["triples"] + update.gained:
        raise ValueError("the store does not hold what its release says")
    return Carried(mark.documents + update.triples, previous.counts["things"] + update.things, mark.files)


def mark_store(folder: Path, graph: SiteGraph, documents: int) -> None:
    """Say that a store is finished, so that the next release may begin with it.

    Args:
        folder: of the store, which is closed.
        graph: what it was made of.
        documents: how many triples tell of documents.
    """
    if not _is_plain(graph):
        return
    # A number is never given to two tables, so what is called as before is the one that was linked.
    known = carried.tables if (carried := graph.carried) is not None else {}
    tables = sorted(folder.glob(f"*{_TABLE}"))
    with ThreadPoolExecutor() as threads:
        listed = threads.map(lambda path: known.get(path.name) or _listed(path), tables)
        files = dict(zip([one.name for one in tables], listed, strict=True))
    mark = _Mark(engine_digest(), _graphs(graph), documents, files)
    (folder / _MARK).write_text(json.dumps(asdict(mark)), "utf-8")


def _listed(path: Path) -> tuple[int, str]:
    return path.stat().st_size, digest(path)


def _read_mark(previous: Release) -> _Mark | None:
    """That of a store that this very mreze finished."""
    try:
        mark = _Mark(**json.loads((previous.store / _MARK).read_bytes()))
    except FileNotFoundError:
        return None
    return mark if mark.maker == engine_digest() else None


def _is_whole(folder: Path, mark: _Mark) -> bool:
    """Whether all tables are there as they were finished, and no others."""
    if {one.name for one in folder.glob(f"*{_TABLE}")} != set(mark.files):
        return False
    with ThreadPoolExecutor() as threads:
        files = [ReleaseFile(name, size, sha256) for name, (size, sha256) in mark.files.items()]
        return not any(threads.map(partial(find_damage, folder), files))


def _link(store: Path, folder: Path) -> None:
    folder.mkdir()
    for path in store.iterdir():
        target = folder / path.name
        if path.suffix == _TABLE:
            share(path, target)
        elif not path.name.startswith(_LEFT):
            shutil.copyfile(path, target)


def _graphs(graph: SiteGraph) -> list[str]:
    return [graph.site.ontology_iri, graph.site.catalog_iri, graph.site.shapes_iri]


def _is_plain(graph: SiteGraph) -> bool:
    """Whether each graph is what it is called: what no data say is in none of theirs, and nothing else is."""
    if any(one.has_graphs for one in graph.of("catalog", "ontology", "shapes")):
        return False
    paths = {one.span.path for one in graph.of("data") if one.has_graphs and one.span.size}
    spans = [Span(path, 0, path.stat().st_size) for path in paths]
    names = [f" <{one}> .\n".encode() for one in reserved(graph.site)]
    return not any(span.contains(name) for span in spans for name in names)


def _asks_from(graph: SiteGraph) -> bool:
    """Whether a query says which graphs it asks, among which those are that a loaded store gets at the end."""
    return any(names_graphs(query) for query in _queries(graph))


def _queries(graph: SiteGraph) -> Iterator[SavedQuery]:
    for kind in ("checks", "examples", "wikidata"):
        for path in graph.site.queries(kind):
            with suppress(SiteError):  # the checks tell of it
                yield read_query(graph.site.root, path)
