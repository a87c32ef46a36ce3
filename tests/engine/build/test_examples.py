"""Saved queries are tried on the site's data when it is checked, and what they gave is noted when it is released."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from mreze.build.check import check_site
from mreze.build.contents import Contents
from mreze.build.examples import check_examples, count_rows, draw_rows
from mreze.findings import Finding
from mreze.graph import read_site
from mreze.queries import read_query
from mreze.site import open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
FILE = Path("queries/examples/tried.rq")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the minimal site that a test may harm."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))


def _found(site: Path, text: str) -> list[Finding]:
    (site / FILE).write_text(f"#+ summary: Tried?\n{text}\n", "utf-8")
    return [one for one in check_examples(read_site(open_site(site))) if one.path == FILE]


@pytest.mark.parametrize(
    ("text", "severity", "line", "says"),
    [
        ("SELECT * { ?s ?p ?o } LIMIT x", "violation", 2, "not SPARQL"),
        ("SELECT (<urn:none>(1) AS ?x) { ?s <urn:none> ?o }", "violation", None, "not SPARQL"),
        ("SELECT * { SERVICE <https://other.example/> { ?s ?p ?o } }", "violation", 2, "SERVICE"),
        ("# none\nSELECT * { ?s <urn:none> ?o }", "warning", 3, "no rows"),
        ("#+ rows: 3\nSELECT * { VALUES ?x { 1 2 } }", "violation", 2, "2 rows; 3 are expected"),
        ("#+ rows: 3..\nSELECT * { VALUES ?x { 1 2 } }", "violation", 2, "3.. are expected"),
        ("#+ rows: 0..1\nCONSTRUCT { <urn:s> <urn:p> ?x } { VALUES ?x { 1 2 } }", "violation", 2, "0..1"),
        ("#+ rows: 1\nASK { ?s <urn:none> ?o }", "violation", 2, "0 rows"),
        ("#+ rows: many\nASK { }", "violation", 2, "no number of rows"),
        ("#+ picture: cake\nASK { }", "violation", 2, "'cake' is unknown"),
        ("#+ picture: map\nSELECT ?thing { VALUES ?thing { 1 } }", "violation", 3, "does not give: ?point"),
        (
            "#+ picture: network\nSELECT * { ?from ?p ?to . ?s ?q ?o } LIMIT 2001",
            "violation",
            3,
            "gives 2001 rows; 2000 can be drawn",
        ),
        ("#+ columns: ?x number, ?y none\nSELECT ?x { VALUES ?x { 1 } }", "violation", 2, "column ?y"),
        ("#+ labels: ?x of ?z\nSELECT ?x { VALUES ?x { 1 } }", "violation", 2, "column ?z"),
        ("#+ rows: 1\n#+ columns: ?x y\nASK { }", "violation", 3, "column ?x"),
        ("#+ picture: network\n#+ rows: 1\nASK { }", "violation", 4, "does not give: ?from, ?to"),
    ],
)
def test_what_is_wrong_with_an_example_is_found(
    site: Path, text: str, severity: str, line: int | None, says: str
) -> None:
    """With file and line: an error, no rows where none is announced, other rows than are announced."""
    (found,) = _found(site, text)
    assert (found.severity, found.line) == (severity, line)
    assert says in found.message["en"]
    assert found.remedy


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { VALUES ?x { 1 2 } }",
        "#+ rows: 2\nSELECT * { VALUES ?x { 1 2 } }",
        "#+ rows: 1..2\nSELECT * { VALUES ?x { 1 2 } }",
        "#+ rows: 0..\nSELECT * { ?s <urn:none> ?o }",
        "ASK { ?s <urn:none> ?o }",
        "#+ rows: 1\nASK { }",
        "#+ rows: 1..\nSELECT * { GRAPH <https://minimal.example/data/dataset/crossings> { ?s ?p ?o } }",
        "#+ rows: 1..\nSELECT * { GRAPH <https://minimal.example/data/catalog> { ?s ?p ?o } }",
        "#+ rows: 1..\nSELECT * { ?q a <http://www.w3.org/ns/shacl#SPARQLExecutable> }",
        "#+ parameter ?s: iri required\nSELECT * { VALUES ?s { UNDEF } ?s <urn:none> ?o }",
        "#+ rows: 1..\nSELECT * { ?s a <ontology#Bridge> }",
        "#+ picture: timeline\nSELECT * { ?thing <ontology#opened> ?date }",
        "#+ picture: timeline\n#+ rows: 0\nSELECT ?kind ?thing ?date { ?thing <urn:none> ?date }",
    ],
)
def test_what_is_right_is_left_alone(site: Path, text: str) -> None:
    """Also named graphs, the descriptions of the queries, an address relative to the endpoint, nothing to ask with."""
    assert _found(site, text) == []


def test_the_check_of_a_site_tries_its_examples(site: Path) -> None:
    """A query that breaks keeps the site from being released."""
    (site / FILE).write_text("#+ summary: Tried?\nSELECT * { ?s ?p }\n", "utf-8")
    assert [one.path for one in check_site(read_site(open_site(site)))] == [FILE]


def test_a_dump_needs_not_be_told_anything(site: Path) -> None:
    """The query of a dataset's CSV has no parameter that must be given."""
    path = site / "queries/examples/bridges.rq"
    path.write_text(path.read_text("utf-8").replace("schema:RiverBodyOfWater\n", "schema:RiverBodyOfWater required\n"))
    (found,) = check_examples(read_site(open_site(site)))
    assert (found.severity, found.path, found.line) == ("violation", Path("queries/examples/bridges.rq"), 3)


def test_rows_are_counted_with_the_defaults() -> None:
    """Yes counts as one; a graph by its statements; a query whose parameter has no example is left out."""
    graph = read_site(open_site(MINIMAL))
    counted = count_rows(graph, [read_query(MINIMAL, path) for path in graph.site.queries("examples")])
    assert counted["is-called"] == counted["echo"] == 1
    assert counted["opened-since"] == 6
    assert counted["described"] > 1
    said = {str(one.subject): str(one.object) for one in Contents(graph).declared if "ns#rows" in str(one.predicate)}
    assert len(said) == len(counted)


def test_the_rows_that_are_drawn_are_kept(site: Path) -> None:
    """In their order, as SPARQL's JSON; those of other queries are not."""
    text = "#+ summary: When?\n#+ picture: timeline\nSELECT * { ?thing <ontology#opened> ?date } ORDER BY DESC(?date)"
    (site / FILE).write_text(text, "utf-8")
    graph = read_site(open_site(site))
    drawn = draw_rows(graph, [read_query(site, path) for path in graph.site.queries("examples")])
    assert list(drawn) == ["tried"]
    found = json.loads(drawn["tried"])
    dates = [row["date"]["value"] for row in found["results"]["bindings"]]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) > 3
