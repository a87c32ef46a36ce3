"""What the columns of a saved query are called, and what their values stand for, where people look at them.

    #+ columns@en: ?organization network, ?country country, ?certainty certainty
    #+ columns@sr-cyrl: ?organization мрежа, ?country држава, ?certainty извесност
    #+ labels: ?organization_label of ?organization, ?country of schema:Country, ?certainty of ex:Certainty
    #+ words@sr-cyrl: "none" нема

Pages only: results for programs keep the names of the variables and the values as they are. Serbian in Latin script is
transliterated where nobody wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mreze.datablocks import resolve
from mreze.errors import SiteError
from mreze.headers import Header
from mreze.texts import Text
from mreze.transliteration import to_latin

HEADS, LABELS, WORDS = "columns", "labels", "words"
_BETWEEN: Final = re.compile(r'\s*,\s*(?=[?$"])')
_FORMS: Final = {
    HEADS: (re.compile(r"[?$](\w+)\s+(\S.*)"), "Write `?variable what it is called, ?other what that is called`."),
    LABELS: (re.compile(r"[?$](\w+)\s+of\s+(\S+)"), "Write `?variable of ?other`, or `?variable of prefix:Class`."),
    WORDS: (re.compile(r'"([^"]+)"\s+(\S.*)'), 'Write `"value" what it means, "other" what that means`.'),
}


@dataclass(frozen=True, slots=True)
class Columns:
    """What a query says of its columns; nothing where its header does not."""

    heads: Mapping[str, Text] = field(default_factory=dict)
    """What a variable is called."""
    named: Mapping[str, str] = field(default_factory=dict)
    """The variable, with its `?`, whose things the values of a variable are names of; or the class (IRI) of them."""
    words: Mapping[str, Text] = field(default_factory=dict)
    """What a value is called that is no more than a word of the query."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Where a variable is first spoken of."""

    def unknown(self, given: Iterable[str]) -> list[str]:
        """The variables that are spoken of and are none of those that the query gives."""
        known = set(given)
        return [one for one in self.lines if one not in known]


def read_columns(query: str, headers: Sequence[Header], path: Path) -> Columns:
    """What the header of a query says of its columns.

    Raises:
        SiteError: an entry is not understood, stands twice, or names a class by an unknown prefix.
    """
    heads: dict[str, dict[str, str]] = {}
    words: dict[str, dict[str, str]] = {}
    named: dict[str, str] = {}
    lines: dict[str, int] = {}
    for one in headers:
        for name, value in _entries(one, path):
            if one.key == LABELS:
                named[name] = _target(query, value, one, path)
            else:
                (words if one.key == WORDS else heads).setdefault(name, {})[one.language or "en"] = value
            if one.key != WORDS:
                lines.setdefault(name, one.line)
            if one.key == LABELS and value.startswith(("?", "$")):
                lines.setdefault(value[1:], one.line)
    return Columns(_whole(heads), named, _whole(words), lines)


def _entries(header: Header, path: Path) -> Iterator[tuple[str, str]]:
    if header.key not in _FORMS:
        return
    form, remedy = _FORMS[header.key]
    seen: set[str] = set()
    for entry in _BETWEEN.split(header.value):
        match = form.fullmatch(entry)
        if match is None:
            raise SiteError(f"{header.key}: {entry!r} is not understood.", path=path, line=header.line, remedy=remedy)
        if match[1] in seen:
            raise SiteError(
                f"{header.key}: {match[1]!r} stands there twice.", path=path, line=header.line, remedy="Keep one."
            )
        seen.add(match[1])
        yield match[1], match[2]


def _target(query: str, value: str, header: Header, path: Path) -> str:
    """A variable as it is, a class as its IRI."""
    if value.startswith(("?", "$")):
        return f"?{value[1:]}"
    found = resolve(query, value)
    if found is None:
        remedy = "Write a class whose prefix the query declares, or `?variable`."
        raise SiteError(f"labels: {value!r} is no class.", path=path, line=header.line, remedy=remedy)
    return found.value


def _whole(texts: Mapping[str, Text]) -> dict[str, Text]:
    return {
        name: {"sr-latn": to_latin(said["sr-cyrl"]), **said} if "sr-cyrl" in said else said
        for name, said in texts.items()
    }
