"""How much there is of what in a graph, added up from what was counted of its subjects (`census.py`)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from pyoxigraph import NamedNode

from mreze.build.census import Census, Numbers, Types, Use
from mreze.namespaces import term

Key = TypeVar("Key")
Value = TypeVar("Value")
_STRING, _TAGGED, _DIRECTED = term("xsd:string"), term("rdf:langString"), term("rdf:dirLangString")
_AT_ONCE: Final = 1 << 20
"""About how many numbers are told apart at a time."""
_NUMBERS: Final = 1 << 64
"""There are fewer."""


@dataclass(slots=True)
class Links:
    """Where the statements of a property lead to: how many to things of which class, texts of which type."""

    triples: int = 0
    classes: Counter[NamedNode] = field(default_factory=Counter)
    datatypes: Counter[NamedNode] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Property:
    """How often a property is used."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What there is in a set of triples."""

    triples: int
    subjects: int
    objects: int
    entities: int
    """How many things that the dataset is about."""
    example: NamedNode | None
    """The first of them."""
    classes: Mapping[NamedNode, int]
    """How many things are of a class."""
    properties: Mapping[NamedNode, Property]
    datatypes: Mapping[NamedNode, int]
    """How many statements end in a literal of a datatype."""
    languages: Mapping[str, int]
    """How many statements end in a text in a language."""

    def compared_to(self, part: Statistics) -> tuple[Statistics, Statistics]:
        """What of this is the same in a part of it (as many of fewer are all of them), and what is more."""
        same: dict[str, Any] = {}
        more: dict[str, Any] = {}
        for name in ("classes", "properties", "datatypes", "languages"):
            own, other = getattr(self, name), getattr(part, name)
            same[name] = {one: count for one, count in own.items() if other.get(one) == count}
            more[name] = {one: count for one, count in own.items() if other.get(one) != count}
        return replace(self, **same), replace(self, **more)


def add_up(censuses: Sequence[Census]) -> Statistics:
    """The statistics of a graph.

    Args:
        censuses: of all its subjects; what is in one of them is in no other.
    """
    ends = total(one.ends for one in censuses)
    datatypes: Counter[NamedNode] = Counter()
    languages: Counter[str] = Counter()
    for end, count in ends.items():
        datatypes[datatype(end)] += count
        if end.startswith(b"@"):
            languages[end[1:].partition(b"--")[0].decode()] += count
    example = min((one.example for one in censuses if one.example), default=b"")
    uses: dict[bytes, list[Use]] = {}
    for census in censuses:
        for property_, use in census.uses.items():
            uses.setdefault(property_, []).append(use)
    return Statistics(
        triples=sum(one.triples for one in censuses),
        subjects=sum(one.subjects for one in censuses),
        objects=count_different([use.objects for one in uses.values() for use in one]),
        entities=sum(one.entities for one in censuses),
        example=NamedNode(example[1:].decode()) if example else None,
        classes={name(one): count for one, count in total(one.classes for one in censuses).items()},
        properties={name(one): _property(several) for one, several in uses.items()},
        datatypes=datatypes,
        languages=languages,
    )


def _property(uses: Sequence[Use]) -> Property:
    triples, subjects = sum(one.triples for one in uses), sum(one.subjects for one in uses)
    return Property(triples, subjects, count_different([one.objects for one in uses]))


def count_links(censuses: Sequence[Census], kinds: Mapping[int, Types]) -> dict[NamedNode, dict[NamedNode, Links]]:
    """For each class the properties that its things have, and where these lead to.

    Args:
        censuses: of the whole.
        kinds: classes of things by their numbers.
    """
    found: dict[NamedNode, dict[NamedNode, Links]] = {}
    for (classes, predicate), ends in _added(one.literals for one in censuses).items():
        for one in classes:
            links = found.setdefault(name(one), {}).setdefault(name(predicate), Links())
            for end, count in ends.items():
                links.triples += count
                links.datatypes[datatype(end)] += count
    pointing = _added({key: Counter(map(kinds.get, one)) for key, one in each.pointers.items()} for each in censuses)
    for (classes, predicate), leading in pointing.items():
        for one in classes:
            links = found.setdefault(name(one), {}).setdefault(name(predicate), Links())
            for types, count in leading.items():
                links.triples += count
                links.classes.update({name(end): count for end in types or ()})
    return found


def _added(several: Iterable[Mapping[Key, Mapping[Value, int]]]) -> dict[Key, Counter[Value]]:
    found: dict[Key, Counter[Value]] = {}
    for one in several:
        for key, counts in one.items():
            found.setdefault(key, Counter()).update(counts)
    return found


def total(counts: Iterable[Mapping[Key, int]]) -> Counter[Key]:
    """Counts added up."""
    found: Counter[Key] = Counter()
    for one in counts:
        found.update(one)
    return found


def count_different(several: Sequence[Numbers]) -> int:
    """How many different numbers there are.

    Args:
        several: sorted numbers; a set of all of them would be large, so they are looked at in ranges.
    """
    steps = sum(map(len, several)) // _AT_ONCE + 1
    bounds = [_NUMBERS * one // steps for one in range(steps + 1)]
    count, starts = 0, [0] * len(several)
    for bound in bounds[1:]:
        ends = [bisect_left(one, bound, start) for one, start in zip(several, starts, strict=True)]
        count += len(set().union(*(one[start:end] for one, start, end in zip(several, starts, ends, strict=True))))
        starts = ends
    return count


def datatype(end: bytes) -> NamedNode:
    """The datatype of a literal, by what follows its text: nothing, `@en`, `@en--ltr` or `^^<iri>`."""
    if end.startswith(b"^^"):
        return name(end[2:])
    return (_DIRECTED if b"--" in end else _TAGGED) if end else _STRING


def name(written: bytes) -> NamedNode:
    """An IRI that N-Triples writes."""
    return NamedNode(written[1:-1].decode())
