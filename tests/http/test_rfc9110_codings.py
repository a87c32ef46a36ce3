"""RFC 9110, 8.4 and 12.5: how a representation is chosen and packed, and what is said of that."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import pytest
from tests.exchange import send
from tests.servers import Served

TEXTS = [
    "", "doc/rivers/green-river.html", "catalog.ttl", "catalog.jsonld", "void.rdf", "openapi.json", "dumps/all.csv",
    "dumps/all.ttl", "static/site.css", "sparql", "queries/bridges.srj",
]  # fmt: skip
SMALL = ["robots.txt", "healthz", "queries/bridges.rq"]
TAKES = [
    # Accept-Encoding, whether a large text comes packed, whether a small one does.
    ("gzip", True, False),
    ("x-gzip", True, False),
    ("GZIP;q=0.5", True, False),
    ("br, gzip;q=0.2, deflate", True, False),
    ("*", True, False),
    ("gzip, identity;q=0", True, True),
    ("gzip;q=1, *;q=0", True, True),
    ("", False, False),
    ("identity", False, False),
    ("br", False, False),
    ("gzip;q=0", False, False),
    ("gzip;q=0, *", False, False),
    ("gzip;q=0.3, identity;q=0.8", False, False),
    ("*;q=0, identity", False, False),
]
LONG = "sparql?query=" + quote("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o")
NEGOTIATED = [
    ("doc/bridges/old-bridge", "text/turtle", "doc/bridges/old-bridge.ttl"),
    ("doc/bridges/old-bridge", "text/html", "doc/bridges/old-bridge.html"),
    ("catalog", "application/rdf+xml", "catalog.rdf"),
    ("", "application/ld+json", "catalog.jsonld"),
    (".well-known/void", "application/n-triples", "void.nt"),
    ("dataset/crossings", "text/turtle", "dataset/crossings.ttl"),
    ("ontology", "text/turtle", "ontology.ttl"),
    ("queries/opened-since?since=1990", "text/csv", "queries/opened-since.csv?since=1990"),
    ("sparql", "application/trig", "sparql?format=trig"),
]


@pytest.mark.parametrize(("header", "large", "small"), TAKES)
def test_text_is_packed_for_who_takes_that(minimal: Served, header: str, large: bool, small: bool) -> None:
    """Above two kilobytes, or where it is taken in no other way; unpacked it is what others get."""
    for path, is_packed in (("catalog.ttl", large), ("dumps/all.ttl", large), ("robots.txt", small)):
        plain, answer = send(minimal, "GET", path), send(minimal, "GET", path, accept_encoding=header)
        assert answer.status == 200
        assert answer.headers.get("content-encoding") == ("gzip" if is_packed else None), path
        assert answer.headers["content-length"] == str(len(answer.content))
        content = gzip.decompress(answer.content) if is_packed else answer.content
        assert content == plain.content
        assert (answer.headers["etag"] != plain.headers["etag"]) == is_packed


@pytest.mark.parametrize("path", [*TEXTS, LONG])
def test_a_packed_text_is_a_representation_of_its_own(minimal: Served, path: str) -> None:
    """It has its own tag, which alone makes a 304; HEAD tells of it; caches are told what it depends on."""
    plain, packed = send(minimal, "GET", path), send(minimal, "GET", path, accept_encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 1.5
    assert packed.headers["content-type"] == plain.headers["content-type"]
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["vary"]
    own, other = packed.headers["etag"], plain.headers["etag"]
    assert send(minimal, "GET", path, accept_encoding="gzip", if_none_match=own).status == 304
    assert send(minimal, "GET", path, accept_encoding="gzip", if_none_match=other).status == 200
    assert send(minimal, "GET", path, if_none_match=own).status == 200
    headed = send(minimal, "HEAD", path, accept_encoding="gzip")
    assert headed.headers | {"date": ""} == packed.headers | {"date": ""}
    # However often it is asked for, and by the short way too, it is the same.
    for _ in range(4):
        again = send(minimal, "GET", path, accept_encoding="gzip")
        assert (again.headers["etag"], again.content) == (own, packed.content)


@pytest.mark.parametrize("path", SMALL)
def test_a_short_text_comes_as_it_is(minimal: Served, path: str) -> None:
    """Packing saves nothing there; that it would be packed for some, caches are told all the same."""
    answer = send(minimal, "GET", path, accept_encoding="gzip")
    assert "content-encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["vary"]


def test_what_is_packed_already_comes_as_it_is(minimal: Served) -> None:
    """The packed dump is a file for its own sake: no coding is undone on its way."""
    answer = send(minimal, "GET", "dumps/all.nt.gz", accept_encoding="gzip")
    assert answer.headers["content-type"] == "application/gzip"
    assert not {"content-encoding", "vary"} & answer.headers.keys()
    coded = send(minimal, "GET", "dumps/all.nt", accept_encoding="gzip")
    assert coded.headers["content-type"].startswith("application/n-triples")
    assert coded.content == answer.content


def test_a_page_of_an_error_is_packed_too(minimal: Served) -> None:
    """An error is told even to who takes no coding that there is."""
    page = send(minimal, "GET", "nothing", accept="text/html", accept_encoding="gzip, identity;q=0")
    assert (page.status, page.headers["content-encoding"]) == (404, "gzip")
    assert b"<h1>" in gzip.decompress(page.content)
    refused = send(minimal, "GET", "nothing", accept_encoding="*;q=0")
    assert refused.status == 404
    assert b'"status": 404' in refused.content


@pytest.mark.parametrize(("path", "accept", "location"), NEGOTIATED)
def test_a_negotiated_answer_says_where_it_is(minimal: Served, path: str, accept: str, location: str) -> None:
    """Content-Location names it, whoever asks (RFC 9110, 8.7); it answers, with the same data."""
    answer = send(minimal, "GET", path, accept=accept)
    assert answer.headers["content-location"] == minimal.address + location
    for one in ("Accept", "Accept-Encoding"):
        assert one in answer.headers["vary"].split(", ")
    fixed = send(minimal, "GET", location)
    assert fixed.status == 200
    assert fixed.headers["content-type"] == answer.headers["content-type"]
    assert accept == "text/html" or fixed.content == answer.content
    assert path == "sparql" or "content-location" not in fixed.headers


def test_the_same_bytes_in_another_syntax_have_another_tag(minimal: Served) -> None:
    """N-Triples are N-Quads, Turtle is TriG; but the types differ, and so do the representations (RFC 9110, 8.8.1)."""
    path = "sparql?query=" + quote("CONSTRUCT WHERE { ?s a ?o }")
    for one, other in (("application/n-triples", "application/n-quads"), ("text/turtle", "application/trig")):
        first, second = send(minimal, "GET", path, accept=one), send(minimal, "GET", path, accept=other)
        assert first.content == second.content
        assert first.headers["etag"] != second.headers["etag"]
