"""The client over real HTTP: with the servers that it is for, and with one that misbehaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from tests.backends import ROWS, Backend
from tests.wikidata import GARBAGE, HANG, HTML_PAGE, NOTHING, Misbehaving, Reply, misbehaving

from mreze.errors import (
    BackendAway,
    BackendDenied,
    BackendError,
    BackendIncomplete,
    BackendRefused,
    BackendSlow,
    BackendTooMuch,
    NotABackend,
    UsageError,
)
from mreze.remote.client import Client, connect
from mreze.remote.dialects import PLAIN
from mreze.remote.endpoint import Credentials, Given, endpoint
from mreze.remote.transport import Limits

XSD = "http://www.w3.org/2001/XMLSchema#"
DATA = f"""\
<urn:s> <urn:plain> "a\\"b\\\\c\\nd\\te\\u00A0f" .
<urn:s> <urn:year> "1994"^^<{XSD}gYear> .
<urn:s> <urn:month> "1994-04"^^<{XSD}gYearMonth> .
<urn:s> <urn:date> "1994-04-05"^^<{XSD}date> .
<urn:s> <urn:time> "1994-04-05T10:00:00Z"^^<{XSD}dateTime> .
<urn:s> <urn:yes> "true"^^<{XSD}boolean> .
<urn:s> <urn:number> "7"^^<{XSD}integer> .
<urn:s> <urn:decimal> "1.5"^^<{XSD}decimal> .
<urn:s> <urn:address> "http://x.y/"^^<{XSD}anyURI> .
<urn:s> <urn:point> "POINT(21.9 43.3)"^^<http://www.opengis.net/ont/geosparql#wktLiteral> .
<urn:s> <urn:name> "Ни\u0448"@sr-cyrl .
<urn:s> <urn:name> "Ni\u0161"@sr-latn .
<urn:s> <urn:iri> <http://ex.org/%D0%9D/../Ни\u0448> .
<urn:s> <urn:own> "zz"^^<urn:type#own> .
<urn:s> <urn:long> "{"Ниш 😀 " * 3000}" .
""".encode()
ANSWER = Reply(body='{"head":{"vars":["x"]},"results":{"bindings":[]}}')


@pytest.fixture(scope="module")
def client(backend: Backend) -> Iterator[Client]:
    """A client of each server, each with one graph."""
    one = connect(backend.given)
    one.put_graph("urn:graph", [DATA])
    yield one
    one.close()


@pytest.fixture(scope="module")
def bad() -> Iterator[Misbehaving]:
    """A server that does not do what it should."""
    with misbehaving() as server:
        yield server


@pytest.fixture(scope="module")
def hasty(bad: Misbehaving) -> Client:
    """Its client, who does not wait."""
    return Client(endpoint(Given(bad.address + "sparql"), PLAIN), Limits(answer=0.5, load=0.5, largest=1 << 20))


def test_what_is_put_comes_back(client: Client) -> None:
    """Every kind of literal that a site has comes back as it was, as triples and as rows."""
    expected = {one.triple for one in parse(DATA, format=RdfFormat.N_TRIPLES, lenient=True)}
    assert set(client.construct("CONSTRUCT WHERE { ?s ?p ?o }", ["urn:graph"])) == expected
    rows = client.select("SELECT ?p ?o { ?s ?p ?o }", ["urn:graph"])
    assert {(one["p"], one["o"]) for one in rows} == {(one.predicate, one.object) for one in expected}
    assert client.count("urn:graph") == len(expected)


def test_graphs_are_replaced_and_deleted(client: Client) -> None:
    """Pieces become one graph; one that is not there can be deleted too."""
    pieces = [f'<urn:{number}> <urn:p> "{number}" .\n'.encode() for number in range(3)]
    client.put_graph("urn:pieces", pieces)
    client.put_graph("urn:pieces", pieces)
    assert client.count("urn:pieces") == 3
    assert client.ask('ASK { <urn:2> <urn:p> "2" }', ["urn:pieces"])
    for _ in range(2):
        client.delete_graph("urn:pieces")
        assert client.count("urn:pieces") == 0
    assert not client.ask("ASK { ?s ?p ?o }", ["urn:pieces"])


def test_only_the_graphs_that_are_named_are_asked(client: Client) -> None:
    """Default graph and named graphs are those that a query is asked over."""
    client.put_graph("urn:one", [b'<urn:s> <urn:p> "1" .\n'])
    client.put_graph("urn:two", [b'<urn:s> <urn:p> "2" .\n'])
    asked = "SELECT ?g ?o { { <urn:s> ?p ?o } UNION { GRAPH ?g { <urn:s> ?p ?o } } }"
    rows = client.select(asked, ["urn:one"], ["urn:two"])
    assert sorted(rows, key=len) == [{"o": Literal("1")}, {"g": NamedNode("urn:two"), "o": Literal("2")}]


def test_an_update_changes(client: Client) -> None:
    """One of several operations, too."""
    client.update('INSERT DATA { GRAPH <urn:changed> { <urn:s> <urn:p> "1" } }')
    client.update(
        "DELETE WHERE { GRAPH <urn:changed> { <urn:s> ?p ?o } } ; "
        'INSERT DATA { GRAPH <urn:changed> { <urn:s> <urn:p> "2" } }'
    )
    assert client.select("SELECT ?o { ?s ?p ?o }", ["urn:changed"]) == [{"o": Literal("2")}]


def test_a_query_that_is_none_is_refused(client: Client) -> None:
    """With what the server says of it."""
    with pytest.raises(BackendRefused, match=r"answers 400: .*error"):
        client.select("SELECT nonsense")


def test_rows_that_are_left_out_are_an_error(virtuoso: Backend) -> None:
    """Virtuoso gives so many rows at most: of a table it says so, of a graph it does not."""
    client = connect(virtuoso.given)
    client.put_graph("urn:many", [b"".join(b'<urn:%d> <urn:p> "x" .\n' % number for number in range(ROWS + 5))])
    assert client.endpoint.cap == ROWS
    assert len(client.select(f"SELECT ?s {{ ?s ?p ?o }} LIMIT {ROWS - 1}", ["urn:many"])) == ROWS - 1
    with pytest.raises(BackendIncomplete, match=f"{ROWS} rows at most"):
        client.select("SELECT ?s { ?s ?p ?o }", ["urn:many"])
    with pytest.raises(BackendIncomplete, match=f"{ROWS} rows at most"):
        client.construct("CONSTRUCT WHERE { ?s ?p ?o }", ["urn:many"])
    assert client.count("urn:many") == ROWS + 5
    client.close()


def test_a_wrong_password_is_told(virtuoso: Backend) -> None:
    """Who may ask may not yet write; the password is in no message."""
    for who in (None, Credentials("dba", "s3cret")):
        client = connect(replace(virtuoso.given, credentials=who))
        with pytest.raises(BackendDenied, match="user and the password") as error:
            client.put_graph("urn:denied", [b"<urn:s> <urn:p> <urn:o> .\n"])
        with pytest.raises(BackendDenied):
            client.update("CLEAR GRAPH <urn:graph>")
        assert "s3cret" not in str(error.value)
        client.close()


def test_nobody_there() -> None:
    """A port on which nobody listens."""
    with pytest.raises(BackendAway, match=r"http://127\.0\.0\.1:9/.* no connection: .* Is the server running"):
        connect(Given("http://127.0.0.1:9/"))


@pytest.mark.parametrize(
    ("reply", "error", "told"),
    [
        (NOTHING, BackendAway, "no connection"),
        (HANG, BackendSlow, "within 0.5 seconds"),
        (Reply(body=ANSWER.body, manner="drip"), BackendSlow, "within 0.5 seconds"),
        (replace(ANSWER, manner="half"), BackendIncomplete, "cut off"),
        (HTML_PAGE, NotABackend, "text/html"),
        (GARBAGE, BackendIncomplete, "garbled"),
        (Reply(body=b" " * (2 << 20)), BackendTooMuch, "1 MiB"),
        (Reply(302, headers={"Location": "http://elsewhere.invalid/"}), NotABackend, "leads to http://elsewhere"),
        (Reply(503, "busy"), BackendAway, "answers 503: \u201cbusy\u201d"),
        (Reply(body='{"head":{"vars":["n"]},"results":{"bindings":[]}}'), BackendIncomplete, "no number"),
    ],
)  # fmt: skip
def test_bad_answers_are_errors(
    bad: Misbehaving, hasty: Client, reply: Reply, error: type[BackendError], told: str
) -> None:
    """None of them is taken for an answer."""
    bad.script(reply)
    with pytest.raises(error, match=told):
        hasty.count("urn:graph")


def test_the_address_for_graphs_must_be_known(hasty: Client) -> None:
    """A server that is not known has it where somebody says."""
    with pytest.raises(UsageError, match="--graph-store-url"):
        hasty.put_graph("urn:graph", [b""])
