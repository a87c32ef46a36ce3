"""What is shown of a thing in others' pages is text, whatever the data say."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from mreze.namespaces import term
from mreze.release import open_release
from mreze.serve.answers import Asker
from mreze.serve.exchange import Request, Response
from mreze.serve.pages import Pages
from mreze.serve.reconcile import view
from mreze.serve.service import Service
from mreze.serve.settings import Settings
from mreze.serve.store import EmbeddedStore, load

HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\"'"
LOCATION = "https://portrait.example/"


@pytest.fixture(scope="module")
def service(minimal_release: Path) -> Service:
    """The minimal site with a bridge that has many hostile names and neighbours."""
    release = open_release(minimal_release)
    store = load(release, LOCATION)
    bridge, crosses = NamedNode(release.base + "id/bridges/old-bridge"), NamedNode(release.base + "ontology#crosses")
    for name in ("skos:prefLabel", "rdfs:label", "skos:altLabel", "dct:description"):
        store.add(Quad(bridge, term(name), Literal(HOSTILE, language="en"), DefaultGraph()))
    store.add(Quad(bridge, term("foaf:homepage"), NamedNode("javascript:alert(1)"), DefaultGraph()))
    store.add(Quad(crosses, term("rdfs:label"), Literal(HOSTILE, language="en"), DefaultGraph()))
    for number in range(20):
        store.add(Quad(bridge, crosses, NamedNode(f"{release.base}id/rivers/{number}"), DefaultGraph()))
    return Service(release, EmbeddedStore(store, release.base), cast("Asker", None), Settings(LOCATION), Pages(release))


def _asked(answer: Awaitable[Response]) -> str:
    async def wait() -> Response:
        return await answer

    return asyncio.run(wait()).content.decode()


def _request(path: str) -> Request:
    return Request("GET", path, "id=bridges/old-bridge", {}, LOCATION)


def test_hostile_labels_are_text(service: Service) -> None:
    """In the preview, and in the flyout, which others put into their own pages."""
    shown = _asked(view.preview(service, _request("reconcile/preview"), ""))
    flown = _asked(view.flyout(service, _request("reconcile/flyout/entity"), "entity"))
    for html in (shown, flown):
        assert "alert(1)" in html
        assert "<script" not in html
        assert "<img" not in html
    assert 'href="javascript' not in shown


def test_a_long_list_is_cut_and_says_so(service: Service) -> None:
    """The picture is small; the page has the rest."""
    shown = _asked(view.preview(service, _request("reconcile/preview"), ""))
    assert "and 16 more" in shown
    assert shown.count('href="../doc/rivers/') == 5
