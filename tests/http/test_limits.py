"""Limits of a query are named when they are met, and an answer is complete or an error."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from tests.servers import Served, serving

THREE = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"


@pytest.fixture(scope="module")
def served(minimal_release: Path) -> Iterator[Served]:
    """A server that gives a query 64 MB of memory and 1 MB for its answer."""
    with serving(minimal_release, "--workers", "2", "--memory", "64", "--result", "1", "--timeout", "20") as server:
        yield server


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "application/sparql-results+xml"])
def test_an_answer_that_is_too_large_is_422(served: Served, accept: str) -> None:
    """Never a short 200: the limit is named, and the worker goes on."""
    answer = served.query(f"SELECT * {{ {THREE} }}", accept)
    assert answer.status_code == 422
    assert "1,048,576 bytes" in answer.json()["detail"]
    assert "retry-after" not in answer.headers
    assert served.query("ASK {}").json()["boolean"] is True


def test_a_query_that_wants_too_much_memory_is_422(served: Served) -> None:
    """The worker ends, the client is told why, others are answered."""
    answer = served.query(f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT * {{ {THREE} }} }}")
    assert answer.status_code == 422
    assert "memory" in answer.json()["detail"]
    for number in range(6):
        assert served.query(f"ASK {{}} # {number}").status_code == 200


@pytest.mark.engine_cannot(
    "oxigraph", "virtuoso", "so many parts end an Oxigraph, and Virtuoso compiles for minutes: 422"
)
def test_a_query_may_have_thousands_of_parts(minimal: Served) -> None:
    """As a program writes them: a long UNION is answered, one that nests without end is 422, again and again.

    The engine takes four times as long for twice as many parts: ten thousand are answered too, after seven seconds.
    """
    union = "SELECT * { { ?s ?p 1 }" + " UNION { ?s ?p 1 }" * 4_000 + " }"
    nested = "SELECT * " + "{" * 100_000 + "}" * 100_000
    address = minimal.address + "sparql"
    for query, status in ((union, 200), (nested, 422), (nested, 422), (union + "#", 200)):
        assert minimal.client.post(address, data={"query": query}).status_code == status


def test_a_client_has_its_share_and_the_queue_an_end(minimal_release: Path) -> None:
    """With a hundred runaways at once, some get 504, the rest 429 or 503 with Retry-After, none anything else."""
    query = f"SELECT (COUNT(*) AS ?n) {{ {THREE} . ?j ?k ?l }}"
    with (
        serving(minimal_release, "--workers", "2", "--timeout", "0.3") as served,
        httpx.Client(timeout=60, limits=httpx.Limits(max_connections=100)) as client,  # one for each takes longer
        ThreadPoolExecutor(100) as threads,
    ):
        asked = [{"query": f"{query} # {number}"} for number in range(100)]
        answers = list(threads.map(lambda one: client.get(served.address + "sparql", params=one), asked))
        assert {one.status_code for one in answers} <= {429, 503, 504}
        refused = [one for one in answers if one.status_code in {429, 503}]
        assert refused
        assert all(one.headers["retry-after"] == "1" for one in refused)
        assert all(one.headers["content-type"] == "application/problem+json" for one in answers)
        assert served.query("ASK {}").status_code == 200


def test_from_graphs_are_merged(minimal: Served) -> None:
    """Two graphs that share a triple, named in the query or in the request: it counts once."""
    count = "SELECT (COUNT(*) AS ?n) {from} {{ <https://elsewhere.example/river> ?p ?o }}"
    graphs = [minimal.base + "dataset/bulk", minimal.base + "dataset/crossings"]
    clause = " ".join(f"FROM <{graph}>" for graph in graphs)
    answer = minimal.query(count.format(**{"from": clause}), "text/csv")
    assert answer.text.split() == ["n", "1"]
    given = {"query": count.format(**{"from": ""}), "default-graph-uri": graphs}
    answer = minimal.client.get(minimal.address + "sparql", params=given, headers={"accept": "text/csv"})
    assert answer.text.split() == ["n", "1"]


def test_the_query_method(minimal: Served) -> None:
    """QUERY is POST that may be repeated: body, type and answer are the same."""
    content = b"SELECT ?bridge { ?bridge a <https://minimal.example/data/ontology#Bridge> } ORDER BY ?bridge"
    headers = {"content-type": "application/sparql-query", "accept": "text/csv"}
    answers = [
        minimal.client.request(method, minimal.address + "sparql", content=content, headers=headers)
        for method in ("POST", "QUERY")
    ]
    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].content == answers[1].content
    assert "QUERY" in minimal.ask("OPTIONS", "sparql").headers["allow"]


def test_graphs_come_in_quads_too(minimal: Served) -> None:
    """N-Quads and TriG are offered for what a query constructs."""
    query = "CONSTRUCT WHERE { ?river a <https://schema.org/RiverBodyOfWater> }"
    for media_type in ("application/n-quads", "application/trig"):
        answer = minimal.query(query, media_type)
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert "green-river" in answer.text
