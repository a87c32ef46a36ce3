"""What a query may take here, in numbers: one table for programs, for people, and for what is said past a limit."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from mreze.errors import (
    DeadlineExceeded,
    PayloadTooLarge,
    RequestError,
    TooManyRequests,
    Unanswerable,
    Unavailable,
)
from mreze.serve.settings import Settings
from mreze.serve.sparql import LARGEST_BODY
from mreze.texts import Text, text

SECOND, BYTE, ONE = "SEC", "AD", "C62"
"""Units by their common code (https://unece.org/trade/uncefact/cl-recommendations, No. 20)."""
_UNITS = ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"))


@dataclass(frozen=True, slots=True)
class Bound:
    """One limit."""

    name: str
    """For programs."""
    title: Text
    most: float
    unit: str
    past: type[RequestError]
    """What a request gets that goes past it."""

    @property
    def status(self) -> HTTPStatus:
        """How an answer past the limit begins."""
        return self.past.status

    @property
    def shown(self) -> str:
        """The number with its unit, for people."""
        if self.unit == SECOND:
            return f"{self.most:g} s"
        if self.unit == ONE:
            return f"{self.most:,.0f}"
        size, unit = next((one for one in _UNITS if self.most >= one[0]), (1, "B"))
        return f"{self.most / size:.4g} {unit}"


def bounds(settings: Settings) -> tuple[Bound, ...]:
    """The limits of a server."""
    limits = settings.limits
    return (
        Bound("deadline", text("time that a query may take"), settings.deadline, SECOND, DeadlineExceeded),
        Bound("memory", text("memory that a query may take"), settings.memory, BYTE, Unanswerable),
        Bound("result", text("size of an answer"), settings.result, BYTE, Unanswerable),
        Bound("body", text("size of the body of a request"), LARGEST_BODY, BYTE, PayloadTooLarge),
        Bound("waiting", text("queries that may wait, of all clients together"), limits.waiting, ONE, Unavailable),
        Bound("share", text("queries of one client that may wait and run"), limits.share, ONE, TooManyRequests),
    )
