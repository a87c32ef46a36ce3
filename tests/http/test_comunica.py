"""Comunica (https://comunica.dev) finds out by itself what the endpoint is, and queries it like any other source."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.http.test_discovery import OVERVIEW, PREFIX
from tests.node import NODE, install
from tests.pushed import EXTENSIONS
from tests.servers import Served

from mreze.namespaces import PREFIXES

EX = "PREFIX ex: <https://minimal.example/data/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "


@pytest.fixture(scope="module")
def installed() -> Path:
    """A folder with what the lockfile names."""
    return install(Path(__file__).parent / "comunica")


def _ask(installed: Path, *questions: tuple[str, list[Any]]) -> list[Any]:
    asked = json.dumps([{"query": query, "sources": sources} for query, sources in questions])
    command = [*NODE, "ask.mjs"]
    result = subprocess.run(command, cwd=installed, check=False, input=asked, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    answers: list[Any] = json.loads(result.stdout)
    return answers


def test_the_endpoint_is_queried(minimal: Served, installed: Path) -> None:
    """A join, a yes, a no, a graph: by the bare address, and where it is told to be SPARQL."""
    join = EX + "SELECT ?bridge ?name { ?bridge ex:crosses ?river . ?river skos:prefLabel ?name }"
    graph = EX + "CONSTRUCT { ?river ex:under ?bridge } WHERE { ?bridge ex:crosses ?river }"
    expected = minimal.query(join).json()["results"]["bindings"]
    assert expected
    for source in (minimal.address + "sparql", {"type": "sparql", "value": minimal.address + "sparql"}):
        rows, yes, no, quads = _ask(
            installed,
            (join, [source]),
            (EX + "ASK { ?bridge ex:crosses ?river }", [source]),
            (EX + "ASK { ?bridge ex:crosses ex:nothing }", [source]),
            (graph, [source]),
        )
        found = {(row["bridge"]["value"], row["name"]["value"]) for row in rows}
        assert found == {(row["bridge"]["value"], row["name"]["value"]) for row in expected}
        assert (yes, no) == (True, False)
        assert len(quads) == len(minimal.query(EX + "SELECT ?b { ?b ex:crosses ?r }").json()["results"]["bindings"])


@pytest.mark.engine_cannot("oxigraph", "virtuoso", EXTENSIONS)
def test_the_description_is_believed(minimal: Served, installed: Path) -> None:
    """Comunica knows no GeoSPARQL: it leaves a function to the endpoint, whose description names it."""
    square = f'"POLYGON((0 0, 2 0, 2 2, 0 2, 0 0))"^^<{PREFIXES["geo"]}wktLiteral>'
    query = f"SELECT ?n {{ BIND (<{PREFIXES['geof']}dimension>({square}) AS ?n) }}"
    (rows,) = _ask(installed, (query, [minimal.address + "sparql"]))
    assert [row["n"]["value"] for row in rows] == ["2"]


def test_documents_are_queried(minimal: Served, installed: Path) -> None:
    """The description of a thing is a source, also by its `/id/`; and one that joins with the endpoint."""
    name = EX + "SELECT ?name { ?thing ex:crosses ?river ; skos:prefLabel ?name }"
    both = EX + "SELECT DISTINCT ?other { ?thing ex:opened ?year ; ex:crosses ?river . ?other ex:crosses ?river }"
    document = minimal.address + "doc/bridges/old-bridge"
    by_document, by_identifier, joined = _ask(
        installed,
        (name, [document]),
        (name, [minimal.address + "id/bridges/old-bridge"]),
        (both, [document, minimal.address + "sparql"]),
    )
    assert by_document == by_identifier
    assert {row["name"]["value"] for row in by_document} == {"Old Bridge", "Alte Brücke"}
    others = EX + "SELECT DISTINCT ?other { ?other ex:crosses ?river . ?b ex:crosses ?river ; ex:opened ?y }"
    expected = {row["other"]["value"] for row in minimal.query(others).json()["results"]["bindings"]}
    assert {row["other"]["value"] for row in joined} == expected


def test_an_editor_reads_classes_and_properties(own: Served, installed: Path) -> None:
    """The SIB editor asks the description, as a file, with Comunica."""
    (rows,) = _ask(installed, (PREFIX + OVERVIEW, [{"type": "file", "value": own.address + "sparql"}]))
    pairs = {(row["class"]["value"], row["property"]["value"]) for row in rows}
    assert ("http://www.w3.org/ns/org#Membership", "http://www.w3.org/ns/org#member") in pairs
    assert len(pairs) > 300
