"""A timeline: a lane for each thing, and on it what happened to it, as precise as the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, floor
from typing import Final

from mreze.serve.pictures.labels import Box
from mreze.serve.pictures.marks import mark
from mreze.serve.pictures.moments import Moment
from mreze.serve.pictures.svg import (
    BOLD,
    LINE,
    TARGET,
    WIDE,
    Caption,
    Name,
    area,
    element,
    linked,
    picture,
    text_width,
    words,
    wrap,
)

_SIDE: Final = 12.0
_TOP: Final = 26.0
_MARK: Final = 5.0
_STEPS: Final = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
_FADING: Final = 34.0
"""Length of the line that leads to a time that is a bound only."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, and when."""

    kind: int
    """Its number among the kinds of the picture: it chooses the mark."""
    moment: Moment
    when: str
    """The moment in the reader's words."""
    told: str
    """All of it in words: what it was, when, and how that is known."""
    until: Moment | None = None
    lasts: bool = False
    """Whether what began has not ended."""
    standing: str = ""
    """See `mreze.pictures.STANDINGS`."""
    href: str | None = None
    language: str | None = None
    """BCP 47 tag of what is told, where it is not that of the page."""

    @property
    def is_rough(self) -> bool:
        """Whether only the year is known."""
        return len(self.moment.parts) == 1


@dataclass(frozen=True, slots=True)
class Lane:
    """A thing, and what happened to it."""

    name: Name
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """From years to places."""

    first: float
    last: float
    width: float

    def at(self, year: float) -> float:
        inner = self.width - 2 * _SIDE
        return _SIDE + inner * (min(max(year, self.first), self.last) - self.first) / (self.last - self.first)


def draw_timeline(lanes: Sequence[Lane], caption: Caption, width: float, today: float) -> str:
    """Draw a timeline.

    Args:
        lanes: from top to bottom.
        caption: what it is called.
        width: in units of the picture.
        today: where what lasts is drawn to, in years.
    """
    scale, step = _scale(lanes, width, today)
    content: list[str] = []
    y = _TOP
    for lane in lanes:
        drawn, height = _lane(lane, scale, y)
        content.append(drawn)
        y += height
    axis = list(_axis(scale, step, y))
    return picture(caption, width, y + 4, [*axis, *content], "timeline")


def _scale(lanes: Sequence[Lane], width: float, today: float) -> tuple[_Scale, int]:
    """Whole steps around all there is; as many as their years have room to be written."""
    moments = [one.moment for lane in lanes for one in lane.happenings]
    ends = [one.until for lane in lanes for one in lane.happenings if one.until]
    first = min((one.start for one in moments), default=today)
    last = max([one.end for one in [*moments, *ends]] + ([today] if _lasting(lanes) else []), default=today)
    room = max(2, int((width - 2 * _SIDE) / (58 if width >= WIDE else 46)))
    step = next((one for one in _STEPS if (last - first) / one <= room), _STEPS[-1])
    low = floor(first / step) * step
    high = last if _lasting(lanes) else ceil(last / step) * step
    return _Scale(low, max(high, low + step), width), step


def _lasting(lanes: Sequence[Lane]) -> bool:
    return any(one.lasts for lane in lanes for one in lane.happenings)


def _axis(scale: _Scale, step: int, bottom: float) -> Iterator[str]:
    ticks: list[str] = []
    for year in count(int(scale.first), step):
        if year > scale.last:
            break
        x = scale.at(year)
        half = text_width(str(year)) / 2
        place = min(max(x, half), scale.width - half)
        ticks.append(element("line", x1=x, y1=_TOP - 6, x2=x, y2=bottom))
        ticks.append(words(str(year), place, 13.0, text_anchor="middle"))
    yield element("g", *ticks, class_="axis", aria_hidden="true")


