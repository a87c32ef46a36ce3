"""A thing that thousands point to is described page by page, in data as for people."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from tests.servers import Served, serving

from mreze.build.template import write_template

POINTERS = 2_500
BASE = "https://example.org/"
MAPPED = 450
LONG = "long " * 1_999 + "names"
GEO = "http://www.opengis.net/ont/geosparql#"
HYDRA = "http://www.w3.org/ns/hydra/core#"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
NAME = "<http://www.w3.org/2004/02/skos/core#prefLabel>"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The template's site with 2,498 more bridges over its river; 450 have a point, the first a long name."""
    site = tmp_path_factory.mktemp("hub") / "site"
    write_template(site)
    lines = []
    for number in range(POINTERS - 2):
        bridge = f"<{BASE}id/bridges/b{number:04}>"
        lines.append(f"{bridge} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{BASE}ontology#Bridge> .")
        lines.append(f"{bridge} <{BASE}ontology#crosses> <{BASE}id/rivers/green-river> .")
        for language in ("de", "en"):
            name = f"B {number}" if number else LONG
            lines += [f'{bridge} {predicate} "{name}"@{language} .' for predicate in (LABEL, NAME)]
        if number < MAPPED:
            point = bridge.replace(">", "#point>")
            lines.append(f"{bridge} <{GEO}hasGeometry> {point} .")
            lines.append(f"{point} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{GEO}Geometry> .")
            lines.append(f'{point} <{GEO}asWKT> "POINT({number / 100} 50)"^^<{GEO}wktLiteral> .')
    (site / "data" / "crossings" / "bridges.nt").write_text("\n".join(sorted(lines)) + "\n", "utf-8")
    with serving(site, "--workers", "1") as served:
        yield served


def _page(hub: Served, number: int, extension: str = "nt") -> set[Triple]:
    answer = hub.get(f"doc/rivers/green-river.{extension}?page={number}")
    assert answer.status_code == 200
    form = RdfFormat.from_extension(extension)
    assert form is not None
    return {quad.triple for quad in parse(answer.content, format=form)}


def _crossing(triples: set[Triple]) -> set[str]:
    return {str(one.subject) for one in triples if one.predicate.value == BASE + "ontology#crosses"}


def test_the_pages_together_are_all_pointers(hub: Served) -> None:
    """Three pages of 1,000, 1,000 and 500, none of them twice; the first is what comes without a number."""
    pages = [_crossing(_page(hub, number)) for number in (1, 2, 3)]
    assert [len(one) for one in pages] == [1_000, 1_000, 500]
    assert len(set.union(*pages)) == POINTERS
    first = hub.get("doc/rivers/green-river.nt").content
    assert first == hub.get("doc/rivers/green-river.nt?page=1").content


def test_each_page_names_its_neighbours(hub: Served) -> None:
    """Hydra in the data, prev and next in the Link header, links on the page; at the addresses of this server."""
    address = hub.address + "doc/rivers/green-river?page="
    said = {(one.predicate.value.removeprefix(HYDRA), one.object) for one in _page(hub, 2)}
    expected = {"first": 1, "previous": 1, "next": 3, "last": 3}
    assert {(name, NamedNode(address + str(number))) for name, number in expected.items()} <= said
    header = hub.get("doc/rivers/green-river?page=2").headers["link"]
    links = {relation: target for target, relation in re.findall(r'<([^>]*)>; rel="(prev|next)"', header)}
    assert links == {"prev": address + "1", "next": address + "3"}
    for target in links.values():
        assert hub.client.get(target).status_code == 200
    page = hub.get("doc/rivers/green-river.html?page=2&lang=de").text
    assert re.search(r'rel="next" href="[^"]*page=3', page)
    assert re.search(r'rel="prev" href="[^"]*page=1', page)
    assert "lang=de" in re.findall(r'rel="next" href="([^"]*)"', page)[0]


def test_all_syntaxes_page_alike(hub: Served) -> None:
    """Page two holds the same triples in each."""
    expected = _page(hub, 2)
    assert all(_page(hub, 2, extension) == expected for extension in ("ttl", "jsonld", "rdf"))


@pytest.mark.parametrize("number", ["4", "0", "-1", "x", "", "99999999999"])
def test_there_is_no_other_page(hub: Served, number: str) -> None:
    """A page beyond the last, or no number, is 404 and says how many there are."""
    assert hub.get(f"doc/rivers/green-river?page={number}").status_code == 404


def test_what_few_point_to_has_no_paging(hub: Served) -> None:
    """A bridge is described on one page that does not speak of pages."""
    answer = hub.get("doc/bridges/old-bridge.ttl")
    assert "hydra" not in answer.text
    assert 'rel="next"' not in answer.headers["link"]


def test_a_picture_that_is_cut_says_so(hub: Served) -> None:
    """It does not say that the table has all; it leads to the pages and to the query that do."""
    page = hub.get("doc/rivers/green-river?lang=en", "text/html").text
    section = page[page.index('aria-labelledby="picture-map"') :]
    section = section[: section.index("</section>")]
    assert "There is more: picture and table have the first 400 rows." in section
    assert '<a href="#pointers">' in section
    assert re.search(r'<a href="[^"]*sparql\?query=', section)
    assert "all of which" not in section
    assert section.count("<tr>") == 401


def test_a_long_name_is_cut_and_can_be_unfolded(hub: Served) -> None:
    """Between words, in the heading and in what is shared; the whole of it is there once for each language."""
    page = hub.get("doc/bridges/b0000?lang=en", "text/html").text
    title = re.search("<title>(.*?)</title>", page)
    heading = re.search("<h1[^>]*>(.*?)</h1>", page)
    shared = re.search('property="og:title" content="(.*?)"', page)
    assert title is not None
    assert heading is not None
    assert shared is not None
    assert title[1].partition(" · ")[0] == "long " * 12 + "long…"
    assert 280 < len(heading[1]) <= 300
    assert len(shared[1].partition(" · ")[0]) <= 200
    assert re.search(rf'<details class="whole"><summary>The whole name</summary><p>{LONG}</p></details>', page)
