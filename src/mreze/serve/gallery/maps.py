"""Maps: `?thing ?point`, and if there are `?kind`, `?place`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from mreze.serve.gallery.model import Drawn, Key
from mreze.serve.gallery.rows import Kinds, Namer, Row, Term
from mreze.serve.pictures.atlas import Globe, Shapes
from mreze.serve.pictures.frames import Layout
from mreze.serve.pictures.map import Spot, draw_map
from mreze.serve.pictures.marks import KINDS, key
from mreze.serve.pictures.svg import NARROW, WIDE, Caption, Point
from mreze.serve.view import Value

_NUMBER: Final = r"([-+]?\d+(?:\.\d+)?)"
_POINT: Final = re.compile(
    rf"(?:<[^>]*>\s*)?POINT\s*(?:Z\s*)?\(\s*{_NUMBER}\s+{_NUMBER}(?:\s+{_NUMBER})?\s*\)\Z", re.IGNORECASE
)
"""A point as GeoSPARQL writes it (https://docs.ogc.org/is/22-047r1/22-047r1.html#10-8-1); longitude first."""

_SIZES: Final = (("wide", WIDE), ("narrow", NARROW))


def map_of(
    rows: Sequence[Row], namer: Namer, caption: Caption, globe: Globe, corners: Sequence[Point] = ()
) -> Drawn | None:
    """A map of rows; None where none is anywhere.

    Args:
        rows: what is where.
        namer: says what it is called.
        caption: what the map is called.
        globe: what it is cut of.
        corners: what one small map for all screens shows instead of what the rows fill.
    """
    located = [row for row in rows if "thing" in row and place_of(row) is not None]
    if not located:
        return None
    kinds = Kinds((row.get("kind") for row in located), KINDS)
    spots = [_spot(row, kinds, namer) for row in located]
    drawings, footnoted = [], False
    for size, width in _SIZES[1:] if corners else _SIZES:
        layout = globe.lay_out(corners or (one.where for one in spots), width)
        shapes = _shapes(globe, layout)
        footnoted = footnoted or any(one is not None and one.footnoted for one in shapes)
        titled = replace(caption, id=f"{caption.id}-{size}")
        drawings.append(draw_map(spots, titled, layout, shapes))
    named = [(kinds.number(one), namer.name(one)) for one in kinds.terms if one is not None]
    keys = tuple(Key(key(number, ""), one.text, one.language) for number, one in named)
    return Drawn(
        tuple(drawings), keys, _columns(located, namer), tuple(_lines(located, namer)),
        tuple(_notes(namer, drawn=globe.atlas is not None, footnoted=footnoted)),
    )  # fmt: skip


def _shapes(globe: Globe, layout: Layout) -> list[Shapes | None]:
    """Of each map; the small one has no borders."""
    small = globe.cut(layout.inset.view, borders=False) if layout.inset is not None else None
    return [globe.cut(layout.main.view), small]


def place_of(row: Row) -> Point | None:
    """Where what a row tells of is: degrees of longitude and latitude."""
    point = row.get("point")
    match = _POINT.match(point.value.strip()) if point is not None else None
    if match is None:
        return None
    longitude, latitude = float(match[1]), float(match[2])
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _spot(row: Row, kinds: Kinds, namer: Namer) -> Spot:
    longitude, latitude = place_of(row) or (0.0, 0.0)
    place = row.get("place")
    return Spot(
        namer.name(row["thing"]), longitude, latitude, kinds.number(row.get("kind")),
        namer.name(place) if place is not None else None,
    )  # fmt: skip


def _notes(namer: Namer, *, drawn: bool, footnoted: bool) -> Iterator[str]:
    if drawn:
        yield namer.say(
            "Land and borders: Natural Earth. A broken line is a border that is not agreed on; the map takes no side."
        )
    if footnoted:
        yield namer.say(
            "Kosovo*: this designation is without prejudice to positions on status, and is in line with UNSCR "
            "1244/1999 and the ICJ Opinion on the Kosovo declaration of independence."
        )


def _columns(rows: Sequence[Row], namer: Namer) -> tuple[str, ...]:
    titles = {"place": namer.say("place"), "kind": namer.say("kind")}
    optional = (title for name, title in titles.items() if any(name in row for row in rows))
    return namer.say("name"), *optional, namer.say("coordinates")


def _lines(rows: Sequence[Row], namer: Namer) -> Iterator[tuple[Value | None, ...]]:
    given = [name for name in ("place", "kind") if any(name in row for row in rows)]
    for row in rows:
        longitude, latitude = place_of(row) or (0.0, 0.0)
        cells = (_cell(row.get(name), namer) for name in given)
        yield (namer.value(row["thing"]), *cells, Value(f"{latitude:.2f}, {longitude:.2f}"))


def _cell(term: Term | None, namer: Namer) -> Value | None:
    return namer.value(term) if term is not None else None
