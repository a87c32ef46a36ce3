"""A proxy before a server that spoils what it is told to spoil."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_HOP: frozenset[str] = frozenset({"connection", "keep-alive", "transfer-encoding"})


@dataclass
class Passing:
    """An answer on its way, which may be changed."""

    method: str
    path: str
    """Without the slash at its start."""
    status: int
    headers: dict[str, str]
    """By name in lower case."""
    content: bytes
    drip: bool = False
    """Whether it goes on for ever."""
    accept: str = field(default="")


Spoil = Callable[[Passing], None]


@contextmanager
def proxying(address: str, spoil: Spoil) -> Iterator[str]:
    """Run a proxy before a server and tell where it is; the server is told by which host it was asked."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            passing = _ask(address, self)
            spoil(passing)
            self.send_response_only(passing.status)
            for name, value in passing.headers.items():
                self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(passing.content)
            while passing.drip and not over.wait(0.05):
                self.wfile.write(b"# and so on\n")
            self.close_connection = True

        do_GET = do_HEAD = do_OPTIONS = handle_one  # noqa: N815 - as http.server calls them

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            """A client that hangs up is no error."""
            try:
                super().handle()
            except (ConnectionError, TimeoutError):
                return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _ask(address: str, request: BaseHTTPRequestHandler) -> Passing:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        connection.request(request.command, request.path, headers=headers)
        answer = connection.getresponse()
        fields = {name.lower(): value for name, value in answer.getheaders() if name.lower() not in _HOP}
        path = request.path.removeprefix("/")
        accept = request.headers.get("accept", "")
        return Passing(request.command, path, answer.status, fields, answer.read(), accept=accept)
    finally:
        connection.close()
