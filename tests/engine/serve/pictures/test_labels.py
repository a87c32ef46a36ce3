"""Labels find places where none covers another."""

from __future__ import annotations

from itertools import combinations

import pytest

from mreze.serve.pictures.labels import Box, place
from mreze.serve.pictures.svg import Point

WITHIN = Box(0, 0, 400, 300)


@pytest.mark.parametrize(
    "points",
    [
        [(200.0, 150.0)],
        [(200.0, 150.0), (206.0, 155.0), (211.0, 149.0), (199.0, 160.0)],
        [(398.0, 2.0), (2.0, 298.0), (398.0, 298.0), (2.0, 2.0)],
        [(150.0 + 9 * number, 150.0) for number in range(9)],
    ],
)
def test_labels_do_not_overlap(points: list[Point]) -> None:
    """Each stands within the picture, on no other label and on no point; a line leads to those that are far."""
    placed = place(points, [(70.0, 24.0)] * len(points), WITHIN)
    boxes = [one.box for one in placed if one is not None]
    assert len(boxes) == len(points)
    assert not [1 for one, other in combinations(boxes, 2) if one.meets(other)]
    assert all(one.is_within(WITHIN) for one in boxes)
    assert not [1 for one in boxes for x, y in points if one.meets(Box(x, y, 0.1, 0.1))]
    for point, one in zip(points, placed, strict=True):
        assert one is not None
        near = one.box.nearest(point)
        assert one.leader == ((point, near) if abs(near[0] - point[0]) + abs(near[1] - point[1]) > 16 else None)


def test_the_same_points_have_the_same_places() -> None:
    """Nothing is left to chance, and the first has the better place."""
    points: list[Point] = [(100.0, 100.0), (104.0, 100.0)]
    found = place(points, [(50.0, 24.0)] * 2, WITHIN)
    assert found == place(points, [(50.0, 24.0)] * 2, WITHIN)
    assert found[0] is not None
    assert found[0].leader is None


def test_a_label_without_room_is_left_out() -> None:
    """It is none rather than one on another, or on what is to stay free."""
    assert place([(10.0, 10.0)], [(500.0, 24.0)], WITHIN) == [None]
    assert place([(10.0, 10.0)], [(50.0, 24.0)], WITHIN, [WITHIN]) == [None]
