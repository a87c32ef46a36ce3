"""The IRI of a thing is copied by a button, where scripts run."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.tab import opened

PAGE = "doc/memberships/nis-ecad?lang=sr-latn"


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_the_iri_is_copied(chromium: Browser, address: str, packages: Path, width: int, dark: bool) -> None:
    """By keyboard; the button says that it did, a screen reader too, and what was copied is the IRI."""
    with opened(chromium, address, width=width, dark=dark) as tab:
        tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab.page.goto(address + PAGE)
        tab.page.locator(".title .iri").get_by_role("button", name="Kopiraj").press("Enter")
        expect(tab.page.locator(".title .iri [role=status]")).to_have_text("Kopirano")
        iri = tab.page.locator(".title .iri code").inner_text()
        assert iri.endswith("/id/memberships/nis-ecad")
        assert tab.page.evaluate("navigator.clipboard.readText()") == iri
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        tab.page.evaluate((packages / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
        assert tab.page.evaluate("axe.run().then(found => found.violations.map(one => one.id))") == []
        assert tab.complaints == []


def test_without_scripts_there_is_no_button(chromium: Browser, address: str) -> None:
    """The IRI is there as a text."""
    with opened(chromium, address, script=False) as tab:
        tab.page.goto(address + PAGE)
        expect(tab.page.locator(".title .iri code")).to_contain_text("/id/memberships/nis-ecad")
        expect(tab.page.get_by_role("button", name="Kopiraj")).to_have_count(0)
