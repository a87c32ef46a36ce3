"""The list of releases, for people and for machines, and each of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from tests.servers import Served, serving

from mreze.shelf import Shelf

NAMES = ["2026-11-20", "2026-11-20.2", "2026-11-21"]


@pytest.fixture(scope="module")
def served(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Three releases, of which the second is current, and one that is damaged."""
    shelf = Shelf(tmp_path_factory.mktemp("releases"))
    for name in NAMES:
        shutil.copytree(minimal_release, shelf.folder / name)
    (shelf.folder / "2026-11-30").mkdir()
    (shelf.folder / "2026-11-30" / "manifest.json").write_text("{")
    shelf.switch(NAMES[1])
    with serving(shelf.folder, "--workers", "1") as server:
        yield server


def _rows(content: bytes, query: str) -> list[tuple[str, ...]]:
    store = ox.Store()
    store.load(content, format=ox.RdfFormat.TURTLE)
    prefixes = "".join(
        f"PREFIX {prefix}: <{iri}> "
        for prefix, iri in {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "void": "http://rdfs.org/ns/void#",
        }.items()
    )
    found = store.query(prefixes + query)
    assert isinstance(found, ox.QuerySolutions)
    return [tuple(one.value for one in row) for row in found]


def test_the_list_is_a_page_newest_first(served: Served) -> None:
    """Each with its own page and dumps; the current one is marked; `/releases` is the same."""
    page = served.get("releases/", "text/html").text
    assert re.findall(r'<th scope="row"><a href="\.\./releases/([^"]*)"', page) == NAMES[::-1]
    assert page.count('<small class="tag">current</small>') == 1
    dump = re.search(r'href="\.\./(dumps/all\.nt\?release=2026-11-20)"', page)
    assert dump
    assert served.get(dump[1]).headers["mreze-release"] == "2026-11-20"
    assert served.get("releases", "text/html").status_code == 200
    assert 'href="releases/"' in served.get("", "text/html").text.replace('href="./releases/"', 'href="releases/"')


def test_the_list_is_linked_data(served: Served) -> None:
    """Versions of the catalogue with their dates, counts and dumps, in every syntax."""
    answer = served.get("releases/", "text/turtle")
    rows = _rows(
        answer.content,
        """SELECT ?version ?date ?n ?current { ?catalog dcat:hasVersion ?r .
        ?r dcat:version ?version ; dct:issued ?date ; void:triples ?n ; dcat:isVersionOf ?catalog .
        BIND (EXISTS { ?catalog dcat:hasCurrentVersion ?r } AS ?current) } ORDER BY ?version""",
    )
    assert [one[0] for one in rows] == NAMES
    assert [one[3] for one in rows] == ["false", "true", "false"]
    assert {one[2] for one in rows} == {str(served.get("readyz").json()["triples"])}
    for (dump,) in _rows(answer.content, "SELECT ?dump { ?r void:dataDump ?dump } LIMIT 4"):
        assert served.client.head(dump).status_code == 200
    for accept in ("application/ld+json", "application/rdf+xml", "application/n-triples"):
        assert served.get("releases/", accept).headers["content-type"].startswith(accept)
    assert served.get("releases/", "image/png").status_code == 406


def test_each_release_has_a_description(served: Served) -> None:
    """A page with all its dumps, data by Accept or extension; `current` leads to the current one."""
    page = served.get(f"releases/{NAMES[0]}", "text/html").text
    assert f"Release {NAMES[0]}" in page
    assert f"dumps/crossings.csv.gz?release={NAMES[0]}" in page
    for path, accept in ((f"releases/{NAMES[1]}", "text/turtle"), (f"releases/{NAMES[1]}.ttl", None)):
        answer = served.get(path, accept)
        assert answer.headers["content-type"].startswith("text/turtle")
        assert _rows(answer.content, "SELECT ?v { ?r dcat:version ?v }") == [(NAMES[1],)]
        assert f'<{served.address}releases/>; rel="collection"' in answer.headers["link"]
    answer = served.get("releases/current")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{served.address}releases/{NAMES[1]}")
    assert served.get("releases/2026-11-30").status_code == 404
    assert "There are: 2026-11-21, 2026-11-20.2, 2026-11-20." in served.get("releases/x").json()["detail"]


def test_the_interface_names_the_parameter(served: Served) -> None:
    """Every path that is of a release takes one; those of the server do not."""
    for path, methods in served.get("openapi.json").json()["paths"].items():
        timeless = path.split("/")[1] in {"healthz", "readyz", "releases", "robots.txt", "static"}
        for method in methods.values():
            taken = {one["name"] for one in method["parameters"] if one["in"] == "query"}
            assert ("release" in taken) is not timeless, path


def test_the_list_speaks_the_readers_language(served: Served) -> None:
    """Its links carry on what the reader chose."""
    page = served.get("releases/?lang=de", "text/html").text
    assert f'href="../releases/{NAMES[0]}?lang=de"' in page
