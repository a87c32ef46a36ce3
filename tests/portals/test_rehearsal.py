"""The release of this repository's own site, read by the real harvesters of CKAN and udata: the gate.

Their environments are made in the user's cache where they are missing, which takes a minute; without a package registry
these tests are skipped.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
from tests.engine.rehearse.site import Page, site
from tests.servers import MREZE, Served

from mreze.errors import ReaderError
from mreze.rehearse.environments import install, is_installed
from mreze.rehearse.portals import READERS
from mreze.rehearse.readers import ask

pytestmark = pytest.mark.slow
KNOWN: Final[dict[tuple[str, str], str]] = {}
"""What is lost today, by reader and property, each with its cause; what is mended goes from here."""


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


@pytest.mark.parametrize("language", ["sr", "en"])
def test_nothing_of_our_release_is_lost(reader: str, language: str, own: Served) -> None:
    """Every property of every dataset arrives at the portal, in the language that it shows."""
    report = _rehearse(own.address, reader, language)
    lost = {(one["reader"], loss["what"]) for one in report["verdicts"] for loss in one["lost"]}
    assert lost == {key for key in KNOWN if key[0] == reader}, report["verdicts"]


def test_all_that_matters_is_read(reader: str, own_release: Path) -> None:
    """A portal reads what makes a dataset found and used: none of it is excused as having no field there."""
    verdicts = _rehearse(str(own_release), reader, "sr")["verdicts"]
    unread = {loss["what"] for one in verdicts for loss in one["unread"] if "/dataset/" in one["dataset"]}
    described = {"dct:title", "dct:description", "dcat:keyword", "dct:license", "dct:publisher", "dct:issued"}
    files = {f"{one} of #csv" for one in ("dcat:downloadURL", "dcat:byteSize", "dct:format")}
    files |= {"spdx:checksum of #csv"} if reader == "ckan" else set()  # udata takes none that DCAT-AP allows
    assert not unread & (described | files)


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


def _rehearse(source: str, reader: str, language: str) -> dict[str, Any]:
    command = [*MREZE, "rehearse", source, "--reader", reader, "--language", language, "--format", "json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode in {0, 1}, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if report["lost"] else 0)
    return report
