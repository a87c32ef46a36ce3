"""What every kind of page keeps: axe-core finds no fault, nothing scrolls sideways, nobody else is asked."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Response, Route
from tests.browser.tab import Tab, opened
from tests.servers import Served, serving

LOOKS: Final = {"light": (1280, "light", "en"), "dark": (390, "dark", "sr-cyrl"), "narrow": (320, "light", "sr-latn")}
"""Each page is held against one of them, the next one against the next; against all, test_accessibility.py has more."""
PAGES: Final = (
    "", "ontology", "shapes", "catalog", "void", "documents", "feed", "dumps/", "queries/", "search?q=ni%C5%A1",
    "queries/member-of-in-year?year=2015", "queries/cities-that-share-networks", "changes", "releases/",
    "dataset/members", "sparql?query=SELECT%20*%20%7B%20?s%20?p%20?o%20%7D%20LIMIT%203",
)  # fmt: skip
SEEN: Final = frozenset({"", "ontology", "shapes", "void", "dataset/members", "doc/organizations/grad-nis"})
"""Large ones that axe-core takes a while for, and has looked at in other tests, or at one of the same template."""
MINIMAL: Final = {"doc/bridges/lost-bridge": 410, "": 200, "doc/rivers/green-river": 200, "pages/about": 200}
MOST: Final = 150_000
"""Bytes of the first view of the home page, header fields among them."""
_REFUSED: Final = re.compile(r"Failed to load resource: the server responded with a status of \d+")
"""What Chromium says of any page whose status is that of an error."""


@pytest.fixture(scope="module")
def axe(packages: Path) -> str:
    """The checker, as the editor's lockfile names it."""
    return (packages / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def things(own: Served) -> list[str]:
    """The path of one thing of each kind, and of one hub."""
    found = re.findall(r"/(doc/([\w-]+)/[^<]+)</loc>", own.get("sitemap/1.xml").text)
    return [*{kind: path for path, kind in found}.values(), "doc/organizations/grad-nis"]


@pytest.fixture(scope="module")
def damaged(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose release has lost a file."""
    folder = tmp_path_factory.mktemp("damaged") / minimal_release.name
    shutil.copytree(minimal_release, folder)
    with serving(folder, "--workers", "1") as served:
        (folder / "queries/bridges.rq").unlink()
        yield served


def _violations(tab: Tab, axe: str) -> list[dict[str, Any]]:
    tab.page.evaluate(axe)
    found = tab.page.evaluate("axe.run({ resultTypes: ['violations'] }).then(done => done.violations)")
    return list(found)


def _faults(tab: Tab, axe: str, path: str, status: int, look: str) -> list[str]:
    """What is wrong with a page."""
    width, scheme, language = LOOKS[look]
    tab.complaints.clear()
    tab.page.set_viewport_size({"width": width, "height": 900})
    tab.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    answer = tab.page.goto(f"{tab.address}{path}{'&' if '?' in path else '?'}lang={language}")
    found = [] if path in SEEN else _violations(tab, axe)
    faults = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
    if answer is None or answer.status != status:
        faults.append(f"the status is {answer and answer.status}")
    tab.page.set_viewport_size({"width": 320, "height": 900})
    if tab.page.evaluate("document.documentElement.scrollWidth") > 320:
        faults.append("it scrolls sideways")
    faults += [one for one in tab.complaints if not (status >= 400 and _REFUSED.fullmatch(one.split(" (")[0]))]
    return [f"/{path} {look}: {one}" for one in [*faults, *tab.strangers]]


def _all_faults(tab: Tab, axe: str, pages: dict[str, int]) -> list[str]:
    looks = list(LOOKS)
    return [
        fault
        for place, (path, status) in enumerate(pages.items())
        for fault in _faults(tab, axe, path, status, looks[place % len(looks)])
    ]


def test_every_kind_of_page(chromium: Browser, address: str, axe: str) -> None:
    """Lists, documentation, questions and answers, what changed, releases."""
    with opened(chromium, address) as tab:
        assert _all_faults(tab, axe, dict.fromkeys(PAGES, 200)) == []


def test_things_of_each_kind(chromium: Browser, address: str, axe: str, things: list[str]) -> None:
    """Whatever they are."""
    assert len(things) > 8
    with opened(chromium, address) as tab:
        assert _all_faults(tab, axe, dict.fromkeys(things, 200)) == []


def _as_a_page(route: Route) -> None:
    """Ask for a page, and for nothing else; browsers take anything."""
    route.continue_(headers={**route.request.headers, "accept": "text/html"})


def test_errors(chromium: Browser, address: str, axe: str) -> None:
    """What is not there, and what cannot be had as a page."""
    wrong = {"nowhere": 404, "linkset": 406, "search?q=a&page=99": 404, "queries/member-of-in-year?year=x": 400}
    with opened(chromium, address) as tab:
        tab.page.route("**/linkset?*", _as_a_page)
        assert _all_faults(tab, axe, wrong) == []


def test_another_site(chromium: Browser, minimal: Served, damaged: Served, axe: str) -> None:
    """One with other classes, something retired and pages of its author; and one with trouble."""
    with opened(chromium, minimal.address) as tab:
        assert _all_faults(tab, axe, MINIMAL) == []
    with opened(chromium, damaged.address) as tab:
        assert _all_faults(tab, axe, {"queries/bridges": 503}) == []


def test_the_home_page_is_light(chromium: Browser, address: str) -> None:
    """All that its first view takes, map and script among it, as it is transferred."""
    with opened(chromium, address) as tab:
        answers: list[Response] = []
        tab.page.on("response", lambda one: answers.append(one))  # playwright marks what it is given
        tab.page.goto(f"{address}?lang=sr-cyrl", wait_until="networkidle")
        sizes = {one.url: one.request.sizes() for one in answers}
        assert any("search.js" in one for one in sizes)
        assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes.values()) < MOST
        assert (tab.complaints, tab.strangers) == ([], [])
