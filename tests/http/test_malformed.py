"""Thousands of malformed requests: each is answered, none is the server's mistake, none harms the next."""

from __future__ import annotations

import contextlib
import re
import socket
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

import httpx
import pytest
from tests.http import malformed
from tests.http.test_workers import _children, _gone, _workers
from tests.servers import Served, serving
from tests.waiting import eventually

SERVERS_FAULT = frozenset({500, 501, 502, 505})
"""503 and 504 say that a limit was met."""
STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) [A-Z][\w -]*\r\n")
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}


def _random(seed: int) -> Random:
    """The same numbers every time."""
    return Random(seed)  # noqa: S311 - nothing is secret here


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the server writes to its log."""
    return tmp_path_factory.mktemp("malformed") / "log"


@pytest.fixture(scope="module")
def served(minimal_release: Path, log: Path) -> Iterator[Served]:
    """A server with little patience."""
    with serving(minimal_release, "--workers", "2", "--timeout", "0.5", log=log) as server:
        yield server


@pytest.fixture(autouse=True)
def unharmed(served: Served, log: Path) -> Iterator[None]:
    """Afterwards as before: a good query is answered, there are as many workers, and nothing was logged."""
    before = len(_workers(served))
    yield
    good = served.query("ASK { ?s ?p ?o }")
    assert (good.status_code, good.json()["boolean"]) == (200, True)
    assert eventually(lambda: len([one for one in _workers(served) if not _gone(one)]) == before)
    assert len(_children(served.process.pid)) == 1
    assert log.read_text("utf-8") == ""


def _connected(served: Served) -> socket.socket:
    host, _, port = urlsplit(served.address).netloc.partition(":")
    return socket.create_connection((host, int(port)), timeout=5)


def _exchange(served: Served, request: bytes, patience: float) -> bytes:
    """Send octets, and read until the other end closes, or says nothing for some seconds: it may wait for more."""
    content = b""
    with _connected(served) as connection, contextlib.suppress(ConnectionError, TimeoutError):
        connection.settimeout(patience)
        connection.sendall(request)
        while part := connection.recv(1 << 16):
            content += part
    return content


def _statuses(served: Served, requests: Iterable[bytes], patience: float) -> list[tuple[bytes, int]]:
    """Send each on a connection of its own, many at a time; the statuses of all answers."""
    with ThreadPoolExecutor(24) as threads:
        answers = threads.map(lambda request: (request, _exchange(served, request, patience)), requests)
        return [(request, int(status)) for request, answer in answers for status in STATUS.findall(answer)]


def _check(answer: httpx.Response, request: bytes) -> None:
    assert answer.status_code not in SERVERS_FAULT, request[:500]
    if answer.status_code >= 400:
        problem = answer.json()
        assert problem["status"] == answer.status_code
        assert problem["detail"]


def test_queries(served: Served) -> None:
    """Mutated queries as the body, in a form, and in the address."""
    random = _random(1)
    address = served.address + "sparql"
    for number, query in enumerate(malformed.queries(random, 1_500)):
        if number % 3 == 0:
            answer = served.client.post(address, content=query, headers=DIRECT)
        elif number % 3 == 1:
            answer = served.client.post(address, content=b"query=" + query, headers=FORM)
        else:
            answer = served.client.get(address, params={"query": query.decode("utf-8", "replace")})
        _check(answer, query)


def test_wide_queries(served: Served) -> None:
    """Deep nesting, thousands of parts, a megabyte of one literal: 422 and 504 at worst."""
    for query in malformed.wide_queries(_random(2), 130):
        begun = time.monotonic()
        _check(served.client.post(served.address + "sparql", content=query, headers=DIRECT), query)
        assert time.monotonic() - begun < 10, query[:200]


def test_pages(served: Served) -> None:
    """What a browser sends, and who asks why nothing was found."""
    for query in malformed.queries(_random(3), 300):
        text = query.decode("utf-8", "replace")
        page = served.query(text, "text/html")
        assert page.status_code not in SERVERS_FAULT, query
        _check(served.query(text, explain="true"), query)


def test_parameters(served: Served) -> None:
    """Mutated names, values and percent-encodings, in an address and in a form."""
    for parameters in malformed.parameters(_random(4), 800):
        answer = served.client.post(served.address + "sparql", content=parameters, headers=FORM)
        _check(answer, parameters)
    lines = (re.sub(rb"[\x00-\x20]", b"", one) for one in malformed.parameters(_random(5), 800))
    requests = [b"GET /sparql?" + one + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" for one in lines]
    found = _statuses(served, requests, 20)
    assert len(found) >= len(requests)
    assert not [one for one in found if one[1] in SERVERS_FAULT]


def test_headers(served: Served) -> None:
    """Mutated values of every header that is read."""
    random = _random(6)
    start, end = b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", b"Content-Length: 6\r\n\r\nASK {}"
    requests = []
    for _ in range(600):
        fields = [(name, malformed.mutated(random, value)) for name, value in random.sample(malformed.HEADERS, 3)]
        head = [b"%s: %s\r\n" % field for field in fields if field[0] not in {b"Content-Length", b"Host"}]
        requests.append(start + b"".join(head) + end)
    found = _statuses(served, requests, 2)
    assert len({request for request, _ in found}) > len(requests) * 0.9
    assert not [one for one in found if one[1] in SERVERS_FAULT]


def test_framing(served: Served) -> None:
    """Mutated requests, several on one connection, lengths that are not true, chunks that are none, noise."""
    found = _statuses(served, malformed.framings(_random(7), 1_500), 0.5)
    assert len(found) > 1_000
    assert not [one for one in found if one[1] in SERVERS_FAULT]


def test_a_client_that_sent_two_requests_leaves(served: Served) -> None:
    """The first one is being answered, the second waits: neither answer is written to nobody."""
    runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    requests = [f"GET /sparql?query={quote(one)} HTTP/1.1\r\nHost: x\r\n\r\n" for one in (runaway, "ASK {}")]
    with _connected(served) as connection:
        connection.sendall("".join(requests).encode())
        time.sleep(0.2)
    time.sleep(0.6)


@pytest.mark.parametrize(("refused", "status"), [(b"garbage\r\n\r\n", b"400"), (b"\r\n" * 60_000, b"431")])
def test_nothing_is_read_after_a_refusal(served: Served, refused: bytes, status: bytes) -> None:
    """Where the next request begins cannot be told: what follows gets no answer, however right it is."""
    with _connected(served) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(refused)
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 " + status)
        connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(1 << 16) == b""
