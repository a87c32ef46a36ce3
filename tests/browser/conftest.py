"""A real Chromium, and the site that it looks at."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright import sync_api as driven
from tests.servers import Served

_QUIET = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
)  # fmt: skip


@dataclass(frozen=True)
class Browser:
    """Opens pages in Chromium, each with an empty profile."""

    program: str
    folder: Path

    def dom(self, url: str, *, width: int = 1280) -> str:
        """The page as the browser has it after loading."""
        return self._run(url, width, "--dump-dom")

    def screenshot(self, url: str, name: str, *, width: int = 1280, height: int = 1600) -> Path:
        """A picture of the page."""
        picture = self.folder / f"{name}.png"
        self._run(url, width, f"--screenshot={picture}", height=height)
        return picture

    def _run(self, url: str, width: int, action: str, height: int = 1600) -> str:
        profile = self.folder / "profile"
        shutil.rmtree(profile, ignore_errors=True)
        command = [self.program, *_QUIET, f"--user-data-dir={profile}", f"--window-size={width},{height}", action, url]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        return done.stdout


@pytest.fixture(scope="session")
def program() -> str:
    """Chromium, or a skip by name where the machine has none."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("Chromium is not installed (Debian: chromium)")
    return found


@pytest.fixture(scope="session")
def browser(program: str, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """Opens pages from outside."""
    return Browser(program, tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="module")  # not longer: while it is there, the thread has an event loop that others stumble over
def chromium(program: str) -> Iterator[driven.Browser]:
    """The same, driven by a protocol: what a person does, it can do."""
    with driven.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(_QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(own: Served) -> str:
    """Where this repository's own site is served, with a slash at the end."""
    return own.address
