"""The table of candidates, data/links/candidates.tsv: programs add rows to it, people decide, nobody deletes.

It has a header; its columns are the fields of `Candidate`, and whatever else a person keeps in columns of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from mreze.gather import files
from mreze.gather.cells import guarded, join
from mreze.gather.identity import owner
from mreze.gather.model import Candidate, Decision

PATH: Final = Path("data/links/candidates.tsv")
"""Relative to the site's folder."""
COLUMNS: Final = tuple(one.name for one in fields(Candidate))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row."""

    candidate: Candidate
    further: tuple[str, ...] = ()
    """What stands in the columns of people's own."""
    line: int = field(default=0, compare=False)
    """Where it was read."""
    path: Path = field(default=PATH, compare=False)
    """Of the table, as the person names the site."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells one row from another: thing and candidate."""
        return self.candidate.thing, self.candidate.candidate

    @property
    def place(self) -> str:
        """File and line, for whoever looks for it."""
        return f"{self.path.as_posix()}:{self.line}"


@dataclass(frozen=True)
class Table:
    """All rows, sorted."""

    entries: tuple[Entry, ...] = ()
    further: tuple[str, ...] = ()
    """The names of the columns of people's own."""
    path: Path = field(default=PATH, compare=False)
    """Where it was read."""
    source: bytes | None = field(default=None, compare=False, repr=False)
    """What the file held; None where there is none."""

    @cached_property
    def by_key(self) -> dict[tuple[str, str], Entry]:
        """The rows by thing and candidate."""
        return {one.key: one for one in self.entries}

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What the rows say."""
        return tuple(one.candidate for one in self.entries)

    def with_candidates(self, changed: Iterable[Candidate]) -> Table:
        """The table with rows more, or in the place of those of the same thing and candidate."""
        entries = dict(self.by_key)
        for one in changed:
            old = entries.get((one.thing, one.candidate), Entry(one))
            entries[one.thing, one.candidate] = replace(old, candidate=one)
        return table(entries.values(), self.further, self.path)

    def with_found(self, found: Iterable[Candidate]) -> Table:
        """The table with what a search found: new rows, and what is known of open ones anew.

        A row that a person has decided stays as it is; of an open one the person's note and link do.
        """
        known = {key: one.candidate for key, one in self.by_key.items()}
        return self.with_candidates(_anew(known.get((one.thing, one.candidate)), one) for one in found)

    def text(self) -> str:
        """What the file says: sorted, the columns in their order, those of people's own behind them."""
        rows = [[*_cells(one.candidate), *map(guarded, one.further)] for one in self.entries]
        width = len(COLUMNS) + len(self.further)
        return join([[*COLUMNS, *map(guarded, self.further)], *([*row, *[""] * (width - len(row))] for row in rows)])


def table(entries: Iterable[Entry], further: tuple[str, ...] = (), path: Path = PATH) -> Table:
    """A table of rows in any order."""
    return Table(tuple(sorted(entries, key=_order)), further, path)


def write_table(root: Path, changed: Table, before: Table) -> bool:
    """Write the table of a site, whole or not at all, if it says something else than before; tell whether.

    Raises:
        SiteError: it cannot be written, or says something else than before by now; what was there still is.
    """
    if changed == before:
        return False
    files.replace_all({root / PATH: changed.text()}, {root / PATH: before.source})
    return True


def _order(entry: Entry) -> tuple[str, str, float, str]:
    one = entry.candidate
    return one.thing, owner(one.candidate), -one.score, one.candidate


def _anew(known: Candidate | None, found: Candidate) -> Candidate:
    if known is None:
        return found
    if known.decision is not Decision.OPEN:
        return known
    return replace(found, link=known.link or found.link, by=known.by, on=known.on, note=known.note or found.note)


def _cells(candidate: Candidate) -> list[str]:
    values = [getattr(candidate, name) for name in COLUMNS]
    return [_number(one) if isinstance(one, float | int) else guarded(one) for one in values]


def _number(score: float) -> str:
    return repr(float(score)).removesuffix(".0")
