"""Put a load on a server with wrk, and read what it cost."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers import Target
from tests.bench.queries import Kind

CITIES = 1_000
"""Of so many cities the requests ask; a number in a comment makes each request a new one."""
REPEATED, HEAVY = 100, 10
"""So many texts are asked again and again, and of heavy kinds."""
JSON = "application/sparql-results+json"
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Figures:
    """What one measurement gave."""

    per_second: float
    median: float
    """Milliseconds."""
    cpu: float
    """Milliseconds of processor time a request, of the server and its children."""
    failed: int


def measure(target: Target, kind: Kind, connections: int, seconds: float, *, repeated: bool) -> Figures:
    """Ask for some seconds, over so many connections, each query once or a hundred queries again and again."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(_program(target, kind, repeated=repeated))
        file.flush()
        before = processor_time(target.process)
        # wrk has no way to stop after a number of requests, so a slow kind is given more time.
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--latency", "--timeout", "120s"]
        command += ["-s", file.name, target.address]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        spent = processor_time(target.process) - before
    requests = _number(said, r"(\d+) requests in")
    failed = int(_number(said, r"Non-2xx.*: (\d+)"))
    return Figures(_number(said, r"Requests/sec:\s+([\d.]+)"), _latency(said), 1000 * spent / max(1, requests), failed)


def warm_up(target: Target, kind: Kind) -> None:
    """Ask once what will be repeated: only then is it a repetition."""
    for city in _repeated(kind):
        ask(target, kind.query(city, ""), "application/n-triples" if kind.is_graph else JSON)


def ask(target: Target, query: str, accept: str = JSON) -> bytes:
    """The answer to one query."""
    address = f"{target.address}?query={urllib.parse.quote(query, safe='')}{target.parameters}"
    request = urllib.request.Request(address, headers={"Accept": accept})  # noqa: S310 - on loopback
    with urllib.request.urlopen(request, timeout=300) as answer:  # noqa: S310 - the same
        content: bytes = answer.read()
    return content


def size_of(target: Target, kind: Kind, city: int) -> int:
    """How many rows or triples the answer has: the peers must agree before it makes sense to time them."""
    if kind.is_graph:
        lines = ask(target, kind.query(city, "size"), "application/n-triples").decode().splitlines()
        return len({line for line in lines if line.strip() and not line.startswith("#")})
    return len(json.loads(ask(target, kind.query(city, "size")))["results"]["bindings"])


def family(process: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    except OSError:
        return []
    return [process, *(one for child in children for one in family(int(child)))]


def processor_time(process: int) -> float:
    """Seconds that a process and all below it have used."""
    spent = 0
    for one in family(process):
        try:
            fields = Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        spent += int(fields[11]) + int(fields[12])
    return spent / _TICKS


def settle(process: int, patience: float = 30) -> None:
    """Wait until a server has stopped working on what was abandoned."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = processor_time(process)
        time.sleep(0.3)
        if processor_time(process) - before < 0.03:
            return


def _repeated(kind: Kind) -> list[int]:
    """The cities of the queries that are asked again and again."""
    return list(range(HEAVY if kind.heavy else REPEATED))


def _program(target: Target, kind: Kind, *, repeated: bool) -> str:
    """A program for wrk: whole requests, each in two pieces between which a new number goes."""
    chance = random.Random(7)  # noqa: S311 - no secrets are made here
    cities = _repeated(kind) if repeated else [chance.randrange(CITIES) for _ in range(CITIES)]
    path = urllib.parse.urlsplit(target.address).path
    encoded = [urllib.parse.quote(kind.query(city, "NONCE"), safe="").split("NONCE") for city in cities]
    pieces = ",".join(f"{{{json.dumps(f'GET {path}?query=' + first)},{json.dumps(last)}}}" for first, last in encoded)
    number = "''" if repeated else f"'{time.time_ns()}-' .. n"
    accept = "application/n-triples" if kind.is_graph else JSON
    rest = f"{target.parameters} HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nAccept: {accept}\\r\\n\\r\\n"
    return (
        f"local pieces = {{{pieces}}}\nlocal n = 0\nlocal rest = '{rest}'\n"
        "request = function()\n n = n + 1\n local one = pieces[n % #pieces + 1]\n"
        f" return one[1] .. {number} .. one[2] .. rest\nend\n"
    )


def _number(said: str, pattern: str) -> float:
    found = re.search(pattern, said)
    return float(found[1]) if found else 0.0


def _latency(said: str) -> float:
    found = re.search(r"50%\s+([\d.]+)(us|ms|s|m)", said)
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}[found[2]] if found else float("nan")
