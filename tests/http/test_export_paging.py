"""A thing that more point to than a page tells of has its pages in a copy too, in data as for people."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from tests.copies import nginx
from tests.servers import Served, built

from mreze.build.template import write_template

BASE = "https://example.org/"
MORE = 1_001


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The template's site with a river that 1,001 more fragments of one bridge point to, copied."""
    folder = tmp_path_factory.mktemp("hub")
    write_template(folder / "site")
    path = folder / "site" / "data" / "crossings" / "bridges" / "old-bridge.ttl"
    parts = (
        f"<{BASE}id/bridges/old-bridge#pier-{number:04}>\n"
        f"    <{BASE}ontology#crosses> <{BASE}id/rivers/green-river> ;\n.\n"
        for number in range(MORE)
    )
    path.write_text("\n".join([path.read_text("utf-8"), *parts]), "utf-8")
    with nginx(built(folder / "site", folder / "releases"), folder) as copy:
        yield copy


def test_every_page_has_an_address(hub: Served) -> None:
    """The one that the data name, and one that ends as a file; none is there twice, and none is beyond the last."""
    first, second = (hub.get(f"doc/rivers/green-river?page={number}", "text/turtle") for number in (1, 2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert first.content == hub.get("doc/rivers/green-river.ttl").content
    assert second.content == hub.get("doc/rivers/green-river.page-2.ttl").content
    assert second.content == hub.get("doc/rivers/green-river.ttl?page=2").content
    assert f"<{hub.address}doc/rivers/green-river?page=2>" in first.text
    piers = [set(re.findall(r"#pier-(\d+)", one.text)) for one in (first, second)]
    assert len(piers[0] | piers[1]) == MORE
    assert not piers[0] & piers[1]
    for beyond in ("3", "0", "x", "-1"):
        assert hub.get(f"doc/rivers/green-river?page={beyond}", "text/turtle").status_code == 404


def test_people_turn_pages_by_files(hub: Served) -> None:
    """Next and previous lead from file to file, in the language of the page."""
    page = hub.get("doc/rivers/green-river.de.html").text
    assert 'rel="next" href="green-river.page-2.de.html"' in page
    second = hub.get("doc/rivers/green-river.page-2.de.html")
    assert 'rel="prev" href="green-river.de.html"' in second.text
    assert second.headers["content-language"] == "de"
    assert hub.get("doc/rivers/green-river.html?page=2&lang=de").text == second.text
