"""A release that is too large for the memory set is queried on disk, with the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.servers import Served, serving

ALL = """SELECT ?s ?p ?o { ?s ?p ?o . FILTER (?p != <https://schema.org/target>) }
ORDER BY STR(?s) STR(?p) STR(?o)"""
"""But for the endpoint's own location, which is the canonical one on disk."""
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.fixture(scope="module")
def on_disk(minimal_release: Path) -> Iterator[Served]:
    """A server that may keep nothing in memory."""
    with serving(minimal_release, "--in-memory", "0", "--timeout", "1", "--workers", "2") as server:
        yield server


def test_the_answers_are_the_same(on_disk: Served, minimal: Served) -> None:
    """Every statement, and a document in each syntax."""
    assert on_disk.query(ALL, "text/csv").content == minimal.query(ALL, "text/csv").content
    for extension in ("ttl", "nt", "rdf", "jsonld"):
        path = f"doc/bridges/old-bridge.{extension}"
        given = on_disk.get(path).text.replace(on_disk.address, minimal.address)
        assert given == minimal.get(path).text


def test_a_worker_on_disk_can_be_killed_too(on_disk: Served) -> None:
    """Past the deadline it is replaced by one that opens the store again."""
    for number in range(3):
        assert on_disk.query(f"{RUNAWAY} # {number}").status_code == 504
    assert [on_disk.query(f"ASK {{ ?s ?p ?o }} # {number}").json()["boolean"] for number in range(8)] == [True] * 8


def test_a_store_of_several_files_is_queried_on_disk(own_release: Path, own: Served) -> None:
    """It opens its files as queries come to them: in a worker, on a connection of lookups, in an old release."""
    query = "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p"
    expected = own.query(query, "text/csv").content
    with serving(own_release, "--in-memory", "0") as server:
        assert server.query(query, "text/csv").content == expected
        for number in range(12):
            answer = server.query(f"SELECT * {{ ?s ?p ?o }} LIMIT 1 # {number}", "text/csv")
            assert (answer.status_code, answer.text.count("\n")) == (200, 2)
    with serving(own_release.parent) as server:
        assert server.query(query, "text/csv", release=own_release.name).content == expected


def test_a_worker_on_disk_opens_nothing_else(on_disk: Served) -> None:
    """What it queries it has open already: large sorts and paths work under the same restrictions."""
    query = "SELECT ?a ?f { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?f) ?a LIMIT 5"
    assert len(on_disk.query(query, "text/csv").text.split()) > 5
