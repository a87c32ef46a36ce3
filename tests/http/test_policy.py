"""A page runs no script but the site's own, and talks to nobody but the site."""

from __future__ import annotations

import re

import pytest
from tests.servers import Served

PAGES = {
    "home": ("", 200),
    "catalogue": ("catalog", 200),
    "ontology": ("ontology", 200),
    "shapes": ("shapes", 200),
    "statistics": ("void", 200),
    "thing": ("doc/rivers/green-river", 200),
    "dumps": ("dumps/", 200),
    "questions": ("queries/", 200),
    "question": ("queries/bridges", 200),
    "editor": ("sparql", 200),
    "result": ("sparql?query=ASK{}", 200),
    "bad query": ("sparql?query=ASK", 400),
    "update": ("sparql?query=DROP+ALL", 403),
    "nothing there": ("nowhere", 404),
    "retired": ("doc/bridges/lost-bridge", 410),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_the_policy(minimal: Served, name: str) -> None:
    """Whatever kind of page it is, `Content-Security-Policy` allows the site's own files and nothing inline."""
    path, status = PAGES[name]
    answer = minimal.get(path, "text/html")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    rules = dict(one.strip().partition(" ")[::2] for one in answer.headers["content-security-policy"].split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_only_pages_with_a_query_load_the_editor(minimal: Served) -> None:
    """The editor is loaded, deferred, where there is a query to edit; a button's script with things and questions."""
    for name, (path, _) in PAGES.items():
        text = minimal.get(path, "text/html").text
        search = re.findall(r'<script type="module" src="[./]*/static/search\.js\?v=\w+"></script>\n', text)
        assert len(search) == 1
        text = text.replace(search[0], "")
        copying = re.findall(r'<script type="module" src="[./]*/static/copy\.js\?v=\w+"></script>\n', text)
        assert bool(copying) == (path.startswith("doc/") or name == "question")
        text = text.replace("".join(copying), "")
        if name in {"question", "editor", "result", "bad query", "update"}:
            assert text.count("<script") == 2
            assert "static/editor.js?v=" in text.partition(" defer></script>")[0]
            assert '<script type="application/json"' in text
        elif name in {"home", "catalogue"}:  # data for search engines, which no browser runs
            assert text.count("<script") == text.count('<script type="application/ld+json">') == 1
        else:
            assert "<script" not in text


def test_the_editor_is_packed_and_may_be_kept(minimal: Served) -> None:
    """A client that takes gzip gets a quarter of the bytes; both forms are told apart by caches."""
    whole = minimal.get("static/editor.js?v=1", accept_encoding="identity")
    packed = minimal.client.build_request("GET", minimal.address + "static/editor.js?v=1")
    packed.headers["accept-encoding"] = "br, gzip;q=0.5"
    answer = minimal.client.send(packed)
    refused = minimal.get("static/editor.js?v=1", accept_encoding="gzip;q=0, br")
    assert (answer.headers["content-encoding"], answer.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert answer.content == whole.content == refused.content
    assert "content-encoding" not in {**whole.headers, **refused.headers}
    assert answer.headers["etag"] != whole.headers["etag"]
    assert int(answer.headers["content-length"]) * 3 < len(whole.content)
    assert "max-age" in answer.headers["cache-control"]
