"""The shapes of land and of borders: what hatch_build.py makes of Natural Earth, cut to what a map shows.

They are in the form of TopoJSON (https://github.com/topojson/topojson-specification): arcs, each once, in steps.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import accumulate
from math import degrees
from threading import Lock
from typing import Any, Final

from mreze.serve.cache import Cache
from mreze.serve.pictures.clipping import clip, thin
from mreze.serve.pictures.frames import Layout, lay_out
from mreze.serve.pictures.projection import View, area_of, flat
from mreze.serve.pictures.svg import Point, path

_FILE: Final = "world.json"
_FINEST: Final = 1.1
"""Units of the picture: a line has no points nearer to each other."""
_SMALLEST: Final = 3.0
"""Twice the area of the smallest island that is drawn, in units of the picture."""
_KEPT: Final = 16 << 20
"""Bytes of shapes, and of layouts, that are kept."""
_POINT: Final = 200
"""Bytes that a place of a layout takes."""
_EDGE: Final = 4.0
"""So far beyond the map its shapes reach."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in degrees, and how far it reaches: the ends of its longitudes and latitudes."""

    points: tuple[Point, ...]
    west: float
    east: float
    south: float
    north: float
    low: float
    high: float
    """South and north on the plane."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A country."""

    code: str
    """ISO 3166-1 numeric."""
    rings: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Atlas:
    """The world in degrees."""

    land: tuple[Line, ...]
    """The rings around it, and around the water within."""
    borders: tuple[Line, ...]
    disputed: tuple[Line, ...]
    footnote: tuple[float, float, float, float]
    """Least and greatest longitude, then latitude, of what has a footnote wherever it is shown."""
    territories: tuple[Territory, ...] = ()
    """The countries, without what is not agreed on."""


@dataclass(frozen=True, slots=True)
class Shapes:
    """What of it a map shows, as data of paths."""

    land: str
    borders: str
    disputed: str
    footnoted: bool
    """Whether what has a footnote is on the map."""


class Globe:
    """The atlas, and what was cut of it: maps in other languages show the same."""

    def __init__(self, atlas: Atlas | None) -> None:
        """Prepare; without an atlas maps have neither land nor borders."""
        self.atlas = atlas
        self._lock = Lock()  # pictures are drawn in threads
        self._layouts: Cache[Layout] = Cache(capacity=_KEPT, largest=_KEPT)
        self._cut: Cache[Shapes] = Cache(capacity=_KEPT, largest=_KEPT)

    def lay_out(self, places: Iterable[Point], width: float) -> Layout:
        """The layout of a map of places; see `frames.lay_out`."""
        key = tuple(places), width
        with self._lock:
            found = self._layouts.get(key)
        if found is None:
            found = lay_out(*key)
            with self._lock:
                self._layouts.put(key, found, _POINT * (len(key[0]) + 1))
        return found

    def cut(self, view: View, *, borders: bool = True) -> Shapes | None:
        """The shapes that a map shows, with or without borders; this takes some hundredths of a second, once."""
        if self.atlas is None:
            return None
        with self._lock:
            found = self._cut.get(view)
        if found is None:
            found = cut(self.atlas if borders else replace(self.atlas, borders=(), disputed=()), view)
            with self._lock:
                self._cut.put(view, found, len(found.land) + len(found.borders) + len(found.disputed))
        return found


def open_globe() -> Globe:
    """The globe of this installation; its atlas is none where nobody has made it."""
    file = resources.files("mreze.serve") / "pictures" / _FILE
    return Globe(read_atlas(file.read_bytes()) if file.is_file() else None)


def read_atlas(content: bytes) -> Atlas:
    """Read what hatch_build.py wrote: a ring names arcs, one that it takes backwards by its complement."""
    found: Any = json.loads(content)
    (east, north), (west, south) = found["scale"], found["translate"]
    arcs: list[list[Point]] = []
    for steps in found["arcs"]:
        xs, ys = accumulate(steps[::2]), accumulate(steps[1::2])
        arcs.append([(x * east + west, y * north + south) for x, y in zip(xs, ys, strict=True)])
    rings = (ring for polygon in found["land"] for ring in polygon)
    borders, disputed = (tuple(_measured(arcs[one]) for one in found[name]) for name in ("borders", "disputed"))
    land = tuple(_measured(_joined(arcs, ring)) for ring in rings)
    territories = tuple(
        Territory(code, tuple(_measured(_joined(arcs, ring)) for polygon in polygons for ring in polygon))
        for code, polygons in found.get("territories", ())
    )
    return Atlas(land, borders, disputed, tuple(found["footnote"]), territories)


