"""A network in two layers: who is in several groups stands by name on the left, the groups on the right.

Those that are in one group only are many and tell little one by one: they are one bundle, as thick to each group as
they are many. So the picture of two hundred members is as readable as that of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mreze.serve.pictures.svg import (
    LINE,
    TARGET,
    WIDE,
    Caption,
    Name,
    area,
    element,
    linked,
    number,
    picture,
    text_width,
    words,
    wrap,
)

MOST: Final = 30
"""So many are named on the left; the others are in the bundle."""
_GAP: Final = 12.0
_THICK: Final = 16.0
"""Thickness of the thickest bundle."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing on the right, or on the left with what it is tied to."""

    name: Name
    ties: tuple[int, ...] = ()
    """Numbers of those on the right, in order."""


@dataclass(frozen=True, slots=True)
class Layers:
    """What is tied to what."""

    members: tuple[Node, ...]
    """On the left, the ones with the most ties first."""
    groups: tuple[Node, ...]
    bundled: tuple[int, ...]
    """For each group, how many members of it are not named."""
    unnamed: int
    """How many are not named: each is in one group, but for those that are beyond `MOST`."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A name in its place."""

    lines: tuple[str, ...]
    y: float
    """The middle."""


def layers(members: Sequence[Node], groups: Sequence[Name]) -> Layers:
    """Choose who is named: who is in several groups; where there are no more than `MOST`, everybody."""
    ordered = sorted(members, key=lambda one: (-len(one.ties), one.name.text.casefold()))
    telling = ordered if len(ordered) <= MOST else [one for one in ordered if len(one.ties) > 1][:MOST]
    rest = ordered[len(telling) :]
    counted = Counter(tie for one in rest for tie in one.ties)
    bundled = tuple(counted[at] for at in range(len(groups)))
    return Layers(tuple(telling), tuple(Node(one) for one in groups), bundled, len(rest))


def draw_network(shown: Layers, others: str, caption: Caption, width: float) -> str:
    """Draw a network.

    Args:
        shown: from `layers`.
        others: what the bundle of those that are not named is called.
        caption: what the picture is called.
        width: in units of the picture.
    """
    left, right = _columns(width)
    names = [one.name.text for one in shown.members] + ([others] if shown.unnamed else [])
    members, tall = _rows(names, left - _GAP)
    groups, taller = _rows([one.name.text for one in shown.groups], width - right - _GAP)
    height = max(tall, taller)
    members, groups = _spread(members, tall, height), _spread(groups, taller, height)
    content = [*_bundle(shown, members, groups, (left, right))]
    for node, row in zip(shown.members, members, strict=False):
        content.append(_member(node, row, groups, (left, right)))
    content += [_named(node.name, row, right, "group") for node, row in zip(shown.groups, groups, strict=True)]
    if shown.unnamed:
        content.append(_named(Name(others), members[-1], left, "others"))
    return picture(caption, width, height, content, "network")


def _columns(width: float) -> tuple[float, float]:
    """Where the points of members and of groups stand."""
    return (0.34 * width, 0.60 * width) if width >= WIDE else (0.36 * width, 0.53 * width)


def _rows(names: Sequence[str], width: float) -> tuple[list[_Row], float]:
    """The names from top to bottom, and how high they are together."""
    rows: list[_Row] = []
    y = 4.0
    for one in names:
        lines = tuple(wrap(one, width, 4))
        height = max(TARGET, len(lines) * LINE) + 5
        rows.append(_Row(lines, y + height / 2))
        y += height
    return rows, y + 4


def _spread(rows: Sequence[_Row], own: float, height: float) -> list[_Row]:
    """The same rows over a greater height."""
    between = (height - own) / len(rows) if rows else 0
    return [_Row(one.lines, one.y + between * (at + 0.5)) for at, one in enumerate(rows)]


def _bundle(
    shown: Layers, members: Sequence[_Row], groups: Sequence[_Row], columns: tuple[float, float]
) -> Iterator[str]:
    most = max(shown.bundled, default=0)
    for count, row in zip(shown.bundled, groups, strict=True):
        if count:
            data = _curve(columns[0], members[-1].y, columns[1], row.y)
            yield element("path", class_="bundle", d=data, stroke_width=max(1.5, _THICK * count / most))


def _member(node: Node, row: _Row, groups: Sequence[_Row], columns: tuple[float, float]) -> str:
    ties = [element("path", class_="tie", d=_curve(columns[0], row.y, columns[1], groups[one].y)) for one in node.ties]
    return element("g", *ties, _named(node.name, row, columns[0], "one"), class_="member")


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    half = number((x1 + x2) / 2)
    return f"M{number(x1)},{number(y1)}C{half},{number(y1)} {half},{number(y2)} {number(x2)},{number(y2)}"


def _named(name: Name, row: _Row, x: float, class_: str) -> str:
    """A point and its name: on the left of it for members, on the right for groups."""
    is_group = class_ == "group"
    at = x + _GAP if is_group else x - _GAP
    width = max(text_width(one) for one in row.lines)
    first = row.y - LINE * len(row.lines) / 2 + LINE - 4.5
    lines = [
        words(one, at, first + LINE * at_line, text_anchor=None if is_group else "end")
        for at_line, one in enumerate(row.lines)
    ]
    tall = max(TARGET, LINE * len(row.lines))
    target = area(at if is_group else at - width, row.y - tall / 2, width, tall)
    full = name.text if " ".join(row.lines) != name.text else None
    point = element("circle", class_="mark", cx=x, cy=row.y, r=5.0)
    return element("g", point, linked(name, target, *lines, title=full), class_=class_)
