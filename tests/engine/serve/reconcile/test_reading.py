"""JSON of strangers is read, or refused with the place of the mistake."""

from __future__ import annotations

import pytest

from mreze.errors import BadRequest, PayloadTooLarge
from mreze.serve.reconcile import reading
from mreze.serve.reconcile.limits import TEXT


def test_a_mistake_has_its_line_and_column() -> None:
    """Also as members of the problem document."""
    with pytest.raises(BadRequest, match="line 2, column 6") as raised:
        reading.parse('{"a":\n "b" "c"}', "queries")
    assert raised.value.members == {"line": 2, "column": 6}


def test_a_member_comes_once() -> None:
    """At whatever depth: nobody knows which of the two is meant; a large object is no matter."""
    with pytest.raises(BadRequest, match="'x' comes twice"):
        reading.parse('{"a": [{"x": 1, "x": 2}]}', "queries")
    many = ",".join(f'"{number}": 0' for number in range(100_000))
    assert len(reading.parse(f"{{{many}}}", "queries")) == 100_000


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Niš", "Niš"),
        (True, "true"),
        (False, "false"),
        (1990, "1990"),
        (1990.0, "1990"),
        (43.5, "43.5"),
        (1e300, "1e+300"),
    ],
)
def test_a_value_is_the_text_that_it_is_written_with(value: object, text: str) -> None:
    """A spreadsheet writes a year as 1990.0."""
    assert reading.scalar(value, "v") == text


@pytest.mark.parametrize(("value", "number"), [(1, 1), (5.0, 5), ("7", 7), (10**30, 10**30)])
def test_a_number_of_things_is_read(value: object, number: int) -> None:
    """Whoever writes it as a float or as a text means it too."""
    assert reading.positive(value, "limit") == number


@pytest.mark.parametrize(
    "value", [0, -1, 1.5, True, None, "x", "", "-1", "٣", [], {}, float("inf"), float("nan"), "9" * 100]
)
def test_what_is_no_number_of_things_is_refused(value: object) -> None:
    """With its place and what it is."""
    with pytest.raises(BadRequest, match=r"q0\.limit has to be a positive integer"):
        reading.positive(value, "q0.limit")


def test_a_text_has_an_end_and_whole_characters() -> None:
    """A half of one cannot be written in any answer."""
    assert reading.text("а" * TEXT, "q0.query")
    with pytest.raises(PayloadTooLarge, match=f"{TEXT + 1:,} characters; it may have {TEXT:,}"):
        reading.text("а" * (TEXT + 1), "q0.query")
    with pytest.raises(BadRequest, match=r"half a character, \\udc00, at 3"):
        reading.text("ab\udc00", "q0.query")
    with pytest.raises(BadRequest) as raised:
        reading.members({"\ud800": 1}, "q0", ("query",))
    raised.value.detail.encode()
