"""The `#+` lines of a saved query.

A line is `#+ key: value` or, for a text in a language, `#+ key@language: value`; a line on a parameter names its
variable, `#+ parameter ?year: …`. Texts without a language count as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mreze.errors import SiteError
from mreze.texts import Text

_LINE: Final = re.compile(
    r"#\+\s*(?P<key>[a-z-]+)(?:\s+[?$](?P<variable>\w+))?(?:@(?P<language>[A-Za-z0-9-]+))?\s*:\s*(?P<value>.*?)\s*\Z"
)
PARAMETER: Final = "parameter"
_TEXTS: Final = frozenset({"summary", "description", "remedy", "columns", "words"})
_KEYS: Final = _TEXTS | {"labels", "picture", "property", "severity", "see", "rows"}


@dataclass(frozen=True, slots=True)
class Header:
    """One line."""

    key: str
    variable: str | None
    language: str | None
    value: str
    line: int


def read_headers(text: str, path: Path) -> list[Header]:
    """The header lines of a query.

    Raises:
        SiteError: one is not understood, or stands there twice.
    """
    found: dict[tuple[str, str | None, str | None], Header] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#+"):
            one = _read(line, number, path)
            language = one.language or ("en" if one.key in _TEXTS else None)
            if found.setdefault((one.key, one.variable, language), one) is not one:
                raise SiteError(
                    f"header line {line!r} says again what another says.", path=path, line=number, remedy="Keep one."
                )
    return list(found.values())


def texts(headers: Iterable[Header], key: str) -> Text:
    """The text of a key in each language that it is there in."""
    return {one.language or "en": one.value for one in headers if one.key == key}


def _read(line: str, number: int, path: Path) -> Header:
    match = _LINE.match(line)
    if match is None or (match["key"] not in _KEYS if match["variable"] is None else match["key"] != PARAMETER):
        raise SiteError(
            f"header line {line!r} is not understood.", path=path, line=number,
            remedy="Write `#+ key: value`, `#+ key@language: value` or `#+ parameter ?variable: type`; "
            f"keys are {', '.join(sorted(_KEYS))}.",
        )  # fmt: skip
    language = match["language"].lower() if match["language"] else None
    return Header(match["key"], match["variable"], language, match["value"], number)
