"""Read the table of candidates: every mistake in it is told at once, with its line and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from mreze.errors import SiteError
from mreze.gather.cells import split, unguarded
from mreze.gather.identity import candidate_iri, thing_iri
from mreze.gather.linking import LINKS
from mreze.gather.model import Candidate, Decision
from mreze.gather.table import COLUMNS, PATH, Entry, Table, table
from mreze.gather.table_conflicts import conflicts

_NAMING: Final = ("thing", "candidate")
_DECIDING: Final = ("link", "decision", "by", "on")
"""Columns without which what people decided would be forgotten, and what they rejected offered again."""
_FILLED: Final = ("thing", "candidate", "score", "why")
"""Columns that a program fills always; what stands behind them an editor may have cut off with the tabs."""
_NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)?(?:[eE]-?[0-9]+)?")
_MOST: Final = 100.0
Mistake = tuple[int, str]
"""A line, and what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class _Header:
    """The first line: the columns by their names."""

    names: tuple[str, ...]

    @property
    def further(self) -> tuple[str, ...]:
        return tuple(one for one in self.names if one not in COLUMNS)

    @property
    def least(self) -> int:
        """How many cells a row has at least."""
        return max(number for number, name in enumerate(self.names, 1) if name in _FILLED)


def read_table(root: Path, base: str) -> Table:
    """The table of a site; an empty one where there is no file.

    Args:
        root: the site's folder.
        base: the site's base IRI, which ids of things are relative to.

    Raises:
        SiteError: it is no such table; tells all that is wrong.
    """
    path = root / PATH
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Table(path=path)
    except OSError as error:
        raise SiteError(f"cannot be read: {error.strerror}.", path=path, remedy="Make it readable.") from error
    return parse_table(content, base, path)


def parse_table(content: bytes, base: str, path: Path = PATH) -> Table:
    """The table that a file holds; as `read_table`."""
    rows = _rows(content, path)
    header = _header(rows, path)
    mistakes: list[Mistake] = []
    entries = [replace(one, path=path) for row in rows[1:] if (one := _entry(*row, header, base, mistakes))]
    mistakes += conflicts(entries)
    if mistakes:
        raise _all(mistakes, path)
    return replace(table(entries, header.further, path), source=content)


def _rows(content: bytes, path: Path) -> Sequence[tuple[int, list[str]]]:
    try:
        return [(line, list(map(unguarded, cells))) for line, cells in split(content.decode("utf-8"))]
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = f"byte 0x{content[error.start]:02X} is not UTF-8."
        raise SiteError(message, path=path, line=line, remedy="Save the table as UTF-8, with tabs.") from error


def _all(mistakes: Iterable[Mistake], path: Path) -> SiteError:
    """One error that tells all."""
    told = [f"{path.as_posix()}:{line}: {message}" for line, message in sorted(mistakes)]
    if len(told) == 1:
        return SiteError(told[0])
    return SiteError("\n".join([f"{path.as_posix()}: {len(told)} mistakes; nothing was changed.", *told]))


def _header(rows: Sequence[tuple[int, list[str]]], path: Path) -> _Header:
    line, cells = rows[0] if rows else (1, [])
    width = max((len(_trimmed(cells)) for _, cells in rows), default=0)
    names = tuple(one.casefold() if one.casefold() in COLUMNS else one for one in cells[:width])
    names = tuple(_trimmed(names)) or names
    if missing := [one for one in (*_NAMING, *_DECIDING) if one not in names]:
        message = f"the first line names no column {', '.join(missing)}."
        raise SiteError(message, path=path, line=line, remedy=_remedy(missing))
    if twice := sorted({one for one in names if names.count(one) > 1}):
        what = "a column without a name" if twice == [""] else f"the column {twice[0]!r} twice"
        raise SiteError(f"the first line has {what}.", path=path, line=line, remedy="Rename one of them.")
    return _Header(names)


def _remedy(missing: Collection[str]) -> str:
    named = f"Let the first line name the columns, with tabs between them: {' '.join(COLUMNS)}"
    if not set(_NAMING).isdisjoint(missing):
        return named
    return f"Without it nobody knows what was decided: take the table back from git, where it was lost. {named}"


def _trimmed(cells: Sequence[str]) -> list[str]:
    """The cells without empty ones at the end, which spreadsheets add."""
    count = max((number for number, one in enumerate(cells, 1) if one), default=0)
    return list(cells[:count])


def _entry(line: int, cells: list[str], header: _Header, base: str, mistakes: list[Mistake]) -> Entry | None:
    filled = _trimmed(cells)
    width = len(header.names)
    if len(filled) > width or len(cells) < header.least:
        count = max(len(filled), min(len(cells), width))
        remedy = "Put one tab between two cells, also where one is empty."
        mistakes.append((line, f"the row has {count} cells, the first line names {width} columns. {remedy}"))
        return None
    named = dict(zip(header.names, [*filled, *[""] * (width - len(filled))], strict=True))
    wrong = list(_wrong(named, base))
    mistakes += [(line, one) for one in wrong]
    return None if wrong else Entry(_candidate(named, base), tuple(named[one] for one in header.further), line)


def _wrong(cells: Mapping[str, str], base: str) -> Iterator[str]:
    """What is wrong with the cells of a row."""
    thing, candidate = cells["thing"], cells["candidate"]
    if not _reads(lambda: thing_iri(thing, base)):
        yield f"thing {thing!r} is neither an IRI nor an id. Write it as KIND/SLUG or as <{base}id/KIND/SLUG>."
    if not _reads(lambda: candidate_iri(candidate)):
        yield (
            f"candidate {candidate!r} is no IRI of something elsewhere. Write it whole, or an item of Wikidata as Q…: "
            "http://www.wikidata.org/entity/Q…, https://sws.geonames.org/…/"
        )
    score = cells.get("score", "")
    if score and _score(score) is None:
        yield f"score {score!r} is no number from 0 to 100. Write one with a point: 87.5"
    yield from _wrong_words(cells)


def _wrong_words(cells: Mapping[str, str]) -> Iterator[str]:
    decision, link, day = cells.get("decision", ""), cells.get("link", ""), cells.get("on", "")
    if decision.casefold() not in set(Decision):
        yield f"decision {decision!r} is none. Write accepted or rejected, or leave it empty."
    if link not in {"", *LINKS}:
        yield f"link {link!r} is none. Write {', '.join(LINKS)}, or leave it empty."
    if day and not _reads(lambda: _day(day)):
        yield f"on {day!r} is no date. Write it as YYYY-MM-DD."


def _reads(read: Callable[[], object]) -> bool:
    try:
        read()
    except ValueError:
        return False
    return True


def _day(written: str) -> date:
    if len(written) != len("2026-11-27"):
        raise ValueError(written)
    return date.fromisoformat(written)


def _score(written: str) -> float | None:
    """The number; a comma stands for a point, as spreadsheets write it in some countries."""
    number = float(written.replace(",", ".")) if _NUMBER.fullmatch(written) else -1.0
    return number if 0 <= number <= _MOST else None


def _candidate(cells: Mapping[str, str], base: str) -> Candidate:
    texts = {name: cells.get(name, "") for name in ("why", "name", "description", "link", "by", "on", "note")}
    return Candidate(
        thing_iri(cells["thing"], base),
        candidate_iri(cells["candidate"]),
        _score(cells.get("score", "")) or 0.0,
        decision=Decision(cells.get("decision", "").casefold()),
        **texts,
    )
