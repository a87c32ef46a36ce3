"""SERVICE asks the servers that the operator allows, and no other; nothing else in a query asks anybody."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.engine.serve.test_federation import ASKING, SILENT
from tests.servers import Served, serving

REDIRECT = "HTTP/1.1 307 Temporary Redirect\r\nLocation: {}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
RESULTS = '{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "caught"}}]}}'
OK = f"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: {len(RESULTS)}\r\n\r\n"
SPELLINGS = [one for one in (*ASKING, *SILENT) if ":8" not in one]


def _request(connection: socket.socket) -> bytes:
    """All of a request, as far as it comes."""
    content = b""
    while part := connection.recv(10_000):
        content += part
        head, end, body = content.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head.lower())
        if end and len(body) >= int(length[1] if length else 0):
            break
    return content


@contextmanager
def _listening(answer: Callable[[int], str] = lambda _: OK + RESULTS) -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what was sent to it; whoever connects gets an answer."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    heard.append(_request(connection))
                    connection.sendall(answer(len(heard)).encode())

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """One that gives results to whoever asks."""
    with _listening() as (port, heard):
        yield port, heard


@pytest.fixture(scope="module")
def allowing(minimal: Served, minimal_release: Path) -> Iterator[Served]:
    """A server that may ask the other one, and nobody else."""
    with serving(minimal_release, "--workers", "2", "--allow-service", minimal.address + "sparql") as served:
        yield served


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_service_leaves_the_machine(
    minimal: Served, allowing: Served, listener: tuple[int, list[bytes]], spelling: str
) -> None:
    """What the engine takes for SERVICE is 403, where none is allowed and where another is; nobody is asked."""
    port, heard = listener
    for served in (minimal, allowing):
        answer = served.query(spelling.replace("127.0.0.1:9", f"127.0.0.1:{port}"))
        assert answer.status_code == 403
        assert "SERVICE" in answer.json()["detail"]
    assert heard == []


def test_a_lane_for_lookups_leads_nowhere_either(minimal: Served, listener: tuple[int, list[bytes]]) -> None:
    """What fails silently would count as cheap: asked again and again on one connection it is refused each time."""
    port, heard = listener
    evil = f"SELECT * {{ VALUES ?x {{ 1 }} SERVICESILENT<http://127.0.0.1:{port}/>{{ ?s ?p ?o }} }}"
    lookup = "SELECT * { <https://minimal.example/data/id/bridges/old-bridge> ?p ?o }"
    for _ in range(12):
        assert minimal.query(lookup).status_code == 200
        assert minimal.query(evil).status_code == 403
    assert heard == []


@pytest.mark.parametrize(
    "spelling",
    [
        "ASK { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { SERV\\U00000049CE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "\\u0041SK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "INSERT DATA { <a:a> <b:b> <c:c> } ; LOAD <http://127.0.0.1:9/>",
        "\\u004COAD <http://127.0.0.1:9/>",
        "ASK { ſERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_escapes_hide_no_word(minimal: Served, listener: tuple[int, list[bytes]], spelling: str) -> None:
    """A keyword in escapes is none for the engine either: such a query is wrong, or refused."""
    port, heard = listener
    assert minimal.query(spelling.replace("127.0.0.1:9", f"127.0.0.1:{port}")).status_code in {400, 403}
    assert heard == []


def test_from_fetches_nothing(minimal: Served, allowing: Served, listener: tuple[int, list[bytes]]) -> None:
    """FROM, FROM NAMED and the graphs of a request name graphs that are here, or are empty."""
    port, heard = listener
    url = f"http://127.0.0.1:{port}/data.ttl"
    for served in (minimal, allowing):
        for query in (
            f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
            f"SELECT * FROM <{url}> FROM <{url}#2> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"SELECT * {{ GRAPH <{url}> {{ ?s ?p ?o }} }}",
        ):
            assert served.query(query).json()["results"]["bindings"] == []
        for name in ("default-graph-uri", "named-graph-uri"):
            assert served.query("SELECT * { ?s ?p ?o }", **{name: url}).json()["results"]["bindings"] == []
        assert served.query(f"DESCRIBE <{url}>").content == b""
    assert heard == []


def test_a_server_that_is_allowed_is_asked(minimal: Served, allowing: Served) -> None:
    """The other server answers a part of the query; by prefix and base too, and inside other parts."""
    service = f"{minimal.address}sparql"
    pattern = "?bridge a <https://minimal.example/data/ontology#Bridge>"
    expected = minimal.query(f"SELECT ?bridge {{ {pattern} }} ORDER BY ?bridge").json()
    for query in (
        f"SELECT ?bridge {{ SERVICE <{service}> {{ {pattern} }} }} ORDER BY ?bridge",
        f"PREFIX o: <{minimal.address}> SELECT ?bridge {{ SERVICE SILENT o:sparql {{ {pattern} }} }} ORDER BY ?bridge",
        f"BASE <{service}> SELECT ?bridge {{ {{ SELECT * {{ service<>{{ {pattern} }} }} }} }} ORDER BY ?bridge",
    ):
        answer = allowing.query(query)
        assert answer.status_code == 200, answer.text
        assert answer.json() == expected
    for name in (minimal.address, f"{minimal.address}other", "http://127.0.0.1:1/sparql"):
        refused = allowing.query(f"SELECT * {{ SERVICE <{name}> {{ ?s ?p ?o }} }}")
        assert refused.status_code == 403
        assert service in refused.json()["detail"]


def test_one_that_is_allowed_lets_no_other_in(
    minimal: Served, allowing: Served, listener: tuple[int, list[bytes]]
) -> None:
    """A query that asks both is refused as a whole, in whichever order and spelling."""
    port, heard = listener
    good = f"SERVICE <{minimal.address}sparql> {{ ?s ?p ?o }}"
    for evil in (
        "SERVICE <{}> {{ ?s ?p ?o }}",
        "FILTER('a'<'>')SERVICE <{}> {{ ?s ?p '' }}",
        "SERVICE ?s {{}} # <{}>\n",
    ):
        hidden = evil.format(f"http://127.0.0.1:{port}/")
        for query in (f"SELECT * {{ {good} {hidden} }}", f"SELECT * {{ {hidden} {good} }}"):
            assert allowing.query(query).status_code == 403
    assert heard == []


def test_what_others_answer_is_not_kept(minimal_release: Path) -> None:
    """As often as it is asked here it is asked there, in data and on the page, however cheap it has been so far."""
    with _listening() as (port, heard):
        address = f"http://127.0.0.1:{port}/"
        query = f"SELECT ?s {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"
        with serving(minimal_release, "--workers", "1", "--allow-service", address) as served:
            for asked in range(1, 21):  # on one connection: lookups that follow each other take an express lane
                assert served.query(query, "text/csv").text.split() == ["s", "caught"]
                assert len(heard) == asked
            for asked in (21, 22):
                assert "caught" in served.query(query, "text/html").text
                assert len(heard) == asked
    assert all(one.startswith(b"POST / HTTP/1.1\r\n") for one in heard)


def test_redirects_are_not_followed(minimal_release: Path, listener: tuple[int, list[bytes]]) -> None:
    """A server that is allowed cannot send us to one that is not: the query fails, and says why."""
    elsewhere, heard = listener
    target = f"http://127.0.0.1:{elsewhere}/"
    with _listening(lambda _: REDIRECT.format(target)) as (port, asked):
        address = f"http://127.0.0.1:{port}/"
        with serving(minimal_release, "--workers", "1", "--allow-service", address) as served:
            answer = served.query(f"SELECT ?s {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
    assert len(asked) == 1
    assert heard == []
    assert answer.status_code == 503
    assert "307 Temporary Redirect" in answer.json()["detail"]


@pytest.mark.parametrize(
    "prefix", ["https://host.example", "ftp://host.example/", "host.example/", "https:///x", "https://me@host.example/"]
)
def test_a_prefix_ends_the_name_of_a_host(minimal_release: Path, prefix: str) -> None:
    """`https://host` would let https://host.evil/ in: such an option is refused."""
    with pytest.raises(AssertionError, match="did not say"), serving(minimal_release, "--allow-service", prefix):
        pass
