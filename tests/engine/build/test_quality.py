"""The quality of a release in numbers."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from mreze.build.census import Scope, take_census
from mreze.build.check import check_site
from mreze.build.contents import Contents
from mreze.build.groundwork import lay
from mreze.build.numbers import Portrait, counting, portray
from mreze.build.quality import complete, linked, measure_quality
from mreze.build.stage import Stage
from mreze.build.workers import Workers
from mreze.errors import ReleaseError
from mreze.findings import Finding
from mreze.graph import read_site
from mreze.lines import quad_lines
from mreze.quality import QUALITY, Linked, Quality, read_quality, write_quality
from mreze.release import open_release
from mreze.site import open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
BASE = "https://minimal.example/data/"
DATA = """
PREFIX ex: <https://e.example/> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
ex:a a ex:Bridge, ex:Place ; ex:over ex:r ; ex:name "a", "A" ; owl:sameAs <http://www.wikidata.org/entity/Q1> .
ex:b a ex:Bridge, ex:Place ; ex:name "b" ; owl:sameAs <http://www.wikidata.org/entity/Q2>, ex:a .
ex:r a ex:River ; skos:exactMatch <https://sws.geonames.org/1/>, _:x .
ex:untyped ex:name "c" .
"""


BRIDGE, OVER, WEIGHT = (f"https://e.example/{one}" for one in ("Bridge", "over", "weight"))


def _portrait() -> Portrait:
    quads = (
        Quad(one.subject, one.predicate, one.object, NamedNode("x:graph")) for one in parse(DATA, format=RdfFormat.TRIG)
    )
    return portray([take_census(sorted(quad_lines(quads)), Scope("https://e.example/"))])


def _measured(contents: Contents, findings: list[Finding], folder: Path) -> Quality:
    stage = Stage(folder)
    counted = counting(contents, lay(contents, stage, Workers(None))).run()
    return measure_quality(contents.site, contents.shapes, counted, findings)


def test_completeness_counts_things_and_not_statements() -> None:
    """A bridge with two names has a name once; classes with the same things stand together; what is asked is listed."""
    bridge, river = complete(_portrait(), {BRIDGE: frozenset({OVER, WEIGHT})})
    assert bridge.classes == ("https://e.example/Bridge", "https://e.example/Place")
    assert (bridge.things, river.things) == (2, 1)
    assert bridge.whole
    assert list(bridge.properties.items()) == [
        ("http://www.w3.org/2002/07/owl#sameAs", 2),
        ("https://e.example/name", 2),
        ("https://e.example/over", 1),
        ("https://e.example/weight", 0),
    ]


def test_links_are_those_that_leave_the_site() -> None:
    """By property and host; neither blank nodes nor things of our own count."""
    assert linked(_portrait()) == (
        Linked("http://www.w3.org/2002/07/owl#sameAs", "wikidata.org", 2),
        Linked("http://www.w3.org/2004/02/skos/core#exactMatch", "sws.geonames.org", 1),
    )


@pytest.fixture(scope="module")
def contents() -> Contents:
    """The minimal site, read."""
    return Contents(read_site(open_site(MINIMAL)))


def test_shapes_apply_to_what_they_target(contents: Contents, tmp_path: Path) -> None:
    """All eight bridges, three of them in one dataset; nothing is found where everything is well."""
    quality = _measured(contents, [], tmp_path)
    assert quality.checked.targets == {BASE + "shapes#Bridge": 8}
    assert quality.datasets["bulk"].checked.targets == {BASE + "shapes#Bridge": 3}
    assert quality.checked.findings == {}
    assert [one.name for one in quality.rules] == ["opened-with-evidence"]


def test_findings_belong_to_shapes_rules_and_datasets(contents: Contents, tmp_path: Path) -> None:
    """A shape's finding counts for it, in the dataset whose file it stands in; that of a rule counts for the rule."""
    path = Path("data/bulk/bridges.nt")
    found = [
        Finding("warning", "Bridge-opened", {"en": "x"}, path=path),
        Finding("warning", "Bridge-opened", {"en": "x"}, path=Path("data/crossings/bridges/x.ttl")),
        Finding("warning", "opened-with-evidence", {"en": "x"}, path=path),
        Finding("warning", "spelling", {"en": "x"}, path=path),
    ]
    quality = _measured(contents, found, tmp_path)
    assert quality.checked.findings == {BASE + "shapes#Bridge-opened": 2}
    assert quality.datasets["bulk"].checked.findings == {BASE + "shapes#Bridge-opened": 1}
    assert [one.findings for one in quality.rules] == [1]


def test_what_was_written_is_read(contents: Contents, minimal_release: Path, tmp_path: Path) -> None:
    """The file gives back the numbers, whose bytes are always the same; a damaged one says what to do."""
    (tmp_path / "stage").mkdir()
    quality = _measured(contents, check_site(contents.graph), tmp_path / "stage")
    release = open_release(minimal_release)
    assert write_quality(quality) == release.read(QUALITY)
    assert read_quality(release) == quality
    assert read_quality(dataclasses.replace(release, files={})) is None
    shutil.copy(minimal_release / "manifest.json", tmp_path)
    (tmp_path / QUALITY).write_text('{"checked": 1}', "utf-8")
    with pytest.raises(ReleaseError, match="Build the release again"):
        read_quality(open_release(tmp_path))
