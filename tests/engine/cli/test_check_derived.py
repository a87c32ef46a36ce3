"""`mreze check` tells of derived properties whose values nobody would find."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.build.template import write_template
from mreze.cli import main

PREFIXES = """\
@prefix ex: <https://example.org/ontology#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
NEW = "data/crossings/bridges/new-bridge.ttl"


def _shaped(folder: Path, name: str, path: str) -> Path:
    """The template's site with one more property shape."""
    site = folder / "site"
    write_template(site)
    block = f"\n{name}\n    a sh:PropertyShape ;\n    sh:path {path} ;\n.\n"
    (site / "shapes" / "derived.ttl").write_text(PREFIXES + block, "utf-8")
    return site


def _check(site: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main(["check", str(site), "--lang", "en"])
    return status, capsys.readouterr().out


def test_a_path_that_is_none_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With file and line, and what is wrong with it."""
    status, told = _check(_shaped(tmp_path, "ex:evidence", "( )"), capsys)
    assert status == 1
    assert "shapes/derived.ttl:6: violation [derived-path]" in told
    assert "is no path" in told


def test_what_is_derived_is_not_stated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The statements would hide behind the path."""
    status, told = _check(_shaped(tmp_path, "ex:opened", "( ex:crosses ex:opened )"), capsys)
    assert status == 1
    assert f"{NEW}:9: violation [derived-stated]" in told


def test_a_derived_property_is_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A term of the ontology with a path: nothing is told."""
    site = _shaped(tmp_path, "ex:crossedBy", "[\n        sh:inversePath ex:crosses ;\n    ]")
    ontology = site / "ontology" / "bridges.ttl"
    written = ontology.read_text("utf-8")
    [block] = [one for one in written.split("\n\n") if one.startswith("ex:crosses\n")]
    ontology.write_text(written.replace(block, f"{block.replace('ex:crosses', 'ex:crossedBy', 1)}\n\n{block}"), "utf-8")
    status, told = _check(site, capsys)
    assert (status, told) == (0, "Nothing found: all is well.\n")


def test_a_shape_of_no_property_derives_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A property shape with any other name is what shapes usually are."""
    _, told = _check(_shaped(tmp_path, "ex:Bridge-shape", "( )"), capsys)
    assert "derived" not in told.replace("derived.ttl", "")
