"""A server before a SPARQL server, which says in its place what it is told to say, for as long as it is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import httpx
from tests.wikidata import Reply, answer

_PASSED = ("content-type", "accept")
_TOLD = ("Content-Type", "Server", "X-SPARQL-MaxRows", "X-SQL-State")


@dataclass
class Liar:
    """A liar that runs."""

    address: str
    reply: Reply | None = None
    """What it says; None lets the server answer."""
    queries: list[str] = field(default_factory=list)
    """What was asked."""


@contextmanager
def lying(target: str) -> Iterator[Liar]:
    """Run a liar before the server at an address."""
    over = threading.Event()
    with httpx.Client(timeout=30) as client:

        class Handler(BaseHTTPRequestHandler):
            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                liar.queries.append(dict(parse_qsl(body.decode())).get("query", ""))
                answer(self, liar.reply or self.forwarded(body), over)

            do_GET = do_POST = handle_one  # noqa: N815 - as http.server calls them

            def forwarded(self, body: bytes) -> Reply:
                headers = {name: self.headers[name] for name in _PASSED if name in self.headers}
                parts = urlsplit(target)
                told = client.request(
                    self.command, f"{parts.scheme}://{parts.netloc}{self.path}", content=body, headers=headers
                )
                fields = {name: told.headers[name] for name in _TOLD if name in told.headers}
                return Reply(told.status_code, told.content, fields)

            def handle(self) -> None:
                """A client that hangs up is no error."""
                try:
                    super().handle()
                except (ConnectionError, TimeoutError):
                    return

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        liar = Liar(f"http://127.0.0.1:{server.server_port}{urlsplit(target).path}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield liar
        finally:
            over.set()
            server.shutdown()
            thread.join()
            server.server_close()
