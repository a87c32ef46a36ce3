"""However a request comes over the wire, whole or in pieces, alone or in a row, its answer is the same."""

from __future__ import annotations

import itertools
import socket
import time
from urllib.parse import quote, urlsplit

import pytest
from tests.servers import Served

NUMBERS = itertools.count()


def _head(served: Served, path: str, *fields: str, version: str = "HTTP/1.1", method: str = "GET") -> bytes:
    host = urlsplit(served.address).netloc
    return "\r\n".join((f"{method} /{path} {version}", f"Host: {host}", *fields, "", "")).encode()


def _ask(number: int) -> str:
    return "sparql?query=" + quote(f"SELECT ({number} AS ?n) {{}}")


def _connect(served: Served) -> socket.socket:
    host, _, port = urlsplit(served.address).netloc.partition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def _receive(connection: socket.socket, count: int = 1) -> list[tuple[int, dict[str, str], bytes]]:
    """So many answers of a connection."""
    answers = []
    reader = connection.makefile("rb")
    for _ in range(count):
        status = int(reader.readline().split()[1])
        headers = {}
        while line := reader.readline().strip():
            name, _, value = line.decode("latin-1").partition(": ")
            headers[name.lower()] = value
        answers.append((status, headers, reader.read(int(headers.get("content-length", 0)))))
    return answers


def _number(answer: tuple[int, dict[str, str], bytes]) -> str:
    assert answer[0] == 200
    return answer[2].decode().partition('"value":"')[2].partition('"')[0]


def test_a_query_in_pieces_is_the_same_query(minimal: Served) -> None:
    """Cut at any place, the request gets the answer that it gets in one piece, with the same header fields."""
    whole = _head(minimal, _ask(next(NUMBERS)))
    with _connect(minimal) as connection:
        connection.sendall(whole)
        ((_, expected, body),) = _receive(connection)
    for cut in (1, 4, len(whole) // 2, len(whole) - 3, len(whole) - 1):
        with _connect(minimal) as connection:
            connection.sendall(whole[:cut])
            time.sleep(0.02)
            connection.sendall(whole[cut:])
            ((status, headers, content),) = _receive(connection)
            assert (status, content) == (200, body)
            assert headers | {"date": ""} == expected | {"date": ""}


def test_requests_in_a_row_are_answered_in_order(minimal: Served) -> None:
    """Sent at once without waiting: queries, a page, a kept one, a POST and a query again."""
    numbers = [next(NUMBERS) for _ in range(4)]
    query = b"query=" + quote(f"SELECT ({numbers[2]} AS ?n) {{}}").encode()
    row = [
        _head(minimal, _ask(numbers[0])),
        _head(minimal, _ask(numbers[1])),
        _head(minimal, "healthz"),
        _head(minimal, _ask(numbers[0])),
        _head(
            minimal, "sparql", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(query)}",
            method="POST",
        )
        + query,
        _head(minimal, _ask(numbers[3])),
    ]  # fmt: skip
    with _connect(minimal) as connection:
        for piece in (row, row):  # the second time most of it is kept
            connection.sendall(b"".join(piece))
            answers = _receive(connection, len(row))
            assert answers[2][2] == b"ok\n"
            found = [_number(one) for one in (*answers[:2], *answers[3:])]
            assert found == [str(numbers[at]) for at in (0, 1, 0, 2, 3)]


def test_requests_that_come_while_one_is_answered_wait(minimal: Served) -> None:
    """The second query comes before the answer to the first, the third after it."""
    numbers = [next(NUMBERS) for _ in range(3)]
    with _connect(minimal) as connection:
        for number in numbers[:2]:
            connection.sendall(_head(minimal, _ask(number)))
            time.sleep(0.0005)
        assert [_number(one) for one in _receive(connection, 2)] == [str(one) for one in numbers[:2]]
        connection.sendall(_head(minimal, _ask(numbers[2])))
        assert [_number(one) for one in _receive(connection)] == [str(numbers[2])]


@pytest.mark.parametrize(
    ("fields", "version", "closes"),
    [
        ((), "HTTP/1.1", False),
        (("Connection: keep-alive",), "HTTP/1.1", False),
        (("Connection: close",), "HTTP/1.1", True),
        ((), "HTTP/1.0", True),
    ],
)
def test_a_connection_is_kept_as_the_client_wishes(
    minimal: Served, fields: tuple[str, ...], version: str, *, closes: bool
) -> None:
    """HTTP/1.1 goes on unless it is told to close; the answer is the same the second time, when it is kept."""
    head = _head(minimal, _ask(next(NUMBERS)), *fields, version=version)
    for _ in range(2):
        with _connect(minimal) as connection:
            connection.sendall(head)
            assert _receive(connection)[0][0] == 200
            if closes:
                assert connection.recv(1) == b""
            else:
                connection.sendall(head)
                assert _receive(connection)[0][0] == 200


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        (_ask(1), ("Content-Length: 0",), 200),
        (_ask(1), ("If-None-Match: *",), 304),
        (_ask(1), ("Host: twice",), 400),
        (_ask(1), ("Bad Field: x",), 400),
        (_ask(1), ("No-Colon",), 400),
        (_ask(1), ("X: a\x00b",), 400),
        (_ask(1), ("Accept: image/png",), 406),
        (_ask(1), ("Transfer-Encoding: chunked, x",), 400),
        ("sparql?query=%zz", (), 400),
        ("sparql?query=SELECT", (), 400),
        ("sparql?query=" + quote("DROP ALL"), (), 403),
        ("sparql?query=ASK%7B%7D&query=ASK%7B%7D", (), 400),
        ("sparql?", (), 200),
        ("nothing", (), 404),
    ],
)
def test_mistakes_are_told_on_the_short_way_too(
    minimal: Served, path: str, fields: tuple[str, ...], status: int
) -> None:
    """What is no simple request, or a wrong one, gets the status that the parser or the endpoint gives it."""
    for _ in range(2):
        with _connect(minimal) as connection:
            connection.sendall(_head(minimal, path, *fields))
            if status == 400 and path == _ask(1) and fields != ("Host: twice",):
                assert connection.recv(12) == b"HTTP/1.1 400"
            else:
                assert _receive(connection)[0][0] == status


def test_an_answer_that_is_kept_is_the_answer(minimal: Served) -> None:
    """Pages, documents and queries: the second answer has the bytes and fields of the first; another Accept another."""
    for path in ("", "doc/bridges/old-bridge", _ask(next(NUMBERS)), "catalog.ttl", "id/bridges/old-bridge"):
        with _connect(minimal) as connection:
            found = []
            for accept in ("text/html", "text/html", "*/*", "text/html"):
                connection.sendall(_head(minimal, path, f"Accept: {accept}"))
                ((status, headers, content),) = _receive(connection)
                found.append((status, headers | {"date": ""}, content))
            assert found[0] == found[1] == found[3]
            assert found[0][0] in {200, 303}
            negotiated = path.startswith(("doc/", "sparql"))
            assert (found[2] != found[0]) == negotiated
