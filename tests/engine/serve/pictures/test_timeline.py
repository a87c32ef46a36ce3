"""A timeline has a lane for each thing, and tells how precise and how certain each date is."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from mreze.serve.pictures.moments import read_moment
from mreze.serve.pictures.svg import NARROW, WIDE, Caption, Name
from mreze.serve.pictures.timeline import Happening, Lane, draw_timeline

CAPTION = Caption("t", "When?", "Told")


def happening(date: str, kind: int = 0, standing: str = "", until: str = "") -> Happening:
    """Something that happened."""
    moment = read_moment(date)
    assert moment is not None
    when = f"({date})" if standing == "otherwise" else date
    return Happening(kind, moment, when, f"told {date}", read_moment(until), until == "present", standing, f"#{date}")


LANES = [
    Lane(Name("Alliance of a rather long name that goes on", "#a"), (happening("1953-04"),)),
    Lane(Name("Союз", "#b"), (happening("2004"), happening("2004-12-10", 0, "otherwise"))),
    Lane(Name("C"), (happening("2003", 1, until="present"), happening("2005", 1, "otherwise"))),
    Lane(Name("D"), (happening("2016-10-05", 1, "before", "present"), happening("1997"))),
    Lane(Name("E"), (happening("1990", 0, until="2011-03-31"),)),
]


def drawn(lanes: list[Lane], width: float = WIDE) -> ElementTree.Element:
    """The picture, read."""
    return ElementTree.fromstring(draw_timeline(lanes, CAPTION, width, 2026.9))  # noqa: S314 - our own


def count(root: ElementTree.Element, class_: str) -> int:
    """How many elements have a class."""
    return sum(class_ in one.get("class", "").split() for one in root.iter())


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_date_is_there(width: float) -> None:
    """With its mark, in its words, linked to where it is told; years have a band, months and days none."""
    root = drawn(LANES, width)
    assert {one.text for one in root.iter("text") if one.get("class", "").startswith("date")} == {
        "1953-04", "2004", "(2004-12-10)", "2003", "(2005)", "2016-10-05", "1997", "1990",
    }  # fmt: skip
    assert {"#1953-04", "#a", "#b"} <= {one.get("href") for one in root.iter("a")}
    assert (count(root, "mark"), count(root, "extent"), count(root, "bound")) == (8, 5, 1)
    assert (count(root, "span"), count(root, "stop")) == (3, 1)
    assert sum("otherwise" in one.get("class", "") for one in root.iter("g")) == 2


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_dates_do_not_cover_each_other(width: float) -> None:
    """However near they are: their places are apart, and within the picture."""
    crowded = [Lane(Name("X"), tuple(happening(str(year), year % 2, "otherwise") for year in range(2000, 2009)))]
    areas = [one for one in drawn([*crowded, *LANES], width).iter("rect") if one.get("class") == "area"]
    boxes = [[float(one.get(name, "")) for name in ("x", "y", "width", "height")] for one in areas]
    for number, (x, y, wide, high) in enumerate(boxes):
        assert x >= 0
        assert x + wide <= width
        for left, top, other, tall in boxes[:number]:
            assert x + wide <= left + 0.2 or left + other <= x + 0.2 or y + high <= top + 0.2 or top + tall <= y + 0.2


def test_the_axis_has_round_years() -> None:
    """Around all there is; of what lasts until today."""
    years = [one.text or "" for one in drawn(LANES).iter("text") if re.fullmatch(r"\d{4}", one.text or "")]
    assert {"1950", "1960", "2020"} <= set(years)
    assert "2030" not in years


@pytest.mark.parametrize("date", ["2007", "2007-05", "2007-05-12", "-0044"])
def test_a_single_date_can_be_drawn(date: str) -> None:
    """The axis is not empty."""
    assert count(drawn([Lane(Name("X"), (happening(date),))]), "mark") == 1


def test_nothing_is_left_to_chance() -> None:
    """Equal input gives equal bytes."""
    assert draw_timeline(LANES, CAPTION, WIDE, 2026.9) == draw_timeline(LANES, CAPTION, WIDE, 2026.9)
