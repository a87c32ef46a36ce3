"""Pieces of sorted lines that are cut where what they say tells to: an edit changes one piece or two."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from mreze.sortedlines import Buffer, open_lines
from mreze.streams.chunks import cut


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a file, with all of each subject."""

    path: Path
    start: int
    size: int
    """In bytes."""
    digest: bytes
    """The sha256 of the lines."""


def read_pieces(path: Path) -> Iterator[Piece]:
    """The pieces of a file of sorted lines; there is none of a file that is empty."""
    with open_lines(path) as lines:
        for start, end in pairwise([*cut(lines), len(lines)]):
            yield Piece(path, start, end - start, _digest(lines, start, end))


def _digest(lines: Buffer, start: int, end: int) -> bytes:
    with memoryview(lines) as whole:
        return hashlib.sha256(whole[start:end]).digest()
