"""What others notice of runaway queries and of workers that are killed."""

from __future__ import annotations

import http.client
import os
import signal
import statistics
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.load import CITIES, family
from tests.bench.peers import Target
from tests.bench.queries import KINDS

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER (?c != ?f && ?f != ?i) }"
_POINT = KINDS[0]


def lookups_beside_runaways(target: Target, seconds: float, runaways: int = 4, client: str = "127.0.0.2") -> str:
    """Point lookups of one client before and while another has runaways running; a row of a table."""
    before = _lookups(target, seconds / 2)
    with _runaways(target, runaways, client):
        time.sleep(0.5)
        during = _lookups(target, seconds)
    cells = [_told(before), _told(during)]
    return f"| {target.name} | {client} | " + " | ".join(cells) + " |"


def recoveries(target: Target, times: int) -> str:
    """How long after a SIGKILL the server has as many workers again; a row of a table."""
    taken = []
    for _ in range(times):
        workers = _workers(target.process)
        begun = time.monotonic()
        os.kill(workers[0], signal.SIGKILL)
        while len(set(_workers(target.process)) - {workers[0]}) < len(workers):
            time.sleep(0.001)
        taken.append(1000 * (time.monotonic() - begun))
        time.sleep(0.3)
    return f"| {target.name} | {times} | {statistics.median(taken):.0f} | {max(taken):.0f} |"


def _workers(process: int) -> list[int]:
    """The processes that have no children: the zygote, which has, is none."""
    return [one for one in family(process)[1:] if len(family(one)) == 1 and not _gone(one)]


def _gone(process: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text("utf-8")
    except OSError:
        return True


def _lookups(target: Target, seconds: float) -> list[tuple[float, int]]:
    """Milliseconds and status of one lookup after the other on one connection."""
    host = urllib.parse.urlsplit(target.address).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    found, end = [], time.monotonic() + seconds
    number = time.time_ns()
    while time.monotonic() < end:
        number += 1
        begun = time.perf_counter()
        connection.request("GET", _path(target, _POINT.query(number % CITIES, str(number))))
        answer = connection.getresponse()
        answer.read()
        found.append((1000 * (time.perf_counter() - begun), answer.status))
    connection.close()
    return found


def _told(found: list[tuple[float, int]]) -> str:
    taken = sorted(one for one, _ in found)
    failed = sum(status != http.client.OK for _, status in found)
    at = min(len(taken) - 1, int(0.99 * len(taken)))
    return f"{len(taken)} | {statistics.median(taken):.2f} | {taken[at]:.2f} | {taken[-1]:.1f} | {failed}"


@contextmanager
def _runaways(target: Target, count: int, client: str) -> Iterator[None]:
    """So many runaway queries from one address, each asked again when it is given up."""
    stop = threading.Event()
    connections: list[http.client.HTTPConnection] = []

    def run(number: int) -> None:
        parts = urllib.parse.urlsplit(target.address)
        while not stop.is_set():
            connection = http.client.HTTPConnection(parts.netloc, timeout=60, source_address=(client, 0))
            connections.append(connection)
            try:
                connection.request("GET", _path(target, f"{RUNAWAY} # {number} {time.time_ns()}"))
                connection.getresponse().read()
            except OSError:
                time.sleep(0.05)

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(count)]
    for one in threads:
        one.start()
    try:
        yield
    finally:
        stop.set()
        for connection in connections:
            if connection.sock is not None:
                connection.sock.shutdown(2)
        for one in threads:
            one.join(timeout=30)


def _path(target: Target, query: str) -> str:
    path = urllib.parse.urlsplit(target.address).path
    return f"{path}?query={urllib.parse.quote(query, safe='')}{target.parameters}"
