"""Boxes in columns, and arrows between them that cross no box: a layered drawing, the same for the same input.

After K. Sugiyama, S. Tagawa, M. Toda, Methods for Visual Understanding of Hierarchical System Structures (1981): a box
stands right of all that lead to it, an arrow that passes columns holds a free lane in each, and the order in a column
follows the neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

_SWEEPS: Final = 8
_GAP: Final = 22.0
"""Between two boxes of a column."""
_LANE: Final = 14.0
"""How high the free lane of an arrow is."""

Edge = tuple[str, str]
Slot = tuple[str, str, int]
"""A box (its name, "", 0), or the lane of an arrow in a column (source, target, column)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand: columns from the left, heights from the top."""

    columns: Mapping[str, int]
    tops: Mapping[str, float]
    lanes: Mapping[Edge, tuple[tuple[int, float], ...]]
    """Of an arrow that passes columns: column and height of each lane, from the left."""
    height: float


@dataclass(slots=True)
class _Columns:
    """Boxes and lanes in columns, while they are being put in order."""

    slots: list[list[Slot]]
    neighbours: defaultdict[Slot, list[Slot]] = field(default_factory=lambda: defaultdict(list))


def lay_out(heights: Mapping[str, float], edges: Iterable[Edge]) -> Layout:
    """Find a place for each box.

    Args:
        heights: of the boxes, by name; their order decides where nothing else does.
        edges: names of the boxes that arrows lead from and to.
    """
    known = sorted({(one, other) for one, other in edges if one != other and {one, other} <= set(heights)})
    forward = _without_circles(list(heights), known)
    columns = _ranks(list(heights), forward)
    placed = _slots(list(heights), columns, forward)
    for sweep in range(_SWEEPS):
        _reorder(placed, downwards=sweep % 2 == 0)
    tops = _tops(placed, heights)
    lanes: defaultdict[Edge, list[tuple[int, float]]] = defaultdict(list)
    for slot, top in sorted(tops.items(), key=lambda one: one[0][2]):
        if slot[1]:
            lanes[slot[0], slot[1]].append((slot[2], top + _LANE / 2))
    boxes = {slot[0]: top for slot, top in tops.items() if not slot[1]}
    height = max((tops[slot] + _height(slot, heights) for slot in tops), default=0.0)
    return Layout(columns, boxes, {edge: tuple(one) for edge, one in lanes.items()}, height)


def _without_circles(names: Sequence[str], edges: Sequence[Edge]) -> list[Edge]:
    """The edges, those turned round that would close a circle."""
    leading: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        leading[one].append(other)
    done: set[str] = set()
    open_: set[str] = set()
    found: set[Edge] = set()

    def visit(name: str) -> None:
        open_.add(name)
        for other in leading[name]:
            found.add((other, name) if other in open_ else (name, other))
            if other not in done and other not in open_:
                visit(other)
        open_.remove(name)
        done.add(name)

    ends = {other for _, other in edges}
    for name in sorted(names, key=lambda one: (one in ends, names.index(one))):
        if name not in done:
            visit(name)
    return sorted(found)


def _ranks(names: Sequence[str], edges: Sequence[Edge]) -> dict[str, int]:
    """The column of each box: one right of the last of those that lead to it."""
    before: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in edges:
        before[other].append(one)
    found: dict[str, int] = {}

    def rank(name: str) -> int:
        if name not in found:
            found[name] = 1 + max((rank(one) for one in before[name]), default=-1)
        return found[name]

    for name in names:
        rank(name)
    return found


def _slots(names: Sequence[str], columns: Mapping[str, int], edges: Sequence[Edge]) -> _Columns:
    placed = _Columns([[] for _ in range(max(columns.values(), default=-1) + 1)])
    for name in names:
        placed.slots[columns[name]].append((name, "", 0))
    for one, other in edges:
        way: list[Slot] = [(one, "", 0)]
        for column in range(columns[one] + 1, columns[other]):
            way.append((one, other, column))
            placed.slots[column].append(way[-1])
        way.append((other, "", 0))
        for left, right in pairwise(way):
            placed.neighbours[left].append(right)
            placed.neighbours[right].append(left)
    return placed


def _reorder(placed: _Columns, *, downwards: bool) -> None:
    """Put each slot where the neighbours in the column before are, on the average."""
    order = placed.slots if downwards else placed.slots[::-1]
    for before, column in pairwise(order):
        places = {slot: (number + 0.5) / len(before) for number, slot in enumerate(before)}
        here = {slot: (number + 0.5) / len(column) for number, slot in enumerate(column)}

        def wanted(slot: Slot, places: Mapping[Slot, float] = places, here: Mapping[Slot, float] = here) -> float:
            found = [places[one] for one in placed.neighbours[slot] if one in places]
            return sum(found) / len(found) if found else here[slot]

        column.sort(key=wanted)


def _tops(placed: _Columns, heights: Mapping[str, float]) -> dict[Slot, float]:
    """Stack the columns, then let each box come down to where its neighbours on the left are."""
    tops: dict[Slot, float] = {}
    for column in placed.slots:
        bottom = 0.0
        for slot in column:
            height = _height(slot, heights)
            middles = [tops[one] + _height(one, heights) / 2 for one in placed.neighbours[slot] if one in tops]
            wanted = sum(middles) / len(middles) - height / 2 if middles and len(column) < _crowd(placed) else 0.0
            tops[slot] = max(bottom, wanted)
            bottom = tops[slot] + height + _GAP
    return tops


def _crowd(placed: _Columns) -> int:
    """A column with the most slots needs all of its height: nothing in it waits for its neighbours."""
    return max(len(column) for column in placed.slots)


def _height(slot: Slot, heights: Mapping[str, float]) -> float:
    return _LANE if slot[1] else heights[slot[0]]
