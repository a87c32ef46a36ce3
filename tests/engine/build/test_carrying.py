"""A store is made of that of the release before, which stays as it is; where anything is doubtful all is loaded."""

from __future__ import annotations

import dataclasses
import errno
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad

from mreze.build import carrying, differing
from mreze.build.carrying import carry
from mreze.build.differing import Comparison, differing_lines
from mreze.graph import SiteGraph, read_site
from mreze.release import Release, digest, open_release
from mreze.site import open_site
from mreze.staging import Staging

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
MARK = "store/finished.json"


@pytest.fixture
def previous(minimal_release: Path, tmp_path: Path) -> Release:
    """A release that a test may harm."""
    return open_release(Path(shutil.copytree(minimal_release, tmp_path / minimal_release.name)))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of its site."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))


def _graph(site: Path, previous: Release | None) -> SiteGraph:
    staging = Staging(site.parent)
    return carry(Comparison(read_site(open_site(site), staging=staging, lasting=True), previous))


def _merge(graph: SiteGraph) -> set[Quad]:
    return set(graph.store.quads_for_pattern(None, None, None, DefaultGraph()))


@pytest.fixture(scope="module")
def merge() -> set[Quad]:
    """What is loaded of the site as it is."""
    return set(read_site(open_site(MINIMAL)).store)


def test_the_store_before_is_linked_and_stays(previous: Release, site: Path) -> None:
    """The merge is what loading gives; the tables of the old store are shared, and have the bytes that they had."""
    before = {path.name: digest(path) for path in previous.store.iterdir()}
    (site / "data/bulk/elsewhere.trig").write_text('<https://elsewhere.example/new> <x:p> "new" .\n', "utf-8")
    graph = _graph(site, previous)
    assert graph.carried is not None
    assert _merge(graph) == _merge(_graph(site, None))
    assert any(path.stat().st_nlink > 1 for path in graph.store_folder.glob("*.sst"))
    graph.close()
    assert {path.name: digest(path) for path in previous.store.iterdir()} == before


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _change_mark(folder: Path, name: str, value: object) -> None:
    (folder / MARK).write_text(json.dumps(json.loads((folder / MARK).read_bytes()) | {name: value}), "utf-8")


def _first_table(folder: Path) -> Path:
    return min((folder / "store").glob("*.sst"))


HARM: dict[str, Callable[[Path], object]] = {
    "not finished": lambda folder: (folder / MARK).unlink(),
    "a mark that is no JSON": lambda folder: (folder / MARK).write_text("{", "utf-8"),
    "a mark of another form": lambda folder: (folder / MARK).write_text('{"maker": "x"}', "utf-8"),
    "of another engine": lambda folder: _change_mark(folder, "maker", "another"),
    "with other graphs": lambda folder: _change_mark(folder, "graphs", []),
    "a damaged table": lambda folder: _flip(_first_table(folder)),
    "a table fewer": lambda folder: _first_table(folder).unlink(),
    "a table more": lambda folder: (folder / "store/999999.sst").write_bytes(b""),
    "no list of tables": lambda folder: min((folder / "store").glob("MANIFEST-*")).unlink(),
    "a damaged dump": lambda folder: _flip(folder / "dumps/bulk.nq"),
    "no dump": lambda folder: (folder / "dumps/bulk.nq").unlink(),
}


@pytest.mark.parametrize("harm", HARM)
def test_a_doubtful_store_is_not_carried_on(previous: Release, site: Path, harm: str, merge: set[Quad]) -> None:
    """All is loaded, and nobody is told."""
    HARM[harm](previous.root)
    graph = _graph(site, previous)
    assert graph.carried is None
    assert _merge(graph) == merge


def test_a_store_that_does_not_hold_what_its_release_says_is_not_carried_on(previous: Release, site: Path) -> None:
    """Whoever changed it; what its release has was counted in its lines."""
    other = dataclasses.replace(previous, counts=previous.counts | {"triples": 7})
    assert _graph(site, other).carried is None


def test_a_full_disk_is_told_and_not_taken_for_a_damaged_store(
    previous: Release, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loading all would need more room."""

    def refuse(_: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(carrying, "share", refuse)
    with pytest.raises(OSError, match="No space left"):
        _ = _graph(site, previous).store


def test_of_much_that_differs_all_is_loaded(previous: Release, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is quicker than to tell a store of it."""
    monkeypatch.setattr(differing, "_FEW", 0)
    with (site / "data/bulk/elsewhere.trig").open("a", encoding="utf-8") as file:
        file.writelines(f"<https://elsewhere.example/{one}> <x:p> <x:o> .\n" for one in range(200))
    assert _graph(site, previous).carried is None


@pytest.mark.parametrize("name", ["catalog", "shapes", "void", "queries", "documents"])
def test_data_in_a_graph_of_ours_are_loaded(previous: Release, site: Path, name: str) -> None:
    """Nobody could tell them from what is said there of the release."""
    said = f"<https://minimal.example/data/{name}> {{ <https://elsewhere.example/x> <x:p> 1 }}\n"
    (site / "data/bulk/elsewhere.trig").write_text(said, "utf-8")
    assert _graph(site, previous).carried is None


def test_queries_that_name_their_graphs_are_asked_of_what_was_loaded(previous: Release, site: Path) -> None:
    """Such as are there only when a release is finished are not in it."""
    query = site / "queries/examples/bridges.rq"
    query.write_text(query.read_text("utf-8").replace("WHERE", "FROM <x:graph> WHERE"), "utf-8")
    assert _graph(site, previous).carried is None


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("", "a", "+a"),
        ("a", "", "-a"),
        ("abc", "abc", ""),
        ("abd", "bcde", "-a +c +e"),
        ("ac", "bd", "-a +b -c +d"),
    ],
)
def test_lines_that_differ(old: str, new: str, expected: str) -> None:
    """In their order, whichever ends first."""
    before, after = ("".join(f"{one}\n" for one in lines).encode() for lines in (old, new))
    found = differing_lines(before, after)
    assert " ".join(("-" if is_old else "+") + line.decode().strip() for line, is_old in found) == expected
