"""Requests as they are written and answers as they come: nothing is added, unpacked or followed."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.servers import Served


@dataclass(frozen=True)
class Answer:
    """What came."""

    status: int
    headers: dict[str, str]
    """By name in lower case."""
    content: bytes


def send(served: Served, method: str, path: str, **headers: str) -> Answer:
    """Send a request with these header fields and Host, no others; underscores in their names are hyphens."""
    return _exchange(served, method, path, None, headers)


def post(served: Served, path: str, content: bytes, **headers: str) -> Answer:
    """Send a request with a body."""
    return _exchange(served, "POST", path, content, headers)


def _exchange(served: Served, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
    connection = HTTPConnection(urlsplit(served.address).netloc, timeout=30)
    try:
        connection.putrequest(method, "/" + path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, fields, answer.read())
    finally:
        connection.close()
