"""Texts as N-Triples escapes them (https://www.w3.org/TR/n-triples/#grammar-production-STRING_LITERAL_QUOTE)."""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def unescape(text: str) -> str:
    """The text that is meant."""
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _LETTERS.get(match[3], match[3])


def split(value: str) -> tuple[str, str]:
    """A literal as its text in quotes, and what follows: `@en`, `^^<datatype>`, or nothing."""
    cut = value.rindex('"') + 1
    return value[:cut], value[cut:]
