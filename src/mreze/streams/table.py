"""Write statements as a table: CSV, a row for each quad (https://www.rfc-editor.org/rfc/rfc4180)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from mreze.namespaces import term
from mreze.streams.literals import split, unescape

COLUMNS: Final = ("graph", "subject", "predicate", "object", "datatype", "language")
_KEPT: Final = 1 << 16
"""Cells that are remembered."""
_SPECIAL: Final = re.compile('[,"\r\n]')
_STRING, _TAGGED = term("xsd:string").value, term("rdf:langString").value
_DIRECTED: Final = term("rdf:dirLangString").value


HEAD: Final = ",".join(COLUMNS) + "\r\n"


def rows(quads: Iterable[str]) -> Iterator[str]:
    """The rows of the table, in the order of the lines.

    Args:
        quads: lines of N-Quads, each with a graph.
    """
    cell, kind = lru_cache(_KEPT)(_cell), lru_cache(_KEPT)(_kind)
    for line in quads:
        subject, predicate, rest = line.split(" ", 2)
        value, graph = rest[:-3].rsplit(" ", 1)
        if value[0] == '"':
            text, more = split(value)
            yield f"{cell(graph)},{cell(subject)},{cell(predicate)},{_quoted(unescape(text[1:-1]))},{kind(more)}\r\n"
        else:
            yield f"{cell(graph)},{cell(subject)},{cell(predicate)},{cell(value)},,\r\n"


def _kind(more: str) -> str:
    """The datatype and the language of a literal, by what follows its text."""
    if more.startswith("^^"):
        return f"{_quoted(more[3:-1])},"
    language, _, direction = more[1:].partition("--")
    return f"{_DIRECTED if direction else _TAGGED if language else _STRING},{language}"


def _cell(node: str) -> str:
    return _quoted(node[1:-1] if node[0] == "<" and node[1] != "<" else node)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text
