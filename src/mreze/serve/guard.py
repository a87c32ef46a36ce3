"""HTTP/1.1, stricter than the parser: what comes before a body has an end, and what cannot be read is explained."""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from mreze.errors import AddressTooLong, BadRequest, HeadTooLarge, RequestError, phrase
from mreze.serve.problems import PROBLEM, problem

LONGEST_ADDRESS: Final = 60_000
"""Bytes of the address in a request's first line."""
LARGEST_HEAD: Final = 100_000
"""Bytes of all that comes before a body."""
_AROUND: Final = len(": \r\n")
"""Bytes of a field beside its name and value."""
_LINGERING: Final = 1.0
"""Seconds for which a client that was refused may go on sending."""


class _RefusedError(Exception):
    """Stops the parser."""


class Guarded(HttpToolsProtocol):
    """Refuses what is too large or no HTTP with a problem document, and tells who waits that the client has left."""

    _in_head = True
    _head_length = 0
    _refusal: RequestError | None = None
    is_over = False
    """Whether this connection is read no more."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A connection begins with the first line of a request."""
        self._begin()
        self._open: list[RequestResponseCycle] = []
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell every request that waits for its answer that nobody does: uvicorn tells the newest only."""
        for one in self._open:
            if not one.response_complete:
                one.disconnected = True
                one.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hand data to the parser."""
        if self.is_over:
            return
        if self._in_head:
            self._head_length += len(data)
        super().data_received(data)
        # The parser tells of a field when it is whole: one that never ends is noticed here.
        if self._in_head and self._head_length > LARGEST_HEAD and not self.is_over:
            self._explain(_head_too_large())

    def on_url(self, url: bytes) -> None:
        """A part of the address."""
        super().on_url(url)
        if len(self.url) > LONGEST_ADDRESS:
            limit = f"An address may have {LONGEST_ADDRESS:,} bytes."
            self._refuse(AddressTooLong(f"{limit} Send a long query by POST, as the body."))

    def on_headers_complete(self) -> None:
        """All that comes before the body is there."""
        self._in_head = False
        if sum(len(name) + len(value) + _AROUND for name, value in self.headers) > LARGEST_HEAD:
            self._refuse(_head_too_large())
        hosts = sum(name == b"host" for name, _ in self.headers)
        if hosts != 1 and (hosts or self.parser.get_http_version() == "1.1"):  # RFC 9112, 3.2
            self._refuse(BadRequest(f"The request has {hosts} Host fields; it must have one."))
        super().on_headers_complete()
        self._open = [*(one for one in self._open if not one.response_complete), self.cycle]

    def on_message_complete(self) -> None:
        """What follows a request is the next one's first line."""
        self._begin()
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the name is uvicorn's
        """Answer what the parser cannot read, or what was refused on the way through it."""
        self._explain(self._refusal or BadRequest("This is no HTTP request as RFC 9112 has it."))

    def _begin(self) -> None:
        self._in_head = True
        self._head_length = 0

    def _refuse(self, error: RequestError) -> None:
        self._refusal = error
        raise _RefusedError

    def _explain(self, error: RequestError) -> None:
        """Answer, and end the connection: where the next request begins cannot be told.

        What is still on its way is read and dropped for a while: with it unread, the kernel would take the answer back.
        """
        self.is_over = True
        if self._answers_another():
            return
        content = problem(error, "/")
        fields = [
            *self.server_state.default_headers,
            (b"access-control-allow-origin", b"*"),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"content-type", PROBLEM.content_type.encode()),
            (b"content-length", str(len(content)).encode()),
            (b"connection", b"close"),
        ]
        status = f"HTTP/1.1 {error.status.value} {phrase(error.status)}\r\n".encode()
        self.transport.write(status + b"".join(b"%s: %s\r\n" % field for field in fields) + b"\r\n" + content)
        self.transport.write_eof()
        self.loop.call_later(_LINGERING, self.transport.close)

    def _answers_another(self) -> bool:
        """Whether a request before this one is being answered: that comes first, and last."""
        newest: RequestResponseCycle | None = self.cycle
        if newest is None or newest.response_complete:
            return False
        if not newest.more_body:
            newest.keep_alive = False
            return True
        # It is the newest one's own body that is wrong.
        newest.disconnected = True
        newest.message_event.set()
        if self.pipeline:
            self.pipeline.popleft()
            return True
        return False


def _head_too_large() -> HeadTooLarge:
    return HeadTooLarge(f"What comes before the body of a request may have {LARGEST_HEAD:,} bytes.")
