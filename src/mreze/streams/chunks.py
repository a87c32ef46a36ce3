"""Sorted lines of N-Quads in chunks that are cut where their content says: what has not changed is cut as before.

A chunk ends before a subject whose name has a certain checksum, so that a statement more or less moves the ends of a
chunk or two, not of all that follow. In the order of subjects (`mreze.streams.statements`) `<a>` stands before all
`<a1>`, in the lines after them: where a chunk ends between, `<a>` is given to the chunk in which they begin.
"""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from mreze.sortedlines import Buffer, chunks, find_line, let_go, line_at, line_before, lines_beginning, open_lines
from mreze.spans import Span
from mreze.streams.blanks import BLANK, Blanks, find_blanks, subject_of

_LEAST: Final = 1 << 21
"""Bytes that a chunk has at least, if it is not the last one."""
_MOST: Final = 1 << 24
"""Bytes from which it ends at the next subject."""
_BLOCK: Final = 1 << 18
"""Bytes of lines that are looked at together."""
_ONE_IN: Final = 1 << 10
"""How many subjects there are for each that a chunk may end before."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some sorted lines, whole subjects of them, and what differs where they are ordered by their subjects."""

    span: Span
    taken: tuple[bytes, ...]
    """Lines of subjects that stand in later chunks."""
    given: tuple[bytes, ...]
    """Its subjects that stand in earlier chunks."""
    blanks: Blanks
    """What its blank nodes are in the dataset."""
    said: bytes
    """The sha256 of its lines."""
    digest: str
    """Of all this."""

    def lines(self) -> list[bytes]:
        """Its lines."""
        return [line for block in self.span.blocks() for line in block]


@dataclass(frozen=True, slots=True)
class _Move:
    """A subject that stands in one chunk, and is given to another."""

    lines: tuple[bytes, ...]
    stands: int
    goes: int


def read_chunks(quads: Path, prefixes: Mapping[str, str]) -> list[Chunk]:
    """The chunks of a dataset.

    Args:
        quads: its sorted lines; each has a graph.
        prefixes: those that may be used for blank nodes in Turtle.
    """
    with open_lines(quads) as lines:
        starts = list(cut(lines))
        moves = _moves(lines, starts)
        blanks = _dealt(find_blanks(lines, prefixes), [subject_of(line_at(lines, one)) for one in starts], moves)
        found = []
        for number, (start, end) in enumerate(pairwise([*starts, len(lines)])):
            found.append(_chunk(Span(quads, start, end - start), lines[start:end], _of(moves, number), blanks[number]))
            let_go(lines, start, end)
        return found


def cut(lines: Buffer) -> Iterator[int]:
    """Where chunks start."""
    start = 0
    while start < len(lines):
        yield start
        start = _end(lines, start)


def _end(lines: Buffer, start: int) -> int:
    place = lines.find(b"\n", start + _LEAST) + 1 or len(lines)
    last = subject_of(line_before(lines, place)) + b" "
    for block in chunks(lines, _BLOCK, place):
        for line in block.splitlines(keepends=True):
            if not line.startswith(last):
                last = line[: line.index(b" ") + 1]
                if last.startswith(BLANK):  # their order depends on all of them
                    return len(lines)
                if zlib.crc32(last) % _ONE_IN == 0 or place - start > _MOST:
                    return place
            place += len(line)
    return place


def _moves(lines: Buffer, starts: Sequence[int]) -> dict[bytes, _Move]:
    """The subjects that other subjects begin with which stand in chunks before theirs."""
    found: dict[bytes, _Move] = {}
    for start in starts[1:]:
        before, after = subject_of(line_before(lines, start)), subject_of(line_at(lines, start))
        for beginning in _common_beginnings(before, after):
            subject = beginning + b">"
            if subject not in found and (own := tuple(lines_beginning(lines, subject + b" "))):
                stands = bisect_right(starts, find_line(lines, subject + b" ")) - 1
                goes = bisect_right(starts, find_line(lines, beginning)) - 1
                found[subject] = _Move(own, stands, goes)
    return found


def _common_beginnings(before: bytes, after: bytes) -> Iterator[bytes]:
    """What subjects that stand after both may be, without the `>`, if both begin with them."""
    for at in range(1, min(len(before), len(after))):
        if before[:at] != after[:at]:
            return
        if after[at : at + 1] <= b">":
            yield after[:at]


def _of(moves: Mapping[bytes, _Move], number: int) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The lines that a chunk takes, and the subjects that it gives away."""
    own = sorted((subject, one) for subject, one in moves.items() if one.stands != one.goes)
    taken = tuple(line for _, one in own if one.goes == number for line in one.lines)
    return taken, tuple(subject for subject, one in own if one.stands == number)


def _dealt(blanks: Blanks, firsts: Sequence[bytes], moves: Mapping[bytes, _Move]) -> defaultdict[int, Blanks]:
    """The blank nodes of each chunk: a blank node as a subject is in the last one.

    Args:
        blanks: those of the dataset.
        firsts: the first subject of each chunk.
        moves: the subjects that are not where they stand.
    """

    def chunk_of(subject: bytes) -> int:
        if subject.startswith(BLANK):
            return len(firsts) - 1
        return moves[subject].goes if subject in moves else bisect_right(firsts, subject) - 1

    return defaultdict(Blanks, blanks.deal(chunk_of))


def _chunk(span: Span, content: bytes, moved: tuple[tuple[bytes, ...], tuple[bytes, ...]], blanks: Blanks) -> Chunk:
    taken, given = moved
    digest = hashlib.sha256(content)
    said = digest.digest()
    for part in (*taken, *given, blanks.digested()):
        digest.update(b"\0" + part)
    return Chunk(span, taken, given, blanks, said, digest.hexdigest())
