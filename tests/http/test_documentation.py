"""Vocabulary, shapes and datasets are told to people: the pages and what they count."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from tests.servers import Served, serving

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = {
    "en": "Each box is a class",
    "sr-cyrl": "Сваки правоугаоник је класа",
    "sr-latn": "Svaki pravougaonik je klasa",
}


def _page(server: Served, path: str) -> str:
    answer = server.get(path, "text/html")
    assert answer.status_code == 200
    return answer.text


def _picture(page: str) -> ElementTree.Element:
    found = re.search(r"<svg xmlns.*?</svg>", page, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])  # noqa: S314 - our own page


def _counted(server: Served, href: str) -> int:
    (query,) = parse_qs(urlsplit(html.unescape(href)).query)["query"]
    rows = server.query(query, "application/sparql-results+json").json()["results"]["bindings"]
    return int(rows[0]["count"]["value"])


def test_every_term_has_an_entry(own: Served) -> None:
    """Its anchor, label, definition, example, status, what it is a kind of, and what shapes demand of it."""
    page = _page(own, "ontology?lang=en")
    for name in ("Claim", "seat", "explicit", "memberSince"):
        assert len(re.findall(f'id="{name}"', page)) == 1
    entry = re.search(r'<article class="term" id="Claim">(.*?)</article>', page, re.DOTALL)
    assert entry
    for part in ("mg:Claim", "status: stable", "A statement as a source makes it", "example:", "kind of", "exactly 1"):
        assert part in entry[1]
    assert "shapes?lang=en#Claim" in entry[1]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Claim", "things"), ("seat", "statements"), ("explicit", "statements"), ("iso3166-1-alpha2", "statements")],
)
def test_a_count_is_what_its_query_gives(own: Served, name: str, kind: str) -> None:
    """The number beside a term leads to the query that counts it."""
    page = _page(own, "ontology?lang=en")
    found = re.search(rf'id="{name}">.*?<a href="([^"]+)">{kind}: (\d+)</a>', page, re.DOTALL)
    assert found
    assert _counted(own, found[1]) == int(found[2]) > 0


def test_a_term_has_an_example_and_a_query_that_lists_its_uses(own: Served) -> None:
    """A thing that is of the class or has the property, no term; as many rows as there are said to be."""
    page = _page(own, "ontology?lang=en")
    for name, expected in (("Network", "doc/organizations/avec"), ("seat", "doc/organizations/"), ("explicit", "doc/")):
        entry = page[page.index(f'<article class="term" id="{name}">') :]
        entry = entry[: entry.index("</article>")]
        assert re.search(rf'<dt>for example</dt><dd><a href="./{expected}', entry)
        listing = re.search(r'(\d+)</a> \(<a href="([^"]*)">list them</a>\)', entry)
        assert listing
        (query,) = parse_qs(urlsplit(html.unescape(listing[2])).query)["query"]
        rows = own.query(query, "application/sparql-results+json").json()["results"]["bindings"]
        assert len(rows) == int(listing[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_is_drawn_from_the_vocabulary(own: Served, language: str) -> None:
    """A picture with a title and a description in the language of the page; links to terms; the same every time."""
    page = _page(own, f"ontology?lang={language}")
    picture = _picture(page)
    described = picture.findtext(f"{SVG}desc") or ""
    assert described.startswith(LANGUAGES[language])
    links = {one.get("href", "") for one in picture.iter(f"{SVG}a")}
    assert any(one.endswith(f"ontology?lang={language}#Claim") for one in links)
    assert any(one.endswith("#rank") for one in links)
    assert len(list(picture.iter(f"{SVG}marker"))) == 1
    table = page[page.index("</figure>") :].partition("</details>")[0]
    for one in links:
        assert html.escape(one) in table
    assert _picture(_page(own, f"ontology?lang={language}")).attrib == picture.attrib


def test_any_site_is_documented(minimal: Served) -> None:
    """Bridges and rivers: their classes, their shapes, in German where it is told."""
    page = _page(minimal, "ontology?lang=de")
    assert "Ein Bauwerk, das einen Weg über Wasser" in page
    assert any("Brücke" in (one.text or "") for one in _picture(page).iter(f"{SVG}title"))
    shapes = _page(minimal, "shapes?lang=de")
    assert "Eine Brücke hat höchstens ein Jahr der Eröffnung" in shapes
    for name in ("Bridge", "Bridge-crosses", "Bridge-name", "Bridge-opened"):
        assert len(re.findall(f'id="{name}"', shapes)) == 1
    english = _page(minimal, "shapes?lang=en")
    assert "applied to: 8, not kept: 0" in english
    assert "A claimed opening year is the one that the bridge has." in english


def test_a_shape_tells_whom_it_looks_at_and_what_it_demands(own: Served) -> None:
    """Targets with their number, cardinality, message, severity; a derived property with its path."""
    page = _page(own, "shapes?lang=en")
    section = page[page.index('id="Membership"') :].partition("</section>")[0]
    assert "A membership names its one member with org:member." in section
    found = re.search(r'<a href="([^"]+)">things: (\d+)</a>', section)
    assert found
    assert _counted(own, found[1]) == int(found[2])
    assert f"applied to: {found[2]}, not kept: 0" in section
    assert "exactly 1" in section
    assert 'id="memberSince"' in page


def test_a_dataset_tells_its_quality(own: Served) -> None:
    """Shapes, links to registers, completeness with the queries that count it."""
    page = _page(own, "dataset/nis?lang=en")
    assert re.search(r"Shapes that apply to it: [1-9]\d*; not kept: 0\.", page)
    assert "wikidata.org" in page
    shares = re.findall(r'<rect class="part" width="(\d+)".*?</svg> (\d+) %</td><td><a href="([^"]+)">(\d+)</a>', page)
    assert all(width == percent for width, percent, _, _ in shares)
    for _, _, href, count in shares[:3] + shares[-2:]:
        assert _counted(own, href) == int(count)
    assert "style=" not in page


def test_a_dataset_tells_its_files_history_licence_and_citation(own: Served) -> None:
    """What somebody who takes it needs: sizes and checksums, versions, whose it is, how to name it."""
    page = _page(own, "dataset/nis?lang=sr-cyrl")
    for part in (
        "nis.csv",
        "SHA-256",
        "feed.html?lang=sr-cyrl",
        "https://w3id.org/mreze-gradova/dataset/nis",
    ):
        assert part in page
    cited = re.search(r'<p class="cited">(.*?)</p>', page)
    assert cited
    assert re.search(r"\(20\d\d\)\. Чланства Града Ниша", re.sub(r"<[^>]+>", "", cited[1]))
    assert '<bdi lang="en">Creative Commons' in cited[1]


@pytest.fixture(scope="module")
def before(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A release of a time when there were no numbers."""
    folder = tmp_path_factory.mktemp("old") / minimal_release.name
    shutil.copytree(minimal_release, folder)
    (folder / "quality.json").unlink()
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["files"]["quality.json"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    with serving(folder, "--workers", "1") as served:
        yield served


def test_an_older_release_is_served_without_numbers(before: Served) -> None:
    """Nothing is made up: the sections are not there, the rest is."""
    page = _page(before, "dataset/crossings?lang=en")
    assert "Cite this" in page
    assert "How complete it is" not in page
    shapes = _page(before, "shapes?lang=en")
    assert "exactly 2" in shapes
    assert "applied to" not in shapes
    assert "Diagram of the vocabulary" in _page(before, "ontology?lang=en")
