"""HTTP/1.1 on the wire, more lenient than the parser in one thing: letters beyond ASCII in a request's path.

Programs that write an address as people do (`curl http://…/doc/bridges/мост`) send its octets as they are. RFC 9112
asks for percent-encoding, and the parser refuses anything else before an application could answer.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class Protocol(HttpToolsProtocol):
    """Percent-encodes what is not ASCII in the first line of a request."""

    _in_first_line = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """A connection begins with the first line of a request."""
        self._in_first_line = True
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Hand data to the parser."""
        if self._in_first_line:
            line, newline, rest = data.partition(b"\n")
            self._in_first_line = not newline
            data = encode_octets(line) + newline + rest
        super().data_received(data)

    def on_message_complete(self) -> None:
        """What follows a request is the next one's first line."""
        self._in_first_line = True
        super().on_message_complete()


def encode_octets(line: bytes) -> bytes:
    """Percent-encode every octet that is not ASCII."""
    if line.isascii():
        return line
    return b"".join(bytes([octet]) if octet < 0x80 else b"%%%02X" % octet for octet in line)
