"""The release of this repository's own site, read by the real harvesters of CKAN and udata: the gate.

Their environments are made in the user's cache where they are missing, which takes a minute; without a package registry
these tests are skipped.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from tests.engine.rehearse.site import Page, site
from tests.foreign import foreign
from tests.servers import MREZE, Served, serving

from mreze.errors import ReaderError
from mreze.rehearse.environments import install, is_installed
from mreze.rehearse.harvest import harvest
from mreze.rehearse.portals import READERS
from mreze.rehearse.readers import ask

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=list(READERS))
def reader(request: pytest.FixtureRequest) -> str:
    """A real reader, installed."""
    name = str(request.param)
    if not is_installed(name):
        try:
            install(name)
        except ReaderError as error:
            pytest.skip(str(error))
    return name


@pytest.mark.parametrize(("page", "language"), [("catalog.ttl", "sr"), ("catalog.rdf", "en"), ("catalog.jsonld", "sr")])
def test_nothing_of_our_release_is_lost(reader: str, page: str, language: str, own: Served) -> None:
    """Every property of every dataset arrives at the portal, from each form, in the language that it shows."""
    report = _rehearse(own.address + page, reader, language)
    assert [loss for one in report["verdicts"] for loss in one["lost"]] == []
    assert {one["reader"] for one in report["verdicts"]} == {reader}


def test_all_that_matters_is_read(reader: str, own_release: Path) -> None:
    """A portal reads what makes a dataset found and used: none of it is excused as having no field there."""
    verdicts = _rehearse(str(own_release), reader, "sr")["verdicts"]
    unread = {loss["what"] for one in verdicts for loss in one["unread"] if "/dataset/" in one["dataset"]}
    described = {"dct:title", "dct:description", "dcat:keyword", "dct:license", "dct:publisher", "dct:issued"}
    files = {f"{one} of #csv" for one in ("dcat:downloadURL", "dcat:byteSize", "dct:format", "dct:license")}
    files |= {"spdx:checksum of #csv"} if reader == "ckan" else set()  # udata takes none that DCAT-AP allows
    assert not unread & (described | files)


def test_every_point_is_had(own: Served) -> None:
    """DCAT-AP's shapes find no failure; data.europa.eu gives 405 points of 405, F-UJI 26 of the 26 told offline."""
    shapes = ("--shapes", str(foreign("dcat-ap")), "--reader", "mqa", "--reader", "fair")
    report = _rehearse(own.address, "shapes", "sr", *shapes)
    scores = {one["reader"]: one["score"] for one in report["verdicts"]}
    assert scores == {"shapes": None, "mqa": [405, 405], "fair": [26, 26]}
    assert report["lost"] == 0


def test_a_redirect_stops_udata_alone(reader: str) -> None:
    """The real readers differ: CKAN follows a redirect, udata refuses it and says so."""
    catalogue = (
        b'<http://data.example/a> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "A" .'
    )
    pages = {"/old.ttl": Page(status=301, headers={"Location": "{site}new.ttl"}), "/new.ttl": Page(catalogue)}
    with site(pages) as address:
        readings = ask(reader, f"{address}old.ttl", "en", [], 60)
    assert [bool(one.datasets) for one in readings.harvests] == [reader == "ckan"] * 2
    assert [bool(one.errors) for one in readings.harvests] == [reader == "udata"] * 2


def test_the_pages_of_a_catalogue_are_all_read(reader: str, minimal_release: Path) -> None:
    """Where a page holds one dataset both readers go on to the next, and stop at the last."""
    with serving(minimal_release, "--catalog-page", "1") as served:
        address = f"{served.address}catalog.ttl"
        catalogue = harvest(address, 30)
        readings = ask(reader, address, "en", [], 60)
    assert len(catalogue.pages) == len(catalogue.datasets) > 1
    for harvested in readings.harvests:
        keys = Counter(one.key for one in (*harvested.datasets, *harvested.services))
        assert not harvested.errors
        assert {key for key, count in keys.items() if count > 1} == set()
        assert len({one.key for one in harvested.datasets}) == len(catalogue.datasets)


def _rehearse(source: str, reader: str, language: str, *options: str) -> dict[str, Any]:
    command = [*MREZE, "rehearse", source, "--reader", reader, "--language", language, "--format", "json", *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode in {0, 1}, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if report["lost"] else 0)
    return report
