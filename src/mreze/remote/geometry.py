"""Numbers in well-known text that an engine kept in 32 bits."""

from __future__ import annotations

import re
import struct
from typing import Final

_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_MOST: Final = 9
"""Digits that tell every number of 32 bits from every other (IEEE 754)."""


def shortest(text: str) -> str:
    """Well-known text with each number as short as its 32 bits allow: `POINT(21.89999961853 43.3)` has 21.9."""
    return _NUMBER.sub(lambda found: _short(found[0]), text)


def _short(number: str) -> str:
    try:
        kept = struct.pack("f", float(number))
    except OverflowError:
        return number
    for digits in range(1, _MOST + 1):
        told = f"{float(number):.{digits}g}"
        if struct.pack("f", float(told)) == kept:
            return told if "e" not in told else f"{float(told):f}".rstrip("0").rstrip(".")
    return number
