"""A map: land, borders, and on it what is where; the few are named, the many are dots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

from mreze.serve.pictures.atlas import Shapes
from mreze.serve.pictures.frames import Frame, Layout
from mreze.serve.pictures.labels import Box, Placed, place
from mreze.serve.pictures.marks import mark
from mreze.serve.pictures.projection import View
from mreze.serve.pictures.svg import (
    FINE,
    LINE,
    TARGET,
    Caption,
    Name,
    Point,
    area,
    common,
    element,
    linked,
    picture,
    text_width,
    titled,
    words,
)

NAMED: Final = 16
"""A kind that is in more places has none of them named."""
_DOT: Final = 2.7
_PIN: Final = 4.5
_AROUND: Final = 7.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that is somewhere."""

    name: Name
    longitude: float
    latitude: float
    kind: int = 0
    place: Name | None = None
    """What the place is called, where the thing is not the place itself."""

    @property
    def where(self) -> Point:
        """Longitude and latitude."""
        return self.longitude, self.latitude


@dataclass(frozen=True, slots=True)
class _Pin:
    """All that is in one place and named."""

    where: Point
    kind: int
    name: Name
    told: Name
    """All of it in words."""


def draw_map(spots: Sequence[Spot], caption: Caption, layout: Layout, shapes: Sequence[Shapes | None]) -> str:
    """Draw a map.

    Args:
        spots: what is shown; in each place the first one is the most important.
        caption: what it is called.
        layout: which maps it is made of.
        shapes: of each of them, the land and its borders; None where nobody has made them.
    """
    main, inset = layout.main, layout.inset
    shown = [main.view.shows(main.view.point(*one.where)) for one in spots]
    near = list(compress(spots, shown))
    kinds = _named(spots)
    avoided = [inset.box] if inset is not None else []
    drawn = [_frame(main, near, kinds, shapes[0], avoided)]
    if inset is not None:
        far = [one for one, is_near in zip(spots, shown, strict=True) if not is_near]
        drawn.append(_frame(inset, far, kinds, shapes[1], (), _outline(inset.view, near)))
    return picture(caption, main.view.width, layout.height, drawn, "map")


def _frame(
    frame: Frame, spots: Sequence[Spot], kinds: set[int], shapes: Shapes | None, avoided: Sequence[Box], *more: str
) -> str:
    view = frame.view
    dots = [one for one in spots if one.kind not in kinds]
    pins = _pins([one for one in spots if one.kind in kinds])
    content = [*_ground(view, shapes), *more, *_dots(dots, view), *_labelled(pins, view, avoided)]
    edge = element("rect", class_="edge", width=view.width, height=view.height)
    return element("svg", *content, edge, x=frame.x, y=frame.y, width=view.width, height=view.height)


def _named(spots: Sequence[Spot]) -> set[int]:
    """The kinds that are in so few places that these can be named."""
    places = Counter(kind for kind, _ in {(one.kind, one.where) for one in spots})
    return {kind for kind, number in places.items() if number <= NAMED}


def _pins(spots: Sequence[Spot]) -> list[_Pin]:
    found: dict[Point, list[Spot]] = {}
    for one in spots:
        found.setdefault(one.where, []).append(one)
    return [_pin(where, here) for where, here in found.items()]


def _pin(where: Point, here: Sequence[Spot]) -> _Pin:
    things = _together([one.name for one in here])
    place = here[0].place
    if place is None:
        return _Pin(where, here[0].kind, here[0].name, things)
    told = Name(f"{place.text}: {things.text}", language=common([place.language, things.language]))
    return _Pin(where, here[0].kind, place, told)


def _together(names: Sequence[Name]) -> Name:
    """Several names as one text."""
    text = ", ".join(dict.fromkeys(one.text for one in names))
    return Name(text, language=common(one.language for one in names))


def _ground(view: View, shapes: Shapes | None) -> Iterator[str]:
    yield element("rect", class_="sea", width=view.width, height=view.height)
    if shapes is not None:
        drawn = (("land", shapes.land), ("borders", shapes.borders), ("borders disputed", shapes.disputed))
        paths = (element("path", class_=name, d=data) for name, data in drawn if data)
        yield element("g", *paths, transform=f"scale({1 / FINE})", aria_hidden="true")


def _outline(view: View, spots: Sequence[Spot]) -> str:
    """On the small map, where the large one is."""
    points = [view.point(*one.where) for one in spots]
    left, top = min(one[0] for one in points) - _AROUND, min(one[1] for one in points) - _AROUND
    right, bottom = max(one[0] for one in points) + _AROUND, max(one[1] for one in points) + _AROUND
    return element("rect", class_="outline", x=left, y=top, width=right - left, height=bottom - top)


def _dots(spots: Sequence[Spot], view: View) -> Iterator[str]:
    """A dot for each place; they are no links, as they are too small to hit: the table has those."""
    places: dict[tuple[int, Point], list[Name]] = {}
    for one in spots:
        places.setdefault((one.kind, one.where), []).append(one.name)
    for (kind, where), names in sorted(places.items(), key=lambda one: one[0]):
        x, y = view.point(*where)
        told = _together(names)
        drawn = titled(told.text), mark(kind, x, y, _DOT)
        yield element("g", *drawn, class_=f"dot kind-{kind}", lang=told.language)


def _labelled(pins: Sequence[_Pin], view: View, avoided: Sequence[Box]) -> Iterator[str]:
    points = [view.point(*one.where) for one in pins]
    sizes = [(text_width(one.name.text) + 4, TARGET) for one in pins]
    placed = place(points, sizes, Box(2, 2, view.width - 4, view.height - 4), avoided)
    yield from (_leader(one) for one in placed)
    for pin, (x, y) in zip(pins, points, strict=True):
        drawn = titled(pin.told.text), mark(pin.kind, x, y, _PIN)
        yield element("g", *drawn, class_=f"pin kind-{pin.kind}", lang=pin.told.language)
    for pin, label in zip(pins, placed, strict=True):
        if label is not None:
            box = label.box
            text = words(pin.name.text, box.x + 2, box.y + LINE)
            yield linked(pin.name, area(box.x, box.y, box.width), text, title=pin.told.text, language=pin.told.language)


def _leader(label: Placed | None) -> str:
    if label is None or label.leader is None:
        return ""
    (x1, y1), (x2, y2) = label.leader
    return element("line", class_="leader", x1=x1, y1=y1, x2=x2, y2=y2)
