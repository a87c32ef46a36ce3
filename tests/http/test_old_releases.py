"""Old releases stay: whatever an address names with `?release=` is what it was then."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.conftest import MINIMAL
from tests.servers import MREZE, Served, serving

from mreze.shelf import Shelf

OLD, MIDDLE, NEW, GONE = "2027-01-02", "2027-01-03", "2027-01-04", "2027-01-01"
LABELS = {OLD: "First Crossing", MIDDLE: "Second Crossing", NEW: "Third Crossing"}
FILE = "data/crossings/bridges/old-bridge.ttl"


def _build(site: Path, out: Path, date: str) -> None:
    subprocess.run([*MREZE, "build", str(site), "--out", str(out), "--date", date], check=True, capture_output=True)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Three releases, in which a bridge has one name after the other; one more was there once."""
    folder = tmp_path_factory.mktemp("old")
    site = Path(shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases")))
    shelf = Shelf(folder / "releases")
    for date, name in LABELS.items():
        text = (MINIMAL / FILE).read_text("utf-8")
        (site / FILE).write_text(text.replace("Old Bridge", name), "utf-8")
        _build(site, shelf.folder, date)
    (shelf.folder / "removed").write_text(f"{GONE}\n", "utf-8")
    return shelf


@pytest.fixture(scope="module")
def served(shelf: Shelf) -> Iterator[Served]:
    """A server of all three."""
    with serving(shelf.folder, "--workers", "2") as server:
        yield server


BOTH = {
    "doc/bridges/old-bridge.ttl": None,
    "doc/bridges/old-bridge": "text/html",
    "dumps/all.nt": None,
    "dumps/crossings.ttl": None,
    "sparql?query=SELECT+*+%7B+%3Chttps://minimal.example/data/id/bridges/old-bridge%3E+a+?c+;+?p+?o+%7D": "text/csv",
    "sparql?query=DESCRIBE+%3Chttps://minimal.example/data/id/bridges/old-bridge%3E": "text/html",
    "queries/bridges.csv": None,
    "queries/bridges": "text/html",
    "doc/rivers/green-river": "application/n-triples",
    "reconcile?queries=%7B%22q0%22:%7B%22query%22:%22bridges/old-bridge%22%7D%7D": None,
    "reconcile/1.0/suggest/entity?prefix=bridges/old-bridge": None,
}


@pytest.mark.parametrize("path", BOTH)
def test_each_kind_of_resource_answers_from_the_release(served: Served, path: str) -> None:
    """Documents, dumps, the endpoint and saved queries say what they said then, and say when that was."""
    for name, label in ((OLD, LABELS[OLD]), (MIDDLE, LABELS[MIDDLE]), (OLD, LABELS[OLD]), ("", LABELS[NEW])):
        there = f"{path}{'&' if '?' in path else '?'}release={name}" if name else path
        answer = served.get(there, BOTH[path])
        assert answer.status_code == 200, answer.text
        assert answer.headers["mreze-release"] == (name or NEW)
        assert label in answer.text
        for other in {*LABELS.values()} - {label}:
            assert other not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "", "catalog", "catalog.ttl", "catalog.jsonld", "catalog.rdf", "void.ttl", ".well-known/void", "ontology.ttl",
        "shapes", "dataset/crossings", "documents", "queries/", "dumps/", "terms.json", "sitemap.xml", "openapi.json",
        "sparql",
    ],
)  # fmt: skip
def test_the_rest_names_its_release_too(served: Served, path: str) -> None:
    """Catalogue, statistics, vocabulary and lists, for people and for machines."""
    for accept in ("text/html", "text/turtle, application/json;q=0.5, */*;q=0.1"):
        answer = served.get(f"{path}?release={OLD}", accept)
        assert answer.status_code == 200
        assert answer.headers["mreze-release"] == OLD
        assert served.get(path, accept).headers["mreze-release"] == NEW


def test_queries_by_post_are_asked_of_the_release(served: Served) -> None:
    """The address says which, the body what."""
    query = 'SELECT DISTINCT ?l { ?s ?p ?l FILTER (CONTAINS(STR(?l), " Crossing")) }'
    for name, label in ((OLD, LABELS[OLD]), (MIDDLE, LABELS[MIDDLE])):
        for given in ({"data": {"query": query}}, {"content": query}):
            headers = {"accept": "text/csv"} | (
                {"content-type": "application/sparql-query"} if "content" in given else {}
            )
            answer = served.client.post(f"{served.address}sparql?release={name}", headers=headers, **given)
            assert set(answer.text.split("\r\n")) == {"l", label, ""}


