"""In which country a point is, as far as shapes that are made simpler can tell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from mreze.serve.pictures.atlas import Atlas, Line
from mreze.serve.pictures.svg import Point

_NEAR: Final = 0.2
"""Degrees: nearer to a border than this the shapes are not to be trusted."""

_OPEN: Final = (
    (-17.2, -8.6, 20.7, 27.7),  # Western Sahara
    (35.6, 36.0, 32.6, 33.4),  # the Golan
    (73.0, 80.5, 32.2, 37.2),  # Kashmir
)
"""West, east, south, north of where Natural Earth gives to a country what is not agreed on."""


def country_of(atlas: Atlas, point: Point) -> str | None:
    """The country of a point by its numeric code (ISO 3166-1); None near a border, where it is not agreed on, at sea.

    Args:
        atlas: the world.
        point: longitude and latitude in degrees.
    """
    x, y = point
    if any(west <= x <= east and south <= y <= north for west, east, south, north in _OPEN):
        return None
    around = [(x + _NEAR, y), (x - _NEAR, y), (x, y + _NEAR), (x, y - _NEAR)]
    own = _owner(atlas, point)
    return own if own and {_owner(atlas, one) for one in around} <= {own, None} else None


def country_name(code: str, language: str) -> str | None:
    """What CLDR calls a country in a language.

    Args:
        code: ISO 3166-1 numeric.
        language: tag of the page.
    """
    names = get_global("territory_aliases").get(code, [])
    try:
        territories = Locale.parse(language, sep="-").territories
    except (UnknownLocaleError, ValueError):
        return None
    return territories.get(names[0]) if len(names) == 1 else None


def _owner(atlas: Atlas, point: Point) -> str | None:
    return next((one.code for one in atlas.territories if _holds(one.rings, point)), None)


def _holds(rings: Iterable[Line], point: Point) -> bool:
    """Whether a line from the point to the north crosses the rings an odd number of times."""
    x, y = point
    turned = [(ring, x + turn) for ring in rings for turn in (-360, 0, 360) if ring.west <= x + turn <= ring.east]
    return sum(_crossings(ring, one, y) for ring, one in turned if ring.north >= y) % 2 == 1


def _crossings(ring: Line, x: float, y: float) -> int:
    count = 0
    before = ring.points[-1]
    for after in ring.points:
        (left, low), (right, high) = before, after
        if (left > x) != (right > x) and y < low + (high - low) * (x - left) / (right - left):
            count += 1
        before = after
    return count
