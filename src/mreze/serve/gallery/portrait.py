"""The pictures of a thing: where it is, and when what happened to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor
from typing import Final

from mreze.serve.gallery.dates import dates
from mreze.serve.gallery.maps import map_of, place_of
from mreze.serve.gallery.model import Drawn, Exhibit
from mreze.serve.gallery.rows import TABLE, Namer, Row, told
from mreze.serve.gallery.sights import sights
from mreze.serve.gallery.timelines import timeline
from mreze.serve.gallery.whereabouts import whereabouts
from mreze.serve.pages import Reader, interface_text
from mreze.serve.pictures.atlas import open_globe
from mreze.serve.pictures.moments import Moment
from mreze.serve.pictures.svg import Caption, Point
from mreze.serve.service import Service
from mreze.serve.view import Value

_LANES: Final = 24
_FEW: Final = 8
"""Places that have one small map."""
_STEP: Final = 10
"""Degrees: the maps of few places end at multiples of it, so that many share what is cut of the world."""
_AROUND: Final = 2
"""Degrees that they show around a place, at least."""
_HALF: Final = 180


async def portrait(service: Service, reader: Reader, thing: str) -> tuple[Exhibit, ...]:
    """The pictures of a thing; none where it is nowhere and nothing happened to it. Drawn once, in a thread."""
    key = thing, reader.language, reader.request.root, reader.query
    found = service.exhibits.get(key)
    if found is None:
        found = await asyncio.to_thread(lambda: tuple(_portrait(service, reader, thing)))
        size = sum(len(one) for exhibit in found for one in exhibit.drawn.drawings)
        service.exhibits.put(key, found, 2 * size + len(thing))
    return found


def _portrait(service: Service, reader: Reader, thing: str) -> Iterator[Exhibit]:
    rows = dates(service.store, thing, interface_text(reader, "joined"), TABLE + 1)
    if len(rows) > 1:  # a single date is told by the facts
        yield from _exhibit(service, reader, "timeline", interface_text(reader, "In the course of time"), rows)
    rows = sights(service.store, thing, TABLE + 1)
    if rows:
        yield from _exhibit(service, reader, "map", interface_text(reader, "On the map"), rows)


def _exhibit(service: Service, reader: Reader, kind: str, heading: str, rows: list[Row]) -> Iterator[Exhibit]:
    cut = TABLE if len(rows) > TABLE else 0
    rows = rows[:TABLE]
    description = interface_text(reader, "The first {count} entries of more; they are in the table.", count=cut)
    caption = Caption(f"picture-{kind}", heading, description if cut else told(reader, rows))
    namer = Namer(service.store, service.release.base, reader, rows)
    drawn = _map(service, rows, namer, caption) if kind == "map" else _timeline(service, rows, namer, caption)
    if drawn is not None:
        yield Exhibit(caption.id, kind, "", Value(heading), "", drawn, cut)


def _timeline(service: Service, rows: list[Row], namer: Namer, caption: Caption) -> Drawn | None:
    year, month, day = map(int, service.release.date.split("-"))
    return timeline(rows, namer, caption, Moment((year, month, day)), _LANES)


def _map(service: Service, rows: list[Row], namer: Namer, caption: Caption) -> Drawn | None:
    globe = service.globe.get(open_globe)
    if globe.atlas is None:
        return None  # points without land tell nothing
    where = whereabouts(service.store, service.release.base, namer.reader, globe.atlas, rows)
    named = replace(caption, title=f"{caption.title}: {where}") if where else caption
    corners = around([one for one in map(place_of, rows) if one is not None])
    drawn = map_of(rows, namer, named, globe, corners)
    return replace(drawn, notes=(where, *drawn.notes)) if drawn is not None and where else drawn


def around(places: list[Point]) -> tuple[Point, ...]:
    """The corners of a map of few places, in degrees; none where they are many or all over the world."""
    west, east = min(one[0] for one in places), max(one[0] for one in places)
    south, north = min(one[1] for one in places), max(one[1] for one in places)
    if len(set(places)) > _FEW or east - west > _HALF - 2 * (_AROUND + _STEP):
        return ()
    left, right = _STEP * floor((west - _AROUND) / _STEP), _STEP * ceil((east + _AROUND) / _STEP)
    low, high = _STEP * floor((south - _AROUND) / _STEP), _STEP * ceil((north + _AROUND) / _STEP)
    return (float(left), float(max(low, -90))), (float(right), float(min(high, 90)))
