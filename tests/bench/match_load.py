"""Post batches to a reconciliation service, and read how long it took and what it found."""

from __future__ import annotations

import http.client
import json
import statistics
import threading
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import family
from tests.bench.match_peers import Matcher
from tests.bench.name_queries import Question

BATCH = 50
"""Queries a request."""


@dataclass(frozen=True)
class Figures:
    """What one measurement gave."""

    per_second: float
    """Queries."""
    times: tuple[float, ...]
    """Milliseconds a query, of each batch."""

    def percentile(self, share: float) -> float:
        """The time of which so many batches, from 0 to 1, took no more."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Supply:
    """Questions that nobody has been asked yet, in batches; each service gets the same ones."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._batches = [questions[at : at + BATCH] for at in range(0, len(questions) - BATCH + 1, BATCH)]
        self._next = 0

    def take(self, count: int) -> list[Sequence[Question]]:
        """The next batches; fewer when they run out."""
        taken = self._batches[self._next : self._next + count]
        self._next += len(taken)
        return taken


def measure(matcher: Matcher, batches: Sequence[Sequence[Question]], connections: int, seconds: float) -> Figures:
    """Post batches for some seconds, or until there are no more, over so many connections."""
    bodies = iter([_body(matcher, one) for one in batches])
    times: list[float] = []
    turn = threading.Lock()
    began = time.monotonic()

    def post() -> None:
        connection = _connection(matcher)
        while time.monotonic() < began + seconds:
            with turn:
                body = next(bodies, None)
            if body is None:
                break
            before = time.monotonic()
            _send(connection, matcher, body)
            times.append(time.monotonic() - before)
        connection.close()

    with ThreadPoolExecutor(connections) as threads:
        for done in [threads.submit(post) for _ in range(connections)]:
            done.result()
    spent = time.monotonic() - began
    return Figures(BATCH * len(times) / spent, tuple(1000 * one / BATCH for one in times))


def found(matcher: Matcher, questions: Sequence[Question]) -> Iterator[tuple[Question, list[str]]]:
    """The keys of the things that a service finds for each question, the best first."""
    connection = _connection(matcher)
    for at in range(0, len(questions), BATCH):
        batch = questions[at : at + BATCH]
        answers = json.loads(_send(connection, matcher, _body(matcher, batch)))
        for number, question in enumerate(batch):
            ids = (matcher.key(one["id"]) for one in answers[f"q{number}"]["result"])
            yield question, list(dict.fromkeys(ids))
    connection.close()


def memory(process: int) -> float:
    """Megabytes of a server and its children; what they share counts once."""
    total = 0
    for one in family(process):
        lines = Path(f"/proc/{one}/smaps_rollup").read_text("ascii").splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def median(figures: Sequence[Figures], share: float) -> float:
    """The median of a percentile over rounds."""
    return statistics.median(one.percentile(share) for one in figures)


def _body(matcher: Matcher, batch: Sequence[Question]) -> bytes:
    queries = {}
    for number, one in enumerate(batch):
        query: dict[str, object] = {"query": one.text, "limit": matcher.limit}
        if one.country and matcher.country:
            query["properties"] = [{"pid": matcher.country, "v": one.country}]
        queries[f"q{number}"] = query
    return urllib.parse.urlencode({"queries": json.dumps(queries, ensure_ascii=False)}).encode()


def _connection(matcher: Matcher) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urllib.parse.urlsplit(matcher.address).netloc, timeout=3_600)


def _send(connection: http.client.HTTPConnection, matcher: Matcher, body: bytes) -> bytes:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", urllib.parse.urlsplit(matcher.address).path, body, kind)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{matcher.name}: {answer.status} {content[:300]!r}")
    return content
