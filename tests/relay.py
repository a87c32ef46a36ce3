"""A relay before a server, which answers some requests in its place as it is told: what goes wrong in the middle."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx
from tests.wikidata import Reply, answer


@dataclass
class Relay:
    """A relay that runs."""

    address: str
    """What the server's address is here."""
    troubles: dict[int, Reply] = field(default_factory=dict)
    """What the relay itself answers, by the number of the request, the first being 0; each once."""
    bodies: list[bytes] = field(default_factory=list)
    """What was asked."""
    meanwhile: dict[int, Callable[[], object]] = field(default_factory=dict)
    """What happens elsewhere before a request is answered, by its number."""
    passed: int = 0
    """How many requests the server answered."""


@contextmanager
def relaying(target: str) -> Iterator[Relay]:
    """Run a relay before the server at an address."""
    over = threading.Event()
    with httpx.Client(timeout=30) as client:

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                relay.bodies.append(body)
                relay.meanwhile.pop(len(relay.bodies) - 1, lambda: None)()
                trouble = relay.troubles.pop(len(relay.bodies) - 1, None)
                answer(self, trouble or self.forwarded(body), over)

            def forwarded(self, body: bytes) -> Reply:
                relay.passed += 1
                headers = {name: self.headers[name] for name in ("content-type", "accept")}
                answered = client.post(target, content=body, headers=headers)
                return Reply(answered.status_code, answered.content, {"Content-Type": answered.headers["content-type"]})

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        relay = Relay(f"http://127.0.0.1:{server.server_port}{urlsplit(target).path}")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield relay
        finally:
            over.set()
            server.shutdown()
            thread.join()
            server.server_close()
