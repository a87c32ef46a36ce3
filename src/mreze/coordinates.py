"""Points on the Earth (WGS 84): read, and how far they are from each other."""

from __future__ import annotations

import math
import re
from typing import Final

_NUMBER: Final = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_PAIR: Final = re.compile(rf"\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*")
_POINT: Final = re.compile(
    rf"(?:<[^>]*>)?\s*POINT\s*(?:Z\s*)?\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+{_NUMBER})?\s*\)", re.IGNORECASE
)
_RADIUS: Final = 6371.0


def read_point(text: str) -> tuple[float, float] | None:
    """Latitude and longitude, of WKT (longitude first) or of "43.32, 21.9"."""
    if found := _POINT.fullmatch(text.strip()):
        return float(found[2]), float(found[1])
    found = _PAIR.fullmatch(text)
    return (float(found[1]), float(found[2])) if found else None


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two points (latitude, longitude, in degrees) on a sphere."""
    (north, east), (other_north, other_east) = (map(math.radians, point) for point in (one, other))
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return 2 * _RADIUS * math.asin(math.sqrt(min(1.0, half)))
