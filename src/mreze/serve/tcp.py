"""How far a connection has come, as the kernel counts: exact also after the process that used it was killed."""

from __future__ import annotations

import fcntl
import socket
import struct
import termios
from dataclasses import dataclass
from typing import Final

_INFO: Final = 136
"""Bytes of `struct tcp_info` (linux/tcp.h) up to the two counters that are read."""
_ACKED_RECEIVED: Final = struct.Struct("=QQ")
_OFFSET: Final = 120
_INT: Final = struct.Struct("=i")


@dataclass(frozen=True, slots=True)
class Progress:
    """Bytes since a beginning that is the same for one connection."""

    written: int
    """Given to the kernel to send."""
    taken: int
    """Received and read by a program."""


def progress(connection: socket.socket) -> Progress:
    """How far a connection has come."""
    acked, received = _counters(connection)
    while True:
        unacked, unread = _queued(connection, termios.TIOCOUTQ), _queued(connection, termios.FIONREAD)
        again = _counters(connection)
        if again == (acked, received):
            return Progress(acked + unacked, received - unread)
        acked, received = again  # something came meanwhile


def _counters(connection: socket.socket) -> tuple[int, int]:
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO)
    acked, received = _ACKED_RECEIVED.unpack_from(info, _OFFSET)
    return acked, received


def _queued(connection: socket.socket, request: int) -> int:
    content = fcntl.ioctl(connection.fileno(), request, _INT.pack(0))
    (count,) = _INT.unpack(content)
    return int(count)
