"""Ask the same of several SPARQL servers, in turns, and print how they compare; see README.md beside this file."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.generate import Size, make_site, write
from tests.bench.load import Figures, measure, settle, size_of, warm_up
from tests.bench.peers import PEERS, MissingPeerError, Target
from tests.bench.queries import KINDS, Kind
from tests.bench.trouble import lookups_beside_runaways, recoveries
from tests.servers import built, serving


def compare(
    targets: Sequence[Target], kinds: Sequence[Kind], connections: int, rounds: int, seconds: float, *, repeated: bool
) -> None:
    """Measure kinds in turns and print a row for each: medians, and ours as a multiple of each peer's."""
    print("| kind | " + " | ".join(one.name for one in targets) + " |")
    print("|---" * (len(targets) + 1) + "|")
    for kind in kinds:
        figures: dict[str, list[Figures]] = {one.name: [] for one in targets}
        if repeated:
            for target in targets:
                warm_up(target, kind)
        for number in range(rounds):
            for target in targets if number % 2 == 0 else reversed(targets):
                length = seconds * (3 if kind.heavy and connections > 1 and not repeated else 1)
                figures[target.name].append(measure(target, kind, connections, length, repeated=repeated))
                settle(target.process)
        print(f"| {kind.name} | " + " | ".join(_cells(figures, connections)) + " |", flush=True)


def _cells(figures: dict[str, list[Figures]], connections: int) -> list[str]:
    def median(name: str, of: Callable[[Figures], float]) -> float:
        return statistics.median(of(one) for one in figures[name])

    ours = next(iter(figures))
    cells = []
    for name, measured in figures.items():
        rate, latency = median(name, lambda one: one.per_second), median(name, lambda one: one.median)
        if not rate:
            cells.append("no answer in time")
            continue
        # With one connection the time of an answer counts, with several how many there are.
        ratio = latency / median(ours, lambda one: one.median) if connections == 1 else median(
            ours, lambda one: one.per_second
        ) / rate  # fmt: skip
        shown = f"{latency:.2f} ms" if connections == 1 else f"{rate:,.0f}/s"
        cell = f"{shown} ({median(name, lambda one: one.cpu):.2f} ms CPU)"
        failed = sum(one.failed for one in measured)
        cells.append(cell + ("" if name == ours else f" **{ratio:.2f}**") + (f" {failed} failed" if failed else ""))
    return cells


def check_sizes(targets: Sequence[Target], kinds: Sequence[Kind]) -> None:
    """Say where answers differ in size: then their times cannot be compared."""
    for kind in kinds:
        sizes = {one.name: size_of(one, kind, 77) for one in targets}
        print(f"{kind.name}: {sizes}" + ("" if len(set(sizes.values())) == 1 else " differ"), file=sys.stderr)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Compare SPARQL servers side by side.")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    parser.add_argument("--release", type=Path, help="a release of the graph that was built before")
    parser.add_argument("--peers", default=",".join(PEERS), help="default: %(default)s; one that is missing is named")
    parser.add_argument("--kinds", default=",".join(one.name for one in KINDS))
    parser.add_argument("--parts", default="first,repeated,trouble", help="default: %(default)s")
    return parser.parse_args()


def main() -> None:
    """Prepare, start, measure, print."""
    options = _options()
    kinds = [one for one in KINDS if one.name in options.kinds.split(",")]
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        data = folder / "graph.nt"
        print(f"{write(data, Size(options.triples)):,} triples", file=sys.stderr)
        release = options.release
        if release is None:
            make_site(folder / "site", Size(options.triples))
            release = built(folder / "site", folder / "releases")
        served = stack.enter_context(serving(release, "--timeout", "120"))
        targets = [Target("mreze", served.address + "sparql", served.process.pid)]
        for peer in filter(None, options.peers.split(",")):
            try:
                targets.append(stack.enter_context(PEERS[peer](folder, data)))
            except MissingPeerError as error:
                print(f"left out: {error}", file=sys.stderr)
        check_sizes(targets, kinds)
        _measure(targets, kinds, options)


def _measure(targets: Sequence[Target], kinds: Sequence[Kind], options: argparse.Namespace) -> None:
    for title, repeated in (("First-time queries", False), ("Repeated queries", True)):
        if title.split("-")[0].split()[0].lower() in options.parts:
            for connections in (1, 16):
                print(f"\n### {title}, {connections} at once\n")
                slow = [one for one in targets if one.name == "rdflib-endpoint"]
                asked = [one for one in targets if one not in slow or connections == 1]
                compare(asked, kinds, connections, options.rounds, options.seconds, repeated=repeated)
    if "trouble" in options.parts:
        # First, as another server may go on with the runaways whose clients have left.
        print("\n### A killed worker is replaced\n\n| server | kills | median ms | max ms |\n|---|---|---|---|")
        print(recoveries(targets[0], 20), flush=True)
        print("\n### Lookups beside four runaways\n")
        columns = " | ".join(f"{one}: n | p50 ms | p99 ms | max ms | failed" for one in ("before", "during"))
        print(f"| server | runaways from | {columns} |")
        print("|---" * 12 + "|")
        for target in targets[:2]:
            for client in ("127.0.0.2", "127.0.0.1"):
                print(lookups_beside_runaways(target, 6, client=client), flush=True)
                settle(target.process, 60)


if __name__ == "__main__":
    main()
