"""Lines are sorted by their bytes, each once, however many there are and however little memory is used."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from mreze import sorting
from mreze.sorting import merge_files, sort_lines

LINES = [f"<https://example.org/{letter}{number}> <p> “ш” .\n".encode() for number in range(9_000) for letter in "bač#"]


@pytest.mark.parametrize("chunk", [1, 300_000, 1 << 30])
def test_lines_are_sorted_each_once(tmp_path: Path, chunk: int) -> None:
    """In one chunk or in many: the file is the same, and nothing else is left."""
    shuffled = [*LINES, *LINES[::7]]
    random.Random(3).shuffle(shuffled)  # noqa: S311 - a shuffle for a test
    sort_lines(shuffled, tmp_path / "sorted", chunk=chunk)
    assert (tmp_path / "sorted").read_bytes() == b"".join(sorted(LINES))
    assert [path.name for path in tmp_path.iterdir()] == ["sorted"]


def test_no_lines_are_an_empty_file(tmp_path: Path) -> None:
    """There is a file all the same."""
    sort_lines([], tmp_path / "sorted")
    assert (tmp_path / "sorted").read_bytes() == b""


@pytest.mark.parametrize("chunk", [1, 1 << 30])
def test_sorted_files_are_merged(tmp_path: Path, chunk: int) -> None:
    """What several files hold comes once; empty files, and none, do no harm."""
    parts = [LINES[::2], LINES[::3], [], LINES[1::2], [LINES[0]]]
    paths = [tmp_path / str(number) for number in range(len(parts))]
    for path, part in zip(paths, parts, strict=True):
        sort_lines(part, path)
    assert b"".join(merge_files(paths, chunk=chunk)) == b"".join(sorted(LINES))
    assert list(merge_files([])) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(some.lists(some.lists(some.binary(max_size=2), max_size=12), max_size=4), some.integers(1, 9))
def test_whatever_files_hold_is_merged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: list[list[bytes]], size: int
) -> None:
    """However few bytes are read at a time, and whatever lines begin with."""
    monkeypatch.setattr(sorting, "_LEAST", size)
    held = [{one.replace(b"\n", b"") + b"\n" for one in part} for part in parts]
    paths = [tmp_path / str(number) for number in range(len(held))]
    for path, part in zip(paths, held, strict=True):
        path.write_bytes(b"".join(sorted(part)))
    assert b"".join(merge_files(paths, chunk=1)) == b"".join(sorted(set().union(*held)))


def test_what_breaks_leaves_nothing(tmp_path: Path) -> None:
    """A source of lines that fails leaves the file as it was, and no parts of a new one."""

    def failing() -> Iterator[bytes]:
        yield from LINES
        raise OSError("gone")

    (tmp_path / "sorted").write_bytes(b"before\n")
    with pytest.raises(OSError, match="gone"):
        sort_lines(failing(), tmp_path / "sorted", chunk=1)
    assert (tmp_path / "sorted").read_bytes() == b"before\n"
    assert [path.name for path in tmp_path.iterdir()] == ["sorted"]
