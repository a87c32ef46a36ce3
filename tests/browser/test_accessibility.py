"""The pages can be used with a keyboard, a screen reader, large letters, little contrast: axe-core finds no fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Route, expect
from tests.browser.tab import Tab, opened

LOOKS: Final = {"light": (1280, False), "dark": (1280, True), "narrow": (320, False)}
PAGES: Final = {
    "empty form": "sparql?lang=en",
    "result": "sparql?lang=sr-cyrl&query=SELECT%20*%20%7B%20?s%20a%20%3Fclass%20%7D%20LIMIT%205",
    "graph": "sparql?lang=en&query=DESCRIBE%20%3Chttps://w3id.org/mreze-gradova/id/organizations/naled%3E",
    "mistake": "sparql?lang=sr-latn&query=%23%20x%0AASK%20%7B%20%3Fs%20foaf:name%20%22x%22@en,%205%20}",
    "empty answer": "sparql?lang=en&query=SELECT%20%2A%20%7B%20%3Fs%20a%20%3Cx:y%3E%20%7D",
    "saved query": "queries/memberships?lang=sr-latn",
    "query with parameters": "queries/member-of-in-year?lang=sr-cyrl",
    "value that is none": "queries/member-of-in-year?lang=en&year=x",
    "questions": "queries/",
    "matching": "reconcile/guide?lang=sr-cyrl",
    "guides": "guides/?lang=en",
    "guide for portals": "guides/portals?lang=sr-cyrl",
    "guide for researchers": "guides/researchers?lang=en",
    "guide for reconcilers": "guides/reconcilers?lang=sr-latn",
    "home": "",
    "changes": "changes?lang=sr-latn",
    "thing": "doc/organizations/naled?lang=sr-cyrl",
    "membership": "doc/memberships/nis-energy-cities?lang=en",
    "member": "doc/organizations/grad-nis?lang=sr-latn",
    "place": "doc/places/besancon?lang=en",
    "source": "doc/sources/energy-cities-nis?lang=sr-cyrl",
    "dataset": "dataset/nis?lang=en",
    "vocabulary": "ontology?lang=en",
    "preview": "reconcile/preview?id=organizations/naled&lang=sr-cyrl",
    "nothing there": "nowhere",
    "search": "search?lang=en",
    "found": "search?q=Novi&lang=sr-latn",
    "nothing found": "search?q=Cracow&type=schema:City&lang=sr-cyrl",
    "things of a class": "search?type=org:Organization&page=2&lang=en",
}


@pytest.fixture(scope="module")
def axe(packages: Path) -> str:
    """The checker, as the editor's lockfile names it."""
    return (packages / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    """A tab."""
    with opened(chromium, address) as tab:
        yield tab


def _as_page(route: Route) -> None:
    """Ask for a page and for nothing else."""
    route.continue_(headers={**route.request.headers, "accept": "text/html"})


def _faults(tab: Tab, axe: str) -> list[str]:
    tab.page.evaluate(axe)
    found = tab.page.evaluate("axe.run({ resultTypes: ['violations'] }).then(done => done.violations)")
    return [f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(chromium: Browser, address: str, axe: str, name: str, look: str) -> None:
    """No rule of axe-core is broken, best practices among them, and the page never scrolls sideways."""
    width, dark = LOOKS[look]
    with opened(chromium, address, width=width, dark=dark) as tab:
        tab.page.goto(address + PAGES[name])
        assert _faults(tab, axe) == []
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_fault_where_something_is_wrong(chromium: Browser, address: str, axe: str, look: str) -> None:
    """A mistyped address with what is near to it, and a form that is not there with those that are."""
    width, dark = LOOKS[look]
    with opened(chromium, address, width=width, dark=dark) as tab:
        tab.page.route("**/linkset?*", _as_page)
        for path, expected in (("queries/membership?lang=sr-cyrl", "memberships"), ("linkset?lang=en", "linkset.json")):
            tab.page.goto(address + path)
            expect(tab.page.locator(f'main section a[href*="{expected}"]').first).to_be_visible()
            assert _faults(tab, axe) == []
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_no_fault_while_one_writes(chromium: Browser, address: str, axe: str, look: str) -> None:
    """Nor with the suggestions open, nor in the plain field, nor once an answer has come."""
    width, dark = LOOKS[look]
    with opened(chromium, address, width=width, dark=dark) as tab:
        tab.page.goto(f"{address}sparql?lang=en")
        tab.write("SELECT * { ?s a membersh")
        expect(tab.page.get_by_role("option")).to_have_count(1)
        assert _faults(tab, axe) == []
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        tab.page.keyboard.press("Enter")
        tab.page.keyboard.type(" }")
        tab.page.keyboard.press("Control+Enter")
        expect(tab.page.locator("tbody tr")).to_have_count(200)
        assert _faults(tab, axe) == []
        tab.page.get_by_role("button", name="Plain text field").click()
        assert _faults(tab, axe) == []


def test_tab_leaves_the_editor(tab: Tab) -> None:
    """The Tab key moves through the page in its order, into the editor and out of it, both ways."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    tab.page.get_by_role("link", name="Srpski", exact=True).focus()
    passed = []
    for _ in range(6):
        tab.page.keyboard.press("Tab")
        passed.append(tab.focus)
    assert passed == ["find-q", "Find", "editor", "Run", "Copy the link", "Plain text field"]
    for _ in range(3):
        tab.page.keyboard.press("Shift+Tab")
    assert tab.focus == "editor"
    tab.page.keyboard.press("Shift+Tab")
    assert tab.focus == "Find"
    assert "\t" not in tab.query


def test_the_editor_says_what_it_is(tab: Tab) -> None:
    """It has the role of a text box of many lines, a name, and a description with its keys; its label leads to it."""
    tab.page.goto(f"{tab.address}sparql?lang=en")
    box = tab.page.get_by_role("textbox", name="SPARQL query")
    expect(box).to_have_attribute("aria-multiline", "true")
    expect(box).to_have_accessible_description(
        "Ctrl+Enter runs the query, Ctrl+Space completes a name, Tab leaves the field."
    )
    assert "?thing a ?class" in box.inner_text()
    tab.page.get_by_text("SPARQL query", exact=True).click()
    assert tab.focus == "editor"


def test_moving_about_opens_no_list(tab: Tab) -> None:
    """Arrow keys move through names without falling into suggestions; Escape closes a list and stays."""
    tab.ask("SELECT * { ?some ?other ?som }")
    tab.page.locator(".CodeMirror-code").click()
    tab.page.keyboard.press("ControlOrMeta+End")
    for _ in range(3):
        tab.page.keyboard.press("ArrowLeft")
    tab.page.wait_for_timeout(300)
    assert tab.page.get_by_role("listbox").count() == 0
    tab.page.keyboard.press("Control+Space")
    box = tab.page.get_by_role("textbox", name="SPARQL query")
    expect(tab.page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    active = box.get_attribute("aria-activedescendant")
    assert tab.page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    tab.page.keyboard.press("Escape")
    assert tab.page.get_by_role("listbox").count() == 0
    assert tab.focus == "editor"


def test_a_plain_field_can_be_had_and_is_remembered(tab: Tab) -> None:
    """Who likes the plain field better gets it on the next page too, with the query that is there."""
    tab.ask("ASK { ?s ?p 1 }")
    switch = tab.page.get_by_role("button", name="Plain text field")
    switch.click()
    field = tab.page.get_by_role("textbox", name="SPARQL query")
    field.fill("ASK { ?s ?p 2 }")
    field.press("Control+Enter")
    expect(tab.page).to_have_url(re.compile(r"%3Fp\+2"))
    tab.ask("ASK { ?s ?p 3 }")
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert field.input_value() == "ASK { ?s ?p 3 }"
    field.fill("ASK { ?s ?p 4 }")
    switch.click()
    assert tab.page.locator(".CodeMirror-code").inner_text().replace("\u00a0", " ").strip() == "1\nASK { ?s ?p 4 }"
    assert tab.page.get_by_role("textbox").count() == 1


def test_what_happens_is_said_aloud(tab: Tab) -> None:
    """A region that is there from the beginning tells results and errors, each in its language."""
    tab.page.goto(f"{tab.address}sparql?lang=sr-cyrl")
    status = tab.page.get_by_role("status")
    expect(status).to_have_text("")
    tab.write("ASK { ?s ?p ?o }")
    tab.page.keyboard.press("Control+Enter")
    expect(status).to_have_text("Да")
    expect(status).to_have_attribute("lang", "")
    tab.write("ASK { ?s ?p ?o ")
    tab.page.keyboard.press("Control+Enter")
    expect(status).to_contain_text("The query is wrong")
    expect(status).to_have_attribute("lang", "en")
    assert tab.focus == "editor"
