"""A name that nobody could see is told of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import MINIMAL

from mreze.build.names import check_names
from mreze.graph import read_site
from mreze.site import open_site

BRIDGE = Path("data/crossings/bridges/old-bridge.ttl")


@pytest.mark.parametrize(
    ("name", "blank"),
    [('""@en', True), ('"  "', True), (r'"\u200B\u202E"@en', True), ('"Б"', False), ('"A "@en', False)],
)
def test_a_blank_name_has_its_line(tmp_path: Path, name: str, blank: bool) -> None:
    """White space and marks of direction are no name; a warning tells the file and the line."""
    site = Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))
    lines = (site / BRIDGE).read_text("utf-8").splitlines()
    line = next(number for number, one in enumerate(lines) if "skos:prefLabel" in one or "rdfs:label" in one)
    lines[line] = f"    skos:altLabel {name} ;"
    prefix = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    kept = [one for one in lines if not one.startswith("@prefix skos:")]
    (site / BRIDGE).write_text("\n".join([prefix, *kept]), "utf-8")
    shift = 1 - (len(lines) - len(kept))
    found = [(one.path, one.line, one.severity, one.check) for one in check_names(read_site(open_site(site)))]
    assert found == ([(BRIDGE, line + 1 + shift, "warning", "blank-name")] if blank else [])
