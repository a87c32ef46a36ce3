"""Points: what a score is made of, and the verdict that it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from mreze.rehearse.verdict import Loss, Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Indicator(Generic[T]):
    """Something that earns points."""

    what: str
    points: int
    passes: Callable[[T], bool]
    why: str
    """What is wrong where it does not pass: the end of a sentence."""


def count(reader: str, dataset: str, looked_at: T, indicators: Sequence[Indicator[T]]) -> Verdict:
    """The verdict on a dataset: an indicator has all of its points or none.

    Args:
        reader: who judges.
        dataset: its IRI.
        looked_at: what the indicators look at.
        indicators: what is looked for.
    """
    passed = {one.what for one in indicators if one.passes(looked_at)}
    lost = [Loss(one.what, f"{_points(one.points)}: {one.why}.") for one in indicators if one.what not in passed]
    return Verdict(
        reader,
        dataset,
        survives=tuple(sorted(passed)),
        lost=tuple(sorted(lost, key=lambda one: one.what)),
        score=(sum(one.points for one in indicators if one.what in passed), sum(one.points for one in indicators)),
    )


def _points(number: int) -> str:
    return f"{number} point{'s' if number != 1 else ''}"
