"""The page of `mreze wikidata diff` can be read by everybody, wide or narrow, light or dark."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import hatch_build
import pytest
from playwright.sync_api import Browser
from tests.browser.tab import opened

from mreze.gather.comparison import compare_statements
from mreze.gather.differences.page import write_page
from mreze.gather.differences.report import Report
from mreze.gather.items import Stated
from mreze.gather.model import Evidence, Item, Moment, Ours, Reference, Theirs

ROOT: Final = Path(__file__).parents[2]
LOOKS: Final = {"light": (1280, False), "dark": (1280, True), "narrow": (320, False)}
WD: Final = "http://www.wikidata.org/entity/"
LONG: Final = "https://example.org/" + "a" * 200


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page with one difference of each kind, long words in it."""
    thing, item = "https://example.org/id/networks/a", f"{WD}Q900000001"
    evidence = (Evidence("https://example.org/s", "A" * 90, LONG, "2026-11-23", "основана 1994.", "sr-cyrl"),)
    ours = [
        Ours(thing, item, "P571", Moment("1994"), evidence=evidence),
        Ours(thing, item, "P463", Item(f"{WD}Q2"), evidence=evidence),
        Ours(thing, "", "P17", Item(f"{WD}Q3"), evidence=evidence),
    ]
    theirs = (
        Theirs(f"{WD}statement/a", item, "P571", Moment("1995"), references=(Reference(url=LONG),)),
        Theirs(f"{WD}statement/b", item, "P463", Item(f"{WD}Q4"), "<b>" + "Z" * 120),
    )
    stated = Stated(theirs, names={f"{WD}Q2": "Two"}, modified="2026-11-20T04:05:06Z")
    compared = compare_statements(ours, stated)
    told = Report(compared, stated, {"en": "A site"}, {thing: {"en": "A"}}, {item: thing}, LONG, "2026-11-27", "x")
    file = tmp_path_factory.mktemp("differences") / "page.html"
    file.write_text(write_page(told, "en"), "utf-8")
    return file.as_uri()


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_fault_and_nothing_scrolls_sideways(chromium: Browser, page: str, look: str) -> None:
    """Best practices of axe-core among the rules."""
    axe = (hatch_build.install(ROOT) / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
    width, dark = LOOKS[look]
    with opened(chromium, page, width=width, dark=dark) as tab:
        tab.page.goto(page)
        tab.page.evaluate(axe)
        assert tab.page.evaluate("axe.run().then(done => done.violations.map(one => one.id + ' ' + one.help))") == []
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
