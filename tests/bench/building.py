"""Measure checking, building and comparing a made-up site beside `oxigraph load` of the same data; see README.md."""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.footprint import Footprint, run
from tests.bench.generate import BASE, LABEL, Size, make_site, write
from tests.bench.releases import write_releases

_PYTHON = sys.executable
_OXIGRAPH = Path(sys.prefix) / "bin" / "oxigraph"
_SHAPES = Path(__file__).parent / "shapes.ttl"
_BEARABLE = 150_000
"""Triples up to which pySHACL is waited for."""
_STAGES = 12
"""How many stages of a build are told, the longest first."""


@dataclass(frozen=True, slots=True)
class Built:
    """A release, and how long its stages took."""

    folder: str
    stages: dict[str, float]


def measure(name: str, command: Callable[[int], Sequence[str]], rounds: int, yardstick: float | None) -> Footprint:
    """Run a command some times and print a row: medians, and the time as a multiple of the yardstick's."""
    runs = [run(command(number)) for number in range(rounds)]
    seconds, peak = (statistics.median(of) for of in ([one.seconds for one in runs], [one.peak for one in runs]))
    ratio = f"{seconds / yardstick:.2f}" if yardstick else "1"
    print(f"| {name} | {seconds:.1f} | {ratio} | {peak:,.0f} |", flush=True)
    return Footprint(seconds, peak, runs[-1].said)


def bench(folder: Path, triples: int, rounds: int, parts: Sequence[str]) -> None:
    """Print the table of one size, then the stages of the whole build."""
    size, data = Size(triples), folder / "graph.nt"
    print(f"\n### {write(data, size):,} triples\n\n| | s | ratio | MiB |\n|---|---|---|---|", flush=True)
    load = measure(
        "`oxigraph load`",
        lambda number: [str(_OXIGRAPH), "load", "--location", str(folder / f"store{number}"), "--file", str(data)],
        rounds,
        None,
    ).seconds
    if "gate" in parts:
        _bench_gate(data, triples, rounds, load)
    if "diff" in parts:
        _bench_diff(write_releases(folder / "releases", size), rounds, load)
    if "build" in parts:
        _bench_build(folder, size, load)


def _bench_gate(data: Path, triples: int, rounds: int, load: float) -> None:
    for engine in ("shacl", "pyshacl") if triples <= _BEARABLE else ("shacl",):
        gate = [_PYTHON, "-m", "tests.bench.gate", engine, str(data), str(_SHAPES)]
        measure(f"the SHACL gate, `{engine}`", partial(_same, gate), rounds, load)


def _bench_diff(releases: dict[str, Path], rounds: int, load: float) -> None:
    for name in ("few", "many"):
        pair = [_PYTHON, "-m", "mreze", "diff", str(releases["first"]), str(releases[name])]
        measure(f"`mreze diff`, {name} labels changed", partial(_same, pair), rounds, load)


def _bench_build(folder: Path, size: Size, load: float) -> None:
    site, out = folder / "site", folder / "out"
    make_site(site, size)
    (site / "shapes").mkdir()
    shutil.copy(_SHAPES, site / "shapes" / "cities.ttl")
    measure("`mreze check`", partial(_same, [_PYTHON, "-m", "mreze", "check", str(site)]), 1, load)
    first = _build(site, out, "`mreze build`", 1, load)
    with (site / "data/crossings/countries.nt").open("a", encoding="utf-8") as file:
        file.write(f'<{BASE}id/countries/c0> {LABEL} "Another"@de .\n')
    second = _build(site, out, "`mreze build`, one file changed", 2, load)
    diff = [_PYTHON, "-m", "mreze", "diff", first.folder, second.folder]
    measure("`mreze diff` of these two", partial(_same, diff), 1, load)
    _tell_stages(first.stages)


def _same(command: Sequence[str], _: int) -> Sequence[str]:
    return command


def _build(site: Path, out: Path, name: str, day: int, load: float) -> Built:
    command = [_PYTHON, "-m", "tests.bench.stages", str(site), str(out), f"2999-01-{day:02}"]
    built = json.loads(measure(name, partial(_same, command), 1, load).said)
    return Built(built["folder"], built["stages"])


def _tell_stages(stages: dict[str, float]) -> None:
    print("\n| stage of the whole build | s |\n|---|---|")
    for name, seconds in Counter(stages).most_common(_STAGES):
        print(f"| {name} | {seconds:.1f} |")


def main() -> None:
    """Measure each size."""
    parser = argparse.ArgumentParser(prog="scripts/bench-build", description="Measure checking, building, comparing.")
    parser.add_argument("--triples", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3, help="of what takes seconds; builds run once")
    parser.add_argument("--parts", default="gate,diff,build", help="default: %(default)s")
    options = parser.parse_args()
    for triples in options.triples:
        with tempfile.TemporaryDirectory(prefix="mreze-bench-") as name:
            bench(Path(name), triples, options.rounds, options.parts.split(","))


if __name__ == "__main__":
    main()
