r"""Tell what kind of SPARQL a text is, without parsing it: whether it changes data, whether its answer can be kept.

The engine parses; this only finds words that stand where a keyword can stand. Tokens:
https://www.w3.org/TR/sparql11-query/#sparqlGrammar. Reading takes time in proportion to the text, whatever it is: a
string that is not closed ends with its line, a long one with the text, and no part is looked at over and over.

Escapes such as `\u0053` are left alone: the engine knows them in strings and IRIs only, as SPARQL 1.2 has it
(https://www.w3.org/TR/sparql12-query/#codepointEscape), so no word can hide behind one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<reifier><<|\{\||~)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<long>\"\"\"(?:[^"\\]|\\.|\"{1,2}(?!"))*+(?:\"\"\")?|'''(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:''')?)
  | (?P<string>"(?:[^"\\\r\n]|\\[^\r\n])*+"?|'(?:[^'\\\r\n]|\\[^\r\n])*+'?)
  | (?P<variable>[?$]\w+)
  | (?P<prefixed>(?:[^\W\d_][\w.\-]*+)?:(?:[\w:%\-]|\\.|\.++(?=[\w:%\\\-]))*+)
  | (?P<word>[^\W\d_][\w.\-]*+)
  | (?P<language>@[A-Za-z][A-Za-z0-9\-]*)
  | (?P<open>\{)
  | (?P<close>\})
  | (?P<paren>\()
  | (?P<bracket>\[)
  | (?P<blank>_:[\w.\-]*)
  | (?P<mark>\^\^)
  | \\.
    """,
    re.VERBOSE | re.DOTALL,
)
_GLUE: Final = re.compile(r"[.\-]+")
_BEGINNING: Final = re.compile(
    r"""(?P<query>SELECT|ASK|CONSTRUCT|DESCRIBE)
  | (?:(?:INSERT|DELETE)(?:DATA|WHERE)?
      | (?:LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?:SILENT)?(?:DEFAULT|NAMED|ALL|GRAPH)?
      | WITH)\Z""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""What a query, or an update, begins with. The engine lets words stand together: `ASKFROM`, `INSERTDATA`."""
_UPDATE: Final = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
_CHANGING: Final = ("RAND", "NOW", "UUID", "BNODE")
_CALL: Final = re.compile(rf"(?:{'|'.join(_CHANGING)})(?:[ \t\r\n]|\#[^\r\n]*+)*+\(", re.IGNORECASE)
"""A function that gives something else each time; in a string or a comment it only means that nothing is kept."""
_MAKES_NODES: Final = frozenset({"blank", "bracket", "paren", "reifier"})


def is_update(query: str) -> bool:
    """Whether the text is an update rather than a query."""
    # Most queries have none of its words anywhere, and need not be read token by token.
    return _has_any(query, _UPDATE) and _beginning(query) == "UPDATE"


def form(query: str) -> str | None:
    """SELECT, ASK, CONSTRUCT or DESCRIBE, or None."""
    found = _beginning(query)
    return None if found == "UPDATE" else found


def tokens(query: str, start: int = 0) -> Iterator[tuple[str, str]]:
    """The tokens of a query and their kinds, without comments; what is none is passed over."""
    for match in _TOKEN.finditer(query, start):
        kind = match.lastgroup
        if kind == "word":
            for word in _GLUE.split(match.group()):
                if word:
                    yield kind, word
        elif kind is not None and kind != "comment":
            yield kind, match.group()


def places(query: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """The kinds of the tokens of a query, and where each begins and ends; words are not taken apart."""
    for match in _TOKEN.finditer(query, start):
        kind = match.lastgroup
        if kind is not None and kind != "comment":
            yield kind, match.start(), match.end()


def has_word(query: str, keyword: str) -> bool:
    """Whether a keyword, in capitals, stands in the query: alone or, as the engine has it, glued to another word."""
    return any(kind == "word" and keyword in token.upper() for kind, token in tokens(query))


def differs_each_time(query: str) -> bool:
    """Whether the same query may give other answers from the same data: chance, time, new blank nodes."""
    if _has_any(query, _CHANGING) and _CALL.search(query):
        return True
    return _has_any(query, ("CONSTRUCT",)) and _constructs_nodes(query)


def _constructs_nodes(query: str) -> bool:
    """Whether the template of a CONSTRUCT query has blank nodes, which are new ones each time."""
    if form(query) != "CONSTRUCT":
        return False
    for kind, _ in tokens(query):
        if kind in _MAKES_NODES:
            return True
        if kind == "close":
            return False
    return False


def _has_any(query: str, words: Iterable[str]) -> bool:
    upper = query.upper()
    for word in words:  # noqa: SIM110 - on the way of every query, and twice as fast as any()
        if word in upper:
            return True
    return False


def _beginning(query: str) -> str | None:
    """The word that tells the form of a query, UPDATE for an update."""
    for kind, token in tokens(query):
        if kind == "word" and (found := _BEGINNING.match(token)):
            return found["query"].upper() if found["query"] else "UPDATE"
    return None
