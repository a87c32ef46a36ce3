"""Points are read in the forms that people and data write them in."""

from __future__ import annotations

import pytest

from mreze.coordinates import kilometres, read_point


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("POINT(21.9 43.32)", (43.32, 21.9)),
        ("Point(21.9 43.32)", (43.32, 21.9)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (21.9 43.32)", (43.32, 21.9)),
        ("43.32, 21.9", (43.32, 21.9)),
        ("POLYGON((0 0, 1 1, 0 0))", None),
        ("", None),
    ],
)
def test_a_point_is_read(text: str, point: tuple[float, float] | None) -> None:
    """Well-known text has the longitude first, people the latitude; what is no point is none."""
    assert read_point(text) == point


def test_distances_are_those_of_the_earth() -> None:
    """Between two cities there are as many kilometres as maps say, across the date line too."""
    assert kilometres((43.32, 21.9), (44.8, 20.46)) == pytest.approx(201, abs=3)
    assert kilometres((0, 179.9), (0, -179.9)) == pytest.approx(22.2, abs=0.2)
