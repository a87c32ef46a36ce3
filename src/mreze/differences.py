"""Which statements only one of two sorted dumps in N-Quads has, whatever their graphs are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mreze.lines import without_graph
from mreze.sortedlines import Buffer, line_at, line_before, skip_alike

_END: Final = b" .\n"


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that only one has."""

    triple: bytes
    """Its line up to the graph name."""
    is_old: bool
    old: int
    """Where the line starts in the old one, or would."""
    new: int
    """Where it starts in the new one, or would."""


def differences(old: Buffer, new: Buffer) -> Iterator[Difference]:
    """The statements that only one of two dumps has, in their order.

    Raises:
        ValueError: lines that differ are not sorted, or no lines of N-Quads.
    """
    before, after = _Side(old), _Side(new)
    while not (before.is_done and after.is_done):
        if before.triple == after.triple:
            alike = skip_alike(old, before.next, new, after.next)
            before.advance(alike)
            after.advance(alike)
            continue
        is_old = after.is_done or (not before.is_done and before.triple < after.triple)
        side = before if is_old else after
        yield Difference(side.triple, is_old, before.place, after.place)
        side.advance()


class _Side:
    """One dump, at a statement of it: the lines of a statement in several graphs are one."""

    def __init__(self, lines: Buffer) -> None:
        self._lines = lines
        self._last = b""
        self.place = 0
        """Where the statement starts."""
        self.next = 0
        """Where the next one does."""
        self.triple = b""
        """The line up to the graph name; empty at the end."""
        self.advance()

    @property
    def is_done(self) -> bool:
        return not self.triple

    def advance(self, skipped: int = 0) -> None:
        """Go to the next statement, past some bytes of lines that are in the other dump too."""
        done = self.triple
        if skipped:
            self.next += skipped
            self._last = line_before(self._lines, self.next)
            done = without_graph(self._last)
        self.place = self.next
        line = self._read()
        while line and without_graph(line) == done:  # lines of it in other graphs
            self.place = self.next
            line = self._read()
        self.triple = without_graph(line) if line else b""

    def _read(self) -> bytes:
        """The next line; what lies behind is looked at by whoever comes there."""
        line = line_at(self._lines, self.next)
        if line and (line <= self._last or not line.endswith(_END)):
            raise ValueError(f"{line!r} stands where it cannot")
        self.next += len(line)
        self._last = line
        return line
