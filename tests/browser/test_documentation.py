"""The diagram and the tables of vocabulary, shapes and datasets in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import hatch_build
import pytest
from playwright.sync_api import Browser
from tests.browser.tab import opened

ROOT: Final = Path(__file__).parents[2]
PAGES: Final = {
    "ontology?lang=sr-cyrl": (320, True),
    "shapes?lang=en": (1280, False),
    "dataset/nis?lang=sr-latn": (320, True),
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker, as the editor's lockfile names it."""
    return (hatch_build.install(ROOT) / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.mark.parametrize("path", PAGES)
def test_all_that_can_be_opened_is_without_fault(chromium: Browser, address: str, axe: str, path: str) -> None:
    """With every part opened too, axe-core finds nothing, nothing scrolls sideways and nothing comes from elsewhere."""
    width, dark = PAGES[path]
    with opened(chromium, address, width=width, dark=dark) as tab:
        tab.page.goto(address + path)
        tab.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        tab.page.evaluate(axe)
        found = tab.page.evaluate("axe.run().then(done => done.violations)")
        assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found] == []
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert (tab.complaints, tab.strangers) == ([], [])


def test_no_text_of_the_diagram_leaves_its_box(chromium: Browser, address: str) -> None:
    """In the wider of the scripts too, each text ends before the edge of its box."""
    with opened(chromium, address) as tab:
        tab.page.goto(f"{address}ontology?lang=sr-cyrl")
        outside = tab.page.evaluate(
            """[...document.querySelectorAll('.diagram g:has(> .box)')].flatMap(group => {
                const edge = group.querySelector('.box').getBoundingClientRect().right
                return [...group.querySelectorAll('text')].filter(one => one.getBoundingClientRect().right > edge)
                    .map(one => one.textContent)
            })"""
        )
        assert tab.page.locator(".diagram .box").count() > 10
        assert outside == []


def test_the_diagram_scrolls_in_its_own_box_and_leads_to_terms(chromium: Browser, address: str) -> None:
    """On a small screen it keeps its size; a line leads to the entry of its property, without a script."""
    with opened(chromium, address, width=320, script=False) as tab:
        tab.page.goto(f"{address}ontology?lang=en")
        tab.page.locator(".diagram a", has_text="rank of a claim").focus()
        tab.page.keyboard.press("Enter")
        assert tab.page.url.endswith("#rank")
        assert tab.page.locator("#rank h3").text_content() == "rank of a claim"
