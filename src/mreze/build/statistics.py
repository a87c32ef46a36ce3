"""How much there is of what in a set of triples, in a few passes over numbers.

Terms are numbered once: comparing and hashing them is what counting would spend its time on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from mreze.namespaces import RDF_TYPE

Row = tuple[int, int, int]
Term = NamedNode | BlankNode | Literal | Triple


class Numbering:
    """Terms and their numbers."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self._numbers: dict[Term, int] = {}
        self.number(RDF_TYPE)  # so that no datatype has the number 0, which has no sign

    def rows(self, triples: Iterable[Triple | Quad]) -> frozenset[Row]:
        """The triples as rows of numbers, each once; of quads the graph name is left out."""
        number = self.number
        return frozenset((number(one.subject), number(one.predicate), number(one.object)) for one in triples)

    def number(self, term: Term) -> int:
        """The number of a term, which is given one if it has none yet."""
        found = self._numbers.get(term)
        if found is None:
            found = self._numbers[term] = len(self.terms)
            self.terms.append(term)
        return found


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
    entities: tuple[NamedNode, ...]
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


def measure(rows: frozenset[Row], numbering: Numbering, is_entity: Callable[[str], bool]) -> Statistics:
    """Count.

    Args:
        rows: the triples.
        numbering: what their numbers stand for.
        is_entity: whether an IRI is that of a thing that the dataset is about.
    """
    terms = numbering.terms
    subjects = {one[0] for one in rows}
    objects = Counter(one[2] for one in rows)
    kind = numbering.number(RDF_TYPE)
    classes = Counter(value for _, property_, value in rows if property_ == kind)
    datatypes: Counter[NamedNode] = Counter()
    languages: Counter[str] = Counter()
    for number, count in objects.items():
        term = terms[number]
        if isinstance(term, Literal):
            datatypes[term.datatype] += count
            if term.language:
                languages[term.language] += count
    named = (terms[number] for number in subjects)
    return Statistics(
        triples=len(rows),
        subjects=len(subjects),
        objects=len(objects),
        entities=tuple(one for one in named if isinstance(one, NamedNode) and is_entity(one.value)),
        classes={_name(terms, one): count for one, count in classes.items() if isinstance(terms[one], NamedNode)},
        properties=_properties(rows, terms),
        datatypes=datatypes,
        languages=languages,
    )


def _properties(rows: frozenset[Row], terms: list[Term]) -> dict[NamedNode, Property]:
    width = len(terms)
    triples = Counter(one[1] for one in rows)
    # One number stands for a pair: a set of a million numbers is half the size of one of pairs.
    subjects = Counter(pair % width for pair in {one[0] * width + one[1] for one in rows})
    objects = Counter(pair % width for pair in {one[2] * width + one[1] for one in rows})
    found = {}
    for number, count in triples.items():
        found[_name(terms, number)] = Property(count, subjects[number], objects[number])
    return found


def measure_links(rows: frozenset[Row], numbering: Numbering) -> dict[NamedNode, dict[NamedNode, Links]]:
    """For each class the properties that its things have, and where these lead to."""
    kinds = _kinds(rows, numbering)
    ends = _ends(kinds, numbering)
    triples: Counter[tuple[int, int]] = Counter()
    leading: Counter[tuple[int, int, int]] = Counter()
    for subject, property_, value in rows:
        for kind in kinds.get(subject, ()):
            triples[kind, property_] += 1
            for end in ends[value]:
                leading[kind, property_, end] += 1
    return _told(triples, leading, numbering.terms)


def _told(
    triples: Counter[tuple[int, int]], leading: Counter[tuple[int, int, int]], terms: list[Term]
) -> dict[NamedNode, dict[NamedNode, Links]]:
    found: dict[NamedNode, dict[NamedNode, Links]] = {}
    for (kind, property_), count in triples.items():
        found.setdefault(_name(terms, kind), {})[_name(terms, property_)] = Links(count)
    for (kind, property_, end), count in leading.items():
        links = found[_name(terms, kind)][_name(terms, property_)]
        (links.classes if end >= 0 else links.datatypes)[_name(terms, abs(end))] = count
    return found


def _kinds(rows: frozenset[Row], numbering: Numbering) -> dict[int, list[int]]:
    kind, terms = numbering.number(RDF_TYPE), numbering.terms
    found: defaultdict[int, list[int]] = defaultdict(list)
    for subject, property_, value in rows:
        if property_ == kind and isinstance(terms[value], NamedNode):
            found[subject].append(value)
    return found


def _ends(kinds: Mapping[int, Sequence[int]], numbering: Numbering) -> list[Sequence[int]]:
    """By number of a term what it is the end of: its classes; of a literal its datatype, as a negative number."""
    known = tuple(numbering.terms)
    datatypes = {one.datatype for one in known if isinstance(one, Literal)}
    numbers = {one: (-numbering.number(one),) for one in datatypes}
    return [
        numbers[one.datatype] if isinstance(one, Literal) else kinds.get(number, ()) for number, one in enumerate(known)
    ]


def _name(terms: list[Term], number: int) -> NamedNode:
    name = terms[number]
    assert isinstance(name, NamedNode)  # noqa: S101 - only names are counted here
    return name