def _joined(arcs: Sequence[Sequence[Point]], ring: Sequence[int]) -> list[Point]:
    """A ring that goes on beyond 180 degrees, where that of the atlas begins again at -180."""
    found: list[Point] = []
    for arc in ring:
        points = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        for x, y in points[1:] if found else points:
            turns = round((found[-1][0] - x) / 360) if found else 0
            found.append((x + 360 * turns, y))
    return found


def _measured(points: Sequence[Point]) -> Line:
    xs, ys = [one[0] for one in points], [one[1] for one in points]
    south, north = min(ys), max(ys)
    return Line(tuple(points), min(xs), max(xs), south, north, flat(0, south)[1], flat(0, north)[1])


def cut(atlas: Atlas, view: View) -> Shapes:
    """The shapes that a map shows."""
    land = "".join(data for ring in atlas.land for data in _land(ring, view))
    return Shapes(land, _lines(atlas.borders, view), _lines(atlas.disputed, view), _has_note(atlas, view))


def _land(ring: Line, view: View) -> Iterator[str]:
    """A ring, and where the map's edge cuts it, its parts on either side."""
    if max(ring.east - ring.west, ring.north - ring.south) < _seen(view):
        return
    for turn in (-720, -360, 0, 360, 720):
        by = turn - view.middle
        if _may_show(ring, by, view):
            points = thin(ring.points, _seen(view))  # most of the work is to project them
            data = _filled(clip([(x + by, y) for x, y in points], (-180, -90), (180, 90)), view)
            if data:
                yield data


def _seen(view: View) -> float:
    """The degrees that are about half of the finest that is drawn."""
    return degrees(_FINEST / 2 / view.scale)


def _may_show(line: Line, by: float, view: View) -> bool:
    """Whether a line, turned by so many degrees, may reach into a view: whether what is around it does."""
    west, east = max(line.west + by, -180), min(line.east + by, 180)
    if west >= east or line.high < view.top - view.height / view.scale or line.low > view.top:
        return False
    # Parallels are the shorter the further they are from the equator, so it is widest where it is nearest to that.
    latitudes = (line.south, line.north, min(max(0, line.south), line.north))
    left = min(flat(west, one)[0] for one in latitudes)
    right = max(flat(east, one)[0] for one in latitudes)
    return right >= view.left and left <= view.left + view.width / view.scale


def _filled(ring: Sequence[Point], view: View) -> str:
    placed = [view.placed(*flat(*one)) for one in ring]
    shown = clip(placed, (-_EDGE, -_EDGE), (view.width + _EDGE, view.height + _EDGE))
    if len(shown) < 3 or area_of(shown) < _SMALLEST:
        return ""
    return path(thin(shown, _FINEST), closed=True)


def _lines(lines: Sequence[Line], view: View) -> str:
    near = (one for one in lines if any(_may_show(one, turn - view.middle, view) for turn in (-360, 0, 360)))
    return "".join(
        data for line in near for data in _line([view.point(*one) for one in thin(line.points, _seen(view))], view)
    )


def _line(points: Sequence[Point], view: View) -> Iterator[str]:
    """The parts of a line that a map shows."""
    part: list[Point] = []
    for point in points:
        if view.shows(point) and not (part and abs(point[0] - part[-1][0]) > view.width / 2):
            part.append(point)
            continue
        if len(part) > 1:
            yield path(thin(part, _FINEST))
        part = [point] if view.shows(point) else []
    if len(part) > 1:
        yield path(thin(part, _FINEST))


def _has_note(atlas: Atlas, view: View) -> bool:
    west, east, south, north = atlas.footnote
    steps = [one / 4 for one in range(5)]
    return any(
        view.shows(view.point(west + (east - west) * x, south + (north - south) * y)) for x in steps for y in steps
    )
