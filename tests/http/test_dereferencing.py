"""A thing answers with its description: whole, the same in every syntax, wherever its IRI has odd letters."""

from __future__ import annotations

import socket
from urllib.parse import quote, urlsplit

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, Triple, parse
from tests.servers import Served

SYNTAXES = {
    "ttl": ("text/turtle; charset=utf-8", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", RdfFormat.JSON_LD),
    "nt": ("application/n-triples; charset=utf-8", RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml; charset=utf-8", RdfFormat.RDF_XML),
}


def _triples(content: bytes, form: RdfFormat) -> set[Triple]:
    dataset = Dataset(parse(content, format=form))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}


def test_a_thing_answers_303_with_its_document(minimal: Served) -> None:
    """The redirect is a 303 under the address that was asked, depends on Accept, and keeps the query string."""
    answer = minimal.get("id/bridges/old-bridge?lang=de")
    assert answer.status_code == 303
    assert answer.headers["location"] == minimal.address + "doc/bridges/old-bridge?lang=de"
    assert "accept" in answer.headers["vary"].lower()
    assert answer.content == b""


@pytest.mark.parametrize("extension", SYNTAXES)
def test_all_syntaxes_hold_the_same_triples(minimal: Served, extension: str) -> None:
    """A fixed form and the negotiated one have equal bytes, and the triples of the Turtle."""
    media_type, form = SYNTAXES[extension]
    fixed = minimal.get(f"doc/bridges/old-bridge.{extension}")
    assert fixed.status_code == 200
    assert fixed.headers["content-type"] == media_type
    assert minimal.get("doc/bridges/old-bridge", media_type.partition(";")[0]).content == fixed.content
    turtle = _triples(minimal.get("doc/bridges/old-bridge.ttl").content, RdfFormat.TURTLE)
    assert _triples(fixed.content, form) == turtle


def test_a_description_is_complete(minimal: Served) -> None:
    """It has the thing, its parts, labels of what it points to, what points to it with its label, and itself."""
    river = NamedNode(minimal.base + "id/rivers/green-river")
    bridge = NamedNode(minimal.base + "id/bridges/old-bridge")
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    of_bridge = _triples(minimal.get("doc/bridges/old-bridge.nt").content, RdfFormat.N_TRIPLES)
    subjects = {one.subject for one in of_bridge}
    assert NamedNode(bridge.value + "#quote-1-selector") in subjects
    assert Triple(river, label, Literal("Green River", language="en")) in of_bridge
    of_river = _triples(minimal.get("doc/rivers/green-river.nt").content, RdfFormat.N_TRIPLES)
    assert Triple(bridge, NamedNode(minimal.base + "ontology#crosses"), river) in of_river
    assert Triple(bridge, label, Literal("Old Bridge", language="en")) in of_river
    topic = NamedNode("http://xmlns.com/foaf/0.1/primaryTopic")
    assert Triple(NamedNode(minimal.base + "doc/rivers/green-river"), topic, river) in of_river


@pytest.mark.parametrize(
    "path",
    [
        "bridges/мост",
        "bridges/%D0%BC%D0%BE%D1%81%D1%82",
        "bridges/%d0%bc%d0%be%d1%81%d1%82",
        "bridges/%D1%9B%D1%83%D0%BF%D1%80%D0%B8%D1%98%D0%B0",
        "bridges/ћуприја",
        "bridges/%6Fld-bridge",
    ],
)
def test_native_and_percent_encoded_letters_are_one(minimal: Served, path: str) -> None:
    """Whichever form the data have, both forms of the path find it, as raw bytes too."""
    answer = _raw(minimal, "/doc/" + path)
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"a ns" in answer or b"Bridge" in answer
    redirected = minimal.get("id/" + quote(path, safe="/%"))
    assert redirected.status_code == 303
    assert redirected.headers["location"].isascii()
    assert minimal.client.get(redirected.headers["location"]).status_code == 200


def test_a_slug_may_have_a_dot(minimal: Served) -> None:
    """`v1.0` is a slug, `v1.0.ttl` its Turtle."""
    assert minimal.get("doc/bridges/v1.0", "text/turtle").status_code == 200
    assert minimal.get("doc/bridges/v1.0.ttl").headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize(
    "path",
    [
        "id/bridges/nowhere",
        "doc/bridges/nowhere",
        "doc/bridges/nowhere.ttl",
        "doc/bridges/old-bridge.exe",
        "id/",
        "doc/",
        "id/bridges%2Fold-bridge",
        "doc/../data",
        "nothing",
        "doc/bridges/%00",
        "doc/bridges/%ff%fe",
        "doc/%7B%7D",
        "static/../app.py",
        "dumps/../manifest.json",
        "dumps/%2e%2e/manifest.json",
        "queries/none",
        "dataset/none",
        "doc/bridges/old-bridge/",
    ],
)
def test_what_is_not_there_is_404(minimal: Served, path: str) -> None:
    """An unknown path, however odd, is a problem document that names the thing, never a 500."""
    raw = _raw(minimal, "/" + path)
    assert raw.startswith(b"HTTP/1.1 404"), raw[:200]
    assert b"application/problem+json" in raw


def test_a_retired_thing_is_410_with_its_tombstone(minimal: Served) -> None:
    """The thing and its document say 410, and what is left of the description, in data and on a page."""
    for path in ("id/bridges/lost-bridge", "doc/bridges/lost-bridge"):
        answer = minimal.get(path, "text/turtle")
        assert answer.status_code == 410
        assert b"as:Tombstone" in answer.content
        assert b"2026-11-20" in answer.content
        page = minimal.get(path, "text/html", accept_language="en")
        assert page.status_code == 410
        assert "retired" in page.text
    assert minimal.ask("HEAD", "id/bridges/lost-bridge").status_code == 410


def test_what_nobody_can_read_is_406(minimal: Served) -> None:
    """An Accept that admits nothing of what is offered is told what is offered."""
    answer = minimal.get("doc/bridges/old-bridge", "image/png")
    assert answer.status_code == 406
    assert "text/turtle" in answer.json()["detail"]
    assert "accept" in answer.headers["vary"].lower()


def test_the_ontology_the_shapes_and_the_datasets_dereference(minimal: Served) -> None:
    """Each answers in every syntax, alike, and as a page."""
    for path in ("ontology", "shapes", "catalog", "dataset/crossings", "documents", "void"):
        turtle = _triples(minimal.get(path, "text/turtle").content, RdfFormat.TURTLE)
        assert turtle
        for extension, (media_type, form) in SYNTAXES.items():
            answer = minimal.get(f"{path}.{extension}")
            assert answer.headers["content-type"] == media_type
            assert _triples(answer.content, form) == turtle
        assert "<h1>" in minimal.get(path, "text/html").text
        assert "<h1>" in minimal.get(f"{path}.html").text


def _raw(served: Served, path: str) -> bytes:
    """Send a path byte for byte, which no client library does."""
    host = urlsplit(served.address).netloc
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=10) as connection:
        connection.sendall(b"GET " + path.encode() + f" HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        received = bytearray()
        while part := connection.recv(65536):
            received += part
    return bytes(received)
