"""People and machines see what changed since the release before; versions and what is retired answer too."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from tests.conftest import MINIMAL
from tests.servers import Served, serving

from mreze.build.release import build_release
from mreze.namespaces import RDF_TYPE, term

BASE = "https://minimal.example/data/"
AS = "@prefix as: <https://www.w3.org/ns/activitystreams#> ."


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A second release: bridges are renamed, moved, retired with a successor; a term says more; a dataset goes."""
    folder = tmp_path_factory.mktemp("second")
    site = Path(shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases")))
    catalog = site / "data/catalog.ttl"
    whole = catalog.read_text("utf-8")
    extra = re.sub(r"(?s).*(<\S+dataset/)bulk(>\n.*?\n\.\n).*", r"\1old\2", whole).replace('"bulk"', '"old"')
    catalog.write_text(f"{whole}\n{extra}\n<{BASE}catalog> dcat:dataset <{BASE}dataset/old> .\n", "utf-8")
    bridges = site / "data/crossings/bridges"
    moved = site / "data/old/bridges/new-bridge.ttl"
    moved.parent.mkdir(parents=True)
    (bridges / "new-bridge.ttl").rename(moved)
    build_release(site, folder / "out", "2026-11-23")
    catalog.write_text(f"{AS}\n{whole}\n{tombstone('dataset/old', 'dcat:Dataset')}", "utf-8")
    moved.rename(bridges / "new-bridge.ttl")
    successor = f"<http://purl.org/dc/terms/isReplacedBy> <{BASE}id/bridges/new-bridge> ;"
    replaced = tombstone("id/bridges/v1.0", "ex:Bridge", successor)
    (bridges / "v1.0.ttl").write_text(f"{AS}\n@prefix ex: <{BASE}ontology#> .\n{PREFIXES}{replaced}", "utf-8")
    for path, before, after in (
        (bridges / "old-bridge.ttl", "Old Bridge", "Older Bridge"),
        (site / "ontology/bridges.ttl", "A structure", "A built structure"),
    ):
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    with serving(build_release(site, folder / "out", "2026-11-24").folder.parent) as served:
        yield served


PREFIXES = (
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)


def tombstone(path: str, kind: str, more: str = "") -> str:
    """A tombstone in Turtle."""
    return (
        f"<{BASE}{path}> a as:Tombstone ; as:formerType {kind} ; {more} "
        f'as:deleted "2026-11-24T00:00:00Z"^^<{term("xsd:dateTime").value}> ; '
        f'<{term("rdfs:comment").value}> "It was in the way."@en , "Im Wege."@de .\n'
    )


def _triples(served: Served, path: str) -> set[Triple]:
    answer = served.get(path, "text/turtle")
    assert answer.headers["content-type"].startswith("text/turtle"), answer.text
    return {one.triple for one in parse(answer.content, format=RdfFormat.TURTLE)}


def test_changes_are_activities(second: Served) -> None:
    """One for each thing; two things that moved are gone from one dataset and new in the other."""
    said = _triples(second, "changes")
    kinds = {one.subject: one.object for one in said if one.predicate == RDF_TYPE}
    found = {
        (str(kinds[one.subject]).rpartition("#")[2][:-1], str(one.object).removeprefix(f"<{BASE}")[:-1])
        for one in said
        if one.predicate == term("as:object")
    }
    assert found == {
        ("Update", "id/bridges/old-bridge"),
        ("Delete", "id/bridges/v1.0"),
        ("Create", "id/bridges/new-bridge"),
        ("Remove", "id/bridges/new-bridge"),
        ("Update", "ontology#Bridge"),
    }


def test_the_page_names_and_links_them(second: Served) -> None:
    """By their labels in the reader's language, under the title of their dataset."""
    page = second.get("changes", "text/html", accept_language="de").text
    assert 'href="./doc/bridges/old-bridge"' in page
    assert ">Alte Brücke<" in page
    assert ">Überquerungen<" in page
    english = second.get("changes.html?lang=en").text
    assert "Since 2026-11-23: new things: 1, changed: 2, retired: 1, described here no more: 1." in english
    assert "<h3>New things: 1</h3>" in english
    assert 'href="./changes.html"' in second.get("", "text/html").text


def test_every_form_is_offered(second: Served) -> None:
    """By extension, by Accept, and with a name that stays the same when the next release comes."""
    for extension in ("ttl", "jsonld", "nt", "rdf", "html"):
        assert second.get(f"changes.{extension}").status_code == 200
        assert second.get(f"changes/2026-11-24.{extension}").status_code == 200
    assert _triples(second, "changes/2026-11-24") == _triples(second, "changes.ttl")
    assert 'href="./changes/2026-11-23"' in second.get("changes.html").text
    earlier = second.get("changes/2026-11-23", "text/turtle")
    assert (earlier.status_code, earlier.headers["location"]) == (303, second.address + "changes?release=2026-11-23")
    assert second.client.get(earlier.headers["location"]).status_code == 200
    for nowhere in ("2026-11-22", "2026-11-25", "x", "2026-11-24.pdf", "../2026-11-23", "..%2F2026-11-23"):
        assert second.get(f"changes/{nowhere}", "text/turtle").status_code == 404


def test_a_first_release_says_that_it_is_the_first(minimal: Served) -> None:
    """It names no changes."""
    assert "First release." in minimal.get("changes", "text/html", accept_language="en").text
    assert not [one for one in _triples(minimal, "changes") if one.predicate == term("as:items")]


def test_versions_of_a_dataset_answer(second: Served) -> None:
    """That of now and those before, each with what it is a version of; others do not."""
    said = _triples(second, "catalog.ttl")
    current = {one.object for one in said if one.predicate == term("dcat:previousVersion")}
    assert current == {NamedNode(f"{BASE}dataset/crossings/2026-11-23")}
    for version in ("2026-11-23", "2026-11-24"):
        said = _triples(second, f"dataset/crossings/{version}")
        iri = NamedNode(f"{BASE}dataset/crossings/{version}")
        assert Triple(iri, term("dcat:isVersionOf"), NamedNode(f"{BASE}dataset/crossings")) in said
        assert {one.subject for one in said} == {iri}
        page = second.get(f"dataset/crossings/{version}.html?lang=en")
        assert (page.status_code, f"Crossings, {version}" in page.text) == (200, True)
    assert second.get("dataset/crossings/2026-11-25").status_code == 404
    assert second.get("dataset/bulk/2026-11-24").status_code == 404


def test_a_retired_thing_names_its_successor(second: Served) -> None:
    """In a link for machines, and on the page."""
    answer = second.get("id/bridges/v1.0", "text/html")
    assert answer.status_code == 410
    assert f'<{BASE}id/bridges/new-bridge>; rel="successor-version"' in answer.headers["link"]
    assert re.search(r'class="notice">.*<a href="\.\./\.\./doc/bridges/new-bridge"[^>]*>N', answer.text)
    assert "successor-version" not in second.get("id/bridges/lost-bridge", "text/turtle").headers["link"]


def test_a_retired_dataset_is_410_with_its_tombstone(second: Served) -> None:
    """In every form."""
    for path, accept in (("dataset/old", "text/turtle"), ("dataset/old.ttl", None), ("dataset/old", "text/html")):
        answer = second.get(path, accept)
        assert answer.status_code == 410
        assert "It was in the way." in answer.text
    assert second.get("dataset/none").status_code == 404


def test_the_page_of_a_retired_dataset_helps(second: Served) -> None:
    """What it was called, since when and why it is gone, the last release that has it, what there is in its place."""
    page = second.get("dataset/old?lang=en", "text/html").text
    assert "24 November 2026" in page
    assert "It was in the way." in page
    assert ">List</h1>" in page  # nobody says it any more: the release before does
    links = re.findall(r'href="\.\./((?:dataset|dumps)/[^"]*)"', page)
    kept = [one for one in links if "release=2026-11-23" in one]
    assert kept == ["dataset/old?lang=en&amp;release=2026-11-23", "dumps/?lang=en&amp;release=2026-11-23"]
    assert "dataset/crossings?lang=en" in links
    for one in links:
        assert second.get(one.replace("&amp;", "&"), "text/html").status_code == (410 if "/old." in one else 200)
