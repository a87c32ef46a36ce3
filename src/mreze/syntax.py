"""What is wrong with a query, as a person wants to be told: where, near which words, and what could stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_ERROR: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_EXPECTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^,"\[]+')
_KEYWORD: Final = re.compile(r"[A-Z]+|\"[^\w\s]{1,2}\"")
_MOST: Final = 6
_BEFORE, _AFTER = 24, 12


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a query."""

    message: str
    line: int | None = None
    column: int | None = None

    @property
    def place(self) -> dict[str, int]:
        """Where it is, counted from 1, columns in characters; empty if the engine does not say."""
        return {} if self.line is None or self.column is None else {"line": self.line, "column": self.column}

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.message}" if self.line else self.message


def explain(error: Exception, query: str) -> Mistake:
    """Read what the engine says of a query that it refuses.

    Args:
        error: what it raised.
        query: the text that it was given.
    """
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    match = _ERROR.match(said)
    if match is None:
        return Mistake(" ".join(said.split()))
    line, column = int(match[1]), int(match[2])
    expected = [one.strip() for one in _EXPECTED.findall(match[3]) if one.strip()]
    sentences = [one for one in expected if " " in one and one[0] not in '"[']
    keywords = [one.strip('"') for one in expected if _KEYWORD.fullmatch(one)]
    hint = f"; expected {' or '.join(keywords)}" if 0 < len(keywords) <= _MOST and not sentences else ""
    what = "; ".join(sentences) or "this is not understood"
    return Mistake(f"{what}, {_near(query, line, column)}{hint}", line, column)


def _near(query: str, line: int, column: int) -> str:
    """The words around a place: the engine names it now before, now after the word that it stumbled over."""
    lines = query.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    excerpt = " ".join(written[max(0, column - _BEFORE) : column + _AFTER].split())
    return f"near “{excerpt}”" if excerpt else "where the query ends"
