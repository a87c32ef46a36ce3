"""A relay before a server, which answers some requests in its place as it is told: what goes wrong in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import httpx
from tests.wikidata import NOTHING, Reply, answer

_PASSED = ("content-type", "accept", "authorization")
_TOLD = ("Content-Type", "Server", "WWW-Authenticate", "X-SPARQL-MaxRows", "X-SQL-State")


@dataclass
class Relay:
    """A relay that runs."""

    address: str
    """What the server's address is here."""
    reply: Reply | None = None
    """What it says in the server's place, for as long as it is told to."""
    troubles: dict[int, Reply] = field(default_factory=dict)
    """Likewise, by the number of the request, the first being 0; each once."""
    lost: set[int] = field(default_factory=set)
    """Requests, by number, that the server answers and nobody hears."""
    meanwhile: dict[int, Callable[[], object]] = field(default_factory=dict)
    """What happens elsewhere before a request is answered, by its number."""
    bodies: list[bytes] = field(default_factory=list)
    """What was asked."""

    @property
    def queries(self) -> list[str]:
        """The queries that were asked; "" for what was another request."""
        return [dict(parse_qsl(one.decode("utf-8", "replace"))).get("query", "") for one in self.bodies]


@contextmanager
def relaying(target: str) -> Iterator[Relay]:
    """Run a relay before the server at an address."""
    over = threading.Event()
    parts = urlsplit(target)
    with httpx.Client(timeout=30) as client:

        class Handler(BaseHTTPRequestHandler):
            def handle_one(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                number = len(relay.bodies)
                relay.bodies.append(body)
                relay.meanwhile.pop(number, lambda: None)()
                reply = relay.reply or relay.troubles.pop(number, None) or self.forwarded(body)
                answer(self, NOTHING if number in relay.lost else reply, over)

            do_DELETE = do_GET = do_POST = do_PUT = handle_one  # noqa: N815 - as http.server calls them

            def forwarded(self, body: bytes) -> Reply:
                headers = {name: self.headers[name] for name in _PASSED if name in self.headers}
                where = f"{parts.scheme}://{parts.netloc}{self.path}"
                try:
                    told = client.request(self.command, where, content=body, headers=headers)
                except httpx.TransportError:  # the server is gone: so is the answer
                    return NOTHING
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
        relay = Relay(f"http://127.0.0.1:{server.server_port}{parts.path}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield relay
        finally:
            over.set()
            server.shutdown()
            thread.join()
            server.server_close()