def test_lookups_one_after_the_other_may_change_releases(served: Served) -> None:
    """On one connection, to and fro between express lane and workers, more releases than are kept open."""
    query = (
        "SELECT ?l { <https://minimal.example/data/id/bridges/old-bridge> rdfs:label ?l . FILTER (lang(?l) = 'en') } # "
    )
    prefix = "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    names = {**LABELS, "": LABELS[NEW]}
    for turn in range(40):
        name = list(names)[turn % 7 % 4]
        answer = served.query(f"{prefix}{query}{turn}", "text/csv", **({"release": name} if name else {}))
        assert answer.text == f"l\r\n{names[name]}\r\n"


def test_a_redirect_keeps_the_release(served: Served) -> None:
    """From a thing to what was said of it then."""
    answer = served.get(f"id/bridges/old-bridge?release={OLD}")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{served.address}doc/bridges/old-bridge?release={OLD}"


def test_links_of_a_page_stay_within_the_release(served: Served) -> None:
    """All but those to the current one, to the list of releases, and to files that only say how a page looks."""
    for path in ("", "doc/bridges/old-bridge", "catalog.html", "queries/", "queries/bridges", "sparql", "dumps/"):
        page = served.get(f"{path}?release={OLD}&lang=en", "text/html").text
        links = {one for one in re.findall(r'href="([^"]*)"', page) if not one.startswith(("http", "#"))}
        out = {one for one in links if f"release={OLD}" not in one and "static/" not in one}
        allowed = {"openapi.json", "releases/?lang=en"}
        out = {one for one in out if one.lstrip("./") not in allowed and not one.lstrip("./").startswith("feed")}
        assert len(out) == 1, out  # the way to the current release
        assert f"This is the release {OLD}, not the current one." in page
        (way,) = out
        assert "release=" not in way
        assert f"Release {NEW}" in served.client.get(
            served.address + path.rpartition("/")[0] + "/" * ("/" in path) + way.removeprefix("./"),
            headers={"accept": "text/html"},
        ).text  # fmt: skip
        for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
            assert f'<input type="hidden" name="release" value="{OLD}">' in form


def test_a_page_of_the_current_release_may_be_pinned(served: Served) -> None:
    """Then its links name the release; it is no old one. Else one link does, for whoever cites the page."""
    page = served.get(f"doc/bridges/old-bridge?release={NEW}", "text/html").text
    assert "not the current one" not in page
    assert f"catalog.html?release={NEW}" in page
    free = served.get("doc/bridges/old-bridge", "text/html").text
    assert len(re.findall(r'href="[^"]*release=', free)) == 1


def test_link_headers_lead_to_the_versions(served: Served) -> None:
    """latest-version, predecessor and successor (RFC 5829); other locations keep the release, identifiers do not."""
    answer = served.get(f"doc/bridges/old-bridge.ttl?lang=en&release={MIDDLE}")
    by = {relation: target for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', answer.headers["link"])}
    at = f"{served.address}doc/bridges/old-bridge.ttl?lang=en"
    assert by["latest-version"] == at
    assert by["predecessor-version"] == f"{at}&release={OLD}"
    assert by["successor-version"] == f"{at}&release={NEW}"
    assert by["cite-as"] == f"{served.base}id/bridges/old-bridge"
    assert by["canonical"] == f"{served.address}doc/bridges/old-bridge?release={MIDDLE}"
    assert "release" not in by["license"]
    for one in ("predecessor-version", "successor-version", "latest-version", "alternate"):
        assert served.client.get(by[one]).status_code == 200
    oldest = served.get(f"catalog.ttl?release={OLD}").headers["link"]
    assert "predecessor-version" not in oldest
    assert "latest-version" not in served.get("catalog.ttl").headers["link"]


def test_locations_of_an_old_catalogue_lead_to_its_files(served: Served) -> None:
    """What it says of a dump is true of what the address gives."""
    content = served.get(f"catalog.ttl?release={OLD}").content
    store = ox.Store()
    store.load(content, format=ox.RdfFormat.TURTLE)
    query = """
        PREFIX dcat: <http://www.w3.org/ns/dcat#>
        SELECT ?url ?size { ?file dcat:downloadURL ?url ; dcat:byteSize ?size }"""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    rows = [(row["url"].value, int(row["size"].value)) for row in found]
    assert len(rows) > 5
    for url, size in rows:
        assert url.endswith(f"?release={OLD}")
        answer = served.client.head(url, headers={"accept-encoding": "identity"})
        assert (int(answer.headers["content-length"]), answer.headers["mreze-release"]) == (size, OLD)
    described = served.get(f"sparql?release={OLD}", "text/turtle").text
    assert f"sd:endpoint <{served.address}sparql?release={OLD}>" in described


def test_old_answers_may_be_cached_for_long(served: Served) -> None:
    """They never change; those of the current release are asked for anew, and so are errors."""
    lasting = served.get(f"doc/bridges/old-bridge.ttl?release={OLD}")
    assert lasting.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert served.get(f"?release={OLD}", "text/html").headers["cache-control"] == "public, max-age=86400"
    assert served.get("doc/bridges/old-bridge.ttl").headers["cache-control"] == "no-cache"
    assert served.get(f"doc/bridges/none?release={OLD}").headers["cache-control"] == "no-cache"
    assert served.get(f"healthz?release={OLD}").headers["mreze-release"] == NEW
    again = served.get(f"doc/bridges/old-bridge.ttl?release={OLD}", if_none_match=lasting.headers["etag"])
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["2026-01-01", "../../etc", "current", "removed", "x" * 500, "%00", "."])
def test_an_unknown_release_is_404(served: Served, name: str) -> None:
    """The problem lists what there is; the page for people links to the current release."""
    for path in ("", "doc/bridges/old-bridge", "sparql", "dumps/all.nt", "nothing"):
        answer = served.get(f"{path}?release={name}")
        assert answer.status_code == 404
        assert f"There are: {NEW}, {MIDDLE}, {OLD}." in answer.json()["detail"]
        assert len(answer.content) < 1_000
    page = served.get(f"?release={name}", "text/html")
    assert page.status_code == 404
    assert "release=" not in page.text.partition('<main id="main">')[0]
    assert served.get("?release=").headers["mreze-release"] == NEW


