"""Sorted lines in a file or in memory: where one stands, and which differ between two of them.

What two of them have alike is passed over in blocks, without looking at lines: so two dumps of a million lines are
compared in the time in which they are read.
"""

from __future__ import annotations

import mmap
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

Buffer = bytes | mmap.mmap
"""Lines that each end with a line feed, in the order of their bytes."""
_SMALLEST, _LARGEST = 1 << 8, 1 << 20
"""Sizes of blocks in bytes: a run of lines that are alike is tried with twice as many each time."""
_STEP: Final = 1 << 9
_CHUNK: Final = 1 << 22
"""Bytes of lines that are looked at together."""
_WINDOW: Final = 1 << 24
"""Bytes that are looked through before what has been looked at is let go."""
_FEW: Final = 8
"""So many things are looked for one after the other; of more the objects of all lines are looked at."""


@contextmanager
def open_lines(path: Path) -> Iterator[Buffer]:
    """The lines of a file, which is not read before they are looked at.

    Raises:
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        if path.stat().st_size == 0:
            yield b""
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped


def let_go(lines: Buffer, start: int, end: int) -> None:
    """Let the machine have the memory back of what has been looked at; it is read again by whoever looks again."""
    if isinstance(lines, mmap.mmap):
        first = start // mmap.PAGESIZE * mmap.PAGESIZE
        last = min(end, len(lines)) // mmap.PAGESIZE * mmap.PAGESIZE
        if first < last:
            lines.madvise(mmap.MADV_DONTNEED, first, last - first)


def find_part(lines: Buffer, part: bytes, start: int = 0, end: int | None = None) -> int:
    """Where some bytes stand first between two places, or -1; little of a file is in memory at a time."""
    end = len(lines) if end is None else end
    while start < end:
        window = min(start + _WINDOW, end)
        place = lines.find(part, start, min(window + len(part) - 1, end))
        if place >= 0:
            return place
        let_go(lines, start, window)
        start = window
    return -1


def line_at(lines: Buffer, start: int) -> bytes:
    """The line that starts there, with its line feed; none at the end."""
    return lines[start : _after(lines, start)]


def line_before(lines: Buffer, start: int) -> bytes:
    """The line that ends there; none at the beginning."""
    return lines[_start(lines, 0, start - 1) : start] if start else b""


def find_line(lines: Buffer, least: bytes, near: int = 0) -> int:
    """Where the first line starts that is not less; at the end if there is none.

    Args:
        lines: those to look at.
        least: what is looked for; it holds no line feed.
        near: where a line starts that may be near to it; 0 where nothing is known of it.
    """
    low, high = _around(lines, least, near) if near else (0, len(lines))
    length = len(least)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        if lines[start : start + length] < least:
            low = lines.find(b"\n", start) + 1 or high
        else:
            high = start
    return low


def has_line(lines: Buffer, beginning: bytes, near: int = 0) -> bool:
    """Whether a line begins so."""
    start = find_line(lines, beginning, near)
    return lines[start : start + len(beginning)] == beginning


def lines_beginning(lines: Buffer, beginning: bytes) -> Iterator[bytes]:
    """The lines that begin so."""
    start = find_line(lines, beginning)
    while (line := lines[start : lines.find(b"\n", start) + 1]).startswith(beginning):
        yield line
        start += len(line)


def chunks(lines: Buffer, size: int = _CHUNK, start: int = 0) -> Iterator[bytes]:
    """All lines from a place on where one starts, about so many bytes of whole ones at a time."""
    while start < len(lines):
        end = _after(lines, min(start + size, len(lines)) - 1)
        yield lines[start:end]
        let_go(lines, start, end)
        start = end


def lines_with(lines: Buffer, predicate: bytes) -> Iterator[bytes]:
    """The lines of N-Quads whose predicate it is, as N-Quads writes it."""
    return (line for line in _having(lines, b" " + predicate + b" ") if line.split(b" ", 2)[1] == predicate)


def lines_to(lines: Buffer, nodes: Collection[bytes]) -> Iterator[bytes]:
    """The lines of N-Quads whose object is one of some IRIs, as N-Quads writes them."""
    if len(nodes) <= _FEW:
        found = (line for one in nodes for line in _having(lines, b"> " + one + b" "))
    else:
        found = (line for chunk in chunks(lines) for line in chunk.splitlines(keepends=True))
    for line in found:
        node, _, rest = line.split(b" ", 2)[2].partition(b" ")
        if node in nodes and rest != b".\n":
            yield line


def _having(lines: Buffer, part: bytes) -> Iterator[bytes]:
    """The lines that a part stands in."""
    place = find_part(lines, part)
    while place >= 0:
        end = _after(lines, place)
        yield lines[_start(lines, 0, place) : end]
        place = find_part(lines, part, end)


def skip_alike(old: Buffer, i: int, new: Buffer, j: int) -> int:
    """How many bytes of whole lines are alike from two places on, each where a line starts."""
    alike, size = 0, _SMALLEST
    while True:
        left, right = old[i + alike : i + alike + size], new[j + alike : j + alike + size]
        if left != right:
            alike += _common(left, right)
            break
        if not left:
            break
        if size == _LARGEST:
            let_go(old, i + alike, i + alike + size)
            let_go(new, j + alike, j + alike + size)
        alike += len(left)
        size = min(2 * size, _LARGEST)
    return max(0, old.rfind(b"\n", i, i + alike) + 1 - i)


def _around(lines: Buffer, least: bytes, near: int) -> tuple[int, int]:
    """Two starts of lines between which what is looked for stands, found in steps that grow from near it."""
    low, high, step = near, len(lines), _STEP
    if near == high or lines[near : near + len(least)] >= least:
        high = near
        while (low := _start(lines, 0, max(0, high - step))) and lines[low : low + len(least)] >= least:
            high, step = low, 2 * step
        return low, high
    while low + step < high:
        start = _start(lines, low, low + step)
        if lines[start : start + len(least)] >= least:
            return low, start
        low, step = start, 2 * step
    return low, high


def _common(left: bytes, right: bytes) -> int:
    """How many bytes two different blocks begin with alike."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _start(lines: Buffer, low: int, place: int) -> int:
    """Where the line starts that a place is in; `low` is the start of one."""
    return max(low, lines.rfind(b"\n", low, place) + 1)


def _after(lines: Buffer, start: int) -> int:
    """Where the next line starts."""
    return lines.find(b"\n", start) + 1 or len(lines)
