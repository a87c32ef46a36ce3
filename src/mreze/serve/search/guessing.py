"""What someone may have looked for at an address where nothing is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlencode

from mreze.formats import DOCUMENTS
from mreze.serve.pages import Reader

_LONGEST: Final = 100
_EXTENSIONS: Final = tuple(f".{one.extension}" for one in DOCUMENTS)
_BETWEEN: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A search to offer."""

    text: str
    query: str
    """Of the address of its results."""


def guess(reader: Reader) -> Guess | None:
    """The words in the last part of the path; None where it has none."""
    last = unquote(reader.request.path).rstrip("/").rpartition("/")[2]
    for one in _EXTENSIONS:
        last = last.removesuffix(one)
    text = _BETWEEN.sub(" ", last.replace("\ufffd", " ")).strip()[:_LONGEST]
    return Guess(text, urlencode({"q": text, **reader.carried})) if text else None
