"""Which statement there is the same as one of ours, and what of it differs: qualifiers and references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from mreze.gather.model import Compared, Difference, NoValue, Ours, Rank, SomeValue, Theirs, Value
from mreze.gather.reasons import Reason, lacking, reasons
from mreze.gather.values import Likeness, compare

QUALIFIERS: Final = ("P580", "P582")
"""Those of which something can be missing here: beginning and end."""
_RANKS: Final = (Rank.PREFERRED, Rank.NORMAL)
_PRECISION: Final = {
    Likeness.EQUAL: Reason.AGREES,
    Likeness.OURS_FINER: Reason.FINER_HERE,
    Likeness.THEIRS_FINER: Reason.FINER_THERE,
}
_FIT: Final = {Likeness.EQUAL: 0, Likeness.OURS_FINER: 1, Likeness.THEIRS_FINER: 1, Likeness.DIFFERENT: 3}
_UNTOLD: Final = 2
"""How well two statements fit where one of them has no beginning."""


def best(ours: Sequence[Ours]) -> tuple[list[Ours], list[Ours]]:
    """The statements of the best rank, the most precise first, and all others; none is the best that is deprecated."""
    rank = next((rank for rank in _RANKS if any(one.rank is rank for one in ours)), None)
    top = sorted((one for one in ours if one.rank is rank), key=lambda one: -_length(one.value))
    return top, [one for one in ours if one.rank is not rank]


def standing(theirs: Sequence[Theirs]) -> list[Theirs]:
    """The statements that hold now: of the best rank, and not ended."""
    rank = next((rank for rank in _RANKS if any(one.rank is rank for one in theirs)), None)
    return [one for one in theirs if one.rank is rank and not ended(one)]


def ended(theirs: Theirs) -> bool:
    """Whether a statement has an end, known or not."""
    return any(not isinstance(one, NoValue) for one in theirs.qualifiers.get("P582", ()))


def outlasts(ours: Ours, theirs: Theirs) -> bool:
    """Whether theirs has an end, known or not, and ours none: what speaks of now does not support it."""
    return ended(theirs) and isinstance(ours.qualifiers.get("P582", NoValue()), NoValue)


def says_otherwise(ours: Ours, theirs: Theirs) -> bool:
    """Whether theirs says with its beginnings and ends what ours does not, or the other way round."""
    several = any(len(theirs.qualifiers.get(name, ())) > 1 for name in QUALIFIERS)
    lasting = not isinstance(ours.qualifiers.get("P582", NoValue()), NoValue) and not ended(theirs)
    return several or lasting or outlasts(ours, theirs)


def said(ours: Sequence[Ours], name: str, merged: Mapping[str, str]) -> bool:
    """Whether statements say the same with a qualifier, those that have it."""
    values = [one.qualifiers[name] for one in ours if name in one.qualifiers]
    return all(compare(values[0], one, merged) is not Likeness.DIFFERENT for one in values)


def pairs(
    top: Sequence[Ours], rest: Sequence[Ours], theirs: Sequence[Theirs], merged: Mapping[str, str], *, disagreeing: bool
) -> Iterator[Compared]:
    """Statements of one value, each of ours beside the one there that fits it best."""
    left = list(theirs)
    for one in top[:1] if disagreeing else top:
        if not left:
            yield missing_there((one,), rest, (), disagree=False)
            continue
        other = min(left, key=lambda each: (*_fits(one, each, merged), each.iri))
        left.remove(other)
        others = [each for each in (*top, *rest) if each is not one]
        yield from agreement(one, others, other, merged)
    for other in left:
        supporting = tuple(one for one in (*top, *rest) if _fit(one, other, merged) < _UNTOLD)
        if supporting:
            yield Compared(Difference.AGREES, other.property, "value", supporting, (other,), Reason.OTHER_SOURCE.value)
        else:
            reason = Reason.ENDED if ended(other) else Reason.SECOND
            yield Compared(Difference.MISSING_HERE, other.property, "value", (), (other,), reason.value)


def agreement(ours: Ours, others: Sequence[Ours], theirs: Theirs, merged: Mapping[str, str]) -> Iterator[Compared]:
    """What two statements that have the same value differ in."""
    likeness = compare(ours.value, theirs.value, merged)
    exact = any(compare(one.value, theirs.value, merged) is Likeness.EQUAL for one in others)
    supported = likeness is not Likeness.EQUAL and exact
    reason = reasons(_PRECISION[likeness], Reason.OTHER_SOURCE if supported else "")
    yield Compared(Difference.AGREES, ours.property, "value", (ours, *others), (theirs,), reason)
    qualified = list(_qualifiers(ours, others, theirs, merged))
    yield from qualified
    finer = likeness is Likeness.THEIRS_FINER or any(one.reason == Reason.FINER_THERE for one in qualified)
    opposed = any(one.difference is Difference.CONTRADICTORY for one in qualified)
    # A source of ours must not seem to say what only they say.
    other = finer or opposed or says_otherwise(ours, theirs)
    if ours.own_evidence() and not other and not any(one.sourced for one in theirs.references):
        what = (ours.property, "reference", (ours,), (theirs,), Reason.NO_SOURCE_THERE.value)
        yield Compared(Difference.MISSING_THERE, *what)


def missing_there(top: Sequence[Ours], rest: Sequence[Ours], theirs: Sequence[Theirs], disagree: bool) -> Compared:
    """A value that does not stand there; a contradiction of our own where our sources disagree."""
    ours = (*top, *rest)
    if disagree:
        why = Reason.DISAGREE_HERE.value
        return Compared(Difference.CONTRADICTORY, ours[0].property, "value", ours, tuple(theirs), why)
    reason = reasons(Reason.UNKNOWN_THERE if theirs else Reason.NOT_THERE, lacking(ours))
    return Compared(Difference.MISSING_THERE, ours[0].property, "value", ours, tuple(theirs), reason)


def conflicting(name: str, about: str, ours: Sequence[Ours], theirs: Theirs, *, supported: bool = False) -> Compared:
    """Two statements of which only one can be true."""
    values = {"here": isinstance(ours[0].value, NoValue), "there": isinstance(theirs.value, NoValue)}
    reason = Reason.NONE_HERE if values["here"] else Reason.NONE_THERE if values["there"] else Reason.DIFFERS
    copied = Reason.WAS_WIKIMEDIA if ours[0].evidence and not ours[0].own_evidence() else ""
    told = reasons(reason, Reason.OTHER_SOURCE if supported else "", copied)
    return Compared(Difference.CONTRADICTORY, name, about, tuple(ours), (theirs,), told)


def _qualifiers(ours: Ours, others: Sequence[Ours], theirs: Theirs, merged: Mapping[str, str]) -> Iterator[Compared]:
    for name in sorted({*QUALIFIERS, *ours.qualifiers}):
        here, there = ours.qualifiers.get(name), theirs.qualifiers.get(name, ())
        known = [one for one in there if not isinstance(one, SomeValue)]
        if here is not None:
            yield from _qualifier(name, here, known, (ours, *others), theirs, merged)
        elif [one for one in known if not isinstance(one, NoValue)]:
            reason = reasons(Reason.ONLY_THERE, Reason.ENDED_ONLY_THERE if name == "P582" else "")
            yield Compared(Difference.MISSING_HERE, ours.property, name, (ours,), (theirs,), reason)


def _qualifier(
    name: str, here: Value, there: Sequence[Value], ours: Sequence[Ours], theirs: Theirs, merged: Mapping[str, str]
) -> Iterator[Compared]:
    """A qualifier that we have, beside what they have of it."""
    found = [compare(here, one, merged) for one in there]
    likeness = next((one for one in _PRECISION if one in found), None)
    if not there:
        unknown = theirs.qualifiers.get(name)
        reason = reasons(Reason.UNKNOWN_THERE if unknown else Reason.NOT_THERE, lacking(ours))
        yield Compared(Difference.MISSING_THERE, theirs.property, name, (ours[0],), (theirs,), reason)
    elif likeness is None:
        supporting = [
            one for one in ours[1:] if _likes(one.qualifiers.get(name), there, merged)
        ]  # fmt: skip
        yield conflicting(theirs.property, name, (ours[0], *supporting), theirs, supported=bool(supporting))
    elif likeness is not Likeness.EQUAL:
        reason = _PRECISION[likeness].value
        yield Compared(Difference.AGREES, theirs.property, name, (ours[0],), (theirs,), reason)


def _likes(here: Value | None, there: Sequence[Value], merged: Mapping[str, str]) -> bool:
    return here is not None and any(compare(here, one, merged) is not Likeness.DIFFERENT for one in there)


def _fits(ours: Ours, theirs: Theirs, merged: Mapping[str, str]) -> tuple[int, bool, int]:
    return _fit(ours, theirs, merged), ended(theirs) != ("P582" in ours.qualifiers), _rank(theirs)


def _fit(ours: Ours, theirs: Theirs, merged: Mapping[str, str]) -> int:
    here, there = ours.qualifiers.get("P580"), theirs.qualifiers.get("P580", ())
    if here is None or not there:
        return _UNTOLD
    return min(_FIT[compare(here, one, merged)] for one in there)


def _rank(theirs: Theirs) -> int:
    return _RANKS.index(theirs.rank) if theirs.rank in _RANKS else len(_RANKS)


def _length(value: Value) -> int:
    return len(value.text) if hasattr(value, "text") else 0
