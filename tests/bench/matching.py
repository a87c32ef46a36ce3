"""Ask the same names of several reconciliation services, in turns, and print how they compare; see README.md."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.load import settle
from tests.bench.match_load import BATCH, Figures, Supply, found, measure, median, memory
from tests.bench.match_peers import PEERS, Matcher
from tests.bench.match_site import COUNTRY, make_site
from tests.bench.name_queries import KINDS, Question, questions
from tests.bench.names import Thing, things
from tests.bench.peers import MissingPeerError
from tests.servers import built, serving

_FASTEST = 4_000
"""Queries a second for which there are new questions."""


@contextmanager
def mreze(folder: Path, world: Sequence[Thing], release: Path | None) -> Iterator[Matcher]:
    """Our own, of the release that is given, or of one that is built now."""
    began = time.monotonic()
    if release is None:
        make_site(folder / "site", world)
        release = built(folder / "site", folder / "releases")
    prepared = time.monotonic() - began
    with serving(release) as served:
        address = f"{served.address}reconcile"
        yield Matcher("mreze", address, served.process.pid, prepared, COUNTRY, limit=5)


def show_quality(matchers: Sequence[Matcher], asked: Sequence[Question], few: int) -> None:
    """Print the share of the questions of each class of which a right answer is first, and among the first five."""
    print(
        "\n### Right at once, and among the first five\n\n| class | " + " | ".join(one.name for one in matchers) + " |"
    )
    print("|---" * (len(matchers) + 1) + "|")
    shares = [_shares(one, asked[:few] if one.slow else asked) for one in matchers]
    for kind in (*KINDS, "all"):
        cells = [f"{100 * first:.1f} / {100 * five:.1f} ({count})" for first, five, count in (s[kind] for s in shares)]
        print(f"| {kind} | " + " | ".join(cells) + " |", flush=True)


def _shares(matcher: Matcher, asked: Sequence[Question]) -> dict[str, tuple[float, float, int]]:
    hits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for question, keys in found(matcher, asked):
        hit = (bool(question.right.intersection(keys[:1])), bool(question.right.intersection(keys[:5])))
        hits[question.kind].append(hit)
        hits["all"].append(hit)
    return {
        kind: (statistics.mean(a for a, _ in one), statistics.mean(b for _, b in one), len(one))
        for kind, one in hits.items()
    }


def show_speed(
    matchers: Sequence[Matcher], supply: Supply, connections: int, rounds: int, seconds: float, most: int
) -> None:
    """Measure in turns, each round with new questions, and print medians, and ours as a multiple of each peer's."""
    figures: dict[str, list[Figures]] = {one.name: [] for one in matchers}
    first = supply.take(1)
    for matcher in matchers:
        if not matcher.slow:
            measure(matcher, first, 1, seconds)  # the first answer of a service may take seconds
    for number in range(rounds):
        batches = supply.take(most)
        for matcher in matchers if number % 2 == 0 else reversed(matchers):
            if not (matcher.slow and number):
                figures[matcher.name].append(measure(matcher, batches, connections, seconds))
                settle(matcher.process)
    print(f"\n### Batches of {BATCH}, {connections} at once\n")
    print("| service | queries a second | ours is | p50 a query | p99 a query | CPU a query | batches |")
    print("|---" * 7 + "|")
    ours = statistics.median(one.per_second for one in figures[matchers[0].name])
    for name, measured in figures.items():
        rate = statistics.median(one.per_second for one in measured)
        times = f"{median(measured, 0.5):.3f} ms | {median(measured, 0.99):.3f} ms"
        times += f" | {statistics.median(one.cpu for one in measured):.2f} ms"
        count = sum(len(one.times) for one in measured)
        print(f"| {name} | {rate:,.1f} | {ours / rate:.1f} times | {times} | {count} |", flush=True)


def show_cost(matchers: Sequence[Matcher]) -> None:
    """Print what each takes: seconds to prepare, megabytes after it has been asked."""
    print("\n### What it takes\n\n| service | from names to service | memory |\n|---|---|---|")
    for one in matchers:
        print(f"| {one.name} | {one.prepared:,.0f} s | {memory(one.process):,.0f} MB |", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench-match", description="Compare reconciliation services.")
    parser.add_argument("--labels", type=int, default=1_000_000)
    parser.add_argument("--each", type=int, default=300, help="questions of each class that show quality")
    parser.add_argument("--few", type=int, default=650, help="questions for a service that compares with all names")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="of each measurement")
    parser.add_argument("--release", type=Path, help="a release of the names that was built before")
    parser.add_argument("--peers", default="datasette,csv", help=f"of {', '.join(PEERS)}; default: %(default)s")
    parser.add_argument("--parts", default="quality,speed,cost", help="default: %(default)s")
    parser.add_argument("--write-site", type=Path, metavar="DIR", help="only write the site, to build it by hand")
    return parser.parse_args()


def main() -> None:
    """Prepare, start, measure, print."""
    options = _options()
    world = list(things(options.labels))
    print(f"{sum(len(one.names) for one in world):,} names of {len(world):,} things", file=sys.stderr)
    if options.write_site:
        make_site(options.write_site, world)
        return
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        matchers = [stack.enter_context(mreze(Path(name), world, options.release))]
        for peer in filter(None, options.peers.split(",")):
            try:
                matchers.append(stack.enter_context(PEERS[peer](Path(name), world)))
            except MissingPeerError as error:
                print(f"left out: {error}", file=sys.stderr)
        _measure(matchers, world, options)


def _measure(matchers: Sequence[Matcher], world: Sequence[Thing], options: argparse.Namespace) -> None:
    if "quality" in options.parts:
        show_quality(matchers, questions(world, options.each), options.few)
    if "speed" in options.parts:
        most = int(options.seconds * _FASTEST / BATCH)
        supply = Supply(questions(world, 2 * options.rounds * most * BATCH // len(KINDS) + BATCH, seed=3))
        for connections in (1, 4):
            asked = [one for one in matchers if connections == 1 or not one.slow]
            show_speed(asked, supply, connections, options.rounds, options.seconds, most)
    if "cost" in options.parts:
        show_cost(matchers)


if __name__ == "__main__":
    main()
