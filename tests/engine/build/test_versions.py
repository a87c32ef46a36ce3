"""A dataset has a new version when its data changed, and only then; the catalogue says which, and what is new."""

from __future__ import annotations

import datetime
import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from mreze.build.release import build_release
from mreze.build.versions import Version, histories
from mreze.errors import ReleaseError
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, open_release

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
BASE = "https://minimal.example/data/"
BRIDGE = "data/crossings/bridges/new-bridge.ttl"


def _read(release: Path, name: str) -> set[Triple]:
    content = (release / name).read_bytes()
    return {one.triple for one in parse(content, format=RdfFormat.TURTLE, base_iri=LOCATION)}


def _said(triples: set[Triple], subject: str, predicate: str) -> list[str]:
    node, property_ = NamedNode(BASE + subject), term(predicate)
    found = [one.object for one in triples if one.subject == node and one.predicate == property_]
    return sorted(one.value.removeprefix(BASE) for one in found if isinstance(one, NamedNode | Literal))


@pytest.fixture(scope="module")
def row(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four releases: the first; one without a change; one with a bridge renamed and another new; that day's second."""
    folder = tmp_path_factory.mktemp("row")
    site = Path(shutil.copytree(MINIMAL, folder / "site", ignore=shutil.ignore_patterns("releases")))
    out = folder / "out"
    built = [build_release(site, out, date).folder for date in ("2026-11-23", "2026-11-24")]
    bridge = (site / BRIDGE).read_text("utf-8")
    (site / BRIDGE).write_text(bridge.replace("New Bridge", "Newer Bridge"), "utf-8")
    newest = site / "data/crossings/bridges/newest-bridge.ttl"
    newest.write_text(bridge.replace("/new-bridge", "/newest-bridge").replace("New Bridge", "Newest Bridge"), "utf-8")
    built.append(build_release(site, out, "2026-11-25").folder)
    (site / BRIDGE).write_text(bridge, "utf-8")
    built.append(build_release(site, out, "2026-11-25").folder)
    return built


@pytest.mark.parametrize(
    ("number", "version", "before", "modified", "notes"),
    [
        (0, "2026-11-23", [], "2026-11-23", "First release."),
        (1, "2026-11-23", [], "2026-11-23", "First release."),
        (2, "2026-11-25", ["2026-11-23"], "2026-11-25", "Since 2026-11-23: new things: 1, changed: 1."),
        (3, "2026-11-25.2", ["2026-11-25"], "2026-11-25", "Since 2026-11-25: changed: 1."),
    ],
)
def test_the_catalogue_says_which_version_it_is_about(
    row: list[Path], number: int, version: str, before: list[str], modified: str, notes: str
) -> None:
    """Version, the one before, what is new in it and when that was; the identifier stays."""
    said = _read(row[number], "catalog.ttl")
    dataset = "dataset/crossings"
    assert _said(said, dataset, "dcat:version") == [version]
    assert _said(said, dataset, "dcat:previousVersion") == [f"{dataset}/{one}" for one in before]
    assert _said(said, dataset, "dct:modified") == [modified]
    assert _said(said, dataset, "adms:versionNotes") == [notes]
    assert _said(said, dataset, "dct:identifier") == ["crossings"]
    assert _said(said, "dataset/bulk", "dcat:version") == ["2026-11-23"]


def test_the_catalogue_says_what_is_new_in_the_release(row: list[Path]) -> None:
    """Of all datasets together, that nothing is new too."""
    notes = [_said(_read(one, "catalog.ttl"), "catalog", "adms:versionNotes") for one in row]
    assert notes[:2] == [["First release."], ["Nothing changed since 2026-11-23."]]
    assert notes[2] == ["Since 2026-11-24: new things: 1, changed: 1."]
    versions = [_said(_read(one, "catalog.ttl"), "catalog", "dcat:version") for one in row]
    assert versions == [[one.name] for one in row]


def test_the_catalogue_describes_no_other_version(row: list[Path]) -> None:
    """A portal would harvest it as one more dataset; nor is there a series, which is one too."""
    said = _read(row[3], "catalog.ttl")
    datasets = {one.subject for one in said if one.predicate == RDF_TYPE and one.object == term("dcat:Dataset")}
    assert datasets == {NamedNode(f"{BASE}dataset/{name}") for name in ("bulk", "crossings")}
    assert not [one for one in said if one.object == term("dcat:DatasetSeries")]


def test_every_version_is_described(row: list[Path]) -> None:
    """A release knows all versions so far, also where the releases themselves are gone."""
    said = _read(row[3], "versions.ttl")
    dataset = NamedNode(f"{BASE}dataset/crossings")
    of = {one.subject for one in said if one.predicate == term("dcat:isVersionOf") and one.object == dataset}
    assert of == {NamedNode(f"{dataset.value}/{name}") for name in ("2026-11-23", "2026-11-25", "2026-11-25.2")}
    assert _said(said, "dataset/crossings/2026-11-25.2", "dcat:previousVersion") == ["dataset/crossings/2026-11-25"]
    assert _said(said, "dataset/crossings/2026-11-25", "dct:issued") == ["2026-11-25"]
    assert histories(open_release(row[3]))["bulk"] == (Version("2026-11-23", "2026-11-23", {"en": "First release."}),)


def test_a_release_tells_what_became_of_which_thing(row: list[Path]) -> None:
    """Each change is an activity with an IRI; counts and words come with it; without a change there is none."""
    said = _read(row[2], "changes.ttl")
    changes = "changes/2026-11-25"
    items = _said(said, f"{changes}#crossings", "as:items")
    paths = {one.removeprefix(f"{changes}#crossings/"): one for one in items}
    assert set(paths) == {"bridges/new-bridge", "bridges/newest-bridge"}
    for path, kind in (("bridges/new-bridge", "as:Update"), ("bridges/newest-bridge", "as:Create")):
        assert Triple(NamedNode(BASE + paths[path]), RDF_TYPE, term(kind)) in said
        assert _said(said, paths[path], "as:object") == [f"id/{path}"]
    assert _said(said, changes, "as:totalItems") == ["2"]
    assert _said(said, changes, "as:summary") == ["Since 2026-11-24: new things: 1, changed: 1."]
    assert _said(said, changes, "dcat:previousVersion") == ["changes/2026-11-24"]
    quiet = _read(row[1], "changes.ttl")
    assert _said(quiet, "changes/2026-11-24", "as:summary") == ["Nothing changed since 2026-11-23."]
    assert not [one for one in quiet if one.predicate == term("as:items")]


def test_a_release_names_the_one_before(row: list[Path]) -> None:
    """In its manifest; the first one follows none."""
    assert [open_release(one).previous for one in row] == [None, "2026-11-23", "2026-11-24", "2026-11-25"]


def test_a_dataset_is_never_modified_in_the_future(row: list[Path]) -> None:
    """Nor after the release that says so: portals refuse it."""
    for one in row:
        release = open_release(one)
        for day in _said(_read(one, "catalog.ttl"), "dataset/crossings", "dct:modified"):
            assert datetime.date.fromisoformat(day) <= datetime.date.fromisoformat(release.date)


def test_a_release_of_an_older_mreze_is_followed(row: list[Path], tmp_path: Path) -> None:
    """One that knows nothing of versions counts as the first one; one that is damaged stops the build."""
    old = Path(shutil.copytree(row[0], tmp_path / "out" / "2026-11-23"))
    content = json.loads((old / "manifest.json").read_bytes())
    for name in ("changes.ttl", "versions.ttl"):
        (old / name).unlink()
        del content["files"][name]
    del content["previous"]
    (old / "manifest.json").write_text(json.dumps(content))
    said = _read(build_release(MINIMAL, tmp_path / "out", "2026-11-24").folder, "catalog.ttl")
    assert _said(said, "dataset/bulk", "dcat:version") == ["2026-11-23"]
    (tmp_path / "out" / "2026-11-24" / "manifest.json").write_text("{")
    with pytest.raises(ReleaseError, match="no release can follow it"):
        build_release(MINIMAL, tmp_path / "out", "2026-11-25")
