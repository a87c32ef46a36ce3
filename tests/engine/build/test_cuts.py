"""Lines are cut where what they say tells to: an edit changes few pieces, and no subject is in two."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from mreze.build.cuts import Piece, cut


def _lines(count: int) -> list[bytes]:
    chance = random.Random(1)  # noqa: S311 - for a test
    numbers = [one for one in range(count) for _ in range(chance.choice([1, 2, 5]))]
    return sorted(b'<x:%06d> <x:p> "%d" <x:g> .\n' % (one, order) for order, one in enumerate(numbers))


def _cut(path: Path, lines: list[bytes]) -> list[Piece]:
    path.write_bytes(b"".join(lines))
    return list(cut(path, 4096))


def test_pieces_are_the_lines_and_no_subject_is_in_two(tmp_path: Path) -> None:
    """One after the other they are the file; each tells the digest of its lines."""
    pieces = _cut(tmp_path / "lines", _lines(5000))
    content = (tmp_path / "lines").read_bytes()
    own = [content[one.start : one.start + one.size] for one in pieces]
    assert len(own) > 10
    assert b"".join(own) == content
    assert [hashlib.sha256(one).digest() for one in own] == [one.digest for one in pieces]
    subjects = [{line.partition(b" ")[0] for line in one.splitlines()} for one in own]
    assert sum(map(len, subjects)) == len(set.union(*subjects))
    assert min(one.size for one in pieces[:-1]) >= 4096


@pytest.mark.parametrize("where", [0, 3000, 11000])
@pytest.mark.parametrize("edit", ["add", "remove"])
def test_an_edit_changes_few_pieces(tmp_path: Path, where: int, edit: str) -> None:
    """All others are cut as before."""
    lines = _lines(5000)
    before = _cut(tmp_path / "before", lines)
    if edit == "add":
        lines.insert(where, lines[where][:-2] + b"x .\n")
    else:
        del lines[where]
    after = _cut(tmp_path / "after", sorted(lines))
    assert len({one.digest for one in after} - {one.digest for one in before}) <= 3


def test_a_large_subject_is_one_piece(tmp_path: Path) -> None:
    """However many statements it has; and of nothing there is no piece."""
    lines = [b'<x:a> <x:p> "%05d" <x:g> .\n' % one for one in range(1000)]
    assert len(_cut(tmp_path / "lines", lines)) == 1
    assert _cut(tmp_path / "lines", []) == []
