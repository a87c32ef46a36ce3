"""Finds things that nobody gave a name of: everything of the wanted classes is held against the conditions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from mreze.errors import Unanswerable
from mreze.matching.conditions import AGREES, Comparison
from mreze.matching.model import Candidate, Condition, Entry, Label
from mreze.matching.scoring import is_certain

MOST: Final = 5_000
"""Things that are looked at for a query."""


class Scan:
    """Knows the things of classes, once it has been asked for them."""

    def __init__(
        self,
        things: Callable[[tuple[str, ...]], Sequence[Entry]],
        comparison: Comparison,
        expect: Callable[[Sequence[str], str], None] | None = None,
    ) -> None:
        """Prepare.

        Args:
            things: those of one of these classes; all where there are none.
            comparison: holds them against conditions.
            expect: is told of which things which property will be asked for.
        """
        self._expect = expect
        self._things = things
        self._comparison = comparison
        self._known: dict[tuple[str, ...], Sequence[Entry]] = {}

    def find(self, types: tuple[str, ...], conditions: Sequence[Condition]) -> list[Candidate]:
        """What agrees with a condition, the best first; what lacks one that is required is none.

        Raises:
            Unanswerable: there are too many things to look at.
        """
        if types not in self._known:
            self._known[types] = self._things(types)
        if self._expect is not None:
            for condition in conditions:
                self._expect([entry.iri for entry in self._known[types]], condition.property)
        found = [one for entry in self._known[types] if (one := self._judge(entry, conditions)) is not None]
        found.sort(key=lambda one: (-one.score, one.entry.iri))
        if is_certain([one.score for one in found[:2]]):
            found[0] = replace(found[0], match=True)
        return found

    def _judge(self, entry: Entry, conditions: Sequence[Condition]) -> Candidate | None:
        said = [self._comparison.compare(entry.iri, one) for one in conditions]
        agrees = [each.known and each.score >= AGREES for each in said]
        lacks = any(
            one.required and each.score < AGREES and not (one.quantifier == "none" and not each.known)
            for one, each in zip(conditions, said, strict=True)
        )
        if lacks or not any(agrees):
            return None
        score = round(sum(each.score for each in said) / len(said), 2)
        features = tuple((one.property, round(each.score, 2)) for one, each in zip(conditions, said, strict=True))
        label = entry.labels[0] if entry.labels else Label("", "")
        return Candidate(entry, label, score, match=False, features=features)


def refuse_many(count: int) -> None:
    """Refuse to look at more things than a query may take."""
    if count > MOST:
        raise Unanswerable(
            f"A query without a name looks at every thing of its class, and may look at {MOST:,}; here are {count:,}. "
            "Give a name, or a class of fewer things."
        )
