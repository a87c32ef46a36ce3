"""An index is whole or an error, and nothing that is in it or asked of it does harm."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.engine.matching.world import BASE, built

from mreze.errors import ReleaseError
from mreze.matching.model import Entry, Label, Wanted
from mreze.matching.reader import TantivyIndex, open_index
from mreze.matching.writer import write_index


def _spoil(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no description": (lambda folder: (folder / "index.json").unlink(), "there is no index.json"),
    "spoilt description": (lambda folder: (folder / "index.json").write_text("{"), "cannot be read"),
    "another version": (lambda folder: (folder / "index.json").write_text('{"version": 0}'), "version 3"),
    "no terms": (lambda folder: next(folder.glob("*.term")).unlink(), "No such file"),
    "spoilt terms": (lambda folder: _spoil(next(folder.glob("*.term"))), "sha256"),
    "spoilt things": (lambda folder: _spoil(next(folder.glob("*.store"))), "sha256"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_an_error(tmp_path: Path, damage: str) -> None:
    """An index that is not what was written is told, with the place and the remedy; it is never just empty."""
    built(tmp_path / "index")
    spoil, said = DAMAGE[damage]
    spoil(tmp_path / "index")
    with pytest.raises(ReleaseError, match=said) as caught:
        open_index(tmp_path / "index")
    assert str(tmp_path) in str(caught.value)
    assert "mreze build" in str(caught.value)


def test_reading_writes_nothing(tmp_path: Path) -> None:
    """An index is opened and asked in a folder that cannot be written to, and leaves it as it was."""
    built(tmp_path / "written")  # where the writer's own threads may still tidy up
    folder = shutil.copytree(tmp_path / "written", tmp_path / "index", ignore=shutil.ignore_patterns(".tantivy-*"))
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    folder.chmod(0o500)
    try:
        index = open_index(folder)
        assert index.find(Wanted("Niš"))
    finally:
        folder.chmod(0o700)
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_what_is_odd_is_found(tmp_path: Path) -> None:
    """Things without names, with a name without end, with control characters, and with a thousand names."""
    entries = [
        Entry(BASE + "none", (), (), ()),
        Entry(BASE + "long", (Label("ž" * 100_000, "sr"),), (), ()),
        Entry(BASE + "odd", (Label("\x00\ud800\x1b", ""), Label("one\ttwo\nthree", "")), (), ()),
        Entry(BASE + "many", tuple(Label(f"Name {number}", "en") for number in range(1_000)), (), ()),
        Entry(BASE + "same", tuple(Label("Same", language) for language in ("de", "en", "fr")), (), ()),
    ]
    write_index(tmp_path / "index", entries, BASE, {})
    index = open_index(tmp_path / "index")
    assert len(index) == len(entries)
    for text, name in [
        (BASE + "none", "none"),
        ("z" * 100_000, "long"),
        ("one two  three", "odd"),
        ("name 777", "many"),
        ("SAME", "same"),
    ]:
        first = index.find(Wanted(text))[0]
        assert (first.entry.iri, first.match) == (BASE + name, True), text
    assert index.entry(BASE + "odd") == entries[2]
    assert index.entry(BASE + "many") == entries[3]


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    """A site without things has an index all the same."""
    assert write_index(tmp_path / "index", [], BASE, {}) == 0
    index = open_index(tmp_path / "index")
    assert (index.find(Wanted("Niš")), index.entry(BASE + "nis")) == ([], None)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "a b " * 50_000,
        "(((" * 10_000,
        "," * 100_000,
        "\x00" * 1_000,
        "\ud800",
        "a" * 70_000 + "/b:" * 10,
    ],
)
def test_what_is_asked_for_does_no_harm(world: TantivyIndex, text: str) -> None:
    """A text of any length and of any characters is answered at once."""
    before = time.process_time()
    world.find(Wanted(text))
    world.find(Wanted(text, prefix=True))
    assert time.process_time() - before < 2


def test_the_order_is_always_the_same(tmp_path: Path) -> None:
    """Things with one score come in the order of their IRIs, whatever the order they were written in."""
    names = [f"{number:02}" for number in range(20)]
    found = []
    for place, order in enumerate((names, names[::-1])):
        entries = [Entry(BASE + name, (Label("Springfield", ""),), (), ()) for name in order]
        write_index(tmp_path / str(place), entries, BASE, {})
        index = open_index(tmp_path / str(place))
        found.append([one.entry.iri for one in index.find(Wanted("Springfield", limit=20))])
    assert found == [[BASE + name for name in names]] * 2


@pytest.mark.parametrize("limit", [-1, 0, 1, 3, 1_000])
def test_there_are_no_more_than_the_limit(world: TantivyIndex, limit: int) -> None:
    """As many candidates come as were asked for; whether the first is a match does not depend on it."""
    found = world.find(Wanted("Springfield", limit=limit))
    assert len(found) == min(max(limit, 0), 2)
    assert not any(one.match for one in found)


def test_many_may_ask_at_once(world: TantivyIndex) -> None:
    """Threads that share an index get each its own answer."""
    texts = ["Niš", "Beograd", "ECAD", "Q129259", "Beogrd", "zzzz"] * 20
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: world.find(Wanted(text)), texts))
    assert together == [world.find(Wanted(text)) for text in texts]


def test_of_two_alike_the_nearer_comes_first(tmp_path: Path) -> None:
    """Of two names with one wrong letter, the one that begins as it was written comes first."""
    entries = [Entry(BASE + text.lower(), (Label(text, ""),), (), ()) for text in ("Kesna", "Vesni")]
    write_index(tmp_path / "index", entries, BASE, {})
    found = open_index(tmp_path / "index").find(Wanted("Vesna"))
    assert [one.entry.iri for one in found] == [BASE + "vesni", BASE + "kesna"]
    assert found[0].score == found[1].score
