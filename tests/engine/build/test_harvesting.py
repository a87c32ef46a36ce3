"""What portals would lose is told before it is published."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import MINIMAL, ROOT

from mreze.build.harvesting import check_harvesting
from mreze.findings import Finding
from mreze.graph import read_site
from mreze.site import open_site

EU = "http://publications.europa.eu/resource/authority/"


def _found(folder: Path, added: str, described: str = "") -> list[Finding]:
    """What is found where a dataset of the minimal site says more, and more is described."""
    site = Path(shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases")))
    path = site / "data" / "catalog.ttl"
    path.write_text(path.read_text("utf-8").replace("a dcat:Dataset ;", f"a dcat:Dataset ; {added}", 1) + described)
    return check_harvesting(read_site(open_site(site)))


@pytest.mark.parametrize("site", [ROOT, MINIMAL])
def test_our_own_catalogues_lose_nothing(site: Path) -> None:
    """Neither this site's nor one begun from the template has a finding."""
    assert check_harvesting(read_site(open_site(site))) == []


@pytest.mark.parametrize(
    ("added", "described", "check"),
    [
        (f"dcat:theme <{EU}data-theme/ENVI> ;", "", None),
        ("dcat:theme <https://example.org/theme> ;", "", "unlabelled"),
        (f"dct:spatial <{EU}country/XXX> ;", "", "unlabelled"),
        ("dct:spatial <https://minimal.example/data/id/rivers/green-river> ;", "", None),
        ("dct:spatial <https://example.org/area> ;", '<https://example.org/area> dct:title "Area"@en .', None),
        (
            "dcat:theme <https://example.org/theme> ;",
            "<https://example.org/theme> <http://www.w3.org/2004/02/skos/core#prefLabel> 'T'@en .",
            None,
        ),
        (
            "dcat:theme <https://example.org/theme> ;",
            "<https://example.org/theme> <http://www.w3.org/2000/01/rdf-schema#label> 'T'@en .",
            "label-for-iri",
        ),
        ("dcat:landingPage <https://example.org/page> ;", "", None),
        ('dcat:keyword "bridges, rivers"@en ;', "", "keyword"),
        ('dcat:keyword "bridges"@en ;', "", None),
    ],
)
def test_a_loss_is_told_with_its_place(tmp_path: Path, added: str, described: str, check: str | None) -> None:
    """The warning names the file and the line; what a table, the catalogue or the data label is no loss."""
    found = _found(tmp_path, added, described)
    assert [one.check for one in found] == ([check] if check else [])
    for one in found:
        assert (one.severity, one.path, one.line is not None) == ("warning", Path("data/catalog.ttl"), True)
        assert set(one.message) == {"en", "sr-cyrl", "sr-latn"}
