"""A real endpoint is asked, and what others send instead of an answer is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode
from tests.engine.gather.clocks import TERMS, Hand, settings
from tests.wikidata import GARBAGE, HANG, HTML_PAGE, NOTHING, Misbehaving, Reply, misbehaving, sparql_server

from mreze.errors import GatherError, Unreachable
from mreze.gather.courtesy import Clock, Terms
from mreze.gather.endpoint import read_rows
from mreze.gather.model import Row, Variables
from mreze.gather.session import gathering

CITIES = """
wd:Q129259 rdfs:label "Niš"@en, "Ниш"@sr-ec ; wdt:P17 wd:Q403 .
wd:Q403 rdfs:label "Serbia"@en .
"""
QUERY = """# who is called how, in Serbian?
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?city ?name ?none WHERE { ?city rdfs:label ?name FILTER(?name = "Ниш"@sr-ec) }"""
FINE = Reply(
    body='{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "uri", "value": "http://a.example/"}}]}}',
    headers={"Content-Type": "application/sparql-results+json"},
)
ROWS: list[Row] = [{"a": NamedNode("http://a.example/")}]
HALF = replace(FINE, manner="half")


@pytest.fixture(scope="module")
def wikidata() -> Iterator[str]:
    """A real server with something of Wikidata's shape."""
    with sparql_server(CITIES) as address:
        yield address


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    """A server that does what a test tells it."""
    with misbehaving() as one:
        yield one


def _select(
    address: str,
    folder: Path,
    query: str = QUERY,
    *,
    clock: Clock | None = None,
    terms: Terms = TERMS,
    variables: Variables | None = None,
) -> list[Row]:
    chosen = replace(settings(folder, "http://127.0.0.1:9/"), endpoint=address, terms=terms)
    with gathering(chosen, "test", clock or Hand().clock) as session:
        return session.endpoint.select(query, variables)


def test_a_real_endpoint_answers(wikidata: str, tmp_path: Path) -> None:
    """Rows are terms, a variable that is not bound is not there; and they can be had again without it."""
    rows: list[Row] = [
        {"city": NamedNode("http://www.wikidata.org/entity/Q129259"), "name": Literal("Ниш", language="sr-ec")}
    ]
    assert _select(wikidata, tmp_path) == rows
    chosen = replace(settings(tmp_path, "http://127.0.0.1:9/", offline=True), endpoint=wikidata)
    with gathering(chosen, "test", Hand().clock) as session:
        assert session.endpoint.select(QUERY) == rows


def test_a_wrong_query_is_told(wikidata: str, tmp_path: Path) -> None:
    """What a real endpoint says of it is in the message, and it is asked once."""
    hand = Hand()
    with pytest.raises(GatherError, match=r"answered 400 with “.*It does not take what was asked: POST http"):
        _select(wikidata, tmp_path, "SELECT ?x WHERE { ?x ", clock=hand.clock)
    assert hand.waits == []


def test_an_agent_says_who_asks(server: Misbehaving, tmp_path: Path) -> None:
    """The query comes as a form, with our name, and JSON is asked for."""
    server.script(FINE)
    assert _select(server.address, tmp_path) == ROWS
    (asked,) = server.asked
    assert (asked.method, asked.parameters) == ("POST", {"query": QUERY})
    assert asked.headers["user-agent"] == TERMS.user_agent
    assert asked.headers["accept"] == "application/sparql-results+json"


@pytest.mark.parametrize(
    "bad",
    [
        Reply(429, "slowly", {"Retry-After": "2"}), Reply(500, "oh", {"Retry-After": "2"}), Reply(503, ""), HTML_PAGE,
        GARBAGE, HALF, NOTHING, Reply(body=""), replace(FINE, body=FINE.body[:-10]), Reply(body='{"boolean": true}'),
        Reply(body="a\r\n{\"head\": 1", headers={"Transfer-Encoding": "chunked"}),
        Reply(body="[" * 100_000),
    ],
    ids=["429", "500", "503", "html", "garbage", "half", "nothing", "empty", "broken", "ask", "no chunk", "deep"],
)  # fmt: skip
def test_what_may_pass_is_asked_again(server: Misbehaving, tmp_path: Path, bad: Reply) -> None:
    """One bad answer does no harm, and Retry-After is obeyed of every status."""
    server.script(bad, FINE)
    hand = Hand()
    assert _select(server.address, tmp_path, clock=hand.clock) == ROWS
    assert len(server.asked) == 2
    if bad.headers.get("Retry-After"):
        assert hand.waits == [2.0]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (Reply(429, "slowly"), "answered 429 with “slowly”; asked 4 times. Wait a while, then run"),
        (HTML_PAGE, "an HTML page titled “Please & wait”, which cannot be read: no whole SPARQL result in JSON"),
        (HALF, "the answer was cut off after 53 of 106 bytes; asked 4 times"),
        (NOTHING, "the connection broke: Remote end closed connection without response; asked 4 times"),
        (Reply(404, "no"), "answered 404 with “no”. Look whether the address is right"),
        (Reply(302, "", {"Location": "https://b.example/"}), "it has moved to https://b.example/. Give that address"),
        (Reply(307, "", {"Location": "https://b.example/"}), "it has moved to https://b.example/. Give that address"),
    ],
)
def test_what_does_not_pass_is_told(server: Misbehaving, tmp_path: Path, bad: Reply, told: str) -> None:
    """The message says where, what came, how often, and what to do; nothing of it is kept."""
    server.script(bad)
    with pytest.raises(GatherError) as caught:
        _select(server.address, tmp_path)
    assert str(caught.value).startswith(server.address)
    assert told in str(caught.value)
    assert [one.name for one in tmp_path.glob("*/*")] == ["snapshot.json"]