def test_a_removed_release_is_410(served: Served) -> None:
    """It was there once; that is told apart from what never was."""
    for path in (f"doc/bridges/old-bridge?release={GONE}", f"releases/{GONE}"):
        answer = served.get(path)
        assert answer.status_code == 410
        assert "taken away" in answer.json()["detail"]


def test_a_damaged_release_is_503_and_the_others_are_there(shelf: Shelf) -> None:
    """Trouble of the server is never an absence."""
    path = shelf.folder / OLD / "dumps" / "all.ttl"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"First", b"Fifth"))
    try:
        with serving(shelf.folder) as served:
            answer = served.get(f"doc/bridges/old-bridge?release={OLD}")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
            assert served.get(f"doc/bridges/old-bridge?release={MIDDLE}").status_code == 200
            path.write_bytes(content)
            assert served.get(f"doc/bridges/old-bridge?release={OLD}").status_code == 200
    finally:
        path.write_bytes(content)


def test_a_release_that_was_asked_for_is_not_removed(served: Served, shelf: Shelf) -> None:
    """As long as the server has it open; the others may be."""
    aside = shelf.folder / "2026-12-31"
    shutil.copytree(shelf.folder / OLD, aside)
    for name in (OLD, MIDDLE):
        assert served.get(f"doc/bridges/old-bridge?release={name}").status_code == 200
    assert shelf.prune(1) == ["2026-12-31"]
    assert served.get("doc/bridges/old-bridge?release=2026-12-31").status_code == 410


def test_where_one_release_is_served_for_itself_it_is_the_only_one(shelf: Shelf) -> None:
    """The others of its folder are nobody's business."""
    with serving(shelf.folder / OLD) as served:
        assert served.get(f"doc/bridges/old-bridge?release={OLD}").status_code == 200
        assert served.get(f"doc/bridges/old-bridge?release={NEW}").status_code == 404
        assert re.findall(r"releases/(2027-[0-9-]+)", served.get("releases/", "text/html").text) == [OLD]


def test_tables_are_matched_with_a_release(served: Served) -> None:
    """The names of the time are found, and the service names addresses of the same release."""
    address = f"{served.address}reconcile?release={OLD}"
    found = {
        name: served.client.post(address, data={"queries": f'{{"q0": {{"query": "{name}"}}}}'}).json()["q0"]["result"]
        for name in LABELS.values()
    }
    assert found[LABELS[OLD]][0]["match"] is True
    assert not any(one["match"] for name in (LABELS[MIDDLE], LABELS[NEW]) for one in found[name])
    manifest = served.client.get(address).json()
    assert manifest["view"]["url"].endswith(f"reconcile/view?id={{{{id}}}}&release={OLD}")
    assert manifest["suggest"]["entity"]["service_path"] == f"/reconcile/suggest/entity?release={OLD}"
