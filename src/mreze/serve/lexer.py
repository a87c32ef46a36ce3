"""Tell what kind of SPARQL a text is, without parsing it: whether it asks other servers, whether it changes data.

The engine parses; this only finds words that stand where a keyword can stand. Tokens:
https://www.w3.org/TR/sparql11-query/#sparqlGrammar
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<long>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*''')
  | (?P<string>"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<prefixed>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%.-]|\\.)*)
  | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<word>[A-Za-z]\w*)
  | (?P<brace>\{)
  | (?P<paren>\()
  | (?P<mark>\^\^)
    """,
    re.VERBOSE | re.DOTALL,
)
_CHANGING: Final = frozenset({"RAND", "NOW", "UUID", "STRUUID", "BNODE"})
_QUERY: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATE: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})


def asks_others(query: str) -> bool:
    """Whether the query has a SERVICE clause."""
    return _may_have(query, ("SERVICE",)) and any(word == "SERVICE" for word in _words(query))


def is_update(query: str) -> bool:
    """Whether the text is an update rather than a query."""
    if not _may_have(query, _UPDATE):
        return False
    return next((word in _UPDATE for word in _words(query) if word in _QUERY | _UPDATE), False)


def form(query: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE, or None."""
    return next((word for word in _words(query) if word in _QUERY), None)


def tokens(query: str) -> Iterator[tuple[str, str]]:
    """The tokens of a query and their kinds, without comments; what is none is passed over."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup is not None and match.lastgroup != "comment":
            yield match.lastgroup, match.group()


def differs_each_time(query: str) -> bool:
    """Whether the same query may give other answers from the same data: chance, time, new blank nodes."""
    if ("_:" in query or "[" in query) and form(query) == "CONSTRUCT":
        return True
    return _may_have(query, _CHANGING) and bool(_CHANGING & set(_words(query)))


def _may_have(query: str, words: Iterable[str]) -> bool:
    """Whether one of the words is in there at all: most queries have none, and need not be read token by token."""
    upper = query.upper()
    for word in words:  # noqa: SIM110 - on the way of every query, and twice as fast as any()
        if word in upper:
            return True
    return False


def _words(query: str) -> Iterator[str]:
    for match in _TOKEN.finditer(query):
        if match.lastgroup == "word":
            yield match.group().upper()
