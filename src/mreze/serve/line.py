"""The server's end of the connection to one worker: a question goes out, an answer comes back, one at a time."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import cast

from mreze.serve.worker import ANSWER


class LineClosed(Exception):
    """The worker has ended."""


class Line(asyncio.BufferedProtocol):
    """Knows at once when the worker ends, whether it had something to do or not."""

    def __init__(self, on_end: Callable[[], None]) -> None:
        self._on_end = on_end
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[tuple[int, float, bytes]] | None = None
        self._header: tuple[int, int, float] | None = None
        self._view = memoryview(bytearray(ANSWER.size))
        self._filled = 0

    @property
    def is_open(self) -> bool:
        """Whether a question can be sent."""
        return self._transport is not None

    def ask(self, frame: bytes) -> asyncio.Future[tuple[int, float, bytes]]:
        """Send a question; the future gets the answer's kind, the seconds of CPU that it took, and its content.

        Raises:
            LineClosed: the worker has ended; the future raises it where it ends before its answer is whole.
        """
        if self._transport is None:
            raise LineClosed
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(frame)
        return self._waiting

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.BaseProtocol."""
        self._transport = cast("asyncio.Transport", transport)  # a stream socket has no other

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        """See asyncio.BaseProtocol."""
        self._transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(LineClosed())
        self._waiting = None
        self._on_end()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's signature
        """Where the next bytes go: into the header, then into the content that it announces."""
        return self._view[self._filled :]

    def buffer_updated(self, nbytes: int) -> None:
        """So many bytes have come."""
        self._filled += nbytes
        if self._filled < len(self._view):
            return
        if self._header is None:
            length, kind, seconds = ANSWER.unpack(self._view)
            self._header = length, kind, seconds
            self._view, self._filled = memoryview(bytearray(length)), 0
            if length:
                return
        _, kind, seconds = self._header
        content, waiting = bytes(self._view), self._waiting
        self._header, self._view, self._filled = None, memoryview(bytearray(ANSWER.size)), 0
        if waiting is not None and not waiting.done():
            waiting.set_result((kind, seconds, content))


async def open_line(connection: socket.socket, on_end: Callable[[], None]) -> Line:
    """Take over a connected socket."""
    connection.setblocking(False)
    loop = asyncio.get_running_loop()
    _, line = await loop.create_unix_connection(lambda: Line(on_end), sock=connection)
    return line
