"""Code that a guide shows, filled in with what there is here; the tests take it from the pages and run it."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from string import Template
from typing import Final

LANGUAGES: Final = {"sh": "curl", "python": "Python", "javascript": "JavaScript", "sparql": "SPARQL", "text": ""}
"""What readers call the languages that samples are in."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of code."""

    language: str
    """A key of `LANGUAGES`."""
    code: str

    @property
    def called(self) -> str:
        """The language, for people."""
        return LANGUAGES[self.language]


def fill(language: str, code: str, **values: str) -> Sample:
    """A sample with what stands for `$name` in it; values are quoted already, where the language wants that."""
    return Sample(language, Template(code).substitute(values))


def literal(value: str) -> str:
    """A text as Python and JavaScript both write it."""
    return json.dumps(value, ensure_ascii=False)


def listing(values: Sequence[str]) -> str:
    """Texts as both write a list of them, a line for each."""
    return "[\n" + "".join(f"  {literal(one)},\n" for one in values) + "]"


def word(text: str) -> str:
    """A text as one word of a shell."""
    return shlex.quote(text)
