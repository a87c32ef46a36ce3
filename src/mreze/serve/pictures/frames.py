"""How a map is laid out: where most of it is, large; and where some is far away, the whole of it, small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Final

from mreze.serve.pictures.labels import Box
from mreze.serve.pictures.projection import View, find_view
from mreze.serve.pictures.svg import WIDE, Point

_NEAR: Final = 18.0
"""Degrees of the globe: what is not further from its neighbour belongs together."""
_NEAR_COSINE: Final = cos(radians(_NEAR))
_MOST: Final = 0.6
"""Of the places, at least so many must be together to be drawn apart from the others."""
_WORTH: Final = 0.62
"""And as much smaller than the whole they must be."""
_INSET: Final = 232.0
"""Width of the small map on a wide picture; on a narrow one it is as wide as that, and stands below."""
_GAP: Final = 6.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A map, and where in the picture it stands."""

    view: View
    x: float = 0.0
    y: float = 0.0

    @property
    def box(self) -> Box:
        """The part of the picture that it takes."""
        return Box(self.x, self.y, self.view.width, self.view.height)


@dataclass(frozen=True, slots=True)
class Layout:
    """The maps of a picture."""

    main: Frame
    inset: Frame | None
    height: float


def lay_out(places: Sequence[Point], width: float) -> Layout:
    """Lay out a map of places, given as degrees of longitude and latitude.

    Args:
        places: what it shows.
        width: of the picture, in its units.
    """
    flattest, tallest = (0.5, 0.72) if width >= WIDE else (0.75, 1.2)
    whole = find_view(places, width, flattest, tallest)
    near = _together(places)
    view = find_view(near, width, flattest, tallest)
    if len(near) == len(places) or len(near) < _MOST * len(places) or view.scale * _WORTH < whole.scale:
        return Layout(Frame(whole), None, whole.height)
    if width < WIDE:
        small = find_view(places, width, 0.42, 0.6)
        return Layout(Frame(view), Frame(small, 0.0, view.height + _GAP), view.height + _GAP + small.height)
    small = find_view(places, _INSET, 0.42, 0.7)
    return Layout(Frame(view), _corner(small, view, near), view.height)


def _together(places: Sequence[Point]) -> list[Point]:
    """The most places that belong together, each by its nearest neighbour."""
    rest, best = {one: _on_sphere(one) for one in places}, set[Point]()
    while rest:
        first = next(iter(rest))
        found = {first: rest.pop(first)}
        waiting = [found[first]]
        while waiting:
            near = {place: at for place, at in rest.items() if _is_near(waiting[-1], at)}
            waiting[-1:] = near.values()
            found |= near
            rest = {place: at for place, at in rest.items() if place not in near}
        best = max(best, set(found), key=len)
    return [one for one in places if one in best]


def _on_sphere(place: Point) -> tuple[float, float, float]:
    """A place as a point of the sphere whose radius is 1: two are compared without an angle."""
    x, y = map(radians, place)
    return cos(y) * cos(x), cos(y) * sin(x), sin(y)


def _is_near(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2] >= _NEAR_COSINE


def _corner(small: View, view: View, places: Sequence[Point]) -> Frame:
    """The small map in the corner of the large one that has the fewest places."""
    right, bottom = view.width - small.width - _GAP, view.height - small.height - _GAP
    frames = [Frame(small, x, y) for y in (bottom, _GAP) for x in (_GAP, right)]
    points = [view.point(*one) for one in places]
    return min(frames, key=lambda frame: sum(Box(x - 8, y - 8, 16, 16).meets(frame.box) for x, y in points))
