"""A server that misbehaves costs a visitor some time and some bytes, and never an exception."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from mreze.doctor.visit import Bounds, Visitor, is_refused

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
ENDLESS = [b"x" * 1_000] * 10_000


@contextmanager
def _server(pieces: list[bytes], pause: float = 0.0) -> Iterator[str]:
    """Answers each connection with these bytes, piece by piece."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    with connection, suppress(OSError):
                        connection.recv(65_536)
                        for one in pieces:
                            connection.sendall(one)
                            time.sleep(pause)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


@pytest.mark.parametrize(
    ("pieces", "pause", "problem"),
    [
        ([HEAD + b"\r\n", *[b"x"] * 100], 0.05, "no end within"),
        ([*(bytes([one]) for one in HEAD), b"X: " + b"y" * 50], 0.05, ""),
        ([HEAD + b"\r\n", *ENDLESS], 0, "more than 5,000 bytes"),
        ([HEAD + b"Content-Length: 9\r\n\r\nshort"], 0, "Content-Length is 9, and 5 bytes came"),
        ([HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"], 0, "after 0 bytes"),
        ([b"SSH-2.0-OpenSSH\r\n"], 0, "BadStatusLine"),
        ([b""], 0, "RemoteDisconnected"),
        ([HEAD, *[b"X: y\r\n"] * 500, b"\r\n"], 0, "got more than 100 headers"),
    ],
)
def test_bad_answers_are_problems(pieces: list[bytes], pause: float, problem: str) -> None:
    """Each is told, within its time and size."""
    begun = time.monotonic()
    with _server(pieces, pause) as address:
        visit = Visitor(Bounds(seconds=0.6, bytes=5_000)).get(address)
        assert time.monotonic() - begun < 3
    assert not visit.is_whole
    assert visit.problem
    assert problem in visit.problem


@pytest.mark.parametrize("url", ["http://", "http://a..b/", "http://[::1", "http://127.0.0.1:99999/", "http://\u0000/"])
def test_what_is_no_address_is_a_problem(url: str) -> None:
    """No exception gets out."""
    visit = Visitor(Bounds(seconds=1)).get(url)
    assert (visit.status, bool(visit.problem)) == (0, True)


def test_requests_are_remembered_and_counted() -> None:
    """The same one is sent once; past the bound none is."""
    with _server([HEAD + b"Content-Length: 2\r\n\r\nok"]) as address:
        visitor = Visitor(Bounds(requests=2))
        assert visitor.get(address) is visitor.get(address)
        assert visitor.get(address + "мост").content == b"ok"
        assert is_refused(visitor.get(address + "other"))
    assert (visitor.count, visitor.refused) == (2, 1)
