"""Rows of a query become a picture, a legend and a table, in the language of the reader."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

import pytest

from mreze.errors import ReleaseError
from mreze.release import Release
from mreze.serve.cache import Cache
from mreze.serve.exchange import Request
from mreze.serve.gallery import gallery
from mreze.serve.gallery.maps import map_of
from mreze.serve.gallery.model import Drawn, Exhibit
from mreze.serve.gallery.networks import network
from mreze.serve.gallery.rows import Namer, Row, Term, read_rows, told
from mreze.serve.gallery.timelines import timeline
from mreze.serve.pages import Reader
from mreze.serve.pictures.atlas import Globe
from mreze.serve.pictures.moments import Moment
from mreze.serve.pictures.svg import Caption
from mreze.serve.service import Service
from mreze.serve.store import Store

BASE = "https://example.org/"
CAPTION = Caption("p", "Bridges", "Told")
TODAY = Moment((2026, 11, 27))
POINT = "POINT(21.9 43.3)"
Draw = Callable[[list[Row], Namer], Drawn | None]


class Nameless:
    """A store that knows no labels."""

    def labels(self, nodes: object) -> set[object]:
        """None."""
        del nodes
        return set()


def row(**cells: str) -> Row:
    """A row; what begins with the base is an IRI."""
    return {name: Term(value, value.startswith("http")) for name, value in cells.items()}


def namer(rows: list[Row], language: str = "en") -> Namer:
    """Names things for a reader of the home page who chose a language."""
    headers: Mapping[str, str] = {}
    reader = Reader(Request("GET", "", f"lang={language}", headers, BASE), language)
    return Namer(cast("Store", Nameless()), BASE, reader, rows)


def _timeline(rows: list[Row], namer: Namer) -> Drawn | None:
    return timeline(rows, namer, CAPTION, TODAY)


def _map(rows: list[Row], namer: Namer) -> Drawn | None:
    return map_of(rows, namer, CAPTION, Globe(None))


def _network(rows: list[Row], namer: Namer) -> Drawn | None:
    return network(rows, namer, CAPTION)


BRIDGE, RIVER = BASE + "id/bridges/old", BASE + "id/rivers/green"
OPENED = "https://schema.org/foundingDate"


@pytest.mark.parametrize(
    ("draw", "rows"),
    [
        (_timeline, [row(thing=BRIDGE, date="soon"), row(thing=BRIDGE), row(date="1871")]),
        (
            _map,
            [row(thing=BRIDGE, point="LINESTRING(1 2, 3 4)"), row(point=POINT), row(thing=BRIDGE, point="POINT(1 91)")],
        ),
        (_network, [row(**{"from": BRIDGE}), row(to=RIVER)]),
    ],
)
def test_what_cannot_be_drawn_is_no_picture(draw: Draw, rows: list[Row]) -> None:
    """Rows without a date, a point or an end are left out; where none is left there is nothing."""
    assert draw([], namer([])) is None
    assert draw(rows, namer(rows)) is None


@pytest.mark.parametrize(
    ("draw", "rows", "cells"),
    [
        (
            _timeline,
            [
                row(thing=BRIDGE, date="1871-05", kind=OPENED),
                row(thing=BRIDGE, date="1870", standing="otherwise", kind=OPENED),
            ],
            [
                ["id/bridges/old", "founded", "May 1871", None],
                ["id/bridges/old", "founded", "1870", "says another source"],
            ],
        ),
        (
            _timeline,
            [
                row(thing="<Ferry>", date="1990", until="2001-02", detail=BRIDGE),
                row(thing="<Ferry>", date="1980", standing="before", until="present"),
            ],
            [["<Ferry>", None, "1990", "Feb 2001", None], ["<Ferry>", None, "before 1980", "lasts to this day", None]],
        ),
        (_map, [row(thing=BRIDGE, point=POINT, place=RIVER)], [["id/bridges/old", "id/rivers/green", "43.30, 21.90"]]),
        (_network, [row(**{"from": BRIDGE, "to": RIVER})] * 2, [["id/bridges/old", "id/rivers/green"]]),
    ],
)
def test_the_table_has_the_same(draw: Draw, rows: list[Row], cells: list[list[str | None]]) -> None:
    """Each row of it, in words and with links; and both drawings have the names."""
    drawn = draw(rows, namer(rows))
    assert drawn is not None
    assert [[value.text if value else None for value in line] for line in drawn.lines] == cells
    assert {len(line) for line in drawn.lines} == {len(drawn.columns)}
    assert len(drawn.drawings) == 2
    for drawing in drawn.drawings:
        assert (
            str(cells[0][-1 if draw is _network else 0]).replace("<", "&lt;").replace(">", "&gt;").split("/")[0]
            in drawing
        )
        assert "<Ferry>" not in drawing


def test_links_keep_the_language() -> None:
    """Those of a picture as those of its table."""
    rows = [row(**{"from": BRIDGE, "to": RIVER})]
    drawn = _network(rows, namer(rows, "sr-latn"))
    assert drawn is not None
    assert 'href="./doc/bridges/old?lang=sr-latn"' in drawn.drawings[0]
    assert drawn.columns == ("naziv", "povezano sa")


@pytest.mark.parametrize(
    "point",
    [
        "POINT(21.9 43.3)",
        "point (21.9 43.3)",
        "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(21.9 43.3)",
        "POINT Z(21.9 43.3 190)",
    ],
)
def test_points_are_read_as_geosparql_writes_them(point: str) -> None:
    """With the name of a reference system, and with a height."""
    rows = [row(thing=BRIDGE, point=point)]
    drawn = _map(rows, namer(rows))
    assert drawn is not None
    assert drawn.lines[0][-1] is not None
    assert drawn.lines[0][-1].text == "43.30, 21.90"


def test_each_kind_has_a_key() -> None:
    """In the order in which they come; those that are too many share the last mark."""
    rows = [row(thing=BRIDGE, point=f"POINT({at} 43)", kind=f"{BASE}kind/{at}") for at in range(7)]
    drawn = _map(rows, namer(rows))
    assert drawn is not None
    assert [one.text for one in drawn.keys] == [f"kind/{at}" for at in range(7)]
    assert [f"kind-{min(at, 4)}" in one.mark for at, one in enumerate(drawn.keys)] == [True] * 7


@pytest.mark.parametrize("content", [b"", b"[]", b'{"results": {"bindings": [{"thing": 1}]}}'])
def test_damage_is_told(tmp_path: Path, content: bytes) -> None:
    """With the file, and what to do."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "x.json").write_bytes(content)
    release = Release(tmp_path, "2026-11-27", BASE, ("en",), {}, "", (), {}, {}, {}, "")
    with pytest.raises(ReleaseError, match=r"x\.json: damaged.*Build the release again"):
        read_rows(release, "x")


