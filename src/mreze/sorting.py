"""Lines in order, each once, however many: sorted by the block, and merged from where the blocks were put."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from mreze.spans import Span

ROOM: Final = 1 << 26
"""How many bytes of lines are held at once while runs are merged."""
_LEAST: Final = 1 << 16

Change = Callable[[list[bytes]], list[bytes]]
"""What is made of lines before they are merged; it must leave them in order, and each once."""


def unchanged(lines: list[bytes]) -> list[bytes]:
    """The lines as they are."""
    return lines


def in_order(content: bytes) -> list[bytes]:
    """The lines of a text, sorted, each once."""
    lines = content.splitlines(keepends=True)
    lines.sort()
    return list(dict.fromkeys(lines))


def merge(runs: Sequence[tuple[Span, Change]]) -> Iterator[list[bytes]]:
    """The lines of all runs in order, each once, in blocks.

    Each round takes from every run what is not beyond the least of their last lines, and sorts it: Timsort finds
    that the parts are sorted already.
    """
    size = max(_LEAST, ROOM // max(1, len(runs)))
    held = [one for one in (_Run(span.blocks(size), change) for span, change in runs) if one.fill()]
    last = b""
    while held:
        bound = min(one.lines[-1] for one in held)
        taken = _joined([one.take(bound) for one in held])
        if taken and taken[0] == last:
            del taken[0]
        if taken:
            last = taken[-1]
            yield taken
        held = [one for one in held if one.lines or one.fill()]


def sort_into(path: Path, blocks: Iterable[list[bytes]]) -> Span:
    """Write blocks of sorted lines to a new file."""
    size = 0
    with path.open("xb") as file:
        for block in blocks:
            content = b"".join(block)
            size += file.write(content)
    return Span(path, 0, size)


def _joined(parts: list[list[bytes]]) -> list[bytes]:
    if len(parts) == 1:
        return parts[0]
    lines = list(chain.from_iterable(parts))
    lines.sort()
    return list(dict.fromkeys(lines))


class _Run:
    """One run, as far as it was read."""

    def __init__(self, blocks: Iterator[list[bytes]], change: Change) -> None:
        self.blocks = blocks
        self.change = change
        self.lines: list[bytes] = []

    def fill(self) -> bool:
        """Read on where nothing is left; whether there is something."""
        while not self.lines and (block := next(self.blocks, None)) is not None:
            self.lines = self.change(block)
        return bool(self.lines)

    def take(self, bound: bytes) -> list[bytes]:
        """Take away what is not beyond the bound."""
        at = bisect_right(self.lines, bound)
        taken, self.lines = self.lines[:at], self.lines[at:]
        return taken
