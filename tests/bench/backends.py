"""Put one graph into each store that can stand behind mreze, ask all of them the same, and print how they compare."""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from tests.backends import Backend, oxigraph_backend, virtuoso_backend
from tests.bench.generate import Size, write
from tests.bench.queries import KINDS, Kind

from mreze.formats import N_TRIPLES, RESULTS_JSON
from mreze.progress import unwatched
from mreze.push.pieces import Graph
from mreze.push.push import by_protocol
from mreze.remote.client import Client, connect
from mreze.remote.transport import Limits

GRAPH: Final = "https://bench.example/releases/2026-11-28/default"
Ask = Callable[[str, bool], int]
"""Gives how long the answer is, in solutions or triples; whether it is a graph."""
_PATIENCE: Final = Limits(answer=600, load=3_600)


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


def _timed(name: str, triples: int, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    print(f"| {name} | {seconds:.1f} s | {triples / seconds:,.0f} |", flush=True)


def _push(backend: Backend, store: ox.Store, triples: int, files: ExitStack) -> Client:
    client = files.enter_context(closing(connect(backend.given, _PATIENCE)))
    graph = Graph(ox.DefaultGraph(), GRAPH, triples)
    name = f"push to {client.endpoint.dialect.name}"
    _timed(name, triples, lambda: by_protocol(client)(store, [graph], unwatched))
    if client.count(GRAPH) != triples:
        raise SystemExit(f"{name}: {client.count(GRAPH)} triples of {triples}")
    return client


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(prog="scripts/bench-backends", description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with ExitStack() as files:
        folder = Path(files.enter_context(tempfile.TemporaryDirectory()))
        size = Size(options.triples)
        triples = write(folder / "graph.nt", size)
        asks: dict[str, Ask] = {}
        print(f"{triples:,} triples\n\n| load | time | triples a second |\n|---|---|---|")
        stores = {"embedded on disk": ox.Store(folder / "store"), "embedded in memory": ox.Store()}
        for name, store in stores.items():
            _timed(name, triples, lambda store=store: store.bulk_load(path=str(folder / "graph.nt")))  # type: ignore[misc]  # a default value binds it
            asks[name] = embedded(store)
        stores["embedded on disk"].optimize()
        for backend in (oxigraph_backend(), virtuoso_backend(rows=10_000_000, seconds=0, buffers=340_000)):
            client = _push(files.enter_context(backend), stores["embedded on disk"], triples, files)
            asks[client.endpoint.dialect.name] = remote(client)
        print()
        compare(asks, KINDS, options.rounds, size.cities)


if __name__ == "__main__":
    main()
