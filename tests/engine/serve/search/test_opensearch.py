"""What browsers are told of the search, within the limits of their format."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from mreze.serve.search.opensearch import describe_search

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def _root(title: str, **carried: str) -> ElementTree.Element:
    content = describe_search("https://x.example/", title, "What there is", "sr-cyrl", carried)
    return ElementTree.fromstring(content)  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("title", "short", "long"),
    [
        ("Bridges", "Bridges", "Bridges"),
        ("Bridges and rivers", "Bridges and…", "Bridges and rivers"),
        ("a" * 100, "a" * 16, "a" * 48),
        ("<b> & 'c'", "<b> & 'c'", "<b> & 'c'"),
    ],
)
def test_names_keep_their_limits(title: str, short: str, long: str) -> None:
    """A long one ends with a whole word, where it has any."""
    root = _root(title)
    assert (root.findtext(NAMESPACE + "ShortName"), root.findtext(NAMESPACE + "LongName")) == (short, long)


def test_addresses_carry_on_what_was_chosen() -> None:
    """Language and release stand in every address, beside the places that browsers fill in."""
    urls = list(_root("Bridges", lang="de", release="2027-01-02").iter(NAMESPACE + "Url"))
    assert len(urls) == 4
    for one in urls:
        assert one.get("template", "").endswith("lang=de&release=2027-01-02")
        assert one.get("rel") == "self" or "q={searchTerms}&" in one.get("template", "")
