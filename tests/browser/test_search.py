"""People find things by name from every page: with a keyboard, without scripts, on a narrow screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.browser.tab import opened

LABELS = {"en": "Name or identifier", "sr-cyrl": "Назив или идентификатор", "sr-latn": "Naziv ili identifikator"}
FIND = {"en": "Find", "sr-cyrl": "Пронађи", "sr-latn": "Pronađi"}


@pytest.mark.parametrize("script", [True, False])
def test_a_thing_is_found_with_the_keyboard_alone(chromium: Browser, address: str, *, script: bool) -> None:
    """From the home page into the field, a name in bare letters, Enter, and on to the thing in the same language."""
    with opened(chromium, address, script=script) as tab:
        tab.page.goto(f"{address}?lang=sr-cyrl")
        tab.page.get_by_role("link", name="Srpski", exact=True).focus()
        tab.page.keyboard.press("Tab")
        tab.page.keyboard.type("evropski gradovi")
        tab.page.keyboard.press("Enter")
        first = tab.page.locator(".hits a").first
        expect(first).to_have_text("Европски градови против дрога")
        expect(tab.page.get_by_label(LABELS["sr-cyrl"])).to_have_value("evropski gradovi")
        first.focus()
        tab.page.keyboard.press("Enter")
        expect(tab.page.get_by_role("heading", level=1)).to_have_text("Европски градови против дрога")
        assert (tab.complaints, tab.strangers) == ([], [])


def test_a_kind_is_chosen_and_left_again(chromium: Browser, address: str) -> None:
    """From the list of what was found, and in the form; the name stays."""
    with opened(chromium, address) as tab:
        tab.page.goto(f"{address}search?q=nis&lang=en")
        whole = tab.page.locator(".hits li").count()
        tab.page.get_by_role("navigation", name="What was found, by kind").get_by_role(
            "link", name="city", exact=True
        ).click()
        expect(tab.page.locator(".hits li")).to_have_count(1)
        expect(tab.page.get_by_label("Kind", exact=True)).to_have_value("https://schema.org/City")
        tab.page.get_by_label("Kind", exact=True).select_option("")
        tab.page.locator("form.search").get_by_role("button", name="Find").click()
        expect(tab.page.locator(".hits li")).to_have_count(whole)
        assert tab.complaints == []


@pytest.mark.parametrize("width", [320, 600, 1280])
@pytest.mark.parametrize("language", LABELS)
def test_the_field_has_room(chromium: Browser, address: str, language: str, width: int) -> None:
    """In the header it covers nothing, and is wide enough for a name; it has its label and its button."""
    with opened(chromium, address, width=width, dark=width == 600) as tab:
        tab.page.goto(f"{address}doc/organizations/naled?lang={language}")
        field = tab.page.get_by_role("search").get_by_role("combobox", name=LABELS[language])
        button = tab.page.get_by_role("search").get_by_role("button", name=FIND[language])
        boxes = [one.bounding_box() for one in (field, button, *tab.page.locator("header a").all())]
        assert all(one is not None for one in boxes)
        found = [(one["x"], one["y"], one["x"] + one["width"], one["y"] + one["height"]) for one in boxes if one]
        assert found[0][2] - found[0][0] >= 120
        assert found[0][3] - found[0][1] < 50  # one line each
        assert found[1][3] - found[1][1] < 50
        for place, one in enumerate(found):
            assert 0 <= one[0] < one[2] <= width
            covered = [
                two for two in found[place + 1 :]
                if one[0] < two[2] and two[0] < one[2] and one[1] < two[3] - 1 and two[1] < one[3] - 1
            ]  # fmt: skip
            assert not covered
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
