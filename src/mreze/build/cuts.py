"""Cut sorted lines where what they say tells to, so that an edit changes the piece that it is in and no other.

No subject is cut apart. After a piece of some size the first subject whose checksum is right begins the next one, so
that after an edit the same cuts come again soon.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from mreze.sortedlines import Buffer, find_line, line_at, open_lines

_LEAST: Final = 1 << 22
"""Size in bytes of a piece, at least, but for the last one."""
_ONE_IN: Final = 32
"""How many subjects it takes, about, until one comes that begins a piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a file."""

    path: Path
    start: int
    size: int
    """In bytes."""
    digest: bytes
    """The sha256 of the lines."""


def cut(path: Path, least: int = _LEAST) -> Iterator[Piece]:
    """Cut a file of sorted lines; there is no piece of a file that is empty."""
    with open_lines(path) as lines:
        start = 0
        while start < len(lines):
            end = _end(lines, start, least)
            yield Piece(path, start, end - start, _digest(lines, start, end))
            start = end


def _end(lines: Buffer, start: int, least: int) -> int:
    """Where the piece that starts there ends."""
    if start + least >= len(lines):
        return len(lines)
    place = _behind(lines, lines.rfind(b"\n", 0, start + least) + 1)
    while place < len(lines) and crc32(_subject(lines, place)) % _ONE_IN:
        place = _behind(lines, place)
    return place


def _subject(lines: Buffer, place: int) -> bytes:
    return line_at(lines, place).partition(b" ")[0]


def _behind(lines: Buffer, place: int) -> int:
    """Where the next subject starts: what follows the space behind one is never less than this."""
    return find_line(lines, _subject(lines, place) + b"!", place)


def _digest(lines: Buffer, start: int, end: int) -> bytes:
    with memoryview(lines) as whole:
        return hashlib.sha256(whole[start:end]).digest()
