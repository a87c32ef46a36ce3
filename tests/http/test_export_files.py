"""A copy is whole on a host that knows nothing but files: links lead to files, and nothing needs a server."""

from __future__ import annotations

import filecmp
import json
import re
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from tests.copies import copied
from tests.http.test_pages import _read
from tests.sampling import Sample
from tests.servers import Served

LIVE = ("sparql", "openapi.json", "terms.json", "healthz", "readyz", "reconcile", "search")
REFERENCE = re.compile(r'\s(?:href|src|action)="([^"]*)"')


@pytest.fixture(scope="module")
def folder(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the minimal site, as files."""
    return copied(minimal_release, tmp_path_factory.mktemp("copy") / "site", "https://data.example.org/open/")


def test_every_link_leads_to_a_file(own_copy: Served) -> None:
    """From the home page, the sitemap and the page for what is not there; anchors are where links say."""
    waiting = [own_copy.address, own_copy.address + "404.html"]
    waiting += re.findall("<loc>([^<]*)</loc>", own_copy.get("sitemap.xml").text)
    assert len(waiting) > 50
    seen: dict[str, set[str] | None] = {}
    fragments: list[tuple[str, str, str]] = []
    sample = Sample()
    while waiting:
        url = waiting.pop()
        if url in seen or not sample.has(url.removeprefix(own_copy.address)):
            continue
        answer = own_copy.client.get(url)
        assert answer.status_code == 200, url
        seen[url] = None
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        page = _read(answer.text)
        assert page.open == [], url
        seen[url] = set(page.ids)
        for reference in [*page.links, *REFERENCE.findall(answer.text)]:
            target, fragment = urldefrag(urljoin(url, reference.replace("&amp;", "&")))
            if target.startswith(own_copy.address):
                waiting.append(target)
                fragments.append((url, target, unquote(fragment)))
    pages = [one for one in seen if one.endswith(".html")]
    assert len(pages) > 300
    assert sum(one.endswith(".sr-latn.html") for one in pages) > 100
    for url, target, fragment in fragments:
        ids = seen.get(target)
        assert not fragment or ids is None or fragment in ids, f"{url} links to {target}#{fragment}"


def test_every_page_is_reached(own_copy: Served, own_release: Path) -> None:
    """The sitemap has as many documents as the release has things."""
    listed = re.findall("<loc>[^<]*/doc/[^<]*</loc>", own_copy.get("sitemap.xml").text)
    assert len(listed) == json.loads((own_release / "manifest.json").read_bytes())["counts"]["things"]


def test_no_page_shows_what_needs_a_server(folder: Path) -> None:
    """Neither the endpoint nor a form; each page says that it is a copy, in its language."""
    pages = list(folder.rglob("*.html"))
    assert len(pages) > 50
    for page in pages:
        text = page.read_text("utf-8")
        assert "<form" not in text, page
        assert "<script" not in text.replace('<script type="application/ld+json"', ""), page
        here = f"https://x/{page.relative_to(folder)}"
        targets = {urljoin(here, one).removeprefix("https://x/") for one in REFERENCE.findall(text)}
        assert not {one for one in targets if one.startswith(LIVE)}, page
    assert "This is a copy made of files" in (folder / "index.html").read_text("utf-8")
    assert "SELECT ?bridge" in (folder / "queries" / "crossing.html").read_text("utf-8")


@pytest.mark.parametrize("name", ["catalog", "void", "queries/index", "dataset/crossings", "dumps/index"])
def test_no_description_names_what_needs_a_server(folder: Path, name: str) -> None:
    """No endpoint, no service; the data stay as the server tells them, with locations under the public address."""
    quads = list(parse(path=folder / f"{name}.nt", format=RdfFormat.N_TRIPLES))
    values = {one.value for quad in quads for one in (quad.subject, quad.object) if isinstance(one, NamedNode)}
    assert not {one for one in values if one.startswith("https://data.example.org/open/sparql")}
    assert "https://minimal.example/data/catalog#sparql" not in values
    if name in {"catalog", "void"}:
        located = {one for one in values if one.startswith("https://data.example.org/open/dumps/")}
        assert len(located) > 8
        for one in located:
            assert (folder / one.removeprefix("https://data.example.org/open/")).is_file()
        assert "https://minimal.example/data/dataset/crossings" in values


def test_data_are_the_servers(folder: Path, minimal: Served) -> None:
    """Documents, results, dumps and the vocabulary byte for byte, in every syntax."""
    for name in (
        *(f"doc/bridges/old-bridge.{one}" for one in ("ttl", "jsonld", "nt", "rdf")),
        *(f"queries/opened-since.{one}" for one in ("csv", "tsv", "json", "srj", "xml", "srx", "rq")),
        *("ontology.ttl", "shapes.jsonld", "dumps/crossings.csv", "dumps/all.nq", "static/site.css"),
    ):
        assert (folder / name).read_bytes() == minimal.get(name).content, name
    assert (folder / "doc/bridges/ћуприја.ttl").read_bytes() == minimal.get("doc/bridges/ћуприја.ttl").content


def test_a_result_of_chance_is_not_kept(folder: Path) -> None:
    """Nor one for which a value must be given: the query is there, and its description."""
    assert {one.name for one in (folder / "queries").glob("chance.*")} >= {"chance.rq", "chance.html", "chance.ttl"}
    assert not (folder / "queries" / "chance.csv").exists()
    assert "<table" not in (folder / "queries" / "chance.html").read_text("utf-8")
    assert not (folder / "queries" / "crossing.csv").exists()


def test_equal_input_gives_equal_bytes(folder: Path, minimal_release: Path, tmp_path: Path) -> None:
    """And equal times, of which web servers make entity tags."""
    again = copied(minimal_release, tmp_path / "again", "https://data.example.org/open/")
    names = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())
    assert names == sorted(str(one.relative_to(again)) for one in again.rglob("*") if one.is_file())
    assert filecmp.cmpfiles(folder, again, names, shallow=False)[1:] == ([], [])
    assert all((folder / one).stat().st_mtime == (again / one).stat().st_mtime for one in names)


def test_the_catalogue_is_there_for_a_harvester(own_copy: Served) -> None:
    """HEAD and GET of the address with an extension, with a length and without a redirect."""
    head = own_copy.ask("HEAD", "catalog.ttl", "*/*")
    assert head.status_code == 200
    assert int(head.headers["content-length"]) == len(own_copy.get("catalog.ttl").content)
    assert own_copy.get("void.ttl").content == own_copy.get(".well-known/void").content
