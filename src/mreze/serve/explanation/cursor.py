"""The tokens of a query, read from left to right in proportion to its length: what is not closed ends with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

END: Final = "end"
_OPENING: Final = {"(": ")", "[": "]", "{": "}"}
_TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+|\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
  | (?P<string>\"\"\"(?:[^"\\]|\\.|\"{1,2}(?!"))*+(?:\"\"\")?|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*+(?:'{3})?
      |"(?:[^"\\\r\n]|\\[^\r\n])*+"?|'(?:[^'\\\r\n]|\\[^\r\n])*+'?)
  | (?P<variable>[?$]\w+)
  | (?P<blank>_:\w(?:[\w.-]*[\w-])?)
  | (?P<prefixed>(?:[^\W\d_][\w.\-]*+)?:(?:[\w:%-]|\\.|\.++(?=[\w:%\\-]))*+)
  | (?P<language>@[A-Za-z][A-Za-z0-9-]*)
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<word>[A-Za-z]\w*)
  | (?P<mark>\^\^|&&|\|\||!=|<=|>=|.)
    """,
    re.VERBOSE | re.DOTALL,
)


class NotUnderstood(Exception):
    """The query says something that is not read here."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token and where it stands."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def upper(self) -> str:
        """A keyword as the grammar writes it; anything else as it is."""
        return self.text.upper() if self.kind == "word" else self.text


def scan(query: str) -> Iterator[Token]:
    """The tokens of a query, without spaces and comments."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup is not None and match.lastgroup != "space":
            yield Token(match.lastgroup, match.group(), match.start(), match.end())


class Cursor:
    """A place among the tokens of a query."""

    def __init__(self, query: str) -> None:
        self.text = query
        self.tokens = [*scan(query), Token(END, "", len(query), len(query))]
        self.at = 0

    @property
    def token(self) -> Token:
        """What stands here."""
        return self.tokens[self.at]

    def take(self, text: str | None = None) -> Token:
        """What stands here, which is then passed over; if a text is given, it must be that."""
        token = self.token
        if token.kind == END or (text is not None and token.upper != text):
            raise NotUnderstood(token.text)
        self.at += 1
        return token

    def passes(self, text: str) -> bool:
        """Whether this stands here; then it is passed over."""
        if self.token.kind == END or self.token.upper != text:
            return False
        self.at += 1
        return True

    def skip(self) -> None:
        """Pass over what an opening bracket begins, up to the bracket that closes it."""
        closing = _OPENING[self.take().text]
        while not self.passes(closing):
            if self.token.text in _OPENING:
                self.skip()
            else:
                self.take()

    def since(self, place: int) -> str:
        """The text from a place in the query to the token before this one."""
        return self.text[place : self.tokens[self.at - 1].end]
