"""The pictures in a real browser: readable at every width, in light and dark, by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import hatch_build
import pytest
from playwright.sync_api import Browser
from tests.browser.tab import Tab, opened

ROOT: Final = Path(__file__).parents[2]
LOOKS: Final = {
    "wide": (1280, False, "en"),
    "dark": (1280, True, "sr-cyrl"),
    "phone": (390, False, "sr-latn"),
    "narrow": (320, True, "sr-cyrl"),
}
_OVERLAPS: Final = """() => [...document.querySelectorAll("svg.picture")].flatMap(picture => {
  const frame = picture.getBoundingClientRect();
  const texts = [...picture.querySelectorAll("text")].map(one => [one.textContent, one.getBoundingClientRect()]);
  return texts.filter(([, one]) => one.width).flatMap(([text, one], at) => [
    ...(one.left < frame.left - 3 || one.right > frame.right + 3 ? [text + " leaves the picture"] : []),
    ...texts.slice(0, at).filter(([, other]) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4).map(([other]) => text + " on " + other)]);
})"""
"""Texts that leave their picture, or lie on another, in the fonts of this browser."""


@pytest.fixture(scope="module", params=LOOKS)
def tab(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Tab]:
    """The home page as somebody sees it who runs no scripts of a page."""
    width, dark, language = LOOKS[request.param]
    with opened(chromium, address, width=width, dark=dark) as tab:
        tab.page.goto(f"{address}?lang={language}")
        yield tab


def test_one_drawing_of_each_picture_is_shown(tab: Tab) -> None:
    """That which fits, and no wider than the page; nothing is complained of, and nobody else is asked."""
    shown = tab.page.locator("svg.picture:visible")
    assert shown.count() == 4
    width = tab.page.evaluate("innerWidth")
    assert all(("narrow" in (one.get_attribute("class") or "")) == (width < 560) for one in shown.all())
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    assert (tab.complaints, tab.strangers) == ([], [])


def test_no_label_covers_another(tab: Tab) -> None:
    """In the fonts that the browser has."""
    assert tab.page.evaluate(_OVERLAPS) == []


def test_what_is_clicked_is_large_enough(tab: Tab) -> None:
    """The rule of WCAG 2.2 that axe-core leaves out unless it is asked; the others test_accessibility.py has."""
    tab.page.evaluate((hatch_build.install(ROOT) / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = tab.page.evaluate(
        "axe.run('svg.picture', {runOnly: ['target-size']})"
        ".then(done => done.violations.map(one => [one.id, one.nodes[0].html]))"
    )
    assert found == []


def test_the_keyboard_reaches_the_links_of_a_picture(tab: Tab) -> None:
    """From one to the next, with a sign of where it is; those of the drawing that is not shown are passed over."""
    first = tab.page.locator(".timeline:visible a").first
    first.focus()
    tab.page.keyboard.press("Tab")
    inside = "(one => one.closest('.timeline') && getComputedStyle(one).outlineStyle)(document.activeElement)"
    assert tab.page.evaluate(inside) == "solid"


def test_a_picture_can_be_photographed(tab: Tab, tmp_path: Path) -> None:
    """There is something on it."""
    for one in tab.page.locator("svg.picture:visible").all():
        assert len(one.screenshot(path=tmp_path / "picture.png")) > 5_000


def test_pictures_need_no_script(chromium: Browser, address: str) -> None:
    """They are part of the page, and so is the table of each, which opens by itself."""
    with opened(chromium, address, script=False) as tab:
        tab.page.goto(f"{address}?lang=en")
        assert tab.page.locator("svg.picture:visible").count() == 4
        tables = tab.page.locator(".exhibit table")
        assert [one.is_visible() for one in tables.all()] == [True, False, False, False]
        tab.page.locator(".exhibit summary").nth(1).click()
        assert tables.nth(1).is_visible()
        tab.page.locator(".timeline:visible a", has_text="May 2007").click()
        assert "/doc/memberships/nis-ecad" in tab.page.url


def test_paper_has_all_tables(chromium: Browser, address: str) -> None:
    """Nobody can open them there, and the dots of a map have no names."""
    with opened(chromium, address) as tab:
        tab.page.goto(f"{address}?lang=en")
        tab.page.emulate_media(media="print")
        tables = tab.page.locator(".exhibit table").all()
        assert [one.is_visible() for one in tables] == [True] * 4
        assert all((one.bounding_box() or {"height": 0})["height"] > 100 for one in tables)
