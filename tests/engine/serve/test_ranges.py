"""Which bytes a Range header asks for."""

from __future__ import annotations

import pytest

from mreze.errors import RangeNotSatisfiable
from mreze.serve.ranges import Span, read_ranges


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-0", [(0, 1)]),
        ("bytes=0-", [(0, 100)]),
        ("bytes=-1", [(99, 100)]),
        ("bytes=-500", [(0, 100)]),
        ("bytes=99-500", [(99, 100)]),
        ("Bytes = 1-2 , 4-5", [(1, 3), (4, 6)]),
        ("bytes=4-5,1-2", [(4, 6), (1, 3)]),
        ("bytes=,1-2,,", [(1, 3)]),
        ("bytes=1-2,100-", [(1, 3)]),
        ("bytes=1-2,2-3", []),
        ("bytes=0-,-1", []),
        ("bytes=2-1", []),
        ("bytes=1-2,x", []),
        ("bytes=", []),
        ("bytes", []),
        ("bytes=-", []),
        ("bytes=1", []),
        ("bytes=١-٢", []),
        ("lines=1-2", []),
        ("bytes=" + "9" * 40 + "-", []),
    ],
)
def test_a_header_is_read(header: str, expected: list[tuple[int, int]]) -> None:
    """In its order; none where it cannot be read or asks for the same bytes twice."""
    assert read_ranges(header, 100) == [Span(*one) for one in expected]


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0", "bytes=200-300,100-"])
def test_bytes_that_are_not_there_are_told(header: str) -> None:
    """With how many there are."""
    with pytest.raises(RangeNotSatisfiable) as refused:
        read_ranges(header, 100)
    assert refused.value.headers["Content-Range"] == "bytes */100"


def test_nothing_has_no_parts() -> None:
    """An empty representation is sent whole: no Content-Range can name a part of it."""
    assert read_ranges("bytes=0-0", 0) == []
