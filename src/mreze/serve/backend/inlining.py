"""Rows that stand after a query, put into its pattern: Virtuoso 7 loses them where they bring a variable of their own.

SPARQL 1.1 Query, 18.2.4.3: they are joined with what the pattern finds, after it is grouped and before it is ordered.
So they may as well be joined within the braces, unless something is counted.
"""

from __future__ import annotations

import re
from typing import Final

from mreze.serve import lexer

_VALUES: Final = re.compile(r"VALUES\Z", re.IGNORECASE)
_GROUPING: Final = re.compile(r"GROUP|HAVING|COUNT|SUM|MIN|MAX|AVG|SAMPLE", re.IGNORECASE)


def inline(query: str) -> str:
    """The query with the rows that follow it in its pattern, where that says the same."""
    braces: list[tuple[int, int]] = []
    opened, rows, before = list[int](), -1, 0
    for kind, start, end in lexer.places(query):
        if kind == "open":
            opened.append(start)
        elif kind == "close" and opened:
            since = opened.pop()
            braces += [] if opened else [(since, end)]
        elif kind == "word" and not opened and _GROUPING.search(query, start, end):
            return query
        elif kind == "word" and not opened and _VALUES.match(query, start, end):
            rows, before = start, len(braces)
    first = 2 if lexer.form(query) == "CONSTRUCT" else 1  # a template comes first; in the short form the pattern is one
    if rows < 0 or before < first or len(braces) != before + 1:
        return query
    (start, end), (_, last) = braces[-2:]
    return f"{query[:start]}{{{query[start:end]} {query[rows:last]}}}{query[end:rows]}{query[last:]}"
