"""Dates are as precise as they are given."""

from __future__ import annotations

import pytest

from mreze.serve.pictures.moments import read_moment


@pytest.mark.parametrize(
    ("text", "parts", "start", "end"),
    [
        ("2007", (2007,), 2007, 2008),
        ("2007-05", (2007, 5), 2007 + 4 / 12, 2007 + 5 / 12),
        ("2007-12-31", (2007, 12, 31), 2008 - 1 / 12 / 31, 2008),
        ("2007-05-12T10:00:00Z", (2007, 5, 12), 2007 + (4 + 11 / 31) / 12, 2007 + (4 + 12 / 31) / 12),
        ("2007Z", (2007,), 2007, 2008),
        ("-0044-03", (-44, 3), -44 + 2 / 12, -44 + 3 / 12),
        ("12026", (12026,), 12026, 12027),
    ],
)
def test_a_date_covers_the_time_that_it_names(text: str, parts: tuple[int, ...], start: float, end: float) -> None:
    """A year is twelve months, a month its days, a day itself."""
    moment = read_moment(text)
    assert moment is not None
    assert moment.parts == parts
    assert (moment.start, moment.end) == pytest.approx((start, end))
    assert start < moment.middle < end


@pytest.mark.parametrize("text", ["", "soon", "2007-13", "2007-02-29", "207", "2007-1", "present", "٢٠٠٧"])
def test_what_is_no_date_is_none(text: str) -> None:
    """It is left out of a picture rather than drawn somewhere."""
    assert read_moment(text) is None
