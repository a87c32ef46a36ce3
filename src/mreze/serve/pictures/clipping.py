"""What of a shape lies in a rectangle (Sutherland and Hodgman, https://doi.org/10.1145/360767.360802)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mreze.serve.pictures.svg import Point

_SIDES: Final = ((0, 1.0), (0, -1.0), (1, 1.0), (1, -1.0))
"""Axis and direction of what lies within, of each side of a rectangle."""


def clip(ring: Sequence[Point], low: Point, high: Point) -> list[Point]:
    """The part of an area that lies in a rectangle; nothing if none does."""
    points = list(ring)
    for axis, sign in _SIDES:
        limit = low[axis] if sign > 0 else high[axis]
        if points and min(sign * one[axis] for one in points) < sign * limit:
            points = _cut(points, axis, sign, limit)
    return points


def _cut(points: list[Point], axis: int, sign: float, limit: float) -> list[Point]:
    found: list[Point] = []
    before = points[-1]
    for point in points:
        was, is_in = sign * (before[axis] - limit) >= 0, sign * (point[axis] - limit) >= 0
        if was != is_in:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + part * (point[1 - axis] - before[1 - axis])
            found.append((limit, other) if axis == 0 else (other, limit))
        if is_in:
            found.append(point)
        before = point
    return found


def thin(points: Sequence[Point], least: float) -> list[Point]:
    """A line without the points that are so near to the one before that nobody would see; its ends stay."""
    found = [points[0]]
    for point in points[1:-1]:
        if abs(point[0] - found[-1][0]) + abs(point[1] - found[-1][1]) >= least:
            found.append(point)
    return [*found, points[-1]] if len(points) > 1 else found
