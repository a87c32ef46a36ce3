"""Write the index of what of a release can be found by name, in portions that several processes write.

Portions of the index of the release before are taken over as they are, where no entry of theirs is another now.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from heapq import merge
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Final

from pyoxigraph import Triple

from mreze.build.contents import Contents
from mreze.build.entries import Things, read_hierarchy
from mreze.build.inputs import engine_digest
from mreze.build.outdated import outdated
from mreze.build.workers import Workers
from mreze.matching.model import Entry
from mreze.matching.portions import (
    Made,
    Portion,
    is_whole,
    keep_portion,
    put_together,
    read_made,
    read_portion,
    write_portion,
)
from mreze.release import Release
from mreze.sortedlines import Buffer, find_line, line_at, open_lines
from mreze.spans import Span

INDEX: Final = "index"
"""The folder's name in a release."""
WHOLE: Final = "dumps/all.nq"
"""All that is said, as sorted N-Quads."""
_PORTIONS: Final = 16
"""How many there are, about: each question is asked of every one."""
_SMALLEST, _LARGEST = 1 << 22, 1 << 26
"""Bytes of lines for a portion: of less it is not worth to begin one; of more tantivy would make several."""


@dataclass(frozen=True, slots=True)
class Section:
    """Some of the lines, and the portion of an index that they make."""

    first: str
    start: int
    end: int
    old: Portion | None = None
    """The portion that an index has of these subjects."""
    others: tuple[bytes, ...] = ()
    """Those subjects, sorted, whose entries may be others than in that."""

    @property
    def is_kept(self) -> bool:
        """Whether the portion stays as it is."""
        return self.old is not None and not self.others


@dataclass(frozen=True, slots=True)
class _Task:
    """A portion to write, in whichever process."""

    folder: Path
    old: Path | None
    """The folder of the index that is continued."""
    whole: Path
    base: str
    hierarchy: frozenset[Triple]
    section: Section

    def write(self) -> Portion:
        section = self.section
        if section.is_kept and section.old and self.old and keep_portion(self.old, self.folder, section.old):
            return section.old
        with open_lines(self.whole) as lines:
            things = Things(self.base, lines, self.hierarchy)
            if section.others and section.old and self.old and is_whole(self.old, section.old):
                return write_portion(self.folder, _mended(self.old, section.old, section.others, things), section.first)
            own = Span(self.whole, section.start, section.end - section.start)
            return write_portion(self.folder, things.entries(own.lines()), section.first)


def _mended(folder: Path, old: Portion, others: Sequence[bytes], things: Things) -> Iterator[Entry | bytes]:
    """What a portion has, with other entries of some subjects."""
    gone = set(others)
    kept = ((one, content) for iri, content in read_portion(folder, old) if (one := f"<{iri}>".encode()) not in gone)
    new = ((f"<{one.iri}>".encode(), one) for one in things.entries_of(others))
    both: Iterator[tuple[bytes, Entry | bytes]] = merge(kept, new, key=itemgetter(0))
    return (thing for _, thing in both)


@dataclass(frozen=True, slots=True)
class Making:
    """An index whose portions are being written."""

    folder: Path
    base: str
    prefixes: Mapping[str, str]
    maker: str
    portions: tuple[Future[Portion], ...]

    def finish(self) -> int:
        """Put the index together once all portions are there; return how many things can be found."""
        portions = [one.result() for one in self.portions]
        return put_together(self.folder, portions, self.base, self.prefixes, self.maker)


def start_names(release: Path, contents: Contents, previous: Release | None, hands: Workers) -> Making:
    """Begin to write the index of a release, beside what else is done.

    Args:
        release: its folder; the dumps are there.
        contents: what it holds.
        previous: the release before.
        hands: who writes.
    """
    folder, whole, base = release / INDEX, release / WHOLE, contents.site.base + "id/"
    folder.mkdir(parents=True)
    maker = engine_digest()
    with open_lines(whole) as lines:
        hierarchy = read_hierarchy(lines)
        made = _made(previous, base, maker)
        sections = plan(lines, made, _outdated(previous, lines, hierarchy) if made else None)
    old = previous.root / INDEX if previous is not None else None
    tasks = [_Task(folder, old, whole, base, hierarchy, one) for one in sections]
    return Making(folder, base, contents.prefixes, maker, tuple(hands.start(_Task.write, one) for one in tasks))


def plan(lines: Buffer, made: Made | None = None, others: frozenset[bytes] | None = None) -> list[Section]:
    """What to make of lines: the portions that are there, and the sections of lines for those that are to be written.

    Args:
        lines: all that is said: N-Quads, sorted.
        made: an index of what was said, if there is one.
        others: the subjects whose entries may be others than there, as N-Quads writes them; None where any may.
    """
    size = min(max(len(lines) // _PORTIONS, _SMALLEST), _LARGEST)
    whole = [Section(*one) for one in _cut(lines, "", 0, len(lines), size)]
    if made is None or others is None or not made.portions:
        return whole
    firsts = [one.first.encode() for one in made.portions]
    starts = [0, *(find_line(lines, one) for one in firsts[1:]), len(lines)]
    stale: dict[int, list[bytes]] = {}
    for one in sorted(others, key=_before_others):
        stale.setdefault(bisect_right(firsts, _before_others(one)) - 1, []).append(one)
    found: list[Section] = []
    for number, (portion, (start, end)) in enumerate(zip(made.portions, pairwise(starts), strict=True)):
        if number in stale and end - start > 2 * size:
            found += [Section(*one) for one in _cut(lines, portion.first, start, end, size)]
        else:
            found.append(Section(portion.first, start, end, portion, tuple(stale.get(number, ()))))
    return found if len(found) <= 2 * len(whole) else whole


def _before_others(subject: bytes) -> bytes:
    """What the lines of a subject are before those of others by."""
    return subject + b" "


def _cut(lines: Buffer, first: str, start: int, end: int, size: int) -> Iterator[tuple[str, int, int]]:
    """Sections of about so many bytes of lines, each with all lines of its subjects; at least one."""
    while end - start > size + size // 2:
        # What follows the space behind a subject is never less than this.
        behind = line_at(lines, _line_of(lines, start + size)).partition(b" ")[0] + b"!"
        cut = find_line(lines, behind, start)
        if not start < cut < end:
            break
        yield first, start, cut
        first, start = line_at(lines, cut).partition(b" ")[0].decode() + " ", cut
    yield first, start, end


def _line_of(lines: Buffer, place: int) -> int:
    return lines.rfind(b"\n", 0, place) + 1


def _made(previous: Release | None, base: str, maker: str) -> Made | None:
    """The index of the release before, where this mreze would make the same of the same."""
    made = read_made(previous.root / INDEX) if previous is not None else None
    return made if made is not None and (made.maker, made.base) == (maker, base) else None


def _outdated(previous: Release | None, lines: Buffer, hierarchy: frozenset[Triple]) -> frozenset[bytes] | None:
    """The subjects whose entries may be others than in the release before; None where any may."""
    if previous is None:
        return None
    try:
        with open_lines(previous.root / WHOLE) as before:
            return outdated(before, lines, hierarchy)
    except (OSError, ValueError):  # it is damaged, and nothing is lost but time
        return None
