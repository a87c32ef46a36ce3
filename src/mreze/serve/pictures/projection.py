"""From degrees to the plane, and the part of the plane that a map shows.

Equal Earth keeps areas (https://doi.org/10.1080/13658816.2018.1504949); its middle meridian is that of what is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Final

from mreze.serve.pictures.svg import Point

_A: Final = (1.340264, -0.081106, 0.000893, 0.003796)
_M: Final = sqrt(3) / 2
_MARGIN: Final = 0.07
"""Of what is shown, on each side."""
_LEAST: Final = 0.12
"""What a map shows at least, in radians: so that a single city has something around it."""
_WORLD: Final = (2.75, 1.35)
"""Half the width and the height of the whole world."""


@dataclass(frozen=True, slots=True)
class View:
    """What a map shows, and how large."""

    middle: float
    """Meridian, in degrees."""
    left: float
    top: float
    scale: float
    """Units of the picture to a radian."""
    width: float
    height: float

    def point(self, longitude: float, latitude: float) -> Point:
        """Where on the map a place is."""
        east = (longitude - self.middle + 180) % 360 - 180
        return self.placed(*flat(east, latitude))

    def placed(self, x: float, y: float) -> Point:
        """The same of a place on the plane."""
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def shows(self, point: Point) -> bool:
        """Whether a place on the map is within it."""
        return 0 <= point[0] <= self.width and 0 <= point[1] <= self.height


def flat(east: float, latitude: float) -> Point:
    """Project degrees east of the middle meridian and of latitude; the plane's y grows to the north."""
    angle = asin(_M * sin(radians(latitude)))
    square = angle * angle
    sixth = square * square * square
    a, b, c, d = _A
    x = radians(east) * cos(angle) / (_M * (a + 3 * b * square + sixth * (7 * c + 9 * d * square)))
    return x, angle * (a + b * square + sixth * (c + d * square))


def find_view(places: Sequence[Point], width: float, flattest: float, tallest: float) -> View:
    """The view that shows these places and little else.

    Args:
        places: longitude and latitude of each, in degrees.
        width: of the map, in units of the picture.
        flattest: the least height of a map, as part of its width.
        tallest: the greatest, likewise.
    """
    middle = _middle([one[0] for one in places])
    points = [flat((one[0] - middle + 180) % 360 - 180, one[1]) for one in places]
    left, right = min(one[0] for one in points), max(one[0] for one in points)
    low, high = min(one[1] for one in points), max(one[1] for one in points)
    wide = max(right - left, _LEAST) * (1 + 2 * _MARGIN)
    tall = max(high - low, _LEAST * flattest) * (1 + 2 * _MARGIN)
    wide, tall = max(wide, tall / tallest), max(tall, wide * flattest)
    wide = min(wide, 2 * _WORLD[0])
    x, y = (left + right) / 2, (low + high) / 2
    y = min(max(y, tall / 2 - _WORLD[1]), _WORLD[1] - tall / 2) if tall < 2 * _WORLD[1] else 0
    scale = width / wide
    return View(middle, x - wide / 2, y + tall / 2, scale, width, tall * scale)


def _middle(longitudes: Sequence[float]) -> float:
    """The meridian in the middle of the shortest way around that passes all of them."""
    ordered = sorted({one % 360 for one in longitudes})
    gaps = [
        (after - before, before, after) for before, after in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)
    ]
    _, before, after = max(gaps)
    span = 360 - (after - before)
    return (after + span / 2 + 180) % 360 - 180


def area_of(points: Sequence[Point]) -> float:
    """Twice the area within a line that ends where it began (https://en.wikipedia.org/wiki/Shoelace_formula)."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, [*points[1:], points[0]], strict=True)))
