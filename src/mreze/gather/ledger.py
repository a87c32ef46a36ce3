"""What was written for Wikidata already, data/links/sent.tsv: nothing is offered twice.

What somebody at Wikidata removed again is not put back: that it is missing there says no more than that it was never
sent. The table is read like that of the candidates; people may delete rows of it, programs only add.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Final

from mreze.errors import SiteError, UsageError
from mreze.gather import files
from mreze.gather.cells import join, split
from mreze.gather.quickstatements import Addition

PATH: Final = Path("data/links/sent.tsv")
"""Relative to the site's folder."""
_PAIRS: Final = "; "
Key = tuple[str, str, str, str, str]
"""Item, property, value, what of it, and of a qualifier its value."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A row; its fields are the columns, in this order, values as QuickStatements writes them."""

    item: str
    property: str
    value: str
    about: str
    """What of the statement: "value", "reference", or a qualifier's property."""
    qualifiers: str
    """P580 +2003-00-00T00:00:00Z/9; P582 …"""
    references: str
    """Addresses, with spaces between them."""
    day: str
    file: str
    """Where the commands were written, relative to the site's folder; its bare name where it is not in it."""


COLUMNS: Final = tuple(one.name for one in fields(Sent))


@dataclass(frozen=True, slots=True)
class Ledger:
    """All rows, in the order in which they were written."""

    rows: tuple[Sent, ...] = ()

    def since(self) -> Mapping[Key, str]:
        """The day on which each thing was sent first."""
        found: dict[Key, str] = {}
        for row in self.rows:
            for key in _keys(row):
                found[key] = min(row.day, found.get(key, row.day))
        return found

    def with_rows(self, more: Iterable[Sent]) -> Ledger:
        """The ledger with rows more; one that is there already is not repeated."""
        return Ledger(tuple(dict.fromkeys((*self.rows, *more))))

    def text(self) -> str:
        """What the file says."""
        return join([COLUMNS, *(astuple(row) for row in self.rows)])


def unsent(found: Iterable[Addition], ledger: Ledger) -> tuple[tuple[Addition, ...], tuple[str, ...]]:
    """What was not sent yet, and the days on which the rest was."""
    since = ledger.since()
    new: list[Addition] = []
    days: list[str] = []
    for one in found:
        key = _key(one)
        if key in since:
            days.append(since[key])
        else:
            new.append(one)
    return tuple(new), tuple(days)


def rows(found: Iterable[Addition], day: str, file: str) -> tuple[Sent, ...]:
    """What the ledger is to say of additions."""
    return tuple(
        Sent(
            *one.statement,
            one.about,
            _PAIRS.join(f"{name} {value}" for name, value in one.qualifiers),
            " ".join(url.strip('"') for url, _ in one.references),
            day,
            file,
        )
        for one in found
    )


def read_ledger(root: Path) -> Ledger:
    """The ledger of a site; an empty one where there is no file.

    Raises:
        SiteError: it is no such table.
    """
    path = root / PATH
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        raise SiteError(f"cannot be read: {error.strerror}.", path=path, remedy="Make it readable.") from error
    return parse_ledger(content, path)


def parse_ledger(content: bytes, path: Path = PATH) -> Ledger:
    """The ledger that a file holds; as `read_ledger`."""
    try:
        table = list(split(content.decode("utf-8")))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SiteError("is not UTF-8.", path=path, line=line, remedy="Save the table as UTF-8, with tabs.") from error
    line, header = table[0] if table else (1, [])
    if tuple(header) != COLUMNS:
        remedy = f"Let the first line name them, with tabs between them: {' '.join(COLUMNS)}"
        raise SiteError("the first line does not name the columns.", path=path, line=line, remedy=remedy)
    return Ledger(tuple(_row(*row, path) for row in table[1:]))


def _row(line: int, cells: list[str], path: Path) -> Sent:
    if len(cells) != len(COLUMNS):
        message = f"the row has {len(cells)} cells, the first line names {len(COLUMNS)} columns."
        remedy = "Put one tab between two cells, also where one is empty."
        raise SiteError(message, path=path, line=line, remedy=remedy)
    row = Sent(*cells)
    try:
        date.fromisoformat(row.day)
    except ValueError as error:
        raise SiteError(f"{row.day!r} is no day.", path=path, line=line, remedy="Write it as 2026-11-23.") from error
    return row


def write(root: Path, ledger: Ledger, out: Path | None = None, commands: str = "") -> None:
    """Write the ledger of a site and, if they go to a file, the commands: both or neither.

    Raises:
        UsageError: there is such a file, and it says something else.
        SiteError: one cannot be written; what was there still is.
    """
    if out is None:
        files.replace(root / PATH, ledger.text())
        return
    there = _there(out)
    if there is not None and there != commands.encode():
        raise UsageError(f"{out}: there is such a file. Name a new one: --out FILE")
    try:
        files.replace_all({out: commands, root / PATH: ledger.text()})
    except SiteError:
        if there is None:
            out.unlink(missing_ok=True)
        raise


def _there(out: Path) -> bytes | None:
    try:
        return out.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{out}: {error.strerror}. Name a file that can be written: --out FILE") from error


def _key(one: Addition) -> Key:
    qualifier = dict(one.qualifiers).get(one.about, "")
    return (*one.statement, one.about, qualifier)


def _keys(row: Sent) -> Iterator[Key]:
    """What is not to be offered again.

    A statement that was sent had its qualifiers and references; one to which something was added was there.
    """
    statement = (row.item, row.property, row.value)
    yield (*statement, "value", "")
    for pair in filter(None, row.qualifiers.split(_PAIRS)):
        name, _, value = pair.partition(" ")
        yield (*statement, name, value)
    if row.references:
        yield (*statement, "reference", "")
