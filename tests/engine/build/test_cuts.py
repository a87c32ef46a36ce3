"""Pieces of lines are the lines, and no subject is in two; where they are cut is tested with chunks."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from mreze.build.cuts import read_pieces
from mreze.streams import chunks


def test_pieces_are_the_lines_and_no_subject_is_in_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other they are the file; each tells the digest of its lines."""
    monkeypatch.setattr(chunks, "_LEAST", 1 << 12)
    monkeypatch.setattr(chunks, "_ONE_IN", 16)
    content = b"".join(b'<x:%06d> <x:p> "%d" <x:g> .\n' % (one // 3, one) for one in range(9000))
    (tmp_path / "lines").write_bytes(content)
    pieces = list(read_pieces(tmp_path / "lines"))
    own = [content[one.start : one.start + one.size] for one in pieces]
    assert len(own) > 10
    assert b"".join(own) == content
    assert [hashlib.sha256(one).digest() for one in own] == [one.digest for one in pieces]
    subjects = [{line.partition(b" ")[0] for line in one.splitlines()} for one in own]
    assert sum(map(len, subjects)) == len(set.union(*subjects))


def test_nothing_has_no_pieces(tmp_path: Path) -> None:
    """An empty file is not read."""
    (tmp_path / "lines").write_bytes(b"")
    assert list(read_pieces(tmp_path / "lines")) == []