@pytest.mark.parametrize(
    ("variables", "bindings", "told"),
    [
        (["zzz"], [], "its variables are ?zzz, asked for were ?a ?b ?c"),
        ([], [], "its variables are none, asked for were ?a ?b ?c"),
        (["a", "b"], [], "its variables are ?a ?b, asked for were ?a ?b ?c"),
        (["a", "b", "c"], [{"b": "uri", "c": "uri"}], "row 1 of the answer has no ?a"),
        (["a", "b", "c"], [{"a": "uri", "b": "uri"}, {"a": "uri"}], "row 2 of the answer has no ?b and no ?c"),
        (["a", "b", "c"], [{"a": "literal", "b": "uri"}], 'in row 1 of the answer, ?a is no IRI: "x:y"'),
    ],
)
def test_the_answer_to_another_question_is_none(
    server: Misbehaving, tmp_path: Path, variables: list[str], bindings: list[dict[str, str]], told: str
) -> None:
    """One with other variables, or rows without what each must have, is asked again, told, and not kept."""
    rows = [{name: {"type": type_, "value": "x:y"} for name, type_ in row.items()} for row in bindings]
    body = json.dumps({"head": {"vars": variables}, "results": {"bindings": rows}})
    wanted = Variables(things=("a",), others=("b", "c"), either=(("b",), ("c",)))
    server.script(Reply(body=body))
    with pytest.raises(GatherError) as caught:
        _select(server.address, tmp_path, variables=wanted)
    assert told in str(caught.value)
    assert "asked 4 times" in str(caught.value)
    assert [one.name for one in tmp_path.glob("*/*")] == ["snapshot.json"]


@pytest.mark.parametrize("slow", [HANG, Reply(body="{", manner="drip")], ids=["hang", "drip"])
def test_nobody_waits_for_ever(server: Misbehaving, tmp_path: Path, slow: Reply) -> None:
    """A server that says nothing, or never comes to an end, is asked again."""
    server.script(slow, FINE)
    hand = Hand()
    clock = Clock(hand.clock.now, sleep=hand.wait)
    assert _select(server.address, tmp_path, clock=clock, terms=replace(TERMS, timeout=0.2)) == ROWS


def test_nobody_is_there(tmp_path: Path) -> None:
    """A port that nobody listens to is told so."""
    with misbehaving() as server:
        pass
    with pytest.raises(Unreachable, match="no connection: Connection refused; asked 4 times"):
        _select(server.address, tmp_path)


def test_a_password_is_sent_and_not_kept(server: Misbehaving, tmp_path: Path) -> None:
    """The snapshot has none."""
    server.script(FINE)
    assert _select(server.address.replace("http://", "http://me:s3cret@"), tmp_path) == ROWS
    assert server.asked[0].headers["authorization"] == "Basic bWU6czNjcmV0"
    assert not any("s3cret" in one.read_text() for one in tmp_path.glob("*/*"))


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ({"type": "literal", "value": "x"}, Literal("x")),
        ({"type": "bnode", "value": "t1"}, BlankNode("t1")),
        (
            {"type": "literal", "value": "1990", "datatype": "http://www.w3.org/2001/XMLSchema#gYear"},
            Literal("1990", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
        ),
    ],
)
def test_terms_are_read(value: dict[str, str], term: Literal | BlankNode) -> None:
    """Literals of all kinds, and blank nodes as they are called."""
    told = {"head": {"vars": ["a", "b"]}, "results": {"bindings": [{"a": value}, {}]}}
    assert read_rows(json.dumps(told).encode()) == [{"a": term}, {}]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b'{"head": {"vars": ["a"]}}', b"\xff", b"<sparql/>",
        b'{"head": {"vars": ["a"]}, "results": {"bindings": [',
    ],
)  # fmt: skip
def test_what_is_no_result_is_none(body: bytes) -> None:
    """Neither other JSON nor the beginning of a result is taken for one."""
    with pytest.raises(ValueError, match="no whole SPARQL result in JSON"):
        read_rows(body)
