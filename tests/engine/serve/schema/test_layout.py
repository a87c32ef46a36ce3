"""Boxes in columns, and arrows that cross none."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mreze.serve.schema.layout import Edge, lay_out

CASES: dict[str, tuple[list[Edge], dict[str, int]]] = {
    "no arrows": ([], {"a": 0, "b": 0, "c": 0, "d": 0}),
    "a row": ([("a", "b"), ("b", "c"), ("c", "d")], {"a": 0, "b": 1, "c": 2, "d": 3}),
    "the longest way counts": ([("a", "b"), ("b", "c"), ("a", "c")], {"a": 0, "b": 1, "c": 2, "d": 0}),
    "a circle is cut": ([("a", "b"), ("b", "a")], {"a": 0, "b": 1, "c": 0, "d": 0}),
    "to itself": ([("a", "a")], {"a": 0, "b": 0, "c": 0, "d": 0}),
    "to what is not there": ([("a", "x")], {"a": 0, "b": 0, "c": 0, "d": 0}),
}


@pytest.mark.parametrize("case", CASES)
def test_a_box_stands_right_of_those_that_lead_to_it(case: str) -> None:
    """Columns follow the longest way; circles, loops and strangers do no harm."""
    edges, columns = CASES[case]
    assert lay_out(dict.fromkeys("abcd", 50.0), edges).columns == columns


def test_no_boxes_of_a_column_touch() -> None:
    """However the neighbours draw, there is room between two boxes."""
    edges = [("a", "d"), ("b", "d"), ("c", "e"), ("a", "e"), ("d", "f"), ("a", "f")]
    heights = {name: 40.0 + 10 * number for number, name in enumerate("abcdef")}
    found = lay_out(heights, edges)
    for column in set(found.columns.values()):
        spans = sorted(
            (found.tops[one], found.tops[one] + heights[one]) for one in heights if found.columns[one] == column
        )
        assert all(bottom < top for (_, bottom), (top, _) in pairwise(spans))
    assert found.height >= max(found.tops[one] + heights[one] for one in heights)


def test_an_arrow_that_passes_a_column_has_a_free_lane_there() -> None:
    """It goes between the boxes, not behind them."""
    heights = dict.fromkeys("abcd", 60.0)
    found = lay_out(heights, [("a", "b"), ("b", "c"), ("a", "c"), ("a", "d"), ("d", "c")])
    ((column, height),) = found.lanes["a", "c"]
    assert column == 1
    for name in "bd":
        assert not found.tops[name] <= height <= found.tops[name] + heights[name]


def test_the_same_is_laid_out_the_same() -> None:
    """The order in which arrows are told does not matter."""
    edges = [("a", "b"), ("c", "b"), ("b", "d"), ("d", "a"), ("c", "d")]
    heights = dict.fromkeys("abcd", 30.0)
    assert lay_out(heights, edges) == lay_out(heights, edges[::-1])


def test_nothing_is_laid_out_as_nothing() -> None:
    """A vocabulary without classes has no height."""
    assert lay_out({}, []).height == 0
