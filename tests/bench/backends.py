"""Put one graph into each store that can stand behind mreze, ask all of them the same, and print how they compare."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from tests.backends import DBA, Backend, oxigraph_backend, virtuoso_backend
from tests.bench.generate import Size, write
from tests.bench.queries import KINDS, Kind

from mreze.formats import N_TRIPLES, RESULTS_JSON
from mreze.progress import unwatched
from mreze.push.bulk import Bulk, by_bulk_loader
from mreze.push.pieces import Graph
from mreze.push.push import by_protocol
from mreze.remote.client import Client, connect
from mreze.remote.transport import Limits

GRAPH: Final = "https://bench.example/releases/2026-11-28/default"
Ask = Callable[[str, bool], int]
"""Gives how long the answer is, in solutions or triples; whether it is a graph."""
_PATIENCE: Final = Limits(answer=1_800, load=7_200)
_ROWS: Final = 10_000_000
"""That Virtuoso may give."""


def compare(asks: dict[str, Ask], kinds: Sequence[Kind], rounds: int, cities: int) -> None:
    """Ask in turns, and print a row for each kind: medians, and how many times better than the first."""
    print("| kind | " + " | ".join(asks) + " |")
    print("|---" * (len(asks) + 1) + "|")
    for kind in kinds:
        taken: dict[str, list[float]] = {name: [] for name in asks}
        for number in range(rounds + 1):
            query, lengths = kind.query(number * 7_919 % cities, str(number)), set()
            for name, ask in asks.items():
                begun = time.perf_counter()
                lengths.add(ask(query, kind.is_graph))
                taken[name].append(time.perf_counter() - begun)
            if len(lengths) > 1 and kind.name != "describe":
                raise SystemExit(f"{kind.name}: answers differ, {lengths}")
        medians = {name: statistics.median(times[1:]) for name, times in taken.items()}  # the first one warms up
        first = next(iter(medians.values()))
        cells = (f"{one * 1000:,.1f} ms **{first / one:.2f}**" for one in medians.values())
        print(f"| {kind.name} | " + " | ".join(cells) + " |", flush=True)


def embedded(store: ox.Store) -> Ask:
    """The store in this process."""

    def ask(query: str, is_graph: bool) -> int:
        results = store.query(query)
        if is_graph:
            return sum(1 for _ in results)  # type: ignore[union-attr, misc]  # a graph is iterable
        assert isinstance(results, ox.QuerySolutions)
        return _rows(results.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    return ask


def remote(client: Client) -> Ask:
    """A server, which answers with all rows or an error."""

    def ask(query: str, is_graph: bool) -> int:
        if is_graph:
            body = client.query(query, N_TRIPLES.media_type, [GRAPH]).body
            return sum(1 for line in body.splitlines() if line[:1] in {b"<", b"_"})
        return _rows(client.endpoint.dialect.mend(client.query(query, RESULTS_JSON.media_type, [GRAPH]).body))

    return ask


def _rows(body: bytes) -> int:
    results = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(results, ox.QuerySolutions)
    return sum(1 for _ in results)


@dataclass(frozen=True, slots=True)
class _Graph:
    """What is loaded, and where stores lie."""

    folder: Path
    path: Path
    """Of N-Triples."""
    triples: int

    def load(self, name: str, work: Callable[[], object], lies: Path | None = None) -> None:
        """Load, and print a row of it; with what it has on disk where it lies there."""
        begun = time.perf_counter()
        work()
        seconds = time.perf_counter() - begun
        size = f"{_size(lies) / self.triples:,.0f}" if lies else ""
        print(f"| {name} | {seconds:.1f} s | {self.triples / seconds:,.0f} | {size} |", flush=True)


def _size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


def _on_disk(graph: _Graph) -> ox.Store:
    store = ox.Store(graph.folder / "store")

    def load() -> None:
        store.bulk_load(path=str(graph.path))
        store.optimize()
        store.flush()

    graph.load("embedded on disk", load, graph.folder / "store")
    return store


def _in_memory(graph: _Graph) -> ox.Store:
    store = ox.Store()
    graph.load("embedded in memory", lambda: store.bulk_load(path=str(graph.path)))
    return store


def _push(backend: Backend, store: ox.Store, graph: _Graph, files: ExitStack, *, bulk: bool = False) -> Client:
    client = files.enter_context(closing(connect(backend.given, _PATIENCE)))
    there = Graph(ox.DefaultGraph(), GRAPH, graph.triples)
    loader = by_bulk_loader(Bulk(backend.folder, backend.sql), DBA) if bulk else by_protocol(client)
    name = f"push to {client.endpoint.dialect.name}{' by its bulk loader' if bulk else ''}"
    graph.load(name, lambda: loader(store, [there], unwatched), backend.folder)
    if client.count(GRAPH) != graph.triples:
        raise SystemExit(f"{name}: {client.count(GRAPH)} triples of {graph.triples}")
    return client


def bench(folder: Path, size: Size, options: argparse.Namespace) -> None:
    """Load one graph into each store, then compare them."""
    path = folder / "graph.nt"
    graph = _Graph(folder, path, write(path, size))
    print(
        f"\n{graph.triples:,} triples\n\n| load | time | triples a second | bytes of disk a triple |\n|---|---|---|---|"
    )
    stores = options.stores.split(",")
    with ExitStack() as files:
        disk = _on_disk(graph)
        asks = {"embedded on disk": embedded(disk)}
        if "memory" in stores:
            asks["embedded in memory"] = embedded(_in_memory(graph))
        path.unlink()
        if "oxigraph" in stores:
            asks["oxigraph"] = remote(_push(files.enter_context(oxigraph_backend()), disk, graph, files))
        if "virtuoso" in stores:
            virtuoso = files.enter_context(virtuoso_backend(_ROWS, 0, options.buffers))
            asks["virtuoso"] = remote(_push(virtuoso, disk, graph, files, bulk=options.bulk))
        print()
        compare(asks, KINDS, options.rounds, size.cities)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(prog="scripts/bench-backends", description=__doc__)
    parser.add_argument("--triples", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--stores", default="memory,oxigraph,virtuoso", help="beside the one on disk (%(default)s)")
    parser.add_argument("--bulk", action="store_true", help="load Virtuoso by its bulk loader")
    parser.add_argument("--buffers", type=int, default=340_000, help="of 8 KiB, of Virtuoso (%(default)s)")
    options = parser.parse_args()
    for triples in options.triples:
        with tempfile.TemporaryDirectory(prefix="mreze-bench-") as folder:
            bench(Path(folder), Size(triples), options)


if __name__ == "__main__":
    main()
