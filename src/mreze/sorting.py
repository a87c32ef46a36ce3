"""Sort more lines than memory should hold: chunks are sorted in memory, written aside and merged.

`sort_lines` writes lines that come in any order as a file whose lines are sorted by their bytes, each once;
`merge_files` reads several such files as one. Both hold some megabytes at a time, however long the files are. What is
sorted by its bytes is sorted alike on every machine, and lines that begin alike (the N-Quads of a subject) stand
together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from mreze.sortedlines import find_line

CHUNK: Final = 64 << 20
"""Bytes of lines that are sorted at a time; in memory they take about twice as much."""
_BATCH: Final = 8192
"""Lines that are taken before they are measured."""
_LEAST: Final = 64 << 10
"""Bytes that are read at a time of each file that is merged, at least."""


def sort_lines(lines: Iterable[bytes], target: Path, *, chunk: int = CHUNK) -> None:
    """Write lines in the order of their bytes, each once; the file is there whole or not at all.

    Args:
        lines: in any order; each ends with its only line feed.
        target: the file, which is overwritten. Beside it as many bytes again are written for a while.
        chunk: how many bytes are sorted at a time.
    """
    with TemporaryDirectory(prefix=".sorting-", dir=target.parent) as name:
        folder = Path(name)
        runs = [_write(folder / str(number), one) for number, one in enumerate(_chunks(iter(lines), chunk))]
        whole = runs[0] if len(runs) == 1 else _write(folder / "whole", merge_files(runs, chunk=chunk))
        whole.replace(target)


def merge_files(sources: Sequence[Path], *, chunk: int = CHUNK) -> Iterator[bytes]:
    """The lines of sorted files in the order of their bytes, each once, whichever files they are in; many at a time.

    Where one file is read while the others have nothing, no line of it is looked at.

    Args:
        sources: files as `sort_lines` writes them.
        chunk: how many bytes are read at a time, of all of them together.
    """
    size = max(_LEAST, chunk // max(1, len(sources)))
    with ExitStack() as stack:
        reads = [_Read(stack.enter_context(path.open("rb")), size) for path in sources]
        while reads := [one for one in reads if one.fill()]:
            bound = min(one.last() for one in reads)
            taken = [part for one in reads if (part := one.take(bound))]
            yield taken[0] if len(taken) == 1 else b"".join(in_order(BytesIO(b"".join(taken)).readlines()))


def _chunks(lines: Iterator[bytes], chunk: int) -> Iterator[list[bytes]]:
    """The lines in sorted lists of about so many bytes."""
    held: list[bytes] = []
    size = 0
    while taken := list(islice(lines, _BATCH)):
        held += taken
        size += sum(map(len, taken))
        if size >= chunk:
            yield in_order(held)
            held, size = [], 0
    if held:
        yield in_order(held)


def merge_blocks(sources: Iterable[Iterator[list[bytes]]]) -> Iterator[list[bytes]]:
    """The lines of several sources in order, each once, in sorted lists.

    Args:
        sources: each gives lists of lines, all of them in order; a line may come again right after itself.
    """
    runs = [_Run(one) for one in sources]
    last = b""
    while runs := [one for one in runs if one.fill()]:
        # Whatever is not after the last line of some run can only be in what is read by now.
        bound = min(one.lines[-1] for one in runs)
        taken = in_order(list(chain.from_iterable([one.take(bound) for one in runs])))
        if taken[0] == last:
            del taken[0]
        if taken:
            last = taken[-1]
            yield taken


@dataclass(slots=True)
class _Read:
    """A sorted file that is being read, some whole lines at a time."""

    file: BinaryIO
    size: int
    content: bytes = b""
    start: int = 0
    """Of the first line that is not taken yet."""

    def fill(self) -> bool:
        """Read on where everything is taken; say whether there is anything."""
        if self.start == len(self.content):
            self.content, self.start = self.file.read(self.size) + self.file.readline(), 0
        return bool(self.content)

    def last(self) -> bytes:
        """The last line of what is read."""
        return self.content[self.content.rfind(b"\n", 0, -1) + 1 :]

    def take(self, bound: bytes) -> bytes:
        """What comes up to a line."""
        end = find_line(self.content, bound, self.start)
        end += len(bound) if self.content.startswith(bound, end) else 0
        taken, self.start = self.content[self.start : end], end
        return taken


@dataclass(slots=True)
class _Run:
    """Sorted lines that are being read."""

    blocks: Iterator[list[bytes]]
    lines: list[bytes] = field(default_factory=list)
    start: int = 0
    """Of the first line that is not taken yet."""

    def fill(self) -> bool:
        """Read on where everything is taken; say whether there is anything."""
        while self.start == len(self.lines):
            if (lines := next(self.blocks, None)) is None:
                return False
            self.lines, self.start = lines, 0
        return True

    def take(self, bound: bytes) -> list[bytes]:
        """What comes up to a line."""
        start, self.start = self.start, bisect_right(self.lines, bound, self.start)
        return self.lines[start : self.start]


def in_order(lines: list[bytes]) -> list[bytes]:
    """Lines in order, each once; Python's sort merges what is in order already, a set would undo that."""
    lines.sort()
    return list(dict.fromkeys(lines))


def _write(path: Path, lines: Iterable[bytes]) -> Path:
    with path.open("wb") as file:
        file.writelines(lines)
    return path
