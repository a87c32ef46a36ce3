"""What a request to the endpoint may look like on the wire, and what is said where it is not one."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from tests.servers import Served, serving

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ASK = "query=ASK%20%7B%7D"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def _raw(served: Served, request: bytes) -> bytes:
    """Send octets as they are, and read until the other end closes."""
    host, _, port = urlsplit(served.address).netloc.partition(":")
    content = b""
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        while part := connection.recv(1 << 16):
            content += part
    return content


def _send(
    served: Served, line: str, *fields: str, body: bytes = b"", host: str = "Host: x"
) -> tuple[int, dict[str, str]]:
    """Send a request that asks to close; the status and the problem document, if there is one."""
    head = "\r\n".join(one for one in (line + " HTTP/1.1", host, "Connection: close", *fields) if one)
    answer = _raw(served, head.encode("latin-1") + b"\r\n\r\n" + body)
    head_of_answer, _, content = answer.partition(b"\r\n\r\n")
    is_problem = b"application/problem+json" in head_of_answer
    return int(answer.split()[1]), json.loads(content) if is_problem else {}


@pytest.mark.parametrize("target", ["/sparql", f"/sparql?{ASK}", "/sparql?query=ASK", "/sparql?update=x"])
def test_head_is_get_without_the_body(minimal: Served, target: str) -> None:
    """Of a query, of the description, of an error: the same fields, nothing after them."""
    lines = []
    for method in ("GET", "HEAD"):
        request = f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        head, end, body = _raw(minimal, request.encode()).partition(b"\r\n\r\n")
        assert end
        assert (body == b"") == (method == "HEAD")
        lines.append([line for line in head.split(b"\r\n") if not line.startswith(b"date:")])
    assert lines[0] == lines[1]
    assert any(line.startswith(b"content-length: ") for line in lines[1])


def test_the_body_of_a_get_means_nothing(minimal: Served) -> None:
    """It is passed over (RFC 9110, 9.3.1)."""
    assert _send(minimal, f"GET /sparql?{ASK}", "Content-Length: 5", body=b"hello") == (200, {})


@pytest.mark.parametrize(
    ("fields", "body", "status"),
    [
        (["Content-Length: 6"], b"ASK {}", 200),
        (["Transfer-Encoding: chunked"], b"3\r\nASK\r\n3;x=y\r\n {}\r\n0\r\n\r\n", 200),
        (["Transfer-Encoding: chunked"], b"100000\r\n" + b"#" * (1 << 20) + b"\r\n1\r\n#\r\n0\r\n\r\n", 413),
        (["Content-Length: 1048577"], b"", 413),
        (["Content-Length: 1048577", "Expect: 100-continue"], b"", 413),
        (["Content-Length: 6", "Content-Encoding: gzip"], b"ASK {}", 415),
        (["Content-Length: 6", "Content-Encoding: identity"], b"ASK {}", 200),
        (["Content-Length: 6", "Content-Length: 7"], b"ASK {}", 400),
        (["Content-Length: -6"], b"ASK {}", 400),
        (["Content-Length: 6", "Transfer-Encoding: chunked"], b"6\r\nASK {}\r\n0\r\n\r\n", 400),
        (["Content-Length: 6", "Content-Type: text/plain"], b"ASK {}", 415),
        (["Content-Length: 0"], b"", 400),
        (["Content-Length: 2"], b"\xff\xff", 400),
        (["Content-Length: 11"], b"ASK { '\0' }", 400),
        (["Content-Length: 9"], b"\xef\xbb\xbfASK {}", 200),
        (["Content-Length: 12"], b"ASK { ?\xed\xa0\x80 }", 400),
    ],
)
def test_bodies(minimal: Served, fields: list[str], body: bytes, status: int) -> None:
    """In one piece or in chunks, with a length that is true, in UTF-8, and no longer than they may be."""
    got, problem = _send(minimal, "POST /sparql", f"Content-Type: {DIRECT}", *fields, body=body)
    assert got == status
    assert (status == 200) == (problem == {})


def test_who_asks_first_is_told_to_go_on(minimal: Served) -> None:
    """Expect: 100-continue."""
    request = f"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: {DIRECT}\r\n"
    answer = _raw(minimal, request.encode() + b"Content-Length: 6\r\nExpect: 100-continue\r\n\r\nASK {}")
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (ASK, 200),
        ("query=", 400),
        ("query", 400),
        ("query=%20", 400),
        ("query=ASK%7B%7D%", 400),
        ("query=ASK%7B%7D%2", 400),
        ("query=ASK%7B%7D%zz", 400),
        ("query=ASK+%7B+%3Fs+%3Fp+%22100%%22+%7D", 200),
        ("query=ASK%7B%7D%00", 400),
        ("query=ASK%7B%3Fs+%3Fp+%22%00%22%7D", 400),
        ("query=%FF", 400),
        ("query=ASK%7B%3Fs+%3Fp+%22%ED%A0%80%22%7D", 400),
        ("query=ASK%7B%3Fs+%3Fp+%22%F0%9F%92%A9%22%7D", 200),
        ("query=ASK%7B%3Fs+%3Fp+%22\xc3\xa9%22%7D", 200),
        ("query=ASK%7B%3Fs+%3Fp+%22\xe9%22%7D", 400),
        ("query=ASK%7B%3Fs+%3Fp+%22%5CuD800%22%7D", 400),
        (f"{ASK}&{ASK}", 400),
        (f"{ASK}&Query=ASK", 200),
        (f"{ASK}&default-graph-uri=x", 200),
        (f"{ASK}&default-graph-uri=", 200),
        (f"{ASK}&default-graph-uri=a%20b", 400),
        (f"{ASK}&named-graph-uri=http://%5B", 400),
        (f"{ASK}&named-graph-uri=%00", 400),
        (f"{ASK}&using-graph-uri=x", 403),
        (f"{ASK}&update=", 403),
        ("update=ASK", 403),
        ("query=INSERTDATA%7B%7D", 403),
        (f"{ASK}&timeout=nan", 400),
        (f"{ASK}&timeout=-1", 400),
        (f"{ASK}&timeout=5", 200),
        ("&".join(["x=y"] * 2_000), 400),
        ("default-graph-uri=x", 400),
    ],
)
def test_parameters(minimal: Served, query: str, status: int) -> None:
    """In an address and in a form, the same is right, and the same wrong."""
    assert _send(minimal, f"GET /sparql?{query}")[0] == status
    body = query.encode("latin-1")
    fields = (f"Content-Type: {FORM}", f"Content-Length: {len(body)}")
    assert _send(minimal, "POST /sparql", *fields, body=body)[0] == status


@pytest.mark.parametrize(
    ("request_line", "fields", "host", "status", "says"),
    [
        (f"GET /sparql?{ASK}", [], "", 400, "0 Host fields"),
        (f"GET /sparql?{ASK}", ["Host: y"], "Host: x", 400, "2 Host fields"),
        ("GET /sparql?query=ASK {}", [], "Host: x", 400, "RFC 9112"),
        ("ERASE /sparql", [], "Host: x", 400, "RFC 9112"),
        ("PUT /sparql", [], "Host: x", 405, "PUT is not known here"),
        ("GET /sparql?query=" + "%20" * 25_000, [], "Host: x", 414, "by POST"),
        (f"GET /sparql?{ASK}", ["X: " + "x" * 100_000], "Host: x", 431, "100,000 bytes"),
        (f"GET /sparql?{ASK}", ["X: x"] * 30_000, "Host: x", 431, "100,000 bytes"),
        (f"GET /sparql?{ASK}", ["Accept: text/csv;q=0.1", f"Accept: {'a' * 20_000}"], "Host: x", 200, ""),
        (f"GET /sparql?{ASK}", ["Upgrade: websocket", "Connection: upgrade"], "Host: x", 200, ""),
    ],
)
def test_heads(minimal: Served, request_line: str, fields: list[str], host: str, status: int, says: str) -> None:
    """What cannot be read, or has no end, is answered with a problem document like everything else."""
    got, problem = _send(minimal, request_line, *fields, host=host)
    assert got == status
    assert says in problem.get("detail", "")


def _send_for(connection: socket.socket, seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        connection.sendall(b"x" * 1_000)
        time.sleep(0.01)


def test_a_head_that_never_ends_is_not_kept(minimal: Served) -> None:
    """Megabytes of one field are not collected: the connection ends."""
    host, _, port = urlsplit(minimal.address).netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 200_000)
        assert connection.recv(12) == b"HTTP/1.1 431"
        with pytest.raises(ConnectionError):
            _send_for(connection, seconds=10)


def test_an_old_client_needs_no_host(minimal: Served) -> None:
    """HTTP/1.0 has none."""
    assert _raw(minimal, f"GET /sparql?{ASK} HTTP/1.0\r\n\r\n".encode()).startswith(b"HTTP/1.1 200 OK")


def test_a_browser_may_post(minimal: Served) -> None:
    """The preflight for a query as a body, and for QUERY."""
    for method in ("POST", "QUERY"):
        answer = minimal.ask(
            "OPTIONS",
            "sparql",
            origin="https://elsewhere.example",
            access_control_request_method=method,
            access_control_request_headers="content-type",
        )
        assert answer.status_code == 204
        assert method in answer.headers["access-control-allow-methods"].split(", ")
        assert answer.headers["access-control-allow-headers"] == "content-type"
    refused = minimal.client.post(minimal.address + "sparql", content=b"ASK")
    assert refused.headers["access-control-allow-origin"] == "*"


def test_relative_graphs_are_those_beside_the_endpoint(minimal_release: Path) -> None:
    """Against the public address, wherever the request went; in the request as in the query."""
    public = "https://minimal.example/data/"
    with serving(minimal_release, "--public-url", public) as served:
        base, counted = served.base, {}
        assert base == public
        for name in ("dataset/bulk", "./dataset/bulk", "/data/dataset/bulk", base + "dataset/bulk"):
            answer = served.query(COUNT, "text/csv", **{"default-graph-uri": name})
            counted[name] = answer.text
            assert served.query(COUNT.replace("{", f"FROM <{name}> {{", 1), "text/csv").text == answer.text
        assert set(counted.values()) == {"n\r\n22\r\n"}
        query = "SELECT ?g { GRAPH ?g { ?s a ?class } } GROUP BY ?g"
        answer = served.query(query, "text/csv", **{"named-graph-uri": "dataset/bulk"})
        assert answer.text.split() == ["g", base + "dataset/bulk"]
        assert served.query("SELECT (<x> AS ?x) {}", "text/csv").text.split() == ["x", public + "x"]


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("?s <http://x.example/1> ?o", "http://x.example/1"),
        ("?s <http://x.example/> ?o", "XML cannot hold"),
        ("?s <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> ?o", "RDF/XML keeps for itself"),
        ('?s <http://x.example/a> "\\u0001"', "XML cannot hold"),
    ],
)
def test_what_rdf_xml_cannot_hold_is_an_error(minimal: Served, pattern: str, says: str) -> None:
    """Never a document that is none; another syntax has it."""
    query = f"CONSTRUCT {{ {pattern} }} WHERE {{ ?s ?p ?o }} LIMIT 1"
    refused = minimal.query(query, "application/rdf+xml")
    assert refused.status_code == 406
    assert says in refused.json()["detail"]
    assert minimal.query(query, "text/turtle").status_code == 200


def test_what_results_in_xml_cannot_hold_is_an_error(minimal: Served) -> None:
    """A control character is 406 in XML, and comes in JSON."""
    query = 'SELECT ("a\\u0002b" AS ?x) {}'
    assert minimal.query(query, "application/sparql-results+xml").status_code == 406
    assert minimal.query(query).json()["results"]["bindings"] == [{"x": {"type": "literal", "value": "a\x02b"}}]


def test_what_differs_each_time_is_not_kept(minimal: Served) -> None:
    """Neither in data nor on the page."""
    for query in ("SELECT (RAND() AS ?x) {}", "SELECT (1+ rand#\n() AS ?x) {}", "SELECT (STRUUID() AS ?x) {}"):
        for accept in ("text/html", "text/csv"):
            assert len({minimal.query(query, accept).text for _ in range(3)}) == 3
    query = "CONSTRUCT { ?s ?p (1) } WHERE { VALUES (?s ?p) { (<x:s> <x:p>) } }"
    assert len({minimal.query(query, "application/n-triples").text for _ in range(3)}) == 3


def test_a_page_shows_what_is_refused(minimal: Served) -> None:
    """A person who sends an update, or SERVICE, sees the text again and why it is not answered."""
    for query in ("DROP ALL", "ASK { SERVICE <https://x.example/> { ?s ?p ?o } }"):
        page = minimal.query(query, "text/html")
        assert page.status_code == 403
        assert "<textarea" in page.text
        assert query.partition(" ")[0] in page.text


def test_names_that_are_none_are_explained(minimal: Served) -> None:
    """Asking why nothing was found is told what is wrong with the query, and is no mistake of the server."""
    for query in ("ASK { ?s <http://[> ?o }", "PREFIX p: <http://x:8> ASK { ?s p:a ?o }", "ASK { ?s q:a <a b> }"):
        target = "sparql?" + urlencode({"query": query, "explain": "true"})
        answer = minimal.get(target)
        assert answer.status_code == 400
        assert "line 1" in answer.json()["detail"]


@pytest.mark.parametrize("opening", ["(", "{", "STR(", "!("])
def test_deep_nesting_is_answered_and_harms_nobody(minimal: Served, opening: str) -> None:
    """What the engine cannot follow is 422, at once and every time; the next query is answered."""
    depth = 150_000
    inner = opening * depth + "1" + "})"["{" not in opening] * depth
    query = f"ASK {{ {inner} }}" if opening == "{" else f"ASK {{ FILTER ({inner}) }}"
    for _ in range(2):
        answer = minimal.client.post(
            minimal.address + "sparql", content=query.encode(), headers={"content-type": DIRECT}
        )
        assert answer.status_code == 422
        assert "nested" in answer.json()["detail"]
    assert minimal.get("sparql?query=" + quote(f"ASK {{ }} # {opening}")).status_code == 200