def _lane(lane: Lane, scale: _Scale, top: float) -> tuple[str, float]:
    """A lane, and how high it is."""
    lines = wrap(lane.name.text, scale.width / BOLD, 2)
    tall = TARGET + LINE * (len(lines) - 1)
    full = lane.name.text if lane.name.text != " ".join(lines) else None
    name = linked(
        lane.name,
        area(0.0, top, BOLD * max(map(text_width, lines)), tall),
        *(words(one, 0.0, top + LINE * (at + 1), class_="name") for at, one in enumerate(lines)),
        title=full,
    )
    middle = top + tall + TARGET / 2
    placed = _placed(lane, scale, middle)
    marks = [_marked(one, scale, spot.y) for one, spot in zip(lane.happenings, placed, strict=True)]
    dates = [_date(one, spot.date) for one, spot in zip(lane.happenings, placed, strict=True)]
    line = element("line", class_="lane", x1=_SIDE, y1=middle, x2=scale.width - _SIDE, y2=middle)
    lowest = max([middle, *(max(one.y, one.date.y + TARGET / 2) for one in placed)])
    return element("g", line, *marks, name, *dates), lowest + TARGET / 2 - top + 4


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a mark stands, and its date."""

    y: float
    date: Box


def _placed(lane: Lane, scale: _Scale, middle: float) -> list[_Spot]:
    """Where marks and dates stand: what is held to be so on the lane, what another source says below if need be."""
    taken = [_mark_box(one, scale, middle) for one in lane.happenings if one.standing != "otherwise"]
    found: list[_Spot] = []
    for one in lane.happenings:
        moves = one.standing == "otherwise"
        rows = (middle + TARGET * number for number in count())
        tried = (_Spot(y if moves else middle, box) for y in rows for box in _date_boxes(one, scale, y, middle))
        spot = next(
            spot
            for spot in tried
            if _is_free(spot.date, scale, taken)
            and (not moves or _is_free(_mark_box(one, scale, spot.y), scale, taken))
        )
        taken += [spot.date, _mark_box(one, scale, spot.y)]
        found.append(spot)
    return found


def _is_free(box: Box, scale: _Scale, taken: Sequence[Box]) -> bool:
    return box.is_within(Box(0, 0, scale.width, float("inf"))) and not any(box.meets(other) for other in taken)


def _mark_box(one: Happening, scale: _Scale, y: float) -> Box:
    x = scale.at(one.moment.middle)
    left = _FADING if one.standing == "before" else 6.0
    return Box(max(x - left, 0), y - 6, left + (_FADING if one.standing == "after" else 6.0), 12)


def _date_boxes(one: Happening, scale: _Scale, y: float, middle: float) -> Iterator[Box]:
    """Places for a date in a row: beside its mark, and in a row below that also where it fits just so."""
    x, width = scale.at(one.moment.middle), text_width(one.when)
    mark_box = _mark_box(one, scale, y)
    right, left = mark_box.x + mark_box.width + 3, mark_box.x - 3 - width
    yield Box(right, y - TARGET / 2, width, TARGET)
    yield Box(left, y - TARGET / 2, width, TARGET)
    if y > middle and one.standing != "otherwise":
        yield Box(min(max(x - width / 2, 0), scale.width - width), y - TARGET / 2, width, TARGET)


def _marked(one: Happening, scale: _Scale, y: float) -> str:
    """The mark of what happened: over the time that its date covers, and up to its end."""
    start, end = scale.at(one.moment.start), scale.at(one.moment.end)
    x = scale.at(one.moment.middle)
    parts: list[str] = []
    if one.until is not None or one.lasts:
        last = scale.at(one.until.middle) if one.until is not None else scale.width - _SIDE
        parts.append(element("line", class_="span", x1=x, y1=y, x2=last, y2=y))
        if one.until is not None:
            parts.append(element("line", class_="stop", x1=last, y1=y - 7, x2=last, y2=y + 7))
    if one.standing in {"before", "after"}:
        far = x - _FADING if one.standing == "before" else x + _FADING
        parts.append(element("line", class_="bound", x1=x, y1=y, x2=max(far, 0.0), y2=y))
    if one.is_rough:
        parts.append(element("rect", class_="extent", x=start, y=y - 9, width=max(end - start, 2.0), height=18))
    parts.append(mark(one.kind, x, y, _MARK))
    otherwise = " otherwise" if one.standing == "otherwise" else ""
    return element("g", *parts, class_=f"kind-{one.kind}{otherwise}")


def _date(one: Happening, box: Box) -> str:
    otherwise = " otherwise" if one.standing == "otherwise" else ""
    text = words(one.when, box.x, box.y + LINE, class_=f"date{otherwise}")
    return linked(Name(one.told, one.href), area(box.x, box.y, box.width), text, title=one.told, language=one.language)
