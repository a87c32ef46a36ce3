"""A copy of a site forgets nothing: every route is in the inventory, or is known to need a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mreze.release import open_release
from mreze.serve.export.answers import OwnAnswers
from mreze.serve.inventory import Resource, list_resources
from mreze.serve.pages import Pages
from mreze.serve.routes import _EXACT, _FOLDERS, find_route
from mreze.serve.service import Service
from mreze.serve.services import LIVE
from mreze.serve.settings import Settings
from mreze.serve.store import EmbeddedStore, open_store

ADDRESS = "https://data.example.org/"
REDIRECTS = {"id"}
"""Folders whose resources send on to those of another one."""


@pytest.fixture(scope="module")
def listed(minimal_release: Path) -> list[Resource]:
    """The inventory of the minimal site."""
    release = open_release(minimal_release)
    settings = Settings(ADDRESS, ADDRESS, live=False)
    store = open_store(release, ADDRESS, settings.in_memory)()
    embedded, answers = EmbeddedStore(store, release.base), OwnAnswers(store, settings.result)
    return list(list_resources(Service(release, embedded, answers, settings, Pages(release, live=False))))


def _addresses(resources: list[Resource]) -> Iterator[str]:
    for one in resources:
        yield one.path
        if not one.is_folder:
            yield from (f"{one.path}.{form.extension}" for form in one.offered)
            yield from (f"{one.path}.{extension}" for extension in one.others)


def test_every_route_is_copied_or_needs_a_server(listed: list[Resource]) -> None:
    """A route that is added goes into serve/inventory.py, or into LIVE of serve/services.py."""
    addresses = set(_addresses(listed))
    exact = {one.rstrip("/") for one in addresses}
    assert {one for one in set(_EXACT) - exact if one.partition("/")[0] not in LIVE} == set()
    folders = {one.partition("/")[0] for one in addresses if "/" in one}
    assert set(_FOLDERS) - folders - LIVE - REDIRECTS == set()


def test_everything_listed_has_a_route(listed: list[Resource]) -> None:
    """Nothing is copied that nobody answers, and nothing that needs a server."""
    assert len(listed) > 50
    for one in _addresses(listed):
        assert find_route(one) is not None, one
        assert one.partition("/")[0] not in LIVE


def test_each_is_listed_once(listed: list[Resource]) -> None:
    """Two of the same path would be the same files."""
    paths = [one.path for one in listed]
    assert len(set(paths)) == len(paths)


def test_results_that_nobody_can_know_are_not_listed(listed: list[Resource]) -> None:
    """Of a query that wants a value, or throws dice, there is the page, the text and the description."""
    by_path = {one.path: {form.extension for form in one.offered} for one in listed}
    assert {"csv", "srj", "ttl", "html"} <= by_path["queries/bridges"]
    for name in ("crossing", "chance"):
        assert by_path[f"queries/{name}"] == {"html", "ttl", "jsonld", "nt", "rdf"}
    assert by_path["queries/described"] == {"html"}
