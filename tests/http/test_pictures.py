"""The home page has pictures of what the site holds: to look at, to read as a table, to follow to their queries."""

from __future__ import annotations

import gzip
import html
import re
from xml.etree import ElementTree

import pytest
from tests.servers import Served

MOST = 150_000
"""Bytes, compressed, of all that the first view of the home page needs."""


def _page(served: Served, language: str) -> str:
    return served.get(f"?lang={language}", "text/html").text


def _pictures(page: str) -> list[ElementTree.Element]:
    found = re.findall(r'<svg class="picture .*?</svg>(?=\n)', page, re.DOTALL)
    return [ElementTree.fromstring(one) for one in found]  # noqa: S314 - our own server wrote it


@pytest.mark.parametrize("language", ["en", "sr-cyrl", "sr-latn"])
def test_each_picture_is_whole(own: Served, language: str) -> None:
    """Well-formed, titled in the language of the page, for wide and narrow screens, without style of its own."""
    pictures = _pictures(_page(own, language))
    assert len(pictures) == 8
    kinds = [" ".join(one.get("class", "").split()[1:]) for one in pictures]
    assert kinds == [f"{kind} {size}" for kind in ("timeline", "map", "map", "network") for size in ("broad", "narrow")]
    for one in pictures:
        assert one.get("role") == "group"
        assert (one.findtext("title") or "").endswith("?")
        assert not [part for part in one.iter() if "style" in part.attrib or part.tag in {"style", "script"}]
    assert (pictures[0].findtext("title") or "").startswith(
        {"en": "When", "sr-cyrl": "Када", "sr-latn": "Kada"}[language]
    )


def test_the_pictures_tell_what_the_data_do(own: Served) -> None:
    """As precise as the sources: a month, a year, a bound; and who says otherwise."""
    timeline, _, seats, _, members, _, network, _ = _pictures(_page(own, "en"))
    dates = {one.text for one in timeline.iter("text")}
    assert {"May 2007", "2003", "(2005)", "(1987)", "before 5 Oct 2016"} <= dates
    assert {"Belgrade", "Kyoto", "Niš"} <= {one.text for one in seats.iter("text")}
    assert {"Belgrade: National Alliance for Local Economic Development, "} <= {
        (one.findtext("title") or "").partition("Standing")[0] for one in seats.iter("a")
    }
    assert sum(one.get("class") == "dot kind-0" for one in members.iter("g")) > 150
    assert "City of Niš" in {one.text for one in network.iter("text")}


def test_the_map_has_its_footnotes(own: Served) -> None:
    """Whose shapes they are, and of Kosovo what the EU says."""
    page = _page(own, "sr-cyrl")
    assert "УН 1244" in page
    assert "Natural Earth" in page


def test_every_link_of_a_picture_leads_somewhere(own: Served) -> None:
    """To the thing, in the language that was chosen."""
    links = {
        str(one.get("href")) for picture in _pictures(_page(own, "en")) for one in picture.iter("a") if one.get("href")
    }
    assert len(links) > 30
    assert all("lang=en" in one for one in links)
    for one in sorted(links):
        assert own.get(one.removeprefix("./").partition("#")[0], "text/html").status_code == 200, one


def test_each_picture_has_its_table_and_its_query(own: Served) -> None:
    """What is drawn is the result of a saved query, with as many rows as the table."""
    page = _page(own, "en")
    sections = re.findall(r'<section class="exhibit".*?</section>', page, re.DOTALL)
    assert len(sections) == 4
    for one in sections:
        query = re.search(r'href="\./(queries/[\w-]+)\?lang=en"', one)
        assert query is not None
        rows = own.get(f"{query[1]}.csv").text.splitlines()[1:]
        assert one.count("<tr>") - 1 == len(rows)


def test_a_site_without_drawn_queries_has_no_pictures(minimal: Served) -> None:
    """Nor their style."""
    page = minimal.get("", "text/html").text
    assert "<svg" not in page
    assert "pictures.css" not in page


def test_the_first_view_is_light(own: Served) -> None:
    """With the pictures, the style and the icon: less than 150 kB, compressed."""
    page = _page(own, "sr-cyrl")
    styles = re.findall(r'(?:href|src)="\./(static/[^"]+)"', page)
    assert len(styles) == 5
    sizes = [len(gzip.compress(own.get(one).content)) for one in styles]
    assert len(gzip.compress(page.encode())) + sum(sizes) < MOST


@pytest.mark.parametrize(
    ("thing", "kinds"),
    [
        ("memberships/nis-energy-cities", ["timeline broad", "timeline narrow", "map narrow"]),
        ("organizations/ecad", ["timeline broad", "timeline narrow", "map broad", "map narrow"]),
        ("places/nis", ["map narrow"]),
        ("sources/energy-cities-nis", []),
    ],
)
def test_a_thing_has_its_pictures(own: Served, thing: str, kinds: list[str]) -> None:
    """What it is decides which: where it is, or its members are; and when what happened to it."""
    page = own.get(f"doc/{thing}.html?lang=sr-cyrl").text
    pictures = _pictures(page)
    assert [" ".join(one.get("class", "").split()[1:]) for one in pictures] == kinds
    assert ("pictures.css" in page) == bool(kinds)
    assert page.count(">Исто као табела</summary>") == page.count('<section class="exhibit')


def test_the_timeline_of_a_membership_says_who_says_otherwise(own: Served) -> None:
    """With the year in which the organization was founded, and a link to the words that were read."""
    timeline, *_ = _pictures(own.get("doc/memberships/nis-energy-cities?lang=en", "text/html").text)
    assert {"1990", "2003", "(2005)"} <= {one.text for one in timeline.iter("text")}


def test_a_thing_without_place_or_history_has_no_pictures(minimal: Served) -> None:
    """Of a site that is about something else."""
    assert "<svg" not in minimal.get("doc/bridges/old-bridge.html").text


def test_the_numbers_of_the_home_page_are_queries(minimal: Served) -> None:
    """Each leads to the query that counts the same; and the page says what is new."""
    page = minimal.get("?lang=en", "text/html").text
    found = re.findall(r'<li><a href="\./(sparql\?query=[^"]*)">[^<]*: (\d+)</a></li>', page)
    assert found
    for address, number in found:
        assert minimal.get(html.unescape(address), "text/csv").text.split() == ["things", number]
    assert "<strong>What is new:</strong>" in page
