"""Sorted lines that lie in a file, or in a part of one: read on in blocks, or looked up without reading the rest."""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mreze.sortedlines import find_part, open_lines
from mreze.sorting import merge_blocks

BLOCK: Final = 1 << 22
"""How many bytes of lines are held at once."""
ROOM: Final = 1 << 26
"""How many of several spans that are merged."""
_LEAST: Final = 1 << 16

Change = Callable[[list[bytes]], list[bytes]]
"""What is made of lines before they are merged; it must leave them in order."""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole lines of a file, sorted byte by byte, each once."""

    path: Path
    start: int
    size: int
    """In bytes."""

    def blocks(self, size: int = BLOCK) -> Iterator[list[bytes]]:
        """The lines, about so many bytes of them at a time."""
        left = self.size
        if not left:
            return
        with self.path.open("rb") as file:
            file.seek(self.start)
            while left > 0:
                lines = file.readlines(max(1, min(left, size) - 1))  # it stops after the line that exceeds the number
                left -= sum(map(len, lines))
                yield lines

    def lines(self) -> Iterator[bytes]:
        """The lines, each with its line feed."""
        for block in self.blocks():
            yield from block

    def starting_with(self, beginning: bytes) -> Iterator[bytes]:
        """The lines that start so, found by halving."""
        if not self.size:
            return
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            place = _first(content, self.start, self.start + self.size, beginning)
            while place < self.start + self.size:
                end = content.find(b"\n", place) + 1
                line = content[place:end]
                if not line.startswith(beginning):
                    return
                yield line
                place = end

    def contains(self, part: bytes) -> bool:
        """Whether these bytes stand somewhere in the lines."""
        if not self.size:
            return False
        with open_lines(self.path) as content:
            return find_part(content, part, self.start, self.start + self.size) >= 0

    def ends(self) -> tuple[bytes, bytes]:
        """The first line and the last one; two empty ones where there is none."""
        if not self.size:
            return b"", b""
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            end = self.start + self.size
            first = content[self.start : content.find(b"\n", self.start) + 1]
            return first, content[max(self.start, content.rfind(b"\n", self.start, end - 1) + 1) : end]


def write_span(path: Path, blocks: Iterable[list[bytes]]) -> Span:
    """Write sorted lines to a new file."""
    size = 0
    with path.open("xb") as file:
        for block in blocks:
            size += file.write(b"".join(block))
    return Span(path, 0, size)


def merge_spans(runs: Sequence[tuple[Span, Change]]) -> Iterator[list[bytes]]:
    """The lines of all spans, changed, in order, each once, in blocks."""
    size = max(_LEAST, ROOM // max(1, len(runs)))
    return merge_blocks([map(change, span.blocks(size)) for span, change in runs])


def unchanged(lines: list[bytes]) -> list[bytes]:
    """The lines as they are."""
    return lines


def _first(content: mmap.mmap, low: int, high: int, beginning: bytes) -> int:
    """Where the first line begins that is not before `beginning`, between two places where lines begin."""
    while low < high:
        middle = (low + high) // 2
        start = max(low, content.rfind(b"\n", low, middle) + 1)
        end = content.find(b"\n", middle) + 1
        if content[start:end] < beginning:
            low = end
        else:
            high = start
    return low
