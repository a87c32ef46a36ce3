"""Services that stand for those elsewhere: a real SPARQL server with the data it is given, and one that misbehaves."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlsplit

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
PREFIXES = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix psv: <http://www.wikidata.org/prop/statement/value/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix pqv: <http://www.wikidata.org/prop/qualifier/value/> .
@prefix pr: <http://www.wikidata.org/prop/reference/> .
@prefix prv: <http://www.wikidata.org/prop/reference/value/> .
@prefix wdno: <http://www.wikidata.org/prop/novalue/> .
@prefix wdref: <http://www.wikidata.org/reference/> .
@prefix wdv: <http://www.wikidata.org/value/> .
@prefix wikibase: <http://wikiba.se/ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
"""What Wikidata's dumps have; stands before every Turtle that is loaded."""


@contextmanager
def sparql_server(*turtles: str) -> Iterator[str]:
    """Run Oxigraph with these texts in Turtle as its default graph, and tell where it takes queries."""
    with TemporaryDirectory() as folder:
        port = _free_port()
        command = [str(OXIGRAPH), "serve", "--location", folder, "--bind", f"127.0.0.1:{port}"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait(process, port)
            for one in turtles:
                _load(port, one)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.terminate()
            process.wait(timeout=15)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        assert process.poll() is None, f"oxigraph ended with {process.returncode}"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("oxigraph does not answer")


def _load(port: int, turtle: str) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        body = (PREFIXES + turtle).encode()
        connection.request("POST", "/store?default", body, {"Content-Type": "text/turtle"})
        answer = connection.getresponse()
        told = answer.read().decode()
        assert answer.status in {200, 201, 204}, told
    finally:
        connection.close()


@dataclass(frozen=True)
class Reply:
    """What the misbehaving server does with a request."""

    status: int = 200
    body: str | bytes = ""
    headers: dict[str, str] = field(default_factory=dict)
    """Content-Type is application/json unless it is said here."""
    manner: str = "whole"
    """Or "half" (less than was promised, then closed), "nothing" (closed at once), "hang", "drip" (endless)."""


NOTHING = Reply(manner="nothing")
HANG = Reply(manner="hang")
HTML_PAGE = Reply(
    body="<!DOCTYPE html>\n<html><head><title>Please &amp; wait</title></head><body>…</body></html>",
    headers={"Content-Type": "text/html; charset=utf-8"},
)
GARBAGE = Reply(body=b"\x00\xff\xfe}{ not JSON")


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    """Without the query."""
    parameters: dict[str, str]
    """Of the query and of the form."""
    headers: dict[str, str]
    """By name in lower case."""


@dataclass
class Misbehaving:
    """A server that answers as it is told, one reply a request; when they are used up, the last one again."""

    address: str
    """Ends with a slash."""
    replies: list[Reply] = field(default_factory=list)
    paths: dict[str, list[Reply]] = field(default_factory=dict)
    """Replies of a path ("/api"); the others take from `replies`."""
    asked: list[Asked] = field(default_factory=list)

    def script(self, *replies: Reply) -> None:
        """Forget what was asked, and answer so from now on."""
        self.replies[:] = replies
        self.paths.clear()
        self.asked.clear()

    def reply(self, path: str) -> Reply:
        """What comes next."""
        left = self.paths.get(path, self.replies)
        if not left:
            return Reply(404, "nothing is told to stand here")
        return left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def misbehaving(*replies: Reply) -> Iterator[Misbehaving]:
    """Run a server that answers so; see Misbehaving."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            asked = _asked(self)
            self.close_connection = True
            told.asked.append(asked)
            answer(self, told.reply(asked.path), over)

        do_GET = do_HEAD = do_POST = handle_one  # noqa: N815 - as http.server calls them

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
    told = Misbehaving(f"http://127.0.0.1:{server.server_port}/", list(replies))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield told
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _asked(request: BaseHTTPRequestHandler) -> Asked:
    headers = {name.lower(): value for name, value in request.headers.items()}
    form = request.rfile.read(int(headers.get("content-length", 0))).decode()
    address = urlsplit(request.path)
    parameters = dict(parse_qsl(address.query, keep_blank_values=True) + parse_qsl(form, keep_blank_values=True))
    return Asked(request.command, address.path, parameters, headers)


def answer(request: BaseHTTPRequestHandler, reply: Reply, over: threading.Event) -> None:
    """Answer a request as it is told, until it is over."""
    if reply.manner == "hang":
        over.wait(60)
    if reply.manner in {"hang", "nothing"}:
        return
    body = reply.body.encode() if isinstance(reply.body, str) else reply.body
    request.send_response_only(reply.status)
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
    for name, value in (headers | reply.headers).items():
        if (name, reply.manner) != ("Content-Length", "drip"):
            request.send_header(name, value)
    request.end_headers()
    if request.command != "HEAD":
        request.wfile.write(body[: len(body) // 2] if reply.manner == "half" else body)
    while reply.manner == "drip" and not over.wait(0.02):
        request.wfile.write(b" ")


def paths(asked: Sequence[Asked]) -> list[str]:
    """Method and path of each request."""
    return [f"{one.method} {one.path}" for one in asked]
