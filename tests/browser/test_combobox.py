"""Search fields offer names while one types: by keyboard alone, by touch, aloud, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.browser.tab import Tab, opened

LANGUAGE: Final = "sr-latn"
FIELD: Final = "Naziv ili identifikator"


@pytest.fixture(scope="module")
def _tab(chromium: Browser, address: str) -> Iterator[Tab]:
    with opened(chromium, address, width=390) as tab:
        yield tab
        assert (tab.complaints, tab.strangers) == ([], [])


@pytest.fixture
def tab(_tab: Tab) -> Tab:
    """A page on a telephone, with the focus in its search field."""
    _tab.page.goto(f"{_tab.address}dumps/?lang={LANGUAGE}")
    _tab.page.get_by_role("link", name="Srpski", exact=True).focus()
    _tab.page.keyboard.press("Tab")
    return _tab


def _active(tab: Tab) -> str:
    """The option that is chosen, as a screen reader is told of it."""
    found = tab.page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText ?? ''"
    )
    return str(found)


def test_a_thing_is_reached_by_keyboard_alone(tab: Tab) -> None:
    """A few letters in the other script, down, Enter: the thing, in the same language."""
    tab.page.keyboard.type("европски гра")
    expect(tab.page.get_by_role("listbox", name="Predlozi")).to_be_visible()
    assert _active(tab) == ""
    tab.page.keyboard.press("ArrowDown")
    assert _active(tab).startswith("Evropski gradovi protiv droga")
    expect(tab.page.get_by_role("option", selected=True)).to_have_count(1)
    tab.page.keyboard.press("Enter")
    expect(tab.page).to_have_url(f"{tab.address}doc/organizations/ecad?lang={LANGUAGE}")
    expect(tab.page.get_by_role("heading", level=1)).to_have_text("Evropski gradovi protiv droga")


def test_a_misspelt_name_is_offered_and_touched(tab: Tab) -> None:
    """What is meant stands first; a touch opens it."""
    tab.page.keyboard.type("energi citis")
    tab.page.get_by_role("option").first.click()
    expect(tab.page).to_have_url(f"{tab.address}doc/organizations/energy-cities?lang={LANGUAGE}")


def test_arrows_go_round_and_the_text_is_one_of_the_stations(tab: Tab) -> None:
    """From the last one to the text and on to the first; a letter more, and the text is meant again."""
    tab.page.keyboard.type("beogr")
    field = tab.page.get_by_role("combobox", name=FIELD)
    expect(field).to_have_attribute("aria-expanded", "true")
    many = tab.page.get_by_role("option").count()
    assert many > 1
    tab.page.keyboard.press("ArrowUp")
    expect(tab.page.get_by_role("option").last).to_have_attribute("aria-selected", "true")
    tab.page.keyboard.press("ArrowDown")
    assert _active(tab) == ""
    tab.page.keyboard.press("ArrowDown")
    expect(tab.page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    tab.page.keyboard.type("a")
    assert _active(tab) == ""
    expect(field).to_have_value("beogra")


def test_enter_without_a_choice_searches(tab: Tab) -> None:
    """As it does without a script, with the list open or not."""
    tab.page.keyboard.type("beograd")
    expect(tab.page.get_by_role("listbox")).to_be_visible()
    tab.page.keyboard.press("Enter")
    expect(tab.page).to_have_url(f"{tab.address}search?lang={LANGUAGE}&q=beograd")
    expect(tab.page.get_by_role("combobox", name=FIELD)).to_have_value("beograd")


def test_escape_closes_then_empties(tab: Tab) -> None:
    """The first leaves the text and the focus; down opens the list again; Tab leaves it."""
    tab.page.keyboard.type("nis")
    field = tab.page.get_by_role("combobox", name=FIELD)
    listed = tab.page.get_by_role("listbox")
    expect(listed).to_be_visible()
    tab.page.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("nis")
    expect(field).to_be_focused()
    tab.page.keyboard.press("ArrowDown")
    expect(listed).to_be_visible()
    tab.page.keyboard.press("Tab")
    expect(listed).to_have_count(0)
    field.focus()
    tab.page.keyboard.press("Escape")
    expect(field).to_have_value("")


def test_how_many_there_are_is_said_aloud(tab: Tab) -> None:
    """In a live region, and that there are none as well."""
    tab.page.keyboard.type("nis")
    told = tab.page.locator("[aria-live=polite]")
    expect(told).to_have_text("Predloga: 8")
    expect(tab.page.get_by_role("option")).to_have_count(8)
    tab.page.keyboard.type("zzqqxxw")
    expect(told).to_have_text("Nema predloga")
    expect(tab.page.get_by_role("listbox")).to_have_count(0)


def test_what_is_typed_fast_is_asked_once_and_what_is_late_is_given_up(tab: Tab) -> None:
    """One request a pause; one that has no answer yet when the next letter comes is aborted."""
    asked: list[str] = []
    failed: list[str] = []

    def hold(route: Route) -> None:
        asked.append(route.request.url.partition("q=")[2])
        if len(asked) > 1:
            route.continue_()

    tab.page.route("**/search/suggest?*", hold)
    tab.page.on("requestfailed", lambda request: failed.append(request.url.partition("q=")[2]))
    with tab.page.expect_request("**/search/suggest?*"):
        tab.page.keyboard.type("avec")
    with tab.page.expect_event("requestfailed"):
        tab.page.keyboard.type(" ")
    expect(tab.page.get_by_role("listbox")).to_be_visible()
    tab.page.unroute("**/search/suggest?*")
    assert (asked, failed) == (["avec", "avec"], ["avec"])


def test_it_is_a_whole_combobox_for_axe(tab: Tab, packages: Path) -> None:
    """With the list open and an option chosen; the list stays within the screen."""
    tab.page.keyboard.type("gradovi")
    expect(tab.page.get_by_role("listbox")).to_be_visible()
    tab.page.keyboard.press("ArrowDown")
    tab.page.evaluate((packages / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = tab.page.evaluate("axe.run().then(done => done.violations.map(one => [one.id, one.nodes[0].html]))")
    assert found == []
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 390
    box = tab.page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= 390


def test_without_a_script_it_is_a_field(chromium: Browser, address: str) -> None:
    """With nothing that promises more."""
    with opened(chromium, address, width=390, script=False) as tab:
        tab.page.goto(f"{address}?lang=en")
        expect(tab.page.get_by_role("searchbox", name="Name or identifier")).to_be_visible()
        assert tab.page.get_by_role("combobox").count() == 0
