"""People open the pages in a browser and find what they came for."""

from __future__ import annotations

import re

import pytest
from playwright import sync_api as driven
from tests.browser.conftest import Browser
from tests.browser.tab import opened

PAGES = {
    "home": "",
    "organization": "doc/organizations/energy-cities",
    "membership": "doc/memberships/nis-ecad",
    "ontology": "ontology",
    "sparql": "sparql",
    "question": "queries/member-of-in-year?year=2015",
    "questions": "queries/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_whole_and_asks_nobody_else(browser: Browser, address: str, name: str) -> None:
    """Each page has one heading and its language, and links no script, style or picture of another host."""
    dom = browser.dom(address + PAGES[name])
    assert len(re.findall(r"<h1\b", dom)) == 1
    assert re.search(r'<html[^>]* lang="[a-z]{2}', dom)
    loaded = re.findall(
        r'<(?:script|img|iframe)\b[^>]*\bsrc="([^"]+)"|<link\b[^>]*rel="(?:stylesheet|icon)"[^>]*href="([^"]+)"', dom
    )
    assert not [one for pair in loaded for one in pair if one.startswith(("http:", "https:", "//"))]


def test_the_membership_tells_since_when_and_who_says_so(browser: Browser, address: str) -> None:
    """The page of a membership shows its beginning and the words it was read from."""
    dom = browser.dom(address + PAGES["membership"] + "?lang=en")
    assert "2007-05" in dom
    assert "Град Ниш је приступио ECAD-у маја 2007. године" in dom


def test_a_page_has_three_languages(browser: Browser, address: str) -> None:
    """The same page greets in English, Cyrillic and Latin."""
    headings = {}
    for language in ("en", "sr-cyrl", "sr-latn"):
        dom = browser.dom(f"{address}doc/organizations/naled?lang={language}")
        found = re.search(r"<h1\b[^>]*>(.*?)</h1>", dom, re.DOTALL)
        assert found
        headings[language] = re.sub(r"<[^>]+>", "", found[1]).strip()
    assert headings == {
        "en": "National Alliance for Local Economic Development",
        "sr-cyrl": "Национална алијанса за локални економски развој",
        "sr-latn": "Nacionalna alijansa za lokalni ekonomski razvoj",
    }


@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_can_be_photographed(browser: Browser, address: str, width: int) -> None:
    """A screenshot of a thing's page, narrow and wide, is a picture with something on it."""
    picture = browser.screenshot(address + PAGES["organization"], f"organization-{width}", width=width)
    assert picture.stat().st_size > 10_000


@pytest.mark.parametrize("path", ["", "dataset/nis"])
def test_data_for_search_engines_break_no_policy(chromium: driven.Browser, address: str, path: str) -> None:
    """The description in the page is data, no script: the browser refuses nothing and complains of nothing."""
    with opened(chromium, address) as tab:
        tab.page.goto(address + path)
        kinds = tab.page.evaluate(
            "[...document.scripts].filter(one => !one.src).map(one => one.type + JSON.parse(one.textContent)['@type'])"
        )
        assert kinds == ["application/ld+json" + ("Dataset" if path else "DataCatalog")]
        assert (tab.complaints, tab.strangers) == ([], [])
