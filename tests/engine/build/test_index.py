"""An index is made in portions, of which those are taken over that nothing changed; it finds what a new one finds."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from tests.bench.generate import BASE, Size, make_site

from mreze.build import index as build_index
from mreze.build.contents import Contents
from mreze.build.index import Section, plan, start_names
from mreze.build.release import build_release
from mreze.build.workers import Workers
from mreze.matching.model import Wanted
from mreze.matching.portions import Made, Portion
from mreze.matching.reader import TantivyIndex, open_index
from mreze.matching.schema import DESCRIPTION
from mreze.namespaces import RDFS_LABEL
from mreze.release import Release, open_release
from mreze.sortedlines import Buffer

LINES = b"".join(
    b"<%s> <p> <%s%d> <g> .\n" % (subject, b"o" * 50, number) for subject in (b"a", b"b-2", b"b", b"c", b"d")
    for number in range(8)
)  # fmt: skip
SIZE = 900


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions are small."""
    monkeypatch.setattr(build_index, "_SMALLEST", SIZE)


def _firsts(sections: list[Section], lines: Buffer = LINES) -> list[tuple[str, bool]]:
    """Where sections begin, and whether they are kept; they are the lines without a gap."""
    assert sections[0].start == 0
    assert sections[-1].end == len(lines)
    assert all(one.end == other.start for one, other in pairwise(sections))
    return [(one.first, one.is_kept) for one in sections]


def _made(*firsts: str) -> Made:
    return Made("", "", tuple(Portion(one, 1, (), ()) for one in firsts))


@pytest.mark.usefixtures("small")
def test_lines_are_cut_where_a_subject_ends() -> None:
    """Into sections of about one size, the last of which may be half as long again; few lines are one section."""
    assert _firsts(plan(LINES)) == [("", False), ("<b> ", False), ("<d> ", False)]
    assert _firsts(plan(b""), b"") == [("", False)]
    short = LINES[:200]
    assert _firsts(plan(short), short) == [("", False)]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (set(), [("", True), ("<b> ", True), ("<d> ", True)]),
        ({b"<b-2>"}, [("", False), ("<b> ", True), ("<d> ", True)]),
        ({b"<b>"}, [("", True), ("<b> ", False), ("<d> ", True)]),
        ({b"<c-new>", b"<z>"}, [("", True), ("<b> ", False), ("<d> ", False)]),
        (None, [("", False), ("<b> ", False), ("<d> ", False)]),
    ],
)
def test_portions_stay_whose_entries_do(others: set[bytes] | None, expected: list[tuple[str, bool]]) -> None:
    """A subject belongs to the last portion that begins before it; where anything may differ, nothing stays."""
    found = plan(LINES, _made("", "<b> ", "<d> "), None if others is None else frozenset(others))
    assert _firsts(found) == expected


