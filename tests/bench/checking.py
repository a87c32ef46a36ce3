"""How long reading and checking a large site takes, and how much memory, beside loading the same triples elsewhere.

The peer is `oxigraph load`, into a folder on disk. Both run in processes of their own, in turns; SHACL is not part of
it (a site of the generator has no shapes).
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import Size, make_site

WRAPPED = (
    "import resource, subprocess, sys\n"
    "status = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode\n"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    "sys.exit(status)\n"
)
"""Runs a program and prints the most memory that it or a process of it had, in KiB."""


@dataclass(frozen=True)
class Run:
    """One run of one program."""

    seconds: float
    megabytes: int
    """Of the largest of its processes."""


def run(command: Iterable[str]) -> Run:
    """Run a program to its end.

    Raises:
        CalledProcessError: it failed.
    """
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", WRAPPED, *command], check=True, capture_output=True, text=True)
    return Run(time.perf_counter() - start, int(done.stdout.split()[-1]) // 1024)


def compare(folder: Path, triples: int, rounds: int, jobs: int) -> tuple[list[Run], list[Run]]:
    """Check a site of so many triples, and load them with the peer, in turns."""
    site, whole = folder / "site", folder / "whole.nt"
    make_site(site, Size(triples))
    with whole.open("wb") as file:
        for path in sorted(site.glob("data/*/*.nt")):
            with path.open("rb") as part:
                shutil.copyfileobj(part, file)
    tools = Path(sys.executable).parent
    ours, theirs = [], []
    for number in range(rounds):
        ours.append(run([str(tools / "mreze"), "check", str(site), "--jobs", str(jobs)]))
        theirs.append(
            run([str(tools / "oxigraph"), "load", "--location", str(folder / str(number)), "--file", str(whole)])
        )
        shutil.rmtree(folder / str(number))
    return ours, theirs


def main() -> None:
    """Compare, and print a row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = compare(Path(folder), options.triples, options.rounds, options.jobs)
    check, load = (statistics.median(one.seconds for one in runs) for runs in (ours, theirs))
    print("| triples | mreze check | oxigraph load | ratio | memory | memory of the peer |")
    print("|---|---|---|---|---|---|")
    memory, other = (max(one.megabytes for one in runs) for runs in (ours, theirs))
    print(f"| {options.triples:,} | {check:.1f} s | {load:.1f} s | {check / load:.2f} | {memory} MB | {other} MB |")


if __name__ == "__main__":
    main()
