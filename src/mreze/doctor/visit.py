"""Requests to a site that may be broken in any way: each ends soon, is bounded, and no trouble is an exception."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from importlib.metadata import version
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

_CHUNK: Final = 1 << 16
_LONGEST_NUMBER: Final = 18
_SAFE: Final = "/:@!$&'()*+,;=~%?"
ANYTHING: Final = "*/*"
"""What a harvester accepts."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a visit may take."""

    seconds: float = 15.0
    """For one request, from the first byte to the last."""
    bytes: int = 64 << 20
    """Of one answer."""
    requests: int = 1_000
    """Of all visits together."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one request."""

    method: str
    url: str
    status: int = 0
    """0 where no answer came."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By name in lower case; of repeated ones the values joined with commas."""
    content: bytes = b""
    problem: str = ""
    """Why there is no answer, or not all of it."""

    @property
    def is_whole(self) -> bool:
        """Whether it was answered with what was asked for, to the end."""
        return self.status == 200 and not self.problem

    @property
    def media_type(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Visitor:
    """Asks, as often as it may; what it asked before it remembers."""

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._visits: dict[tuple[str, str, str, str], Visit] = {}
        self.refused = 0
        """How many requests were one too many."""

    def get(self, url: str, accept: str = ANYTHING, condition: str = "") -> Visit:
        """GET; where there is a condition, as If-None-Match."""
        return self._visit("GET", url, accept, condition)

    def head(self, url: str, accept: str = ANYTHING) -> Visit:
        """HEAD."""
        return self._visit("HEAD", url, accept, "")

    @property
    def visits(self) -> list[Visit]:
        """All that were answered, in the order of the requests."""
        return [one for one in self._visits.values() if one.status]

    @property
    def count(self) -> int:
        """How many requests were sent."""
        return len(self._visits)

    def _visit(self, method: str, url: str, accept: str, condition: str) -> Visit:
        key = method, url, accept, condition
        if key not in self._visits:
            if self.count >= self._bounds.requests:
                self.refused += 1
                return Visit(method, url, problem=_REFUSED)
            self._visits[key] = self._send(method, url, accept, condition)
        return self._visits[key]

    def _send(self, method: str, url: str, accept: str, condition: str) -> Visit:
        try:
            with _connected(url, self._bounds.seconds) as (connection, over):
                headers = {
                    "Accept": accept,
                    "Accept-Encoding": "identity",
                    "Connection": "close",
                    "User-Agent": _name(),
                }
                if condition:
                    headers["If-None-Match"] = condition
                connection.request(method, _target(url), headers=headers)
                return self._read(method, url, connection.getresponse(), over)
        except (OSError, HTTPException, ValueError) as error:
            return Visit(method, url, problem=f"{type(error).__name__}: {error}".removesuffix(": "))

    def _read(self, method: str, url: str, answer: HTTPResponse, over: threading.Event) -> Visit:
        headers: dict[str, str] = {}
        for name, value in answer.getheaders():
            key = name.lower()
            headers[key] = f"{headers[key]}, {value}" if key in headers else value
        content, problem = bytearray(), ""
        try:
            while chunk := answer.read1(_CHUNK):
                content += chunk
                if len(content) > self._bounds.bytes:
                    problem = f"it has more than {self._bounds.bytes:,} bytes"
                    break
        except (OSError, HTTPException, ValueError) as error:
            problem = f"after {len(content):,} bytes: {type(error).__name__} {error}".rstrip()
        if over.is_set():  # a connection that was shut looks like an answer that ended
            problem = f"it has no end within {self._bounds.seconds:g} seconds"
        said = number(headers.get("content-length", ""))
        counts = method != "HEAD" and answer.status != HTTPStatus.NOT_MODIFIED
        if counts and not problem and said is not None and said != len(content):
            problem = f"Content-Length is {said:,}, and {len(content):,} bytes came"
        return Visit(method, url, answer.status, headers, bytes(content), problem)


def resolve(base: str, reference: str) -> str:
    """A reference as an address; one that cannot be resolved as it stands."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def number(digits: str | None) -> int | None:
    """A number that counts bytes; None where it is none, or more than there can be."""
    known = digits is not None and digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER
    return int(digits) if digits is not None and known else None


def is_refused(visit: Visit) -> bool:
    """Whether the request was not sent: there were enough."""
    return visit.problem == _REFUSED


_REFUSED: Final = "not asked"


@contextmanager
def _connected(url: str, seconds: float) -> Iterator[tuple[HTTPConnection, threading.Event]]:
    """A connection that is shut when its time is over, however slowly the bytes drip in; and whether it is."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if parts.scheme == "https":
        connection: HTTPConnection = HTTPSConnection(
            host, parts.port, timeout=seconds, context=ssl.create_default_context()
        )
    else:
        connection = HTTPConnection(host, parts.port, timeout=seconds)
    with closing(connection):
        connection.connect()
        over = threading.Event()
        watch = threading.Timer(seconds, _shut, [connection.sock, over])
        watch.daemon = True
        watch.start()
        try:
            yield connection, over
        finally:
            watch.cancel()


def _shut(connection: socket.socket, over: threading.Event) -> None:
    over.set()
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it is closed already


def _target(url: str) -> str:
    parts = urlsplit(url)
    return quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")


def _name() -> str:
    return f"mreze-doctor/{version('mreze')}"
