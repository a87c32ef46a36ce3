"""The kernel's counts of a connection: exact, whoever reads and writes."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from mreze.serve.tcp import Progress, progress


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a TCP connection."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        near = socket.create_connection(listening.getsockname())
        far, _ = listening.accept()
        with near, far:
            yield near, far


def _gone(before: Progress, connection: socket.socket) -> tuple[int, int]:
    now = progress(connection)
    return now.written - before.written, now.taken - before.taken


def test_what_is_written_and_taken_is_counted(pair: tuple[socket.socket, socket.socket]) -> None:
    """Bytes that were looked at only, or have not been read by the other end, make no difference."""
    near, far = pair
    before = progress(far)
    near.sendall(b"request")
    assert far.recv(100, socket.MSG_PEEK) == b"request"
    assert _gone(before, far) == (0, 0)
    far.sendall(b"answer" * 1000)
    assert _gone(before, far) == (6000, 0)
    assert far.recv(3) == b"req"
    assert _gone(before, far) == (6000, 3)
    with far.dup() as other:
        assert other.recv(100) == b"uest"
    assert _gone(before, far) == (6000, 7)
