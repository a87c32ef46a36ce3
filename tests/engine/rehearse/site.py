"""A site that answers what a test wants, on a free port of this machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(frozen=True)
class Page:
    """One answer."""

    body: bytes = b""
    status: int = 200
    media_type: str = "text/turtle; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    """What Content-Length says, if not the truth."""


@contextmanager
def site(pages: Mapping[str, Page]) -> Iterator[str]:
    """Serve pages by their paths; {site} in a body is the address, which ends with a slash."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path, Page(status=404))
            body = page.body.replace(b"{site}", address.encode())
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value.replace("{site}", address))
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", str(len(body) if page.length is None else page.length))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815 - the library's name

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
