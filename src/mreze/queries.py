"""Saved queries: plain .rq files whose `#+` lines say what is asked and, in a check, what to do about a row.

What lines there are, CONTRIBUTING.md tells. The query is handed to the engine as it stands, but for the data blocks of
its parameters where somebody gives them other values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from mreze.columns import Columns, read_columns
from mreze.datablocks import FORMS, Term, replace, tokens
from mreze.errors import SiteError
from mreze.headers import Header, read_headers, texts
from mreze.parameters import Parameter, read_parameters
from mreze.pictures import COLUMNS, PictureKind
from mreze.storage import pass_on
from mreze.texts import Text

Severity = Literal["violation", "warning", "info"]
Form = Literal["select", "ask", "construct", "describe"]
_SEVERITIES: Final = frozenset({"violation", "warning", "info"})
_PROPERTY: Final = re.compile(r"P[1-9][0-9]*", re.ASCII)
_ROWS: Final = re.compile(r"(\d+)(?:(\.\.)(\d*))?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows a query is expected to give, with its defaults."""

    least: int
    most: int | None
    line: int

    def __contains__(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least}..{'' if self.most is None else self.most}"


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One .rq file."""

    name: str
    path: Path
    text: str
    summary: Text
    description: Text
    remedy: Text
    severity: Severity
    see: str | None
    parameters: tuple[Parameter, ...] = ()
    rows: Rows | None = None
    wikidata: str = ""
    """The property of Wikidata that its rows are statements of, P463; "" where they are none."""
    picture: PictureKind | None = None
    """What its rows are drawn as."""
    columns: Columns = field(default_factory=Columns)
    """What people see its columns called."""

    @property
    def form(self) -> Form:
        """Which of the four forms of SPARQL it has; the first keyword after the prologue tells."""
        words = (one.word for one in tokens(self.text))
        return next((word for word in words if word in FORMS), "SELECT").lower()  # type: ignore[return-value]  # the four

    @property
    def bare(self) -> str:
        """Its text without the header."""
        return _bare(self.text)

    def with_values(self, values: Mapping[str, Term]) -> str:
        """Its text without the header, these values in the place of the defaults."""
        return replace(self.bare, values)


def read_query(root: Path, path: Path) -> SavedQuery:
    """Read a saved query.

    Raises:
        SiteError: it cannot be read, or its header is wrong.
    """
    try:
        text = (root / path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        pass_on(error)
        raise SiteError(f"cannot be read: {error}.", path=path, remedy="Make it a readable UTF-8 file.") from error
    headers = read_headers(text, path)
    summary = texts(headers, "summary")
    if not summary:
        raise SiteError("the query says nowhere what it asks.", path=path, remedy="Add a line `#+ summary@en: …`.")
    return SavedQuery(
        path.stem, path, text, summary, texts(headers, "description"), texts(headers, "remedy"),
        _severity(headers, path), texts(headers, "see").get("en"), read_parameters(text, headers, path),
        _rows(headers, path), _property(headers, path), _picture(headers, path),
        read_columns(text, headers, path),
    )  # fmt: skip


def _bare(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#+"))


def _severity(headers: list[Header], path: Path) -> Severity:
    severity = texts(headers, "severity").get("en", "violation")
    if severity not in _SEVERITIES:
        raise SiteError(f"severity {severity!r} is unknown.", path=path, remedy="Write violation, warning or info.")
    return severity  # type: ignore[return-value]  # just compared with the three


def _property(headers: list[Header], path: Path) -> str:
    header = next((one for one in headers if one.key == "property"), None)
    if header is None:
        return ""
    if _PROPERTY.fullmatch(header.value) is None:
        told = f"property {header.value!r} is none of Wikidata's."
        raise SiteError(told, path=path, line=header.line, remedy="Write its number with a P before it: P463.")
    return header.value


def _rows(headers: list[Header], path: Path) -> Rows | None:
    header = next((one for one in headers if one.key == "rows"), None)
    if header is None:
        return None
    match = _ROWS.match(header.value)
    if match is None:
        remedy = "Write a number, `1..` for at least one, or `0..10`."
        raise SiteError(f"rows {header.value!r} is no number of rows.", path=path, line=header.line, remedy=remedy)
    least = int(match[1])
    most = (int(match[3]) if match[3] else None) if match[2] else least
    return Rows(least, most, header.line)


def _picture(headers: list[Header], path: Path) -> PictureKind | None:
    header = next((one for one in headers if one.key == "picture"), None)
    if header is not None and header.value not in COLUMNS:
        remedy = f"Write one of {', '.join(COLUMNS)}."
        raise SiteError(f"picture {header.value!r} is unknown.", path=path, line=header.line, remedy=remedy)
    return header.value if header else None  # type: ignore[return-value]  # just looked up among the kinds
