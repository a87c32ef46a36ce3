"""Parts of a representation (RFC 9110, 14): which bytes a Range header asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mreze.errors import RangeNotSatisfiable

UNIT: Final = "bytes"
MOST: Final = 10
"""Ranges of one request; who asks for more, or for the same bytes twice, gets all of it (RFC 9110, 14.2)."""
_SPECIFIER: Final = re.compile(r"\s*bytes\s*=(.*)", re.IGNORECASE | re.DOTALL)
_RANGE: Final = re.compile(r"\s*(?:(?P<first>[0-9]{1,18})-(?P<last>[0-9]{0,18})|-(?P<suffix>[0-9]{1,18}))\s*")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Bytes of a representation."""

    start: int
    stop: int
    """The first byte that is not of them."""

    @property
    def length(self) -> int:
        """How many they are."""
        return self.stop - self.start

    def content_range(self, length: int) -> str:
        """The value of a Content-Range header, of so many bytes in all."""
        return f"{UNIT} {self.start}-{self.stop - 1}/{length}"


def read_ranges(header: str, length: int) -> list[Span]:
    """The parts that a header asks for, in its order; none where all is to be sent.

    All is sent where the header cannot be read, names another unit, or asks for too much at once.

    Args:
        header: the value of the Range header.
        length: bytes of the representation.

    Raises:
        RangeNotSatisfiable: it has none of the parts.
    """
    found = _SPECIFIER.fullmatch(header)
    if found is None or not length:
        return []
    matched = [_RANGE.fullmatch(one) for one in found[1].split(",") if one.strip()]
    if not matched or len(matched) > MOST:
        return []
    spans = []
    for one in matched:
        if one is None or (one["last"] and int(one["last"]) < int(one["first"])):
            return []
        spans += _span(one, length)
    if not spans:
        raise RangeNotSatisfiable(
            f"This has {length:,} bytes, and none of those that Range asks for.",
            headers={"Content-Range": f"{UNIT} */{length}", "Accept-Ranges": UNIT},
        )
    return [] if any(one.stop > other.start for one, other in pairwise(sorted(spans))) else spans


def _span(match: re.Match[str], length: int) -> list[Span]:
    if match["suffix"] is not None:
        count = min(int(match["suffix"]), length)
        return [Span(length - count, length)] if count else []
    first = int(match["first"])
    last = int(match["last"]) if match["last"] else length - 1
    return [Span(first, min(last + 1, length))] if first < length else []