@pytest.mark.parametrize(
    ("draw", "rows", "note"),
    [
        (
            _timeline,
            [row(thing=f"T{at}", date="2000") for at in range(61)],
            "The picture shows 60 of 61; the table has all.",
        ),
        (
            _timeline,
            [row(thing=f"T{at}", date="2000") for at in range(401)],
            "The picture shows 60 of 401.",
        ),
        (
            _network,
            [row(**{"from": "F", "to": f"T{at}"}) for at in range(41)],
            "The picture shows 40 of 41; the table has all.",
        ),
    ],
)
def test_a_picture_has_an_end(draw: Draw, rows: list[Row], note: str) -> None:
    """What is too much to look at is in the table, and the picture says so."""
    drawn = draw(rows, namer(rows))
    assert drawn is not None
    assert drawn.notes == (note,)
    assert len(drawn.lines) == len(rows)
    assert ">T39<" in drawn.drawings[0]
    assert ">T60<" not in drawn.drawings[0]


class Drawing:
    """What `exhibits` needs of a service; counts what is drawn."""

    def __init__(self) -> None:
        self.pages = self
        self.release = self
        self.base = BASE
        self.languages = ("en", "sr-cyrl")
        self.exhibits = Cache[tuple[Exhibit, ...]](capacity=100, largest=100)
        self.drawing = asyncio.Semaphore(1)
        self.drawn: list[str] = []

    def reader(self, request: Request) -> Reader:
        """A reader of the language."""
        return Reader(request, request.headers["accept-language"])

    def draw(self, _: object, reader: Reader) -> list[Exhibit]:
        """No picture."""
        self.drawn.append(reader.language)
        return []


def test_the_pictures_are_drawn_ahead_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """In each language, and not again for who comes meanwhile or later."""
    service = Drawing()
    monkeypatch.setattr(gallery, "_exhibits", service.draw)

    async def visit() -> None:
        given = cast("Service", service)
        reader = service.reader(Request("GET", "", "", {"accept-language": "en"}, BASE))
        await asyncio.gather(gallery.draw_ahead(given), gallery.exhibits(given, reader), gallery.draw_ahead(given))

    asyncio.run(visit())
    assert service.drawn == ["en", "sr-cyrl"]


def test_damage_does_not_stop_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be drawn ahead is told to who asks for it."""

    def damaged(*_: object) -> list[Exhibit]:
        raise ReleaseError("damaged")

    monkeypatch.setattr(gallery, "_exhibits", damaged)
    asyncio.run(gallery.draw_ahead(cast("Service", Drawing())))


@pytest.mark.parametrize(
    ("count", "language", "said"),
    [
        (1, "en", "One entry,"),
        (2, "en", "2 entries, all"),
        (401, "en", "401 entries, the first 400 of which"),
        (1, "sr-latn", "Jedna stavka"),
        (0, "en", "0 entries"),
    ],
)
def test_a_picture_of_one_says_so(count: int, language: str, said: str) -> None:
    """One entry is no "1 entries"."""
    reader = Reader(Request("GET", "", f"lang={language}", {}, BASE), language)
    assert told(reader, [row(thing="x")] * count).startswith(said)
