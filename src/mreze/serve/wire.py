"""HTTP/1.1 on the wire: the server's own protocol, with a short way for simple GETs, and lenient in one thing.

Programs that write an address as people do (`curl http://…/doc/bridges/мост`) send its octets as they are. RFC 9112
asks for percent-encoding, and the parser refuses anything else before an application could answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle
from uvicorn.server import ServerState

from mreze.serve.app import KEEP
from mreze.serve.dispatch import Dispatch
from mreze.serve.exchange import Request
from mreze.serve.guard import LONGEST_ADDRESS, Guarded
from mreze.serve.responder import Made
from mreze.serve.shortcut import Shortcut, wire

_END: Final = b"\r\n\r\n"
_LOOKUPS: Final = 3
"""Queries on a connection after which it may go to an express lane."""
_CLOSE: Final = b"connection: close\r\n"
_RETURNS: Final = 8
"""How often it may come back from there; then it stays."""


class Protocol(Guarded):
    """Answers what it can the short way; everything else goes through the parser to the application."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        shortcut: Shortcut,
        dispatch: Dispatch,
        returns: int = 0,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._shortcut = shortcut
        self._dispatch = dispatch
        self._returns = returns
        self._lookups = 0
        self._between_messages = True
        self._in_first_line = True
        self._head: bytes | None = None
        self._answering: asyncio.Task[None] | None = None
        self._waiting = b""
        self._peer = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A connection begins with the first line of a request."""
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        if self._dispatch.is_leaving:
            self.leave()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give up what the client no longer waits for."""
        if self._answering is not None:
            self._answering.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Answer a request, or hand it to the parser."""
        if self.is_over:
            return
        if self._answering is not None:  # the next request came before the answer to the last one
            self._waiting += data
            self.flow.pause_reading()
        elif not (self._is_simple(data) and self._take_short_way(data)):
            self._parse(data)

    def shutdown(self) -> None:
        """Close, when the answer is out."""
        if self._answering is None:
            super().shutdown()
        else:
            self._answering.add_done_callback(lambda _: self.transport.close())

    def leave(self) -> None:
        """End this connection with its next answer, that to the newest request; or soon, if nothing is asked."""
        waiting = [one for one in self._open if not (one.response_started or one.response_complete)]
        for one in waiting:
            one.keep_alive = one is not waiting[-1]
        if self._is_idle and self._answering is None and self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def on_headers_complete(self) -> None:
        """A request is there, and gets the last answer, where this server is leaving."""
        super().on_headers_complete()
        if self._dispatch.is_leaving:
            self.leave()

    def on_message_begin(self) -> None:
        """A request goes the long way; the application may say that its answer can be kept for the short one."""
        self._between_messages = False
        super().on_message_begin()
        head, self._head = self._head, None
        if head is not None:
            extensions: dict[str, Any] = {KEEP: partial(self._shortcut.keep, head, self._peer)}
            self.scope["extensions"] = extensions

    def on_message_complete(self) -> None:
        """What follows a request is the next one's first line."""
        self._between_messages = self._in_first_line = True
        super().on_message_complete()

    @property
    def _is_idle(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # uvicorn says that there is always one
        return cycle is None or cycle.response_complete

    def _is_simple(self, data: bytes) -> bool:
        """Whether this may be one whole request without a body."""
        return self._between_messages and self._is_idle and data.endswith(_END) and len(data) <= LONGEST_ADDRESS

    def _take_short_way(self, head: bytes) -> bool:
        kept = self._shortcut.kept(head, self._peer)
        if kept is not None:
            self._write(*kept)
            return True
        request = self._shortcut.read(head, self._peer)
        answer = self._shortcut.answer(request) if request else None
        if answer is None:
            self._head = head if request else None
            return False
        self._unset_keepalive_if_required()
        assert request is not None  # noqa: S101 - there is an answer
        self._answering = self.loop.create_task(self._answer(head, request, answer))
        self.tasks.add(self._answering)
        self._answering.add_done_callback(self.tasks.discard)
        return True

    async def _answer(self, head: bytes, request: Request, answer: Coroutine[Any, Any, Made]) -> None:
        made = await answer
        if not self.transport.is_closing():
            content = wire(made)
            self._write(made.status, content)
            self._shortcut.keep(head, self._peer, made, content)
        self._answering = None
        if self._waiting:
            waiting, self._waiting = self._waiting, b""
            self.data_received(waiting)
        else:
            self._hand_over(request)

    def _hand_over(self, request: Request) -> None:
        """Let an express lane go on, where one lookup follows another."""
        self._lookups += 1
        closing = self.transport.is_closing() or self.transport.get_write_buffer_size() > 0
        if self._lookups < _LOOKUPS or self._returns > _RETURNS or closing:
            return
        adopt = partial(
            Protocol, self.config, self.server_state, self.app_state, self.loop,
            shortcut=self._shortcut, dispatch=self._dispatch, returns=self._returns + 1,
        )  # fmt: skip
        self._dispatch.take(self.transport, self._peer, request.query_string, adopt)

    def _write(self, status: int, content: bytes) -> None:
        date = b"".join(b"%b: %b\r\n" % one for one in self.server_state.default_headers)
        if self._dispatch.is_leaving and not self._waiting:
            self.transport.writelines((STATUS_LINE[status], date, _CLOSE, content))
            self.transport.close()
        else:
            self.transport.writelines((STATUS_LINE[status], date, content))
            self.on_response_complete()

    def _parse(self, data: bytes) -> None:
        if self._in_first_line:
            line, newline, rest = data.partition(b"\n")
            self._in_first_line = not newline
            data = encode_octets(line) + newline + rest
        super().data_received(data)


def encode_octets(line: bytes) -> bytes:
    """Percent-encode every octet that is not ASCII."""
    if line.isascii():
        return line
    return b"".join(bytes([octet]) if octet < 0x80 else b"%%%02X" % octet for octet in line)
