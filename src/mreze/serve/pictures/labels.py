"""Where labels stand so that none covers another: each in the first free place of a list that is always the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from typing import Final

from mreze.serve.pictures.svg import Point

_GAP: Final = 7.0
"""Between what is labelled and a label beside it."""
_DIRECTIONS: Final = 24
_RINGS: Final = tuple(range(22, 260, 9))
"""Distances at which a label is tried that finds no place beside its point."""
_SHORT: Final = 16.0
"""A label so near needs no line."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two have room in common."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def is_within(self, other: Box) -> bool:
        """Whether it lies in another."""
        return (
            self.x >= other.x
            and self.y >= other.y
            and self.x + self.width <= other.x + other.width
            and self.y + self.height <= other.y + other.height
        )

    def nearest(self, point: Point) -> Point:
        """The place in it that is nearest to a point."""
        return (
            min(max(point[0], self.x), self.x + self.width),
            min(max(point[1], self.y), self.y + self.height),
        )


def around(point: Point, size: float) -> Box:
    """The square about a point."""
    return Box(point[0] - size / 2, point[1] - size / 2, size, size)


@dataclass(frozen=True, slots=True)
class Placed:
    """A label that found a place."""

    box: Box
    leader: tuple[Point, Point] | None
    """The line from the point to its label, where that stands apart."""


def place(
    points: Sequence[Point], sizes: Sequence[Point], within: Box, obstacles: Iterable[Box] = ()
) -> list[Placed | None]:
    """Find a place for the label of each point, the first ones first; None where there is none.

    Args:
        points: what is labelled.
        sizes: width and height of each label.
        within: what the labels may not leave.
        obstacles: what they may not cover.
    """
    taken = [*obstacles, *(around(one, 9) for one in points)]
    lines: list[tuple[Point, Point]] = []
    found: list[Placed | None] = []
    for point, size in zip(points, sizes, strict=True):
        tried = (box for box in _candidates(point, size) if _is_free(box, within, taken))
        chosen = _first_clear((_lead(point, box) for box in tried), point, taken, lines)
        found.append(chosen)
        if chosen is not None:
            taken.append(chosen.box)
            if chosen.leader is not None:
                lines.append(chosen.leader)
    return found


def _first_clear(
    free: Iterable[Placed], point: Point, taken: Sequence[Box], lines: Sequence[tuple[Point, Point]]
) -> Placed | None:
    """The first that crosses nothing, else the first: a line that crosses another is better than no label."""
    first: Placed | None = None
    for one in free:
        if _is_clear(one, point, taken, lines):
            return one
        first = first or one
    return first


def _candidates(point: Point, size: Point) -> Iterator[Box]:
    """Places for a label, the best first: right, left, above, below, then in circles further and further off."""
    (x, y), (width, height) = point, size
    yield Box(x + _GAP, y - height / 2, width, height)
    yield Box(x - _GAP - width, y - height / 2, width, height)
    yield Box(x - width / 2, y - _GAP - height, width, height)
    yield Box(x - width / 2, y + _GAP, width, height)
    for ring in _RINGS:
        for number in range(_DIRECTIONS):
            angle = 2 * pi * number / _DIRECTIONS
            right, down = cos(angle), -sin(angle)
            left = x + ring * right - (0 if right > 0.3 else width if right < -0.3 else width / 2)
            yield Box(left, y + ring * down - height / 2, width, height)


def _lead(point: Point, box: Box) -> Placed:
    end = box.nearest(point)
    apart = abs(end[0] - point[0]) + abs(end[1] - point[1]) > _SHORT
    return Placed(box, (point, end) if apart else None)


def _is_free(box: Box, within: Box, taken: Sequence[Box]) -> bool:
    return box.is_within(within) and not any(box.meets(other) for other in taken)


def _is_clear(one: Placed, point: Point, taken: Sequence[Box], lines: Sequence[tuple[Point, Point]]) -> bool:
    """Whether neither the label nor its line crosses another."""
    if any(_crosses(line, one.box) for line in lines):
        return False
    if one.leader is None:
        return True
    own = around(point, 9)
    if any(_crosses(one.leader, other) for other in taken if other != own):
        return False
    return not any(_meet(one.leader, other) for other in lines)


def _crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line goes through a box."""
    corners = [
        (box.x, box.y),
        (box.x + box.width, box.y),
        (box.x + box.width, box.y + box.height),
        (box.x, box.y + box.height),
    ]
    inside = any(Box(x, y, 0.1, 0.1).meets(box) for x, y in line)
    return inside or any(_meet(line, side) for side in pairwise([*corners, corners[0]]))


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two lines cross each other."""
    (a, b), (c, d) = one, other
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
