"""A tab of a real Chromium that takes note of all that a page does wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page

_TELL = "addEventListener('securitypolicyviolation', e => console.error('policy:', e.violatedDirective, e.blockedURI))"


@dataclass
class Tab:
    """An open page."""

    page: Page
    address: str
    """Where the site is, with a slash at the end."""
    complaints: list[str] = field(default_factory=list)
    """What stands in the console, script errors and violations of the policy among it."""
    strangers: list[str] = field(default_factory=list)
    """Requests to other hosts."""

    def ask(self, query: str, language: str = "en") -> None:
        """Open the endpoint's page with a query, as a link that somebody shared does."""
        self.page.goto(f"{self.address}sparql?query={quote(query)}&lang={language}")

    def write(self, text: str) -> None:
        """Type a text into the editor in place of the one that is there."""
        self.page.locator(".CodeMirror-code").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    @property
    def query(self) -> str:
        """What the form would send."""
        return self.page.locator("#query").input_value()

    @property
    def focus(self) -> str:
        """What has the focus: its text, or the id or tag where it has none."""
        found = self.page.evaluate(
            "(e => e.isContentEditable ? 'editor' : e.innerText || e.id || e.tagName)(document.activeElement)"
        )
        return str(found)


@contextmanager
def opened(
    browser: Browser, address: str, *, width: int = 1280, dark: bool = False, script: bool = True
) -> Iterator[Tab]:
    """Open a tab with an empty profile.

    Args:
        browser: where.
        address: of the site, with a slash at the end.
        width: of the window.
        dark: whether the reader likes dark pages.
        script: whether scripts run.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        locale="en",
    )
    context.add_init_script(_TELL)
    tab = Tab(context.new_page(), address)
    tab.page.on("console", lambda message: tab.complaints.append(message.text))
    tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.page.on(
        "request",
        lambda request: (
            None if urlsplit(request.url).netloc == urlsplit(address).netloc else tab.strangers.append(request.url)
        ),
    )
    yield tab
    context.close()
