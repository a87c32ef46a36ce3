"""A map shows what is where, and no more of the world than that takes."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from mreze.serve.pictures.atlas import Globe, Shapes, open_globe
from mreze.serve.pictures.clipping import clip, thin
from mreze.serve.pictures.frames import lay_out
from mreze.serve.pictures.map import Spot, draw_map
from mreze.serve.pictures.projection import View, find_view, flat
from mreze.serve.pictures.svg import NARROW, WIDE, Caption, Name, Point

CAPTION = Caption("m", "Where?", "Told")
EUROPE = {
    "Niš": (21.9, 43.3), "Belgrade": (20.5, 44.8), "Istanbul": (28.9, 41.0), "Salzburg": (13.0, 47.8),
    "Stockholm": (18.1, 59.3), "Arles": (4.6, 43.7), "Besançon": (6.0, 47.2),
}  # fmt: skip
KYOTO = (135.8, 35.0)


@pytest.fixture(scope="module")
def globe() -> Globe:
    """The shapes that hatch_build.py has made."""
    return open_globe()


def shapes_of(globe: Globe, view: View) -> Shapes:
    """What of them a view shows."""
    found = globe.cut(view)
    assert found is not None, "scripts/setup makes the atlas"
    return found


def drawn(places: dict[str, Point], width: float, shapes: Shapes | None = None) -> ElementTree.Element:
    """A map, read."""
    spots = [Spot(Name(name, f"#{name}"), *where) for name, where in places.items()]
    layout = lay_out([one.where for one in spots], width)
    return ElementTree.fromstring(draw_map(spots, CAPTION, layout, [shapes, None]))  # noqa: S314 - our own


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_places_are_named_and_linked(width: float) -> None:
    """Each is on the map, and its name somewhere near; what is far off has a small map of its own."""
    root = drawn({**EUROPE, "Kyoto": KYOTO}, width)
    assert {one.text for one in root.iter("text")} == {*EUROPE, "Kyoto"}
    assert {one.get("href") for one in root.iter("a")} == {f"#{name}" for name in (*EUROPE, "Kyoto")}
    frames = root.findall("svg")
    assert [len(list(one.iter("text"))) for one in frames] == [7, 1]
    assert "outline" in {one.get("class") for one in frames[1].iter("rect")}


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize(
    "places", [[(21.9, 43.3)], [(179.0, -17.0), (-179.0, -18.0)], [(0.0, 89.9), (90.0, 89.9)], list(EUROPE.values())]
)
def test_a_view_shows_its_places(places: list[Point], width: float) -> None:
    """Wherever they are, across the line where the date changes too; one has something around it."""
    view = find_view(places, width, 0.5, 1.2)
    assert all(view.shows(view.point(*one)) for one in places)
    assert view.height / view.width + 0.001 >= 0.5
    assert view.height / view.width <= 1.2 + 0.001


def test_far_apart_is_one_map() -> None:
    """Where no part of it is most of it there is nothing to show apart."""
    assert lay_out([(0.0, 0.0), (90.0, 0.0), (180.0, 0.0), (-90.0, 0.0)], WIDE).inset is None
    assert lay_out(list(EUROPE.values()), WIDE).inset is None


def test_many_places_are_dots() -> None:
    """They are named in their titles only, and in the table."""
    root = drawn({f"City {number}": (float(number), 45.0) for number in range(17)}, WIDE)
    assert list(root.iter("text")) == []
    assert [one.text for one in root.iter("title")][:3] == ["Where?", "City 0", "City 1"]


def test_the_projection_is_equal_earth() -> None:
    """Values of its authors: the ends of the equator and of the axis, and a meridian that bends."""
    assert flat(180, 0)[0] == pytest.approx(2.7066, abs=0.001)
    assert flat(0, 90)[1] == pytest.approx(1.3173, abs=0.001)
    assert flat(0, 45)[0] == 0
    assert flat(90, 80)[0] < flat(90, 0)[0]


@pytest.mark.parametrize(
    ("places", "footnoted"),
    [(list(EUROPE.values()), True), ([(135.8, 35.0), (139.7, 35.7)], False), ([(20.9, 42.6)], True)],
)
def test_the_footnote_is_wherever_what_has_it_is_shown(globe: Globe, places: list[Point], *, footnoted: bool) -> None:
    """And nowhere else."""
    shapes = shapes_of(globe, find_view(places, WIDE, 0.5, 0.7))
    assert shapes.footnoted is footnoted
    assert shapes.land.startswith("M")


def test_borders_that_are_not_agreed_on_are_apart(globe: Globe) -> None:
    """The map takes no side: they are broken lines, those of Crimea among them."""
    assert globe.atlas is not None
    crimea = [one for one in globe.atlas.disputed if one.west > 32 and one.east < 36 and 45 < one.south < 47]
    kosovo = [one for one in globe.atlas.disputed if one.west > 19.9 and one.east < 21.9 and 41.8 < one.south < 43.4]
    assert crimea
    assert len(kosovo) >= 3
    assert not set(globe.atlas.disputed) & set(globe.atlas.borders)


def test_the_whole_world_is_small(globe: Globe) -> None:
    """Its shapes are a few thousand bytes, and none reaches far beyond the map."""
    view = find_view([(-175.0, 60.0), (-60.0, -40.0), (60.0, 0.0), (175.0, 40.0)], WIDE, 0.5, 0.7)
    shapes = shapes_of(globe, view)
    assert len(shapes.land) + len(shapes.borders) < 60_000
    assert globe.cut(view) is shapes


@pytest.mark.parametrize(
    ("ring", "expected"),
    [
        ([(1, 1), (2, 1), (2, 2)], [(1, 1), (2, 1), (2, 2)]),
        ([(-2, 1), (2, 1), (2, 3), (-2, 3)], [(0, 3), (0, 1), (2, 1), (2, 3)]),
        ([(-3, 1), (-2, 1), (-2, 2)], []),
    ],
)
def test_what_lies_outside_is_cut_off(ring: list[Point], expected: list[Point]) -> None:
    """A shape is the part of it in the rectangle."""
    assert sorted(clip(ring, (0, 0), (4, 4))) == sorted(expected)


def test_lines_are_thinned_and_keep_their_ends() -> None:
    """Points that nobody could tell apart are left out."""
    assert thin([(0, 0), (0.2, 0), (2, 0), (2.1, 0), (2.2, 0)], 1) == [(0, 0), (2, 0), (2.2, 0)]
    assert thin([(0, 0)], 1) == [(0, 0)]


def test_names_in_other_languages_say_so() -> None:
    """What is told of a dot or a pin has the language of its names; where they differ, that it has several."""
    many = [Spot(Name(f"City {number}", language="en"), float(number), 45.0) for number in range(17)]
    seats = [
        Spot(Name("Мрежа"), 21.9, 43.3, 1, Name("Ниш")),
        Spot(Name("Alliance", language="en"), 20.5, 44.8, 1, Name("Београд", "#b")),
    ]
    layout = lay_out([one.where for one in (*many, *seats)], WIDE)
    root = ElementTree.fromstring(draw_map([*many, *seats], CAPTION, layout, [None, None]))  # noqa: S314 - our own
    told = {one.findtext("title"): one for one in root.iter() if one.tag in {"g", "a"}}
    assert told["City 3"].get("lang") == "en"
    pins = [one for one in root.iter("g") if (one.get("class") or "").startswith("pin")]
    assert [one.get("lang") for one in pins] == [None, "mul"]
    assert [one[0].get("lang") for one in root.iter("a")] == ["mul"]


def test_thousands_of_places_are_laid_out_by_who_is_near_whom() -> None:
    """A row of near places is one group however long it is; the few that are far away stand beside it."""
    row = [(number / 100, 45.0 + number % 7 / 10) for number in range(2_000)]
    far = [(-100.0 + number, 20.0) for number in range(10)]
    layout = lay_out([*far, *row, *row], WIDE)
    assert layout.inset is not None
    assert all(layout.main.view.shows(layout.main.view.point(*one)) for one in row)
    assert not any(layout.main.view.shows(layout.main.view.point(*one)) for one in far)
