"""Where the site and Wikidata differ: missing there, missing here, contradictory.

For each item and property, what is stated on both sides is held against each other (pure functions; nobody is asked).
Of a property of `SINGLE` there is one value at a time; of others, memberships, each value is for itself. Values agree
as `values.compare` tells. That a side says *none* (novalue) or *unknown* (somevalue), or has a statement that is
deprecated, means:

| the site says | there stands | difference |
|---|---|---|
| a value | nothing | missing there |
| a value | unknown | missing there, with their statement beside it |
| a value | none | contradictory |
| a value | the same, deprecated | contradictory |
| a value, single | another, which ended or is not of the best rank there | missing there, and missing here |
| a value, single | another | contradictory |
| none | none | agrees |
| none | unknown | missing there, with their statement beside it |
| none | a value | contradictory |
| the same, deprecated | a value | contradictory |
| nothing | a value, or none | missing here |
| nothing | unknown, or deprecated | no difference |

The site's queries cannot say that something is unknown. Nothing is *missing here* of a property that the site states of
no thing of that kind (the folder in the IRI): it does not claim to describe it. Of sources of ours that disagree, the
best rank counts; without a best one, nothing is missing there but the decision here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mreze.gather.items import Stated
from mreze.gather.model import Compared, Difference, Item, NoValue, Ours, Rank, SomeValue, Theirs, Unlinked, Value
from mreze.gather.pairing import agreement, best, conflicting, ended, missing_there, pairs, said, standing
from mreze.gather.reasons import Reason, reasons
from mreze.gather.values import Likeness, compare

SINGLE: Final = frozenset({"P17", "P159", "P571", "P856"})
"""Properties of which there is one value at a time."""
_Key = tuple[str, str]
"""An item and a property."""


def compare_statements(ours: Sequence[Ours], stated: Stated) -> tuple[Compared, ...]:
    """Hold what the site states against what is stated there, by item and property."""
    here, there = defaultdict[_Key, list[Ours]](list), defaultdict[_Key, list[Theirs]](list)
    found = []
    for one in ours:
        if one.item and one.item not in stated.missing:
            moved = _moved(one, stated.merged)
            here[moved.item, moved.property].append(moved)
        else:
            reason = Reason.BROKEN_LINK if one.item else Reason.NO_LINK
            found.append(Compared(Difference.UNLINKED, one.property, "value", (one,), (), reason))
    for other in stated.statements:
        there[other.item, other.property].append(other)
    described = _Described(ours, stated.merged)
    for item, name in sorted({*here, *there}, key=_order):
        if (item, name) in here or described.claims(item, name):
            pair = _Pair(name, here[item, name], there[item, name], stated)
            found += [pair.with_same(one) for one in pair.compare()]
    return tuple(found)


def _order(key: _Key) -> tuple[str, int]:
    return key[0], int(key[1][1:])


def _moved(one: Ours, merged: Mapping[str, str]) -> Ours:
    """A statement about and of the items that others were merged into."""
    value = Item(merged.get(one.value.iri, one.value.iri)) if isinstance(one.value, Item) else one.value
    return replace(one, item=merged.get(one.item, one.item), value=value)


class _Described:
    """Which properties the site states of things of which kind."""

    def __init__(self, ours: Iterable[Ours], merged: Mapping[str, str]) -> None:
        self.properties: defaultdict[str, set[str]] = defaultdict(set)
        self.kinds: defaultdict[str, set[str]] = defaultdict(set)
        for one in ours:
            kind = one.subject.rpartition("/")[0]
            self.properties[kind].add(one.property)
            self.kinds[merged.get(one.item, one.item)].add(kind)

    def claims(self, item: str, name: str) -> bool:
        """Whether what stands there of an item would have its place here."""
        return any(name in self.properties[kind] for kind in self.kinds.get(item, ()))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both sides of a property of an item."""

    property: str
    ours: Sequence[Ours]
    theirs: Sequence[Theirs]
    stated: Stated

    def compare(self) -> Iterator[Compared]:
        """The differences, and what agrees."""
        live = [one for one in self.theirs if one.rank is not Rank.DEPRECATED]
        dead = [one for one in self.theirs if one.rank is Rank.DEPRECATED]
        tellable = [one for one in self.ours if not self._unlinked(one)]
        lost = [one for one in self.ours if self._unlinked(one)]
        beside = live if self.property in SINGLE else ()
        for one in lost:
            broken = isinstance(one.value, Item)
            reason = Reason.BROKEN_VALUE if broken else Reason.NO_LINK_OF_VALUE
            yield self._told(Difference.UNLINKED, (one,), beside, reason)
        if self.property not in SINGLE:
            yield from self._many(tellable, live, dead, bool(lost))
        elif not any(one.rank is not Rank.DEPRECATED for one in lost):
            yield from self._single(tellable, live, dead)

    def with_same(self, one: Compared) -> Compared:
        """What is to be added to a statement, with the others of that value behind it: tools cannot tell them apart."""
        if one.difference is not Difference.MISSING_THERE or one.about == "value" or not one.theirs:
            return one
        key = self._key(one.theirs[0].value)
        same = [each for each in self.theirs if self._key(each.value) == key and each not in one.theirs]
        return replace(one, theirs=(*one.theirs, *same))

    def _unlinked(self, one: Ours) -> bool:
        return isinstance(one.value, Unlinked) or (isinstance(one.value, Item) and one.value.iri in self.stated.missing)

    def _single(self, ours: Sequence[Ours], live: Sequence[Theirs], dead: Sequence[Theirs]) -> Iterator[Compared]:
        top, rest = best(ours)
        if not top:
            yield from (self._only_there(one, ours) for one in live if not isinstance(one.value, SomeValue))
            return
        agreeing = [one for one in live if self._like(top[0], one)]
        current = [one for one in standing(live) if not isinstance(one.value, SomeValue)]
        for one in agreeing:
            yield from agreement(top[0], (*top[1:], *rest), one, self.stated.merged)
        if not agreeing:
            yield from self._absent(top, rest, current, [one for one in live if one not in current], dead)
        for one in live:
            if one not in agreeing and not isinstance(one.value, SomeValue):
                yield self._other(one, top, rest, current, found=bool(agreeing))

    def _absent(
        self, top: Sequence[Ours], rest: Sequence[Ours], current: Sequence[Theirs], past: Sequence[Theirs],
        dead: Sequence[Theirs],
    ) -> Iterator[Compared]:  # fmt: skip
        """What of ours does not stand there at all."""
        refused = tuple(one for one in dead if self._like(top[0], one))
        if refused:
            yield self._told(Difference.CONTRADICTORY, (*top, *rest), refused, Reason.DEPRECATED_THERE)
        elif not current:
            unknown = tuple(one for one in past if isinstance(one.value, SomeValue))
            yield missing_there(top, rest, unknown, self._disagree(top))

    def _other(
        self, one: Theirs, top: Sequence[Ours], rest: Sequence[Ours], current: Sequence[Theirs], *, found: bool
    ) -> Compared:
        """A value there that is not the one here."""
        supporting = tuple(each for each in (*top[1:], *rest) if self._like(each, one))
        if found and supporting:
            return self._told(Difference.AGREES, supporting, (one,), Reason.OTHER_SOURCE)
        if one not in current:
            reason = Reason.ENDED if ended(one) else Reason.LOWER_RANK
            return self._told(Difference.MISSING_HERE, (), (one,), reason)
        return conflicting(self.property, "value", (*top, *rest), one, supported=bool(supporting))

    def _many(
        self, ours: Sequence[Ours], live: Sequence[Theirs], dead: Sequence[Theirs], loose: bool
    ) -> Iterator[Compared]:
        groups: defaultdict[str, list[Ours]] = defaultdict(list)
        for one in ours:
            groups[self._key(one.value)].append(one)
        for key in groups:
            same = [one for one in live if self._key(one.value) == key]
            yield from self._value(groups[key], same, live, [one for one in dead if self._key(one.value) == key])
        for other in live:
            if self._key(other.value) not in groups and not isinstance(other.value, SomeValue):
                if isinstance(other.value, NoValue) and ours:
                    continue
                told = self._only_there(other, ours)
                yield replace(told, reason=reasons(told.reason, Reason.PERHAPS_UNLINKED)) if loose else told

    def _value(
        self, ours: Sequence[Ours], same: Sequence[Theirs], live: Sequence[Theirs], dead: Sequence[Theirs]
    ) -> Iterator[Compared]:
        """One value of a property that may have many."""
        top, rest = best(ours)
        if not top:
            told = Difference.CONTRADICTORY
            yield from (self._told(told, tuple(rest), (one,), Reason.DEPRECATED_HERE) for one in same)
        elif same:
            yield from pairs(top, rest, same, self.stated.merged, disagreeing=self._disagree(top))
        elif opposed := [one for one in live if NoValue() in (top[0].value, one.value) and not _unknown(one)]:
            yield from (conflicting(self.property, "value", (*top, *rest), one) for one in opposed)
        elif dead:
            yield self._told(Difference.CONTRADICTORY, (*top, *rest), tuple(dead), Reason.DEPRECATED_THERE)
        else:
            yield missing_there(top, rest, (), self._disagree(top))

    def _only_there(self, one: Theirs, ours: Sequence[Ours]) -> Compared:
        refused = tuple(each for each in ours if each.rank is Rank.DEPRECATED and self._like(each, one))
        if refused:
            return self._told(Difference.CONTRADICTORY, refused, (one,), Reason.DEPRECATED_HERE)
        return self._told(Difference.MISSING_HERE, (), (one,), Reason.ENDED if ended(one) else Reason.ONLY_THERE)

    def _like(self, ours: Ours, theirs: Theirs) -> bool:
        return compare(ours.value, theirs.value, self.stated.merged) is not Likeness.DIFFERENT

    def _disagree(self, top: Sequence[Ours]) -> bool:
        """Whether statements of one rank cannot all be true: other values, or times of which none was over before."""
        values = any(compare(top[0].value, one.value, self.stated.merged) is Likeness.DIFFERENT for one in top)
        lasting = [one for one in top if "P582" not in one.qualifiers]
        return values or (len(lasting) > 1 and not said(lasting, "P580", self.stated.merged))

    def _key(self, value: Value) -> str:
        return self.stated.merged.get(value.iri, value.iri) if isinstance(value, Item) else str(value)

    def _told(self, difference: Difference, ours: Sequence[Ours], theirs: Sequence[Theirs], reason: Reason) -> Compared:
        return Compared(difference, self.property, "value", tuple(ours), tuple(theirs), reason.value)


def _unknown(one: Theirs) -> bool:
    return isinstance(one.value, SomeValue)
