"""Texts are put into gaps, one or several in each."""

from __future__ import annotations

import pytest

from mreze.streams.patterns import Around, Draft

NONE: Around = ("", "")


@pytest.mark.parametrize(
    ("gaps", "between", "expected"),
    [
        ([(0, NONE)], ", ", "100% of b by c"),
        ([(0, ("<", ">"))], ", ", "100% of <b> by c"),
        ([(0, NONE), (1, NONE)], ", ", "100% of a, b by c"),
        ([(0, ("1", "%")), (1, ("2", "%s"))], "%d", "100% of 1b%%d2a%s by c"),
    ],
)
def test_several_are_sorted_as_they_are_written(gaps: list[tuple[int, Around]], between: str, expected: str) -> None:
    """With what stands around them; what `%` would take for a gap is none."""
    draft = Draft()
    draft.write("100% of ")
    draft.leave_some(gaps, between)
    draft.write(" by ")
    draft.leave(2)
    pattern = draft.pattern()
    assert pattern.fill(("b", "a", "c")) == expected
    assert pattern.fill(("b", "a", "c")) == expected


def test_a_text_may_stand_in_a_gap_alone() -> None:
    """Whatever it holds."""
    draft = Draft()
    draft.leave(0)
    assert draft.pattern().fill(("%s",)) == "%s"
