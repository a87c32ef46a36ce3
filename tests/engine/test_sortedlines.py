"""Sorted lines are found by halves, and what two of them have alike is passed over whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze import sortedlines
from mreze.sortedlines import (
    chunks,
    find_line,
    find_part,
    has_line,
    line_at,
    line_before,
    lines_beginning,
    lines_to,
    lines_with,
    open_lines,
    skip_alike,
)

LINE = st.builds(lambda text, times: text * times, st.text("abc", min_size=1, max_size=6), st.sampled_from([1, 1, 60]))
LINES = st.lists(LINE, max_size=60, unique=True).map(sorted)


def _written(lines: list[str]) -> bytes:
    return "".join(f"{one}\n" for one in lines).encode()


@given(LINES, LINE, st.data())
def test_a_line_is_found_from_anywhere(lines: list[str], least: str, data: st.DataObject) -> None:
    """What is found is the first that is not less, wherever the search starts."""
    written = _written(lines)
    starts = [len(_written(lines[:number])) for number in range(len(lines) + 1)]
    expected = next((start for one, start in zip(lines, starts, strict=False) if one >= least), len(written))
    near = data.draw(st.sampled_from(starts))
    assert find_line(written, least.encode(), near) == expected
    assert has_line(written, least.encode(), near) == any(one.startswith(least) for one in lines)


@given(LINES, LINE)
def test_lines_that_begin_so_are_found(lines: list[str], beginning: str) -> None:
    """All of them and no others."""
    found = b"".join(lines_beginning(_written(lines), beginning.encode()))
    assert found == _written([one for one in lines if one.startswith(beginning)])


@given(LINES, LINES, LINES, LINES)
def test_what_is_alike_is_passed_over(first: list[str], second: list[str], alike: list[str], rest: list[str]) -> None:
    """Whole lines, from any two places on, up to the first that differs."""
    old, new = _written([*first, *alike, *rest]), _written([*second, *alike])
    i, j = len(_written(first)), len(_written(second))
    skipped = skip_alike(old, i, new, j)
    assert skipped >= len(_written(alike))
    assert old[i : i + skipped] == new[j : j + skipped]
    assert old[: i + skipped].endswith(b"\n") or not i + skipped
    if i + skipped < len(old) and j + skipped < len(new):
        assert line_at(old, i + skipped) != line_at(new, j + skipped)


def test_lines_of_a_file_and_their_neighbours(tmp_path: Path) -> None:
    """A line is read at its start and before that of the next; an empty file has none."""
    path = tmp_path / "lines"
    for content in (b"", b"a\nbb\n"):
        path.write_bytes(content)
        with open_lines(path) as lines:
            assert (line_at(lines, 0), line_at(lines, len(content))) == (content[:2], b"")
            assert (line_before(lines, 0), line_before(lines, len(content))) == (b"", content[2:])


QUADS = (
    b'<a> <p> "x> <q> <b> " <g> .\n',
    b"<a> <p> <b> <g> .\n",
    b"<a> <q> <bb> <b> .\n",
    b"<b> <q> <b> <b> .\n",
    b"<c> <p> _:b <g> .\n",
)


@pytest.mark.parametrize("size", [1, 20, 40, 1_000])
def test_chunks_are_all_lines(size: int) -> None:
    """Whole ones, each once."""
    found = list(chunks(b"".join(QUADS), size))
    assert b"".join(found) == b"".join(QUADS)
    assert all(one.endswith(b"\n") for one in found)


def test_lines_are_found_by_their_predicate() -> None:
    """Where it is that, not where it stands in a text."""
    assert list(lines_with(b"".join(QUADS), b"<q>")) == [QUADS[2], QUADS[3]]


@pytest.mark.parametrize("more", [0, 20])
def test_lines_are_found_by_their_object(more: int) -> None:
    """Where it is that, not a text or a graph; however many are looked for."""
    others = {b"<other-%d>" % number for number in range(more)}
    assert list(lines_to(b"".join(QUADS), {b"<b>"} | others)) == [QUADS[1], QUADS[3]]


@given(st.binary(max_size=40), st.binary(min_size=1, max_size=3), st.integers(0, 40), st.integers(0, 40))
def test_a_part_is_found_where_windows_meet_too(lines: bytes, part: bytes, start: int, end: int) -> None:
    """It is where Python finds it, and nowhere else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sortedlines, "_WINDOW", 2)
        assert find_part(lines, part, start, min(end, len(lines))) == lines.find(part, start, end)
        assert find_part(lines, part) == lines.find(part)


def _resident(path: Path) -> int:
    """Bytes of a file that this process has mapped and in memory."""
    told = Path("/proc/self/smaps").read_text("utf-8").split(str(path), 1)[1]
    return int(told.split("Rss:", 1)[1].split(maxsplit=1)[0]) << 10


def test_what_is_passed_over_is_let_go(tmp_path: Path) -> None:
    """However long a file is, little of it is in the memory of who looks it through, or compares it with another."""
    for name in "ab":
        (tmp_path / name).write_bytes(b"<x:s> <x:p> <x:o> <x:g> .\n" * 4_000_000)
    most = 20 << 20
    with open_lines(tmp_path / "a") as old, open_lines(tmp_path / "b") as new:
        assert len(old) > 4 * most
        assert sum(map(len, chunks(old))) == len(old)
        assert _resident(tmp_path / "a") < most
        assert find_part(old, b"_:") == -1
        assert _resident(tmp_path / "a") < most
        assert skip_alike(old, 0, new, 0) == len(old)
        assert _resident(tmp_path / "a") + _resident(tmp_path / "b") < most
        sum(old[place] for place in range(0, len(old), 4096))
        assert _resident(tmp_path / "a") > most
