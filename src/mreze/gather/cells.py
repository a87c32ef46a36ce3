"""Cells of tab-separated values, also where a spreadsheet wrote them.

A spreadsheet puts a cell in quotation marks if it holds a tab, a line end or a quotation mark, which is doubled
(https://www.rfc-editor.org/rfc/rfc4180#section-2). A person who writes a quotation mark means just that: a cell is
quoted only if its first mark has a last one, with nothing after it.

A spreadsheet works out what begins with = + - @ as a formula. A table for people is written with an apostrophe before
such a cell, which reading takes away (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from mreze.reading import BYTE_ORDER_MARK

_QUOTED: Final = re.compile(
    r'"((?:[^"\n]|"")*)"(?=\t|\n|\Z)'  # with tabs, on one line
    r'|"((?:[^"\t]|"")*)"(?=\t|\n|\Z)'  # on several lines, without tabs
)
_FORMULA: Final = re.compile(r"'*[=+\-@＝＋－＠]")  # a spreadsheet takes the wide forms, too
_GUARDED: Final = re.compile(r"'(?='*[=+\-@＝＋－＠])")
_UNSEEN: Final = re.compile(r"[\s\x00-\x1f\x7f\x85\u200b\u2028\u2029\ufeff]+")


def split(written: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table that are not empty, each with the number of its line; white space of cells is made plain."""
    text = written.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    place, line = 0, 1
    while place < len(text):
        cells, end = _row(text, place)
        if any(cells):
            yield line, cells
        line += text.count("\n", place, end)
        place = end


def _row(text: str, place: int) -> tuple[list[str], int]:
    """The cells of the row that begins at a place, and where the next one begins."""
    cells = []
    while True:
        cell, place = _cell(text, place)
        cells.append(plain(cell))
        if place >= len(text) or text[place] == "\n":
            return cells, place + 1
        place += 1


def _cell(text: str, place: int) -> tuple[str, int]:
    """What the cell at a place says, and where it ends."""
    if found := _QUOTED.match(text, place):
        return (found[1] or found[2] or "").replace('""', '"'), found.end()
    end = min(one for one in (text.find("\t", place), text.find("\n", place), len(text)) if one >= 0)
    return text[place:end], end


def plain(cell: str) -> str:
    """A cell on one line: tabs, line ends and what nobody sees become one space, none at its ends."""
    return _UNSEEN.sub(" ", cell).strip()


def join(rows: Sequence[Sequence[str]]) -> str:
    """The text of a table; only a cell that begins with a quotation mark is quoted."""
    return "".join("\t".join(_written(plain(cell)) for cell in row) + "\n" for row in rows)


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as text, also where it would be a formula."""
    line = plain(cell)
    return f"'{line}" if _FORMULA.match(line) else line


def unguarded(cell: str) -> str:
    """What a cell said before it was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _written(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if cell.startswith('"') else cell
