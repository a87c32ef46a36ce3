"""What checks found is remembered as long as nothing that it depends on changes, and no longer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import MINIMAL

from mreze.build import remembered
from mreze.build.cache import Cache
from mreze.build.check import check_site
from mreze.build.remembered import each, key_of_all, recall, remember
from mreze.findings import Finding
from mreze.graph import SiteGraph, read_site
from mreze.reading import Document
from mreze.shacl.engines import Engine
from mreze.site import open_site
from mreze.staging import Staging

BRIDGE = Path("data/crossings/bridges/new-bridge.ttl")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the minimal site, beside which there is a folder for what is kept."""
    (tmp_path / "kept").mkdir()
    return Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))


def _graph(site: Path) -> SiteGraph:
    return read_site(open_site(site), staging=Staging(site.parent, Cache(site.parent / "kept")))


def _looked_at(graph: SiteGraph, *context: str) -> list[Path]:
    """The documents that are looked at, each of which has a finding."""
    looked = []

    def look(document: Document) -> Iterator[Finding]:
        looked.append(document.path)
        yield Finding("info", "test", {"en": "it is there"}, path=document.path)

    found = list(each(graph, "test", context, graph.documents, look))
    assert [one.path for one in found] == [one.path for one in graph.documents]
    return looked


def test_an_unchanged_file_is_not_looked_at_again(site: Path) -> None:
    """A changed one is, and all are where what else matters is another; where that is not known nothing is kept."""
    everything = [one.path for one in _graph(site).documents]
    assert _looked_at(_graph(site), "context") == everything
    assert _looked_at(_graph(site), "context") == []
    (site / BRIDGE).write_text((site / BRIDGE).read_text("utf-8") + "\n", "utf-8")
    assert _looked_at(_graph(site), "context") == [BRIDGE]
    assert _looked_at(_graph(site), "another") == everything
    assert _looked_at(_graph(site), "") == everything
    assert _looked_at(_graph(site), "") == everything


def test_of_a_file_with_many_findings_nothing_is_remembered(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked at again each time."""
    monkeypatch.setattr(remembered, "_MOST", 0)
    assert _looked_at(_graph(site), "context") == _looked_at(_graph(site), "context")


def test_what_was_found_in_all_files_is_recalled_until_one_changes(site: Path) -> None:
    """With the same context only."""
    graph, found = _graph(site), [Finding("warning", "test", {"en": "so"}, path=BRIDGE, line=3)]
    remember(graph, key_of_all(graph, "test", "context"), found)
    again = _graph(site)
    assert recall(again, key_of_all(again, "test", "context")) == found
    assert recall(again, key_of_all(again, "test", "another")) is None
    (site / "shapes/bridge.ttl").write_text((site / "shapes/bridge.ttl").read_text("utf-8") + "\n", "utf-8")
    changed = _graph(site)
    assert recall(changed, key_of_all(changed, "test", "context")) is None


def test_where_nothing_is_kept_nothing_is_recalled(site: Path) -> None:
    """A check without a build's cache."""
    graph = read_site(open_site(site))
    key = key_of_all(graph, "test")
    remember(graph, key, [])
    assert (key, recall(graph, key)) == ("", None)


@pytest.mark.parametrize("engine", [None, Engine.FAST])
def test_a_check_again_finds_the_same(site: Path, engine: Engine | None) -> None:
    """Of shapes too, which are not validated again; after a change they are."""
    said = (site / BRIDGE).read_text("utf-8")
    (site / BRIDGE).write_text(said.replace('    ex:opened "1998"^^xsd:gYear ;\n', '    ex:opened "1998" ;\n'), "utf-8")
    first = check_site(_graph(site), engine=engine)
    assert [one.check for one in first if one.severity == "violation"] == ["Bridge-opened"]
    assert check_site(_graph(site), engine=engine) == first
    (site / BRIDGE).write_text(said, "utf-8")
    assert check_site(_graph(site), engine=engine) == []
