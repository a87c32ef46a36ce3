"""Ask the same of several servers, one after the other in turns, and print how they compare.

python -m tests.bench.sparql [--triples N] [--rounds N] [--seconds S]; see README.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import BASE, Size, lines, write
from tests.bench.queries import KINDS, Kind
from tests.servers import built, serving

from mreze.build.template import write_template

CITIES = 1_000
"""Of so many cities the requests ask; nonces make each request a new one."""


@dataclass(frozen=True)
class Target:
    """A server under test."""

    name: str
    address: str
    """Of its SPARQL endpoint."""


def make_site(folder: Path, size: Size) -> None:
    """A site that holds the graph, one file a kind."""
    write_template(folder, BASE)
    for name in ("shapes", "queries/checks", "data/crossings"):
        shutil.rmtree(folder / name)
    (folder / "data" / "crossings").mkdir()
    (folder / "queries/examples/bridges.rq").write_text("#+ summary: Any?\nSELECT * { ?s ?p ?o } LIMIT 1\n", "utf-8")
    by_kind: dict[str, list[str]] = {}
    for line in lines(size):
        by_kind.setdefault(line.partition("/id/")[2].partition("/")[0], []).append(line)
    for kind, written in by_kind.items():
        (folder / "data" / "crossings" / f"{kind}.nt").write_text("\n".join(written) + "\n", "utf-8")


@contextmanager
def oxigraph(folder: Path, data: Path, *, disk: bool) -> Iterator[Target]:
    """Oxigraph's own server, read-only from disk or in memory."""
    program, port = shutil.which("oxigraph"), 7880 + disk
    assert program, "oxigraph is not installed (PyPI: oxigraph)"
    bind = f"127.0.0.1:{port}"
    if disk:
        store = str(folder / "oxigraph")
        subprocess.run([program, "load", "--location", store, "--file", str(data)], check=True, capture_output=True)
        command = [program, "serve-read-only", "--location", store, "--bind", bind]
    else:
        command = [program, "serve", "--bind", bind]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://{bind}/")
        if not disk:
            address = f"http://{bind}/store?default"
            request = urllib.request.Request(
                address, data.read_bytes(), {"Content-Type": "application/n-triples"}, method="POST"
            )
            urllib.request.urlopen(request).close()  # noqa: S310 - on loopback
        yield Target("oxigraph disk" if disk else "oxigraph memory", f"http://{bind}/query")
    finally:
        process.terminate()
        process.wait()


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - on loopback
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def requests(path: str, kind: Kind, *, repeated: bool) -> str:
    """A program for the load generator: whole requests, each in two pieces between which a new number goes."""
    chance = random.Random(7)  # noqa: S311 - no secrets are made here
    cities = [chance.randrange(CITIES) for _ in range(CITIES // 10 if repeated else CITIES)]
    encoded = [urllib.parse.quote(kind.query(city, "NONCE"), safe="").split("NONCE") for city in cities]
    pieces = ",".join(f"{{{json.dumps(f'GET {path}?query=' + first)},{json.dumps(last)}}}" for first, last in encoded)
    number = "''" if repeated else f"'{time.time_ns()}-' .. n"
    return (
        f"local pieces = {{{pieces}}}\nlocal n, rest = 0, ' HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n'\n"
        "request = function()\n n = n + 1\n local one = pieces[n % #pieces + 1]\n"
        f" return one[1] .. {number} .. one[2] .. rest\nend\n"
    )


def measure(
    target: Target, kind: Kind, connections: int, seconds: float, *, repeated: bool
) -> tuple[float, float, int]:
    """Requests a second, median latency in ms, and requests that failed."""
    path = urllib.parse.urlsplit(target.address).path
    script = requests(path, kind, repeated=repeated)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds:g}s",
            "--latency",
            "--timeout",
            "60s",
            "-s",
            file.name,
        ]
        host = target.address.removesuffix(path)
        said = subprocess.run([*command, host], check=True, capture_output=True, text=True).stdout
    return _number(said, r"Requests/sec:\s+([\d.]+)"), _latency(said), int(_number(said, r"Non-2xx.*: (\d+)"))


def _number(said: str, pattern: str) -> float:
    found = re.search(pattern, said)
    return float(found[1]) if found else 0.0


def _latency(said: str) -> float:
    found = re.search(r"50%\s+([\d.]+)(us|ms|s)", said)
    assert found, said
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def compare(targets: list[Target], rounds: int, seconds: float, *, repeated: bool) -> list[str]:
    """Measure every kind in turns; a table of medians and ratios to the first target."""
    rows = []
    for kind in KINDS:
        for connections in (1, 16):
            figures: dict[str, list[tuple[float, float, int]]] = {one.name: [] for one in targets}
            for number in range(rounds):
                for target in targets if number % 2 == 0 else reversed(targets):
                    length = seconds * (3 if kind.heavy and connections > 1 else 1)
                    figures[target.name].append(measure(target, kind, connections, length, repeated=repeated))
            rows.append(_row(kind.name, connections, figures))
            print(rows[-1], flush=True)
    return rows


def _row(kind: str, connections: int, figures: dict[str, list[tuple[float, float, int]]]) -> str:
    per_second: Callable[[str], float] = lambda name: statistics.median(one[0] for one in figures[name])  # noqa: E731
    first = next(iter(figures))
    cells = []
    for name, measured in figures.items():
        latency = statistics.median(one[1] for one in measured)
        failed = sum(one[2] for one in measured)
        ratio = per_second(first) / per_second(name) if per_second(name) else float("inf")
        shown = f"{per_second(name):.1f}/s, {latency:.2f} ms" + (f", {failed} failed" if failed else "")
        cells.append(shown if name == first else f"{shown} (**{ratio:.2f}**)")
    return f"| {kind} | {connections} | " + " | ".join(cells) + " |"


def main() -> None:
    """Prepare, start, measure, print."""
    parser = argparse.ArgumentParser(description="Compare SPARQL servers side by side.")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--release", type=Path, help="a release of the graph that was built before")
    options = parser.parse_args()
    size = Size(options.triples)
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        release = options.release
        if release is None:
            make_site(folder / "site", size)
            release = built(folder / "site", folder / "releases")
        data = folder / "graph.nt"
        print(f"{write(data, size):,} triples", file=sys.stderr)
        served = stack.enter_context(serving(release, "--timeout", "120"))
        targets = [Target("mreze", served.address + "sparql")]
        targets += [stack.enter_context(oxigraph(folder, data, disk=disk)) for disk in (True, False)]
        for title, repeated in (("first-time queries", False), ("repeated queries", True)):
            print(f"\n### {title}\n\n| kind | connections | " + " | ".join(one.name for one in targets) + " |")
            print("|---" * (len(targets) + 2) + "|")
            compare(targets, options.rounds, options.seconds, repeated=repeated)


if __name__ == "__main__":
    main()
