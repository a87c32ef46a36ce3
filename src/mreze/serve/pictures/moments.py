"""Dates as precise as the source: a year, a month or a day, and what of time each covers."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Final

_DATE: Final = re.compile(r"(-?\d{4,})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?(?:Z|[+-]\d\d:\d\d)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a month or a day."""

    parts: tuple[int, ...]

    @property
    def start(self) -> float:
        """Where it begins, in years: 2007-05 is 2007.33."""
        year, month, day = (*self.parts, 1, 1)[:3]
        return year + (month - 1) / 12 + (day - 1) / 12 / _days(self.parts)

    @property
    def end(self) -> float:
        """Where it ends: what follows it begins there."""
        return self.start + (1.0, 1 / 12, 1 / 12 / _days(self.parts))[len(self.parts) - 1]

    @property
    def middle(self) -> float:
        """Half way."""
        return (self.start + self.end) / 2

    def __str__(self) -> str:
        year, *rest = self.parts
        return "-".join([f"{year:0{5 if year < 0 else 4}d}", *(f"{one:02d}" for one in rest)])


def read_moment(text: str) -> Moment | None:
    """A literal of xsd:gYear, gYearMonth, date or dateTime (https://www.w3.org/TR/xmlschema11-2/); else None."""
    match = _DATE.match(text)
    if match is None:
        return None
    parts = tuple(int(one) for one in match.groups() if one is not None)
    if len(parts) > 1 and not 1 <= parts[1] <= 12:
        return None
    if len(parts) > 2 and not 1 <= parts[2] <= _days(parts):
        return None
    return Moment(parts)


def _days(parts: tuple[int, ...]) -> int:
    """The days of the month."""
    year, month = (*parts, 1)[:2]
    return monthrange(2000 + year % 400, month)[1]
