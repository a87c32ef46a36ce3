"""How well a thing agrees with what is said of it, from 0 to 100.

What is said and what is known are compared as what they are. A thing that is meant by its IRI or an identifier is 100;
else its names are compared as those that are asked for are (scoring.py): one that is certain is 100, a lesser one what
it scores, if that is nearly all, and one whose words are but among those of the other 50. A text that is the same,
folded, is 100; one that is misspelt is as much as agrees, if that is nearly all.
Dates are compared as far as both go (1994 and 1994-04 are the same); a year beside is 60. Numbers are the share in
which they agree, if that is nearly all. Coordinates are 100 within a kilometre, and 2 less for each further one. A
thing that has no value for what is asked is 50: nobody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz.distance import OSA

from mreze.coordinates import kilometres, read_point
from mreze.matching.asking import read
from mreze.matching.folding import key
from mreze.matching.identifiers import asked, forms
from mreze.matching.model import Condition, Facts, Label, Value
from mreze.matching.packing import named
from mreze.matching.scoring import CERTAIN, SAME, best_name, contained

UNKNOWN: Final = 50.0
AGREES: Final = 80.0
"""What a thing has at least that has the value."""
_NEARLY: Final = 0.85
_YEAR_BESIDE: Final = 60.0
_DATE: Final = re.compile(r"(-?[0-9]{4,})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")
_NUMBER: Final = r"[+-]?[0-9]+(?:\.[0-9]+)?"
_PER_KILOMETRE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Said:
    """How a thing agrees with one condition."""

    score: float
    known: bool
    """Whether it has any value for it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Holds things against conditions."""

    facts: Facts
    base: str
    """The IRI that ids are relative to."""
    prefixes: Mapping[str, str]
    _known: dict[tuple[str, str], float] = field(default_factory=dict, repr=False, compare=False)
    """How texts agree with things, as many have one country."""

    def compare(self, iri: str, condition: Condition) -> Said:
        """How a thing agrees with a condition."""
        values = self.facts.values(iri, condition.property)
        if not condition.values:
            return Said(SAME if values else UNKNOWN, bool(values))
        if not values:
            return Said(SAME if condition.quantifier == "none" else UNKNOWN, known=False)
        each = [max(self._alike(one, value) for value in values) for one in condition.values]
        if condition.quantifier == "all":
            return Said(min(each), known=True)
        return Said(SAME - max(each) if condition.quantifier == "none" else max(each), known=True)

    def _alike(self, said: str, value: Value) -> float:
        if not value.iri:
            return alike(said, value.text)
        key = said, value.iri
        if key not in self._known:
            self._known[key] = SAME if self._is_meant(said, value) else called(said, (value.text, *value.names))
        return self._known[key]

    def _is_meant(self, said: str, value: Value) -> bool:
        """Whether a thing is meant by its IRI, or by an identifier."""
        identifiers = {form for one in (value.iri, *value.names) for form in forms(one)}
        return not identifiers.isdisjoint(asked(said, self.base, self.prefixes))


def called(said: str, names: Iterable[str]) -> float:
    """How well a text agrees with the best of the names of a thing."""
    forms = read(said)
    thing = named([Label(one, "") for one in names if one and "://" not in one])
    found = best_name(forms, thing, prefix=False)
    if found is not None and found[0] >= AGREES:
        return SAME if found[0] >= CERTAIN else found[0]
    return UNKNOWN if any(contained(form, name) for form in forms for name in thing.names) else 0.0


def alike(said: str, text: str) -> float:
    """How well two texts agree, as what they are: coordinates, dates, numbers or words."""
    if said.strip() == text.strip():
        return SAME
    for compare in (_points, _dates, _numbers):
        if (found := compare(said, text)) is not None:
            return found
    share = OSA.normalized_similarity(key(said), key(text))
    return SAME * share if share >= _NEARLY else 0.0


def _points(said: str, text: str) -> float | None:
    one, other = read_point(said), read_point(text)
    if one is None or other is None:
        return None
    return max(0.0, SAME - _PER_KILOMETRE * max(0.0, kilometres(one, other) - 1))


def _dates(said: str, text: str) -> float | None:
    one, other = _DATE.fullmatch(said.strip()), _DATE.fullmatch(text.strip())
    if one is None or other is None:
        return None
    common: Sequence[tuple[str, str]] = [pair for pair in zip(one.groups(), other.groups(), strict=True) if all(pair)]
    if all(int(a) == int(b) for a, b in common):
        return SAME
    return _YEAR_BESIDE if abs(int(one[1]) - int(other[1])) == 1 else 0.0


def _numbers(said: str, text: str) -> float | None:
    if not (re.fullmatch(_NUMBER, said.strip()) and re.fullmatch(_NUMBER, text.strip())):
        return None
    one, other = float(said), float(text)
    share = 1 - abs(one - other) / max(abs(one), abs(other), 1e-300)
    return SAME * share if share >= _NEARLY else 0.0
