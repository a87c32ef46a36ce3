"""Write statements as a table: CSV, a row for each quad (https://www.rfc-editor.org/rfc/rfc4180)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import StringIO
from itertools import islice
from typing import Final

from mreze.namespaces import term
from mreze.streams.literals import split, unescape

COLUMNS: Final = ("graph", "subject", "predicate", "object", "datatype", "language")
_KEPT: Final = 1 << 16
"""Cells that are remembered."""
_ROWS: Final = 1024
"""Rows that are written at a time."""
_STRING, _TAGGED = term("xsd:string").value, term("rdf:langString").value
_DIRECTED: Final = term("rdf:dirLangString").value


def table(quads: Iterable[str]) -> Iterator[str]:
    """The table, some rows at a time, in the order of the lines.

    Args:
        quads: lines of N-Quads, each with a graph.
    """
    rows = _rows(quads)
    some: list[tuple[str, ...]] = [COLUMNS]
    while some:
        output = StringIO(newline="")
        csv.writer(output).writerows(some)  # lines end with CRLF
        yield output.getvalue()
        some = list(islice(rows, _ROWS))


def _rows(quads: Iterable[str]) -> Iterator[tuple[str, ...]]:
    cell, kind = lru_cache(_KEPT)(_cell), lru_cache(_KEPT)(_kind)
    for line in quads:
        subject, predicate, rest = line.split(" ", 2)
        value, graph = rest[:-3].rsplit(" ", 1)
        if value[0] == '"':
            text, more = split(value)
            datatype, language = kind(more)
            yield cell(graph), cell(subject), cell(predicate), unescape(text[1:-1]), datatype, language
        else:
            yield cell(graph), cell(subject), cell(predicate), cell(value), "", ""


def _kind(more: str) -> tuple[str, str]:
    """The datatype and the language of a literal, by what follows its text."""
    if more.startswith("^^"):
        return more[3:-1], ""
    language, _, direction = more[1:].partition("--")
    return _DIRECTED if direction else _TAGGED if language else _STRING, language


def _cell(node: str) -> str:
    return node[1:-1] if node[0] == "<" and node[1] != "<" else node
