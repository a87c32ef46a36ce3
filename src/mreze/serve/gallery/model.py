"""A picture as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from mreze.serve.view import Value


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a legend."""

    mark: str
    """SVG."""
    text: str
    language: str | None = None
    """BCP 47 tag of the text where it is not that of the page."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture, drawn for wide screens and for narrow ones, and its content in other forms."""

    drawings: tuple[str, ...]
    """SVG; one of them is shown."""
    keys: tuple[Key, ...]
    columns: tuple[str, ...]
    """Headings of the table."""
    lines: tuple[tuple[Value | None, ...], ...]
    """Its rows."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A picture with what stands around it."""

    id: str
    kind: str
    """See `mreze.pictures.COLUMNS`."""
    name: str
    """Of its query."""
    heading: Value
    question: str
    """Where the query is."""
    drawn: Drawn
    cut: int = 0
    """So many rows are all that picture and table have, where there are more."""
