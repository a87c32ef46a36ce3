"""The marks of the kinds of what a picture shows: they differ in shape, not in colour alone."""

from __future__ import annotations

from typing import Final

from mreze.serve.pictures.svg import element, number

_SIZE: Final = 6.0
KINDS: Final = 5
"""So many differ; what comes later has the mark of the last one."""


def mark(kind: int, x: float, y: float, size: float = _SIZE) -> str:
    """The mark of the kind with this number, from 0, about a point."""
    if kind == 0:
        return element("circle", class_="mark", cx=x, cy=y, r=size * 0.9)
    return element("path", class_="mark", d=_path(min(kind, KINDS - 1), x, y, size))


def key(kind: int, class_: str) -> str:
    """The mark by itself, for a legend."""
    drawn = element("g", mark(kind, 9.0, 9.0), class_=f"kind-{min(kind, KINDS - 1)} {class_}".strip())
    return element("svg", drawn, class_="key", viewBox="0 0 18 18", width=18, height=18, aria_hidden="true")


def _path(kind: int, x: float, y: float, size: float) -> str:
    at = f"M{number(x)},{number(y - size)}"
    if kind == 1:  # a diamond
        return f"{at}l{number(size)},{number(size)}l{number(-size)},{number(size)}l{number(-size)},{number(-size)}z"
    if kind == 2:  # a square
        side = size * 1.7
        corner = f"M{number(x - side / 2)},{number(y - side / 2)}"
        return f"{corner}h{number(side)}v{number(side)}h{number(-side)}z"
    if kind == 3:  # a triangle
        return f"{at}l{number(size)},{number(1.8 * size)}h{number(-2 * size)}z"
    return f"M{number(x)},{number(y + size)}l{number(size)},{number(-1.8 * size)}h{number(-2 * size)}z"
