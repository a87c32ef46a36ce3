"""A site's author adds pages in Markdown, and templates in the place of those that there are."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from tests.conftest import MINIMAL
from tests.servers import Served, built, serving

from mreze.authored import picture_size

HTML = "text/html"
TEMPLATE = """\
{% extends "mreze/thing.html" %}
{% block main %}
<p class="own">{{ t("Facts") }} &amp; {{ "<b>" }}</p>
{{ super() }}
{% endblock %}
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The minimal site with a template of its own."""
    folder = tmp_path_factory.mktemp("authored")
    site = folder / "site"
    shutil.copytree(MINIMAL, site, ignore=shutil.ignore_patterns("releases"))
    (site / "templates").mkdir()
    (site / "pages/share.png").write_bytes(picture(1400, 700))
    (site / "templates" / "thing.html").write_text(TEMPLATE, "utf-8")
    with serving(built(site, folder / "out"), "--workers", "1") as served:
        yield served


def picture(width: int, height: int) -> bytes:
    """The beginning of a PNG picture."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"


@pytest.mark.parametrize("own_picture", [True, False])
def test_links_elsewhere_have_a_picture(changed: Served, minimal: Served, *, own_picture: bool) -> None:
    """The site's own, else that of all sites; large enough, with its size, and kept by browsers for a year."""
    served = changed if own_picture else minimal
    page = served.get("?lang=en", HTML).text
    said = dict(re.findall(r'<meta (?:property|name)="((?:og:image|twitter)[^"]*)" content="([^"]*)">', page))
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:image:alt"] == "Minimal"
    assert said["og:image"].startswith(f"{served.address}{'pages' if own_picture else 'static'}/share.png?v=")
    answer = served.client.get(said["og:image"])
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (
        "image/png",
        "public, max-age=31536000",
    )
    assert picture_size(answer.content) == (int(said["og:image:width"]), int(said["og:image:height"]))
    assert picture_size(answer.content) == ((1400, 700) if own_picture else (1200, 630))
    assert minimal.get("pages/share.png").status_code == 404


def test_a_page_is_there_in_its_languages(minimal: Served) -> None:
    """With its heading, a table, a link; every page leads to it."""
    page = minimal.get("pages/about?lang=en", HTML).text
    assert "<h1>About these bridges</h1>" in page
    assert "<strong>Markdown</strong>" in page
    assert '<a href="../doc/bridges/new-bridge">new bridge</a>' in page
    assert "<td>Green</td>" in page
    assert "<h1>Über diese Brücken</h1>" in minimal.get("pages/about.html?lang=de", HTML).text
    assert (
        '<a href="../../pages/about?lang=de">Über diese Brücken</a>'
        in minimal.get("doc/bridges/v1.0?lang=de", HTML).text
    )


def test_hostile_html_is_text(minimal: Served) -> None:
    """Tags are shown, a link to a script is none."""
    page = minimal.get("pages/about?lang=en", HTML).text
    assert "&lt;script&gt;alert(&quot;no&quot;)&lt;/script&gt;" in page
    assert "<script>" not in page
    assert 'href="javascript' not in page


def test_what_is_not_there_says_what_is(minimal: Served) -> None:
    """Neither a page nor a form that there is none of is made up."""
    answer = minimal.get("pages/none", "application/json")
    assert answer.status_code == 404
    assert "There are: about." in answer.json()["detail"]
    assert minimal.get("pages/about", "text/turtle").status_code == 406
    assert minimal.get("pages/..%2f..%2fmanifest", HTML).status_code == 404


def test_a_template_takes_the_place_of_ours(changed: Served) -> None:
    """It may build on the one it replaces; what it writes is escaped as ours is; others stay."""
    page = changed.get("doc/bridges/new-bridge?lang=en", HTML).text
    assert '<p class="own">Facts &amp; &lt;b&gt;</p>' in page
    assert "<h1>New Bridge</h1>" in page
    assert 'class="own"' not in changed.get("?lang=en", HTML).text
