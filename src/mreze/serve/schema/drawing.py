"""A diagram of classes and properties: boxes with a line for each property, and arrows from lines to boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mreze.serve.schema.layout import Layout, lay_out
from mreze.serve.view import Value

LINE: Final = 24.0
"""Height of a line in pixels: as high as what one can hit has to be (WCAG 2.2, 2.5.8)."""
HEAD: Final = 46.0
WIDTH: Final = 192.0
_BETWEEN: Final = 40.0
"""Between two columns."""
_MARGIN: Final = 14.0
_LETTERS: Final = 30
"""So many fit into a line, the last of them pressed together."""
_EASY: Final = 24
"""So many fit into a line as they are."""
_INSET: Final = 10.0
"""Between the edge of a box and its text."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property of the things of a class."""

    name: Value
    values: tuple[Value, ...]
    """What its values are."""
    targets: tuple[str, ...] = ()
    """IRIs of classes whose things they are."""


@dataclass(frozen=True, slots=True)
class Node:
    """A class to draw."""

    iri: str
    name: Value
    short: str
    fields: tuple[Field, ...]
    own: bool
    """Whether the vocabulary defines it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a box."""

    field: Field
    text: str
    top: float

    @property
    def pressed(self) -> float | None:
        """The width that the text is pressed into, where it is long."""
        return WIDTH - 2 * _INSET if len(self.text) > _EASY else None


@dataclass(frozen=True, slots=True)
class Box:
    """A class where it stands."""

    node: Node
    text: str
    left: float
    top: float
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a line to a box."""

    path: str
    """As SVG writes it."""
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A diagram, in pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw(nodes: Sequence[Node]) -> Drawing:
    """Draw the classes; the same ones always give the same drawing."""
    heights = {one.iri: HEAD + LINE * len(one.fields) + (6 if one.fields else 0) for one in nodes}
    edges = [(one.iri, target) for one in nodes for field in one.fields for target in field.targets]
    layout = lay_out(heights, edges)
    boxes = {one.iri: _box(one, layout, heights[one.iri]) for one in nodes}
    arrows = [
        _arrow(box, line, boxes[target], layout)
        for box in boxes.values()
        for line in box.lines
        for target in line.field.targets
        if target in boxes
    ]
    columns = max(layout.columns.values(), default=0) + 1
    width = 2 * _MARGIN + columns * WIDTH + (columns - 1) * _BETWEEN
    return Drawing(width, layout.height + 2 * _MARGIN, tuple(boxes.values()), tuple(arrows))


def shortened(text: str, letters: int = _LETTERS) -> str:
    """A text that fits into a line; what is left out is three dots."""
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _box(node: Node, layout: Layout, height: float) -> Box:
    left, top = _left(layout.columns[node.iri]), layout.tops[node.iri] + _MARGIN
    lines = tuple(
        Line(field, shortened(_told(field)), top + HEAD + number * LINE) for number, field in enumerate(node.fields)
    )
    return Box(node, shortened(node.name.text, _EASY - 2), left, top, height, lines)


def _told(field: Field) -> str:
    """The property, and where no arrow tells it what its values are."""
    values = ", ".join(one.text for one in field.values)
    return f"{field.name.text}: {values}" if values and not field.targets else field.name.text


def _arrow(box: Box, line: Line, target: Box, layout: Layout) -> Arrow:
    title = f"{box.node.name.text} – {line.field.name.text} → {target.node.name.text}"
    start, end = line.top + LINE / 2, target.top + HEAD / 2
    if box is target:
        right = box.left + WIDTH
        return Arrow(
            f"M{right:g} {start:g}C{right + 32:g} {start:g} {right + 32:g} {end:g} {right + 5:g} {end:g}", title
        )
    if box.left < target.left:
        lanes = layout.lanes.get((box.node.iri, target.node.iri), ())
        points = [(box.left + WIDTH, start)]
        for column, height in lanes:
            points += [(_left(column), height + _MARGIN), (_left(column) + WIDTH, height + _MARGIN)]
        return Arrow(_curve([*points, (target.left - 5, end)]), title)
    lanes = layout.lanes.get((target.node.iri, box.node.iri), ())
    points = [(box.left, start)]
    for column, height in reversed(lanes):
        points += [(_left(column) + WIDTH, height + _MARGIN), (_left(column), height + _MARGIN)]
    return Arrow(_curve([*points, (target.left + WIDTH + 5, end)]), title)


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """A line through the points that leaves and enters boxes level."""
    (x, y), *rest = points
    path = f"M{x:g} {y:g}"
    for number, (right, height) in enumerate(rest):
        if number % 2:  # within a lane
            path += f"L{right:g} {height:g}"
        else:
            bend = (right - x) / 2
            path += f"C{x + bend:g} {y:g} {right - bend:g} {height:g} {right:g} {height:g}"
        x, y = right, height
    return path


def _left(column: int) -> float:
    return _MARGIN + column * (WIDTH + _BETWEEN)
