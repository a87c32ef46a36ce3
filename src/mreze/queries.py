"""Saved queries: plain .rq files whose `#+` lines say what is asked and, in a check, what to do about a row.

A header line is `#+ key: value` or, for a text in a language, `#+ key@language: value`. Texts without a language
count as English. Nothing else of the file is read here: the query is handed to the engine as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from mreze.errors import SiteError

Severity = Literal["violation", "warning", "info"]
Form = Literal["select", "ask", "construct", "describe"]
_FORM: Final = re.compile(r"\b(select|ask|construct|describe)\b", re.IGNORECASE)
_NOISE: Final = re.compile(r"<[^<>\s]*>|#[^\n]*|\bprefix\s+[^:\s]*:", re.IGNORECASE)
_HEADER: Final = re.compile(r"#\+\s*(?P<key>[a-z-]+)(?:@(?P<language>[A-Za-z0-9-]+))?\s*:\s*(?P<value>.*?)\s*\Z")
_KEYS: Final = frozenset({"summary", "description", "remedy", "severity", "see"})
_SEVERITIES: Final = frozenset({"violation", "warning", "info"})


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One .rq file."""

    name: str
    path: Path
    text: str
    summary: dict[str, str]
    description: dict[str, str]
    remedy: dict[str, str]
    severity: Severity
    see: str | None

    @property
    def form(self) -> Form:
        """Which of the four forms of SPARQL it has; the first keyword after the prologue tells."""
        match = _FORM.search(_NOISE.sub(" ", self.text))
        return match[0].lower() if match else "select"  # type: ignore[return-value]  # the pattern knows only the four


def read_query(root: Path, path: Path) -> SavedQuery:
    """Read a saved query.

    Raises:
        SiteError: it cannot be read, or its header is wrong.
    """
    try:
        text = (root / path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SiteError(f"cannot be read: {error}.", path=path, remedy="Make it a readable UTF-8 file.") from error
    texts: dict[str, dict[str, str]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            continue
        match = _HEADER.match(line)
        if match is None or match["key"] not in _KEYS:
            raise SiteError(
                f"header line {line!r} is not understood.", path=path, line=number,
                remedy=f"Write `#+ key: value` or `#+ key@language: value`; keys are {', '.join(sorted(_KEYS))}.",
            )  # fmt: skip
        texts.setdefault(match["key"], {})[(match["language"] or "en").lower()] = match["value"]
    severity = texts.get("severity", {}).get("en", "violation")
    if severity not in _SEVERITIES:
        raise SiteError(f"severity {severity!r} is unknown.", path=path, remedy="Write violation, warning or info.")
    if not texts.get("summary"):
        raise SiteError("the query says nowhere what it asks.", path=path, remedy="Add a line `#+ summary@en: …`.")
    return SavedQuery(
        path.stem, path, text, texts["summary"], texts.get("description", {}), texts.get("remedy", {}),
        severity, texts.get("see", {}).get("en"),  # type: ignore[arg-type]  # just compared with the three
    )  # fmt: skip
