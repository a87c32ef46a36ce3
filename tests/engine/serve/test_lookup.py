"""Lookups are read from the bytes of a request, and nothing that needs more care is taken for one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import pytest

from mreze.serve.lookup import Lookups
from mreze.serve.responder import Responder
from mreze.serve.service import Service
from mreze.serve.settings import Settings
from mreze.serve.shortcut import Shortcut
from mreze.serve.worker import BAD_QUERY, GRAPH, SOLUTIONS

PEER = "127.0.0.1"
FIELDS = "\r\nHost: 127.0.0.1:8000\r\nAccept: text/csv, text/turtle\r\n\r\n"


@pytest.fixture
def lookups() -> Lookups:
    """Of a server that has no data: only how a query is asked matters."""
    service: Any = SimpleNamespace(
        release=SimpleNamespace(name="2026-11-24", date="2026-11-23"), settings=Settings("http://127.0.0.1:8000/")
    )
    responder = Responder(cast("Service", service))
    return Lookups(responder, Shortcut(responder))


def _head(query: str, fields: str = FIELDS) -> bytes:
    return f"GET /sparql?query={quote(query, safe='')} HTTP/1.1{fields}".encode()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { <x:1> ?p ?o }",
        'ASK { ?s ?p "of" . }',
        "CONSTRUCT { <x:1> ?p ?o } { <x:1> ?p ?o }",
        "DESCRIBE <x:Ниш>",
        "SELECT * { ?s ?p '''a long\nstring''' }",
    ],
)
def test_a_lookup_is_read(lookups: Lookups, query: str) -> None:
    """The query is the text that was sent, wanted as the header says."""
    lookup = lookups.read(_head(query), PEER)
    assert lookup is not None
    question = lookup.question
    assert (question.query, question.results, question.graph) == (query, "csv", "ttl")
    assert question.base == "http://127.0.0.1:8000/sparql"
    assert (question.federated, question.default_graphs, question.named_graphs) == (False, (), ())


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <x:g> { ?s ?p ?o }",
        "SELECT * { serVice <http://127.0.0.1/> { ?s ?p ?o } }",
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "SELECT (NOW() AS ?n) {}",
        "CONSTRUCT { [] ?p ?o } { <x:1> ?p ?o }",
        "CONSTRUCT { <x:1> ?p '''a''' } { <x:1> ?p ?o }",
        "ASK { ?s ?p 'a\0' }",
    ],
)
def test_what_needs_care_is_none(lookups: Lookups, query: str) -> None:
    """Other servers, other graphs, updates, answers that differ each time, and what a template could misread."""
    assert lookups.read(_head(query), PEER) is None


@pytest.mark.parametrize(
    "head",
    [
        _head("ASK {}").replace(b"GET", b"HEAD"),
        _head("ASK {}").replace(b"/sparql", b"/sparqls"),
        _head("ASK {}").replace(b" HTTP", b"&format=csv HTTP"),
        _head("ASK {}").replace(b" HTTP", b"%ff HTTP"),
        _head("ASK {}").replace(b" HTTP", "ш HTTP".encode()),
        _head("ASK {}", FIELDS.replace("text/csv, text/turtle", "text/html")),
        _head("ASK {}", FIELDS.replace("text/csv, text/turtle", "image/png")),
        _head("ASK {}", FIELDS.replace("Accept:", "If-None-Match:")),
        _head("ASK {}", FIELDS.replace("Host: 127", "Host: a, 127")),
        _head("ASK {}", "\r\nAccept: */*\r\n\r\n"),
    ],
)
def test_other_requests_are_none(lookups: Lookups, head: bytes) -> None:
    """Other methods, addresses, parameters, octets, and fields that change what is answered."""
    assert lookups.read(head, PEER) is None


def test_a_template_does_not_speak_for_another_form(lookups: Lookups) -> None:
    """What was learnt of one CONSTRUCT holds for those that differ in names only."""
    assert lookups.read(_head("CONSTRUCT { <x:1> ?p ?o } { <x:1> ?p ?o }"), PEER)
    assert lookups.read(_head("CONSTRUCT { <x:2> ?p ?o } { <x:2> ?p ?o }"), PEER)
    assert lookups.read(_head("CONSTRUCT { _:2 ?p ?o } { <x:2> ?p ?o }"), PEER) is None


def test_an_answer_is_written_or_left_to_be_explained(lookups: Lookups) -> None:
    """Solutions and graphs each in their syntax; an error is none."""
    lookup = lookups.read(_head("ASK {}"), PEER)
    assert lookup is not None
    for kind, media_type in ((SOLUTIONS, b"text/csv"), (GRAPH, b"text/turtle")):
        answer = lookups.write(lookup, kind, b"a\n")
        assert answer is not None
        fields, _, content = answer.partition(b"\r\n\r\n")
        assert content == b"a\n"
        assert b"content-length: 2" in fields
        assert b"content-type: " + media_type in fields
    assert lookups.write(lookup, BAD_QUERY, b"") is None
