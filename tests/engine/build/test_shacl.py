"""The gate tells the same whichever engine validates, and says where the fast one had to be left."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mreze.build.shacl import begin, check_shapes
from mreze.findings import Finding
from mreze.graph import read_site
from mreze.shacl import engines
from mreze.shacl.engines import Engine
from mreze.site import open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
EXTRA = """
[] sh:targetClass ex:Bridge ; sh:message "Nameless."@en, "Без имена."@sr-Cyrl ; sh:not [ sh:nodeKind sh:IRI ] .
shape:Bridge-old a sh:NodeShape ; sh:targetClass ex:Bridge ; sh:property
    [ sh:path ex:opened ; sh:maxCount 0 ; sh:severity sh:Warning ],
    [ sh:path rdfs:label ; sh:languageIn ( "en" ) ; sh:severity sh:Info ],
    [ sh:path ( ex:crosses rdfs:label ) ; sh:in ( "no"@en ) ] .
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the minimal site, some of whose bridges break shapes."""
    folder = Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))
    _add(folder, EXTRA)
    path = folder / "data/crossings/bridges/new-bridge.ttl"
    written = path.read_text("utf-8")
    lines = [one for one in written.splitlines(keepends=True) if "ex:crosses" not in one]
    path.write_text("".join(lines), "utf-8")
    return folder


def _add(site: Path, shapes: str) -> None:
    path = site / "shapes/bridge.ttl"
    path.write_text(path.read_text("utf-8") + shapes, "utf-8")


def _findings(site: Path, asked: Engine | None = None) -> list[Finding]:
    return sorted(check_shapes(read_site(open_site(site)), asked), key=Finding.order)


def test_findings_are_the_same(site: Path) -> None:
    """Message in its languages or mreze's own, remedy, file, line, thing, property, value: all is equal."""
    found = _findings(site, Engine.REFERENCE)
    assert _findings(site, Engine.FAST) == found
    assert {one.severity for one in found} == {"violation", "warning", "info"}
    messages = {one.check: one.message for one in found}
    assert messages["Bridge-crosses"].keys() >= {"en"}
    said = [one.message for one in found]
    assert {"en": "Nameless.", "sr-cyrl": "Без имена."} in said
    assert [one["sr-cyrl"] for one in said if one["en"] == "There are more values than are allowed."]
    assert all(one.path and one.line for one in found)


def test_a_small_site_is_validated_by_the_reference(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fast engine is asked above a size only, and then alone."""
    found = _findings(site)
    monkeypatch.setattr("mreze.shacl.fast.run", lambda *_: [])
    assert _findings(site) == found
    monkeypatch.setattr(engines, "FAST_ABOVE", 0)
    assert _findings(site) == []


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("shape:Bridge-crosses sh:lessThan ex:opened .", "sh:lessThan is left to pySHACL, which takes long"),
        ('shape:Bridge-crosses sh:pattern "^(?!x)" .', "The shapes are left to pySHACL"),
    ],
)
def test_what_the_fast_engine_cannot_do_is_left_to_the_reference(
    site: Path, monkeypatch: pytest.MonkeyPatch, shape: str, told: str
) -> None:
    """An order that engines see differently, a pattern that looks ahead: nothing is passed over, and that is told."""
    _add(site, shape)
    by_reference = _findings(site, Engine.REFERENCE)
    monkeypatch.setattr(engines, "FAST_ABOVE", 0)
    monkeypatch.setattr("mreze.build.shacl.FAST_ABOVE", 0)
    more = [one for one in _findings(site) if one not in by_reference]
    assert [(one.severity, one.check) for one in more] == [("info", "shapes")]
    assert more[0].message["en"].startswith(told)


def test_what_the_operator_asks_for_is_done(site: Path) -> None:
    """Whoever names the fast engine is told that it refuses, and gets no other."""
    _add(site, 'shape:Bridge-crosses sh:pattern "^(?!x)" .')
    assert [one.message["en"].split(":")[0] for one in _findings(site, Engine.FAST)] == ["shacl refuses the shapes"]


def test_what_nobody_follows_is_a_warning(site: Path) -> None:
    """A rule in the shapes is none of any engine's affairs, and its author learns that."""
    before = _findings(site)
    _add(site, "shape:Bridge-crosses sh:rule [ a sh:TripleRule ] .")
    (more,) = [one for one in _findings(site) if one not in before]
    assert (more.severity, more.path, more.predicate) == (
        "warning",
        Path("shapes/bridge.ttl"),
        "http://www.w3.org/ns/shacl#rule",
    )
    assert more.message["en"] == "sh:rule is not followed: it demands nothing."


def test_what_is_begun_early_tells_the_same(site: Path) -> None:
    """The fast engine may begin beside other work; the reference waits for its turn."""
    graph = read_site(open_site(site))
    with ThreadPoolExecutor(1) as beside:
        begun = begin(graph, Engine.FAST, beside)
        assert begun is not None
        assert sorted(check_shapes(graph, Engine.FAST, begun), key=Finding.order) == _findings(site, Engine.FAST)
        assert begin(graph, None, beside) is None
