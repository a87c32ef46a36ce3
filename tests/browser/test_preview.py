"""The preview of a thing is seen in a frame of somebody else's page, and the other pages are not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Browser, expect


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder, and tells nobody."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _elsewhere(folder: Path) -> Iterator[str]:
    """The folder as another site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def test_any_site_may_frame_a_preview(chromium: Browser, address: str, tmp_path: Path) -> None:
    """In a sandbox too: with its style, and its links open beside it."""
    preview = f"{address}reconcile/preview?id=organizations%2Fecad&lang=en"
    frames = f'<iframe id="a" sandbox="allow-popups" src="{preview}"></iframe><iframe id="b" src="{address}"></iframe>'
    (tmp_path / "index.html").write_text(frames)
    with _elsewhere(tmp_path) as site, chromium.new_page() as page:
        page.goto(site)
        heading = page.frame_locator("#a").get_by_role("heading", level=1)
        expect(heading).to_have_text("European Cities Against Drugs")
        expect(heading).to_have_css("font-size", "20px")
        expect(page.frame_locator("#b").get_by_role("heading")).to_have_count(0)
        with page.expect_popup() as beside:
            heading.get_by_role("link").click()
        beside.value.wait_for_url(f"{address}doc/organizations/ecad**")
