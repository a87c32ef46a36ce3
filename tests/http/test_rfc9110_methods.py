"""RFC 9110, 9 and 15: methods, what they are told, and dates; and RFC 9112's forms of a request's target."""

from __future__ import annotations

import socket
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from tests.exchange import send
from tests.servers import Served

EVERYTHING = [
    "", "catalog", "catalog.html", "catalog.ttl", "catalog.rdf", "catalog.jsonld", "documents", "ontology", "shapes",
    "void", ".well-known/void", "dumps/", "dumps/all.ttl", "dumps/all.ttl.gz", "queries/", "queries/bridges", "sparql",
    "openapi.json", "robots.txt", "sitemap.xml", "terms.json", "dataset/crossings", "doc/rivers/green-river",
    "static/icon.svg",
]  # fmt: skip


@pytest.mark.parametrize("path", [*EVERYTHING, "id/bridges/old-bridge", "id/bridges/lost-bridge", "nothing"])
def test_head_is_get_in_every_field(minimal: Served, path: str) -> None:
    """Plain and packed, for people and for machines, of answers and of errors (RFC 9110, 9.3.2)."""
    for headers in ({}, {"accept": "text/html"}, {"accept_encoding": "gzip"}, {"accept": "image/png"}):
        got, headed = send(minimal, "GET", path, **headers), send(minimal, "HEAD", path, **headers)
        assert (headed.status, headed.content) == (got.status, b"")
        assert headed.headers | {"date": ""} == got.headers | {"date": ""}
        if got.status != 303:
            assert got.headers["content-length"] == str(len(got.content))


@pytest.mark.parametrize("path", EVERYTHING)
def test_every_representation_is_dated_and_tagged(minimal: Served, path: str) -> None:
    """A strong tag, the release's date, which is not after Date (RFC 9110, 8.8.2.1), and parts."""
    answer = send(minimal, "GET", path)
    assert answer.status == 200
    assert answer.headers["etag"].startswith('"')
    assert answer.headers["accept-ranges"] == "bytes"
    if path.startswith("static/"):  # of the engine, which the date of a release says nothing of
        assert "last-modified" not in answer.headers
        return
    modified = parsedate_to_datetime(answer.headers["last-modified"])
    assert modified <= parsedate_to_datetime(answer.headers["date"])
    name = answer.headers["mreze-release"].partition(".")[0]
    assert modified.date() == datetime.fromisoformat(name).replace(tzinfo=UTC).date()


def test_options_tells_what_is_known(minimal: Served) -> None:
    """Of a resource, and of the server as a whole (RFC 9110, 9.3.7)."""
    assert send(minimal, "OPTIONS", "catalog").headers["allow"] == "GET, HEAD, OPTIONS"
    assert send(minimal, "OPTIONS", "sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST, QUERY"
    whole = _raw(minimal, "OPTIONS * HTTP/1.1")
    assert whole.startswith(b"HTTP/1.1 204")
    assert b"allow: get, head, options, post, query" in whole.lower()


def test_a_target_may_be_absolute(minimal: Served) -> None:
    """As a proxy writes it (RFC 9112, 3.2.2): the address in the first line is what counts."""
    answer = _raw(minimal, f"GET {minimal.address}doc/bridges/old-bridge.nt HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"content-type: application/n-triples" in answer.lower()


def test_an_address_without_end_is_414(minimal: Served) -> None:
    """Told with the limit, and nobody keeps the answer (RFC 9110, 15.5.15)."""
    answer = send(minimal, "GET", "doc/" + "a" * 70_000)
    assert answer.status == 414
    assert b"60,000" in answer.content
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_nobody_takes_is_406_and_says_what_there_is(minimal: Served) -> None:
    """Caches are told what it depends on (RFC 9110, 15.5.7)."""
    for path in ("doc/bridges/old-bridge", "catalog", "sparql", "queries/bridges"):
        answer = send(minimal, "GET", path, accept="image/png")
        assert answer.status == 406
        assert b"text/turtle" in answer.content
        assert "Accept" in answer.headers["vary"].split(", ")


def test_scripts_may_read_what_matters(minimal: Served) -> None:
    """CORS hides a field that is not named, also on a part and on what a client has already."""
    for headers in ({}, {"range": "bytes=0-9"}, {"if_none_match": "*"}, {"range": "bytes=99999999-"}):
        answer = send(minimal, "GET", "dumps/all.nt", origin="https://elsewhere.example", **headers)
        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = {one.strip().lower() for one in answer.headers["access-control-expose-headers"].split(",")}
        safe = {"cache-control", "content-type"}  # https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
        own = {"x-content-type-options", "access-control-allow-origin", "access-control-expose-headers"}
        assert answer.headers.keys() - safe - own <= exposed


def _raw(served: Served, line: str) -> bytes:
    host = urlsplit(served.address).netloc
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=10) as connection:
        connection.sendall(f"{line}\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        received = bytearray()
        while part := connection.recv(65_536):
            received += part
    return bytes(received)