@pytest.mark.usefixtures("small")
def test_a_portion_that_has_grown_is_cut() -> None:
    """And where there are far too many, all is made anew."""
    assert _firsts(plan(LINES, _made("", "<d> "), frozenset([b"<a>"]))) == [
        ("", False), ("<b> ", False), ("<d> ", True),
    ]  # fmt: skip
    many = _made("", *(f"<a{number}> " for number in range(9, 18)))
    assert _firsts(plan(LINES, many, frozenset())) == _firsts(plan(LINES))


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Releases of a site: the first one, one with a country of another name, and the same made without that before."""
    folder = tmp_path_factory.mktemp("index")
    make_site(folder / "site", Size(4_000))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build_index, "_SMALLEST", 40_000)
        first = build_release(folder / "site", folder / "out", "2999-01-01").folder
        cities = (folder / "site/data/crossings/cities.nt").read_text("utf-8")
        country = cities.partition("/countries/")[2].partition(">")[0]
        with (folder / "site/data/crossings/countries.nt").open("a", encoding="utf-8") as file:
            file.write(f'<{BASE}id/countries/{country}> {RDFS_LABEL} "Atlantis"@de .\n')
            file.write(f'<{BASE}id/countries/new> {RDFS_LABEL} "Lemuria"@de .\n')
        second = build_release(folder / "site", folder / "out", "2999-01-02").folder
        patch.setattr(build_index, "_SMALLEST", 10_000_000)
        whole = build_release(folder / "site", folder / "whole", "2999-01-02").folder
    return {"first": first, "second": second, "whole": whole}


def _portions(release: Path) -> set[str]:
    told = json.loads((release / "index" / DESCRIPTION).read_bytes())
    return {segment["segment_id"] for one in told["portions"] for segment in one["segments"]}


def test_what_stays_is_the_same_file(history: dict[str, Path]) -> None:
    """Portions without a change are links to those of the release before; there are others too."""
    first, second = _portions(history["first"]), _portions(history["second"])
    assert first & second
    assert second - first
    for one in first & second:
        name = f"{one.replace('-', '')}.store"
        assert (history["first"] / "index" / name).samefile(history["second"] / "index" / name)
    assert len(_portions(history["whole"])) == 1


def _answers(index: TantivyIndex, text: str, *, prefix: bool) -> object:
    wanted = Wanted(text, limit=50, prefix=prefix)
    return index.find(wanted), index.look(wanted)


@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize("text", ["Atlantis", "Lemuria", "Atlantys", "g", "ba", "Bago", "Баго", "Gobari", "Mitu ka"])
def test_an_index_finds_the_same_however_it_was_made(history: dict[str, Path], text: str, *, prefix: bool) -> None:
    """In portions that are taken over, or at once."""
    parts, whole = (open_index(history[name] / "index") for name in ("second", "whole"))
    assert _answers(parts, text, prefix=prefix) == _answers(whole, text, prefix=prefix)
    assert len(parts) == len(whole)


def test_every_entry_is_the_same(history: dict[str, Path]) -> None:
    """With the names of what it refers to."""
    parts, whole = (open_index(history[name] / "index") for name in ("second", "whole"))
    for kind, number in (("countries", 200), ("networks", 5), ("cities", 100)):
        for one in range(number):
            iri = f"{BASE}id/{kind}/{kind[0]}{one}"
            assert parts.entry(iri) == whole.entry(iri) is not None
    found = [whole.entry(f"{BASE}id/cities/c{one}") for one in range(100)]
    assert any(one and "atlantis" in one.context for one in found)


def _write(release: Path, before: Release | None, folder: Path) -> Path:
    """The index of a release, made once more."""
    (folder / "dumps").mkdir(parents=True)
    shutil.copy(release / "dumps/all.nq", folder / "dumps/all.nq")
    told = open_release(release)
    contents = cast("Contents", SimpleNamespace(site=SimpleNamespace(base=told.base), prefixes=told.prefixes))
    start_names(folder, contents, before, Workers(None)).finish()
    return folder / "index"


def test_the_same_lines_make_the_same_bytes(history: dict[str, Path], tmp_path: Path) -> None:
    """Of an index too."""
    indexes = (_write(history["first"], None, tmp_path / name) for name in "ab")
    first, second = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in indexes)
    assert first == second


@pytest.mark.parametrize("name", ["index/index.json", "dumps/all.nq", "index/*.store"])
def test_damage_of_the_release_before_costs_time_only(history: dict[str, Path], tmp_path: Path, name: str) -> None:
    """The index is made anew, and finds what is there."""
    before = open_release(history["first"])
    copied = Path(shutil.copytree(before.root, tmp_path / "before"))
    for path in copied.glob(name):
        path.write_bytes(path.read_bytes()[:-5] + b"wrong")
    index = open_index(_write(history["second"], replace(before, root=copied), tmp_path / "after"))
    whole = open_index(history["whole"] / "index")
    assert _answers(index, "Atlantis", prefix=False) == _answers(whole, "Atlantis", prefix=False)
    assert len(index) == len(whole)
