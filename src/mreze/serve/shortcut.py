"""The short way: what is kept, and queries by GET, answered from the bytes of a request without ASGI in between.

A client sends the same header fields with each of its requests, so what they mean is worked out once; and the very
bytes of a request tell whether its answer is kept. Everything else takes the long way, with the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Final

from mreze.serve.cache import Cache
from mreze.serve.exchange import Request
from mreze.serve.origin import find_origin
from mreze.serve.responder import Made, Responder

_TARGET: Final = slice(len("GET /"), -len(" HTTP/1.1"))
_LINE: Final = re.compile(rb"GET /[!-\"$-~]* HTTP/1\.1")
_LONG_WAY: Final = frozenset(
    {
        "connection", "content-length", "expect", "if-match", "if-modified-since", "if-none-match", "if-range",
        "if-unmodified-since", "range", "transfer-encoding", "upgrade",
    }
)  # fmt: skip
"""Fields that change what happens to the connection or to the answer."""
_OVERHEAD: Final = 500


@dataclass(frozen=True, slots=True)
class Fields:
    """What the header fields of a request say."""

    headers: dict[str, str]
    location: str
    client: str


class Shortcut:
    """Answers simple GETs of one server."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder
        self._settings = responder.service.settings
        self._fields: Cache[Fields] = Cache(capacity=4 << 20, largest=1 << 14)
        self._kept: Cache[tuple[int, bytes]] = Cache(capacity=128 << 20, largest=1 << 20)

    def kept(self, head: bytes, peer: str) -> tuple[int, bytes] | None:
        """The answer to these very bytes, if it is kept: its status, and all that follows the status line."""
        return self._kept.get(self._key(head, peer))

    def keep(self, head: bytes, peer: str, made: Made, content: bytes | None = None) -> None:
        """Keep an answer, if it may be; `content` is what `wire` makes of it."""
        if made.is_kept:
            self.put(head, peer, made.status, wire(made) if content is None else content)

    def put(self, head: bytes, peer: str, status: int, content: bytes) -> None:
        """Keep what follows the status line."""
        self._kept.put(self._key(head, peer), (status, content), len(head) + len(content) + _OVERHEAD)

    def read(self, head: bytes, peer: str) -> Request | None:
        """The request that these bytes are, if they are a GET and nothing else, with no field to think about."""
        line, _, rest = head.partition(b"\r\n")
        fields = self.fields(rest, peer)
        if fields is None or _LINE.fullmatch(line) is None:
            return None
        path, _, query_string = line[_TARGET].decode("ascii").partition("?")
        return Request("GET", path, query_string, fields.headers, fields.location, client=fields.client)

    def answer(self, request: Request) -> Coroutine[Any, Any, Made] | None:
        """Begin to answer a query; None where the request asks for something else."""
        return self._responder.respond(request) if request.path == "sparql" and request.query_string else None

    def fields(self, content: bytes, peer: str) -> Fields | None:
        """What the bytes after the first line mean; None where they need the parser."""
        key = content, peer
        found = self._fields.get(key)
        if found is None:
            found = self._understand(content, peer)
            if found is not None:
                self._fields.put(key, found, len(content) + _OVERHEAD)
        return found

    def _understand(self, content: bytes, peer: str) -> Fields | None:
        headers: dict[str, str] = {}
        for line in content.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n"):
            name, colon, value = line.partition(":")
            key = name.lower()
            # What the parser would refuse, or has to think about, is left to it.
            if not colon or not name.isascii() or not name.replace("-", "").isalnum() or key in headers:
                return None
            if key in _LONG_WAY and (key, value.strip().lower()) != ("connection", "keep-alive"):
                return None
            headers[key] = value.strip(" \t")
            if not all(one == "\t" or one >= " " for one in value) or "\x7f" in value:
                return None
        if "host" not in headers:
            return None
        origin = find_origin(self._settings, peer, "http", headers)
        location = self._settings.location_for(origin.scheme, origin.host, believed=origin.believed)
        return Fields(headers, location, origin.client)

    def _key(self, head: bytes, peer: str) -> bytes | tuple[bytes, str]:
        return (head, peer) if self._settings.trusted else head  # what a proxy says counts only from a trusted one


def wire(made: Made) -> bytes:
    """An answer as HTTP/1.1 after its status line, but for the date."""
    return b"%b\r\n%b" % (lines(made.headers), made.response.content)


def lines(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Header fields as HTTP/1.1."""
    return b"".join([b"%b: %b\r\n" % one for one in headers])
