"""Links of pages lead to files of the copy, or stop being links."""

from __future__ import annotations

import pytest

from mreze.serve.export.links import Links

LINKS = Links(
    "https://data.example.org/open/",
    ("en", "sr-latn"),
    {"index": 1, "doc/rivers/nišava": 2, "doc/rivers/v1.0": 1, "queries/index": 1, "catalog": 1},
    frozenset({"static/site.css", "doc/rivers/nišava.ttl", "dumps/all.nt"}).__contains__,
)
HERE = "doc/rivers/ni%C5%A1ava"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("../../?lang=en", "../../index.html"),
        ("../../", "../../index.sr-latn.html"),
        ("../../queries/?lang=sr-latn", "../../queries/index.sr-latn.html"),
        ("../../catalog.html?lang=sr-latn#dataset", "../../catalog.sr-latn.html#dataset"),
        ("../../queries?lang=en", "../../queries/index.html"),
        ("../../doc/rivers/v1.0?lang=en", "v1.0.html"),
        ("ni%C5%A1ava?lang=en&page=2", "ni%C5%A1ava.page-2.html"),
        ("ni%C5%A1ava.html?lang=sr-latn&page=1", "ni%C5%A1ava.sr-latn.html"),
        ("ni%C5%A1ava.ttl", "ni%C5%A1ava.ttl"),
        ("../../static/site.css?v=12", "../../static/site.css?v=12"),
        ("../../dumps/all.nt?lang=sr-latn", "../../dumps/all.nt"),
        ("https://data.example.org/open/doc/rivers/v1.0", "https://data.example.org/open/doc/rivers/v1.0.sr-latn.html"),
        ("https://elsewhere.example/?a=1&b=2", "https://elsewhere.example/?a=1&b=2"),
        ("#quote", "#quote"),
    ],
)
def test_a_link_leads_to_a_file(href: str, expected: str) -> None:
    """In the language that it asks for, else in the page's; what is elsewhere stays."""
    written = href.replace("&", "&amp;")
    content = f'<p><a href="{written}" title="x">y</a></p>'
    mended = LINKS.in_page(content, HERE, "sr-latn")
    assert mended == f'<p><a href="{expected.replace("&", "&amp;")}" title="x">y</a></p>'


@pytest.mark.parametrize(
    "href",
    [
        "../../sparql?query=x",
        "../../queries/bridges.csv?year=2015",
        "v1.0?page=2",
        "../../catalog.html?lang=fr",
        "none",
    ],
)
def test_what_the_copy_does_not_have_is_linked_no_more(href: str) -> None:
    """Its words stay, with what says their language; a reference in the head goes."""
    content = f'<link rel="alternate" type="text/turtle" href="{href}"><a href="{href}" lang="sr" download>words</a>'
    assert LINKS.in_page(content, HERE, "en") == '<a lang="sr">words</a>'


def test_a_page_that_stands_in_for_others_has_no_relative_links() -> None:
    """A browser shows it at whichever address was asked for."""
    mended = LINKS.in_page('<a href="./?lang=en">y</a>', "404", "en", anywhere=True)
    assert mended == '<a href="/open/index.html">y</a>'


def test_a_sitemap_lists_files() -> None:
    """An address without an extension is not there on a host that knows nothing but files."""
    listed = "<loc>https://data.example.org/open/doc/rivers/v1.0</loc><loc>https://data.example.org/open/</loc>"
    expected = listed.replace("v1.0<", "v1.0.html<").replace("open/<", "open/index.html<")
    assert LINKS.in_sitemap(listed) == expected
