"""What people come for takes them three clicks at most from the home page, on a phone too."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.tab import Tab, opened


@pytest.fixture(params=[390, 1280])
def tab(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """The home page in English."""
    with opened(chromium, address, width=request.param) as tab:
        tab.page.goto(f"{address}?lang=en")
        yield tab
        assert (tab.complaints, tab.strangers) == ([], [])


def _follow(tab: Tab, target: str) -> None:
    """Click the first link whose address has this in it, and that can be seen."""
    tab.page.locator(f'main a[href*="{target}"]:visible').first.click()


def test_since_when_and_who_says_otherwise(tab: Tab) -> None:
    """One click: the year, below it the other one, each with the words of its source."""
    _follow(tab, "doc/memberships/nis-energy-cities")
    rival = tab.page.locator("tr.rival")
    expect(rival).to_contain_text("2005")
    expect(rival).to_contain_text("The City became a member of Energy Cities back in 2005")
    expect(tab.page.locator("table.facts")).to_contain_text("Joined Energy Cities in 2003")


def test_which_networks_are_based_in_a_city(tab: Tab) -> None:
    """One click: the city's page lists them."""
    _follow(tab, "doc/places/belgrade")
    based = tab.page.locator("h3", has_text="based in").locator("xpath=following-sibling::ul[1]")
    expect(based.get_by_role("link")).to_have_count(2)


def test_download_all_memberships(tab: Tab) -> None:
    """One click for each of the two files, which tell what they hold and how many rows."""
    for title, rows, holds in (("Memberships of the City of Niš", 8, "Energy Cities"), ("Other members", 192, "Arles")):
        entry = tab.page.locator("section.tables li", has_text=title)
        expect(entry).to_contain_text(f"Rows: {rows} ·")
        with tab.page.expect_download() as download:
            entry.get_by_role("link").first.click()
        text = download.value.path().read_text("utf-8")
        assert holds in text
        assert len(list(csv.reader(text.splitlines()))) == rows + 1


def test_cite_a_membership(tab: Tab) -> None:
    """Two clicks: the words to copy; a third opens the entry for BibTeX."""
    _follow(tab, "doc/memberships/nis-ecad")
    tab.page.get_by_role("link", name="Cite this").click()
    expect(tab.page.locator("p.cited")).to_be_in_viewport()
    expect(tab.page.locator("p.cited")).to_contain_text("id/memberships/nis-ecad")
    tab.page.get_by_text("BibTeX", exact=True).click()
    expect(tab.page.locator("pre.cited")).to_contain_text("@misc{nis-ecad-")
