"""HTTP to the server that has the data: requests that end in time, with a connection a thread that is kept."""

from __future__ import annotations

import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection, RemoteDisconnected
from typing import Final
from urllib.parse import urlsplit

from mreze.errors import UsageError

_FORM: Final = "application/x-www-form-urlencoded"
_CHUNK: Final = 1 << 18
_SCHEMES: Final = {"http": HTTPConnection, "https": HTTPSConnection}


class CutError(Exception):
    """Nobody answers, or what comes ends before its end; says what happened."""


class TooLongError(Exception):
    """What comes is longer than it may be."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came, whole as far as HTTP can tell."""

    status: int
    headers: Mapping[str, str]
    """By name in lower case."""
    content: bytes


class Line:
    """The way to a server; usable from many threads and, as it opens nothing by itself, after a fork."""

    def __init__(self, address: str, credentials: str = "") -> None:
        """Prepare.

        Args:
            address: where it takes queries.
            credentials: NAME:PASSWORD, if it wants them.

        Raises:
            UsageError: the address is none.
        """
        parts = urlsplit(address)
        if parts.scheme not in _SCHEMES or not parts.hostname or parts.username is not None:
            raise UsageError(
                f"{address!r} is no http(s) address of a SPARQL server, such as http://127.0.0.1:8890/sparql"
            )
        self.address = address
        self._parts = parts
        self._path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self._authorization = (
            {"Authorization": f"Basic {b64encode(credentials.encode()).decode()}"} if credentials else {}
        )
        self._own = threading.local()

    def post(self, form: bytes, accept: str, most: int, end: float) -> Reply:
        """Send a form, and read the answer to its end.

        Args:
            form: what is sent.
            accept: the media type that is wanted.
            most: bytes that the answer may have.
            end: until when, by the clock `time.monotonic`.

        Raises:
            CutError: there is no whole answer.
            TimeoutError: it is not there in time.
            TooLongError: it is longer.
        """
        goes_on = False
        try:
            response = self._send(form, {"Content-Type": _FORM, "Accept": accept}, end)
            reply = _read(response, self._open(end), most, end)
            goes_on = not response.will_close
        except TimeoutError:
            raise
        except (OSError, HTTPException) as error:
            raise CutError(_reason(error)) from error
        finally:
            if not goes_on:
                self.close()
        return reply

    def close(self) -> None:
        """Hang up what this thread has."""
        connection: HTTPConnection | None = getattr(self._own, "connection", None)
        self._own.connection = None
        if connection is not None:
            connection.close()

    def _send(self, form: bytes, headers: dict[str, str], end: float) -> HTTPResponse:
        """Send, once more where a connection that was kept turns out to be closed: a query changes nothing."""
        kept = getattr(self._own, "connection", None) is not None
        connection = self._open(end)
        try:
            connection.request("POST", self._path, form, headers | self._authorization)
            return connection.getresponse()
        except (ConnectionError, RemoteDisconnected):
            if not kept:
                raise
        self.close()
        connection = self._open(end)
        connection.request("POST", self._path, form, headers | self._authorization)
        return connection.getresponse()

    def _open(self, end: float) -> HTTPConnection:
        """The connection of this thread, which waits no longer than until the end."""
        left = _left(end)
        connection: HTTPConnection | None = getattr(self._own, "connection", None)
        if connection is None:
            host = self._parts.hostname or ""
            connection = self._own.connection = _SCHEMES[self._parts.scheme](host, self._parts.port, timeout=left)
        if connection.sock is None:
            connection.timeout = left
        else:
            connection.sock.settimeout(left)
        return connection


def _read(response: HTTPResponse, connection: HTTPConnection, most: int, end: float) -> Reply:
    headers = {name.lower(): value for name, value in response.getheaders()}
    content = bytearray()
    while piece := response.read1(_CHUNK):
        content += piece
        if len(content) > most:
            raise TooLongError
        if connection.sock is not None:
            connection.sock.settimeout(_left(end))
    length = headers.get("content-length", "")
    if length.isdigit() and len(content) < int(length):
        raise CutError(f"the connection was cut after {len(content):,} of {int(length):,} bytes")
    return Reply(response.status, headers, bytes(content))


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return f"the connection was cut ({type(error).__name__})"
