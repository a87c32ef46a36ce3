"""An index is put together of portions, each of which may be that of another index."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.engine.matching.world import BASE, THINGS

from mreze.matching.model import Wanted
from mreze.matching.portions import (
    Portion,
    keep_portion,
    put_together,
    read_made,
    read_portion,
    write_portion,
)
from mreze.matching.reader import TantivyIndex, open_index
from mreze.matching.writer import write_index

_CUT = 7


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    """All in one portion."""
    folder = tmp_path_factory.mktemp("whole") / "index"
    write_index(folder, THINGS, BASE, {})
    return open_index(folder)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Portion]]:
    """The same in portions, one of which has nothing."""
    folder = _folder(tmp_path_factory.mktemp("parts") / "index")
    portions = [
        write_portion(folder, THINGS[:_CUT], ""), write_portion(folder, [], "<b> "),
        write_portion(folder, THINGS[_CUT:], "<c> "),
    ]  # fmt: skip
    put_together(folder, portions, BASE, {}, "me")
    return folder, portions


@pytest.mark.parametrize("text", ["Niš", "Beograd", "Novi", "Grad", "Nish"])
def test_portions_find_what_the_whole_finds(whole: TantivyIndex, parts: tuple[Path, list[Portion]], text: str) -> None:
    """In the same order, with the same scores."""
    index = open_index(parts[0])
    assert len(index) == len(whole) == len(THINGS)
    for wanted in (Wanted(text), Wanted(text, prefix=True)):
        assert index.find(wanted) == whole.find(wanted)
        assert index.look(wanted) == whole.look(wanted)


def test_an_index_tells_how_it_was_made(parts: tuple[Path, list[Portion]], tmp_path: Path) -> None:
    """By whom, and of which portions; where there is none, nobody knows."""
    made = read_made(parts[0])
    assert made is not None
    assert (made.maker, made.base, list(made.portions)) == ("me", BASE, parts[1])
    assert [(one.first, one.things, len(one.segments)) for one in made.portions] == [
        ("", _CUT, 1), ("<b> ", 0, 0), ("<c> ", len(THINGS) - _CUT, 1),
    ]  # fmt: skip
    assert read_made(tmp_path) is None


def test_what_a_portion_has_makes_the_same_one(parts: tuple[Path, list[Portion]], tmp_path: Path) -> None:
    """Things can be taken from it as they are: byte by byte the same portion, whatever the folder."""
    folder, portions = parts
    things = list(read_portion(folder, portions[-1]))
    assert [iri for iri, _ in things] == [one.iri for one in THINGS[_CUT:]]
    assert write_portion(tmp_path, [content for _, content in things], "<c> ") == portions[-1]
    assert list(read_portion(folder, portions[1])) == []


def test_a_damaged_portion_is_not_taken_over(parts: tuple[Path, list[Portion]], tmp_path: Path) -> None:
    """A whole one is, as a link."""
    folder, (portion, *_) = parts
    new = _folder(tmp_path / "new")
    assert keep_portion(folder, new, portion)
    for one in portion.files:
        assert (new / one.path).samefile(folder / one.path)
    broken = _folder(tmp_path / "broken")
    for one in portion.files:
        (broken / one.path).write_bytes((folder / one.path).read_bytes())
    (broken / portion.files[0].path).write_bytes(b"other")
    assert not keep_portion(broken, _folder(tmp_path / "other"), portion)
    assert list((tmp_path / "other").iterdir()) == []
