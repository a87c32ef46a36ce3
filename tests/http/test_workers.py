"""A query that runs away, a worker that dies, a client that leaves: nobody else notices."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
import pytest
from tests.servers import Served, serving
from tests.waiting import eventually

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
NUMBERS = itertools.count()
WORKERS = 2
LANES = 2 * WORKERS + 2
"""One is reserved for queries that are known to be cheap, one for those of which nothing is known; and as many express
lanes as workers."""


@pytest.fixture
def served(minimal_release: Path) -> Iterator[Served]:
    """A server with two workers and a deadline of two seconds."""
    with serving(minimal_release, "--workers", str(WORKERS), "--timeout", "2") as server:
        yield server


def _cheap() -> str:
    """A query that nobody has asked before: an answer that is kept proves nothing."""
    return f"ASK {{ ?s ?p ?o }} # {next(NUMBERS)}"


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text("utf-8")
    return [int(one) for one in listed.split()]


def _workers(served: Served) -> list[int]:
    (zygote,) = _children(served.process.pid)
    return _children(zygote)


def _gone(process: int) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return ") Z " in Path(f"/proc/{process}/stat").read_text("utf-8")
    return True


def _start(served: Served, query: str) -> socket.socket:
    """Send a query and leave its answer unread."""
    host = urlsplit(served.address).netloc
    name, _, port = host.partition(":")
    connection = socket.create_connection((name, int(port)))
    connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return connection


def test_a_runaway_is_stopped_and_others_are_answered(served: Served) -> None:
    """Past its deadline a query is 504 and names the limit; a cheap one is answered meanwhile, and all after it."""
    with ThreadPoolExecutor() as threads:
        running = threads.submit(httpx.get, served.address + "sparql", params={"query": RUNAWAY}, timeout=20)
        assert served.query(_cheap()).json()["boolean"] is True
        assert not running.done()
        answer = running.result()
    assert answer.status_code == 504
    assert "2 seconds" in answer.json()["detail"]
    assert [served.query(_cheap()).status_code for _ in range(2 * WORKERS)] == [200] * 2 * WORKERS


def test_a_client_may_ask_for_less_time(served: Served) -> None:
    """`timeout` shortens the deadline, it never lengthens it."""
    begun = time.monotonic()
    assert "0.2 seconds" in served.query(RUNAWAY, timeout="0.2").json()["detail"]
    assert "2 seconds" in served.query(RUNAWAY, timeout="600").json()["detail"]
    assert time.monotonic() - begun < 10


def test_workers_stay(served: Served) -> None:
    """All of them are there, and a while later they are the same: none ends for no reason or is forked in vain."""
    assert eventually(lambda: len(_workers(served)) == LANES)
    workers = _workers(served)
    time.sleep(1)
    assert _workers(served) == workers


def test_a_worker_that_dies_idle_is_not_missed(served: Served) -> None:
    """Killed while they have nothing to do, workers are replaced before anybody is answered wrongly."""
    assert eventually(lambda: len(_workers(served)) == LANES)
    workers = _workers(served)
    for process in workers:
        os.kill(process, signal.SIGKILL)
    assert eventually(lambda: all(_gone(one) for one in workers))
    assert [served.query(_cheap()).status_code for _ in range(9 * WORKERS)] == [200] * 9 * WORKERS
    assert eventually(lambda: len([one for one in _workers(served) if not _gone(one)]) == LANES)


def _kill_all(served: Served) -> None:
    for process in _workers(served):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_a_query_whose_worker_dies_is_asked_again(served: Served) -> None:
    """Killed once, the query is evaluated anew by another worker: here up to its deadline."""
    with ThreadPoolExecutor() as threads:
        running = threads.submit(httpx.get, served.address + "sparql", params={"query": RUNAWAY}, timeout=20)
        time.sleep(0.3)
        _kill_all(served)
        assert running.result().status_code == 504


def test_a_query_whose_workers_all_die_is_503(served: Served) -> None:
    """Killed again, whoever waited is told to ask again; the next one is answered."""
    with ThreadPoolExecutor() as threads:
        running = threads.submit(httpx.get, served.address + "sparql", params={"query": RUNAWAY}, timeout=20)
        while not running.done():
            time.sleep(0.2)
            _kill_all(served)
        answer = running.result()
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert [served.query(_cheap()).status_code for _ in range(2 * WORKERS)] == [200] * 2 * WORKERS


def test_workers_may_be_killed_under_load(served: Served) -> None:
    """While workers are killed all the time, every answer is the right one or a 503, and most are answers."""
    end = time.monotonic() + 3

    def ask(client: int) -> list[tuple[int, bool]]:
        seen = []
        with httpx.Client(timeout=20) as asking:
            while time.monotonic() < end:
                number = client * 1_000_000 + next(NUMBERS)
                query = f"SELECT ({number} AS ?n) (COUNT(*) AS ?all) {{ ?s ?p ?o }}"
                answer = asking.get(served.address + "sparql", params={"query": query}, headers={"accept": "text/csv"})
                seen.append((answer.status_code, answer.text.startswith(f"n,all\r\n{number},")))
        return seen

    with ThreadPoolExecutor(8) as threads:
        running = [threads.submit(ask, one) for one in range(8)]
        while time.monotonic() < end:
            time.sleep(0.05)
            for process in _workers(served)[:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        seen = [one for thread in running for one in thread.result()]
    assert {status for status, _ in seen} <= {200, 503}
    assert all(right for status, right in seen if status == 200)
    assert sum(status == 200 for status, _ in seen) > 0.9 * len(seen)
    assert eventually(lambda: len([one for one in _workers(served) if not _gone(one)]) == LANES)


def test_a_worker_is_back_soon(served: Served) -> None:
    """Killed idle, a worker is replaced in well under a second, though nobody asks."""
    assert eventually(lambda: len(_workers(served)) == LANES)
    before = set(_workers(served))
    begun = time.monotonic()
    os.kill(min(before), signal.SIGKILL)
    assert eventually(lambda: len([one for one in _workers(served) if not _gone(one)]) == LANES, 2)
    assert time.monotonic() - begun < 1


def test_a_client_that_hangs_up_frees_its_worker(served: Served) -> None:
    """All workers are busy for clients that leave: the next query need not wait for the deadline."""
    leaving = [_start(served, RUNAWAY) for _ in range(WORKERS)]
    time.sleep(0.3)
    begun = time.monotonic()
    for connection in leaving:
        connection.close()
    assert served.query(_cheap()).status_code == 200
    assert time.monotonic() - begun < 1.5


def test_documents_do_not_wait_for_queries(served: Served) -> None:
    """With every worker busy, a description is there at once."""
    busy = [_start(served, RUNAWAY) for _ in range(WORKERS)]
    time.sleep(0.2)
    begun = time.monotonic()
    assert served.get("doc/bridges/old-bridge").status_code == 200
    assert time.monotonic() - begun < 1
    for connection in busy:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_with_all_its_processes(minimal_release: Path, number: signal.Signals) -> None:
    """In the middle of a query, with a client connected: exit status 0, soon, and no process is left."""
    with serving(minimal_release, "--workers", "2") as served:
        (zygote,) = _children(served.process.pid)
        processes = [zygote, *_children(zygote)]
        waiting = _start(served, RUNAWAY)
        time.sleep(0.2)
        served.process.send_signal(number)
        assert served.process.wait(timeout=10) == 0
        assert eventually(lambda: all(_gone(one) for one in processes))
        waiting.close()


def test_killed_outright_it_leaves_no_orphan(minimal_release: Path) -> None:
    """SIGKILL of the server ends zygote and workers too."""
    with serving(minimal_release, "--workers", "2") as served:
        (zygote,) = _children(served.process.pid)
        processes = [zygote, *_children(zygote)]
        served.process.kill()
        served.process.wait(timeout=10)
        assert eventually(lambda: all(_gone(one) for one in processes))


def _alike(what: str) -> str:
    """A query that costs nothing or everything, by its constant alone."""
    patterns = " . ".join(f"?a{one} ?b{one} ?c{one}" for one in range(6))
    return f'SELECT (COUNT(*) AS ?n) {{ {patterns} FILTER (STR(?b0) = "{what}") }} # {next(NUMBERS)}'


def test_what_was_cheap_may_turn_out_to_run_away(served: Served) -> None:
    """On a connection of lookups one query does not end: it is 504 on that connection, and no other one notices."""
    rogue = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    parameters = {"query": _alike(rogue)}
    with httpx.Client(timeout=30) as first, httpx.Client(timeout=30) as second, ThreadPoolExecutor() as threads:
        for _ in range(12):
            for client in (first, second):
                answer = client.get(served.address + "sparql", params={"query": _alike("nothing")})
                assert answer.json()["results"]["bindings"][0]["n"]["value"] == "0"
        running = threads.submit(first.get, served.address + "sparql", params=parameters)
        slowest = 0.0
        while not running.done():
            begun = time.monotonic()
            assert second.get(served.address + "sparql", params={"query": _cheap()}).status_code == 200
            slowest = max(slowest, time.monotonic() - begun)
        assert running.result().status_code == 504
        assert slowest < 1.5
        assert first.get(served.address + "sparql", params={"query": _cheap()}).json()["boolean"] is True
    assert eventually(lambda: len([one for one in _workers(served) if not _gone(one)]) == LANES)


def test_lookups_on_a_connection_may_be_mixed_with_anything(served: Served) -> None:
    """A connection goes to and fro between lanes: lookups, pages, mistakes, updates, large answers, pauses."""
    large = "SELECT ?s (CONCAT(STR(?s), STR(?p), STR(?o), STR(?a)) AS ?x) { ?s ?p ?o . ?a ?b ?c } LIMIT 3000"
    with httpx.Client(timeout=30) as client:

        def ask(query: str) -> httpx.Response:
            return client.get(served.address + "sparql", params={"query": query})

        for turn in range(4):
            for _ in range(8):
                assert ask(_cheap()).json()["boolean"] is True
            assert client.get(served.address + "doc/bridges/old-bridge").status_code == 200
            assert len(ask(f"{large} # {turn}").json()["results"]["bindings"]) == 3000
            for _ in range(8):
                assert ask(f"SELECT ?s {{ ?s a ?class }} LIMIT 1 # {next(NUMBERS)}").status_code == 200
            assert ask(f"ASK {{ ?s ?p # {turn}").status_code == 400
            assert ask("DROP ALL").status_code == 403
            assert client.post(served.address + "sparql", data={"query": _cheap()}).json()["boolean"] is True
            if turn == 2:
                for _ in range(8):
                    ask(_cheap())
                time.sleep(2.5)


@pytest.mark.parametrize(
    "accept", ["*/*", "text/csv, application/n-triples", "application/sparql-results+xml, text/turtle"]
)
def test_an_express_lane_answers_as_a_worker_does(served: Served, accept: str) -> None:
    """All header fields and every byte: of lookups one after the other on a connection, those that change lanes too."""
    for query in (
        "SELECT * { ?s a ?c }",
        "DESCRIBE <x:1>",
        "CONSTRUCT { ?s a ?c } { ?s a ?c }",
        "SELECT * { <x:1> ?p ?o }",
    ):
        with httpx.Client(headers={"Accept": accept}) as client:
            answers = []
            for _ in range(8):
                answer = client.get(served.address + "sparql", params={"query": f"{query} # {next(NUMBERS)}"})
                answers.append((answer.status_code, {**answer.headers, "date": ""}, answer.content))
        assert answers[0][0] == httpx.codes.OK
        assert all(one == answers[0] for one in answers)
