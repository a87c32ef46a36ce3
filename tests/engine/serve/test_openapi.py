"""The OpenAPI document has every path that there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import MINIMAL

from mreze.build.release import build_release
from mreze.queries import SavedQuery, read_query
from mreze.release import open_release
from mreze.serve.library import all_queries
from mreze.serve.openapi import describe_api
from mreze.serve.openapi_parts import Json
from mreze.serve.routes import _EXACT, _FOLDERS, find_route


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """The document of the minimal site."""
    release = open_release(build_release(MINIMAL, tmp_path_factory.mktemp("releases")).folder)
    return describe_api(release, all_queries(release), "https://data.example.org/graph/")


def test_every_route_is_described(document: Json) -> None:
    """Each path of the table of routes is in the document."""
    paths = set(document["paths"])
    suffixed = re.compile(r"(catalog|changes|documents|feed|ontology|shapes|void)\.\w+\Z")
    described = {one if not suffixed.match(one) else suffixed.sub(r"\1.{extension}", one) for one in _EXACT}
    assert {one for one in described if not {f"/{one}", f"/{one}/", f"/{one.rstrip('/')}"} & paths} == set()
    assert {one for one in _FOLDERS if not any(path.startswith(f"/{one}/") for path in paths)} == set()


def test_every_path_is_a_route(document: Json) -> None:
    """With the methods that the document gives it."""
    for path, item in document["paths"].items():
        route = find_route(re.sub(r"\{\w+\}", "x", path.replace("{extension}", "ttl")).removeprefix("/"))
        assert route is not None, path
        assert {one.upper() for one in item} <= set(route.methods)


def test_identifiers_of_operations_are_unique(document: Json) -> None:
    """A generator makes a function of each."""
    identifiers = [operation["operationId"] for item in document["paths"].values() for operation in item.values()]
    assert len(identifiers) == len(set(identifiers))


def test_a_saved_query_has_its_parameters(document: Json) -> None:
    """With their types; in a path that is negotiated and one for each syntax that programs want."""
    get = document["paths"]["/queries/opened-since"]["get"]
    since, release = get["parameters"]
    assert release["name"] == "release"
    assert (since["name"], since["in"], since["required"]) == ("since", "query", False)
    assert (since["schema"], since["example"]) == ({"type": "integer"}, 1900)
    assert "without one: 1900" in since["description"]
    assert {"text/csv", "application/sparql-results+json", "text/turtle", "text/html"} <= set(
        get["responses"]["200"]["content"]
    )
    assert list(document["paths"]["/queries/opened-since.csv"]["get"]["responses"]["200"]["content"]) == ["text/csv"]
    assert document["paths"]["/queries/crossing.json"]["get"]["parameters"][0]["required"] is True
    assert "/queries/rivers.csv" not in document["paths"]
    assert "/queries/rivers.ttl" in document["paths"]


@pytest.mark.parametrize(
    ("kind", "value", "schema", "example"),
    [
        ("xsd:boolean", "true", {"type": "boolean"}, True),
        ("xsd:decimal", "1.5", {"type": "number"}, 1.5),
        ("xsd:double", '"INF"^^xsd:double', {"type": "number"}, "INF"),
        ("xsd:date", '"2026-11-23"^^xsd:date', {"type": "string", "format": "date"}, "2026-11-23"),
        ("iri", "<urn:x>", {"type": "string"}, "urn:x"),
    ],
)
def test_types_are_those_of_json(
    tmp_path: Path, minimal_release: Path, kind: str, value: str, schema: Json, example: object
) -> None:
    """The example too."""
    query = _query(tmp_path, f"#+ parameter ?x: {kind}", f"VALUES ?x {{ {value} }} ?s ?p ?x")
    described = describe_api(open_release(minimal_release), [query], "https://data.example.org/")
    parameter, _ = described["paths"]["/queries/q"]["get"]["parameters"]
    assert (parameter["schema"], parameter["example"]) == (schema, example)


def test_the_server_is_where_it_is(document: Json) -> None:
    """Paths are put behind it, so it ends without a slash."""
    assert document["servers"] == [{"url": "https://data.example.org/graph"}]


def _query(folder: Path, header: str, pattern: str) -> SavedQuery:
    text = f"#+ summary: x\n{header}\nPREFIX xsd: <http://www.w3.org/2001/XMLSchema#>\nSELECT * {{ {pattern} }}\n"
    (folder / "q.rq").write_text(text, "utf-8")
    return read_query(folder, Path("q.rq"))
