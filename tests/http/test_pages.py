"""Every page that a person can reach is whole: links lead somewhere, anchors are there, no script but our own runs."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from tests.sampling import Sample
from tests.servers import Served

VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Page(HTMLParser):
    """What of a page is checked."""

    open: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    scripts: list[dict[str, str | None]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    """Attributes that the policy of the page forbids."""

    def __post_init__(self) -> None:
        """Begin with an empty page."""
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a tag."""
        given = dict(attrs)
        if "svg" not in self.open:  # whose parts have titles of their own
            self.tags[tag] += 1
        if tag not in VOID:
            self.open.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag == "script":
            self.scripts.append(given)
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if given.get("lang"):
            self.languages.add(str(given["lang"]))

    def handle_endtag(self, tag: str) -> None:
        """Every tag ends where it should."""
        assert self.open, f"</{tag}> ends nothing"
        assert self.open.pop() == tag


def _read(text: str) -> Page:
    page = Page()
    page.feed(text)
    page.close()
    return page


def test_every_page_is_whole_and_every_link_leads_somewhere(own: Served) -> None:
    """From the home page through all links within the site, in three languages at the start."""
    waiting = [own.address + start for start in ("", "?lang=sr-cyrl", "?lang=sr-latn", "shapes.html", "dumps/")]
    seen: dict[str, Page | None] = {}
    fragments: list[tuple[str, str, str]] = []
    sample = Sample()
    while waiting:
        url = waiting.pop()
        path = url.removeprefix(own.address)
        if url in seen or ("lang=" in url and len(seen) > 400) or not sample.has(path):
            continue
        answer = own.client.get(url, headers={"accept": "text/html, */*"})
        assert answer.status_code == 200, url
        if not answer.headers["content-type"].startswith("text/html"):
            seen[url] = None
            continue
        page = seen[url] = _read(answer.text)
        assert page.open == [], url
        assert (page.tags["h1"], page.tags["title"], page.tags["main"]) == (1, 1, 1), url
        assert (page.tags["style"], page.inline) == (0, []), url
        for script in page.scripts:
            data = script.get("type") in {"application/json", "application/ld+json"}
            assert data or "/static/" in str(script["src"]), url
        assert [one for one, count in Counter(page.ids).items() if count > 1] == [], url
        for link in dict.fromkeys(page.links):
            target, fragment = urldefrag(urljoin(url, link))
            if target.startswith(own.address):
                waiting.append(target)
                fragments.append((url, target, unquote(fragment)))
    assert len(seen) > 150
    for url, target, fragment in fragments:
        found = seen.get(target)
        assert not fragment or found is None or fragment in found.ids, f"{url} links to {target}#{fragment}"


def test_a_hostile_label_is_text(minimal: Served) -> None:
    """`<script>` in a name is shown, not run, wherever the name stands."""
    for path in ("", "doc/bridges/v1.0.html", "doc/rivers/green-river.html"):
        text = minimal.get(path, "text/html", accept_language="en").text
        assert "Bridge &lt;script&gt;" in text
        scripts = re.findall(r"<script[^>]*", text)
        assert all('type="application/ld+json"' in one or "static/" in one for one in scripts), scripts


def test_links_keep_the_language_that_was_chosen(own: Served) -> None:
    """With `?lang=` in the address, links within the site carry it on; without, they do not."""
    chosen = _read(own.get("doc/organizations/naled.html?lang=sr-latn").text)
    within = [one for one in chosen.links if one.startswith("../") and not one.endswith((".ttl", ".rdf"))]
    assert within
    assert all("lang=sr-latn" in one for one in within)
    free = _read(own.get("doc/organizations/naled.html").text)
    assert not any("lang=" in one for one in free.links if one.startswith("../"))


@pytest.mark.parametrize("language", ["en", "sr-cyrl", "sr-latn"])
def test_texts_say_what_language_they_are_in(own: Served, language: str) -> None:
    """The page has its language, and a text in another one has its own."""
    page = own.get(f"doc/organizations/skgo.html?lang={language}").text
    expected = {"en": "en", "sr-cyrl": "sr-Cyrl", "sr-latn": "sr-Latn"}
    assert f'<html lang="{expected[language]}">' in page
    others = {tag for name, tag in expected.items() if name != language}
    assert others <= _read(page).languages


def test_a_fact_stands_with_the_words_it_was_read_from(own: Served) -> None:
    """The page of a membership has the quote, its source and the rank of what is claimed."""
    text = own.get("doc/memberships/nis-energy-cities.html?lang=en").text
    assert "2003" in text
    assert "2005" in text
    assert text.count("<blockquote") >= 2
    assert "preferred" in text


def test_the_home_page_names_what_the_site_is_about(own: Served) -> None:
    """Of more things than it can name, those of the dataset of which the catalogue tells where to begin."""
    page = own.get("?lang=en").text
    named = set(re.findall(r'"\./doc/memberships/([a-z0-9-]+)', page))
    assert len(named) == 8
    assert all(one.startswith("nis-") for one in named)
    for heading in ("Membership (200)", "Government organization (181)", "Organization (15)", "Web page (81)"):
        assert f"<h2>{heading}</h2>" in page


def test_a_name_that_is_known_as_printed_only_is_shown_so(own: Served) -> None:
    """A Serbian page of a city without a Serbian name has the printed one, marked as a foreign one."""
    page = own.get("doc/cities/vaxjo.html?lang=sr-cyrl").text
    assert '<h1 lang="en">Växjö</h1>' in page
    assert "као што је одштампано" in page


def test_every_number_of_the_home_page_is_what_its_query_counts(minimal: Served) -> None:
    """The totals, and those of each kind."""
    page = minimal.get("?lang=en", "text/html").text
    counted = re.findall(r'<a href="\./(sparql\?[^"]+)">(?:[^<:]+: )?(\d+)</a>', page)
    assert len(counted) > 3
    for query, number in counted:
        answer = minimal.get(html.unescape(query), "text/csv")
        assert answer.text.split() == [answer.text.split()[0], number], query


def test_the_home_page_offers_tables(minimal: Served) -> None:
    """The CSV file of a dataset by the name of that, with its rows and the question that they answer."""
    page = minimal.get("?lang=de", "text/html").text
    table = page[page.index('class="tables"') :].partition("</section>")[0]
    assert '<a href="./dumps/crossings.csv" download><span lang="de">Überquerungen</span> (CSV)</a>' in table
    rows = len(minimal.get("dumps/crossings.csv").text.splitlines()) - 1
    assert f"Rows: {rows} ·" in table
    assert '<a href="./queries/bridges?lang=de" lang="de">Welche Brücken gibt es' in table
