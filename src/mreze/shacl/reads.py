"""What shapes read of the data, from a thing that they look at: ways of properties, as a tree of steps.

So it can be told which things a change of the data matters to, and which data tell all of a thing. A tree that has more
steps than are read costs time; one that has fewer would be wrong, so what is not understood here is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import PREFIXES, RDF_TYPE, term


@dataclass(frozen=True, slots=True)
class Step:
    """A step from a node to others."""

    predicate: NamedNode | None
    """The property; None where everything is read that goes out of the node."""
    back: bool = False
    """Whether it goes from value to thing."""


Reads: TypeAlias = "dict[Step, Reads]"
"""Which steps go on from a node, each with those that go on from where it leads."""


class UnknownReadsError(Exception):
    """Nobody can tell what the shapes read, or it has no bounds; the text is the term that is the reason, or it."""


_SHACL: Final = PREFIXES["sh"]
_MOST: Final = 5_000
"""How many steps are told; ways that fork again and again have too many."""


def _terms(*names: str) -> frozenset[NamedNode]:
    return frozenset(term(f"sh:{name}") for name in names)


_NOTHING: Final = _terms(
    "datatype", "declare", "deactivated", "defaultValue", "description", "flags", "group", "hasValue",
    "ignoredProperties", "in", "languageIn", "maxCount", "maxExclusive", "maxInclusive", "maxLength", "message",
    "minCount", "minExclusive", "minInclusive", "minLength", "name", "namespace", "nodeKind", "order", "pattern",
    "prefix", "qualifiedMaxCount", "qualifiedMinCount", "severity", "uniqueLang",
)  # fmt: skip
"""What reads no more than the values themselves; of what class a thing is, is read in any case."""
_BESIDE: Final = _terms("equals", "disjoint", "lessThan", "lessThanOrEquals")
"""What reads the values of another property of the thing."""
_INNER: Final = _terms("node", "not", "qualifiedValueShape")
_INNER_LISTS: Final = _terms("and", "or", "xone")
_OF_PATHS: Final = _terms("alternativePath", "inversePath", "zeroOrOnePath")
_PATH, _PROPERTY, _CLASS, _CLOSED = (term(f"sh:{name}") for name in ("path", "property", "class", "closed"))
_SUBJECTS_OF, _OBJECTS_OF = term("sh:targetSubjectsOf"), term("sh:targetObjectsOf")
_TARGETS: Final = _terms("targetClass", "targetNode") | {_SUBJECTS_OF, _OBJECTS_OF}
_READING: Final = _BESIDE | _INNER | _INNER_LISTS | _OF_PATHS | {_PATH, _PROPERTY, _CLASS, _CLOSED}
_KNOWN: Final = _NOTHING | _TARGETS | _READING
_SHAPES: Final = _terms("NodeShape", "PropertyShape")
_FIRST, _REST, _NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")


def find_reads(shapes: Sequence[Triple]) -> Reads:
    """What all shapes with targets read from a thing, what makes it a target included.

    The hierarchy of classes (rdfs:subClassOf) is read besides, as a whole.

    Args:
        shapes: all statements of the shapes.

    Raises:
        UnknownReadsError: it cannot be told.
    """
    for one in shapes:
        if isinstance(one.object, Triple) or (one.predicate.value.startswith(_SHACL) and one.predicate not in _KNOWN):
            raise UnknownReadsError(one.predicate.value)
    reader = _Reader()
    for one in shapes:
        reader.said.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)
    reads: Reads = {Step(RDF_TYPE): {}}
    for subject, said in reader.said.items():
        if _has_targets(said):
            _merge(reads, reader.shape(subject, ()))
            _merge(reads, {Step(one): {} for one in _names(said, _SUBJECTS_OF)})
            _merge(reads, {Step(one, back=True): {} for one in _names(said, _OBJECTS_OF)})
    return reads


_Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
_Said: TypeAlias = Mapping[NamedNode, Sequence[_Term]]
_Way: TypeAlias = tuple[Step, ...]


def _has_targets(said: _Said) -> bool:
    """Whether it may have targets: a shape of another class besides may be a class, whose instances it looks at."""
    return not _TARGETS.isdisjoint(said) or not _SHAPES.issuperset(said.get(RDF_TYPE, ()))


@dataclass(slots=True)
class _Reader:
    said: dict[_Term, dict[NamedNode, list[_Term]]] = field(default_factory=dict)
    """What the shapes say, by subject and predicate."""
    left: int = _MOST

    def shape(self, shape: _Term, within: tuple[_Term, ...]) -> Reads:
        """What a shape reads from its focus node; `within` are those that it is a part of."""
        if shape in within:
            raise UnknownReadsError(f"{shape} is a part of itself")
        said = self.said.get(shape, {})
        found: Reads = {}
        for one in _BESIDE:
            _merge(found, {Step(name): {} for name in _names(said, one)})
        _merge(found, self._after(self._paths(said), self._values(said, (*within, shape))))
        return found

    def _values(self, said: _Said, within: tuple[_Term, ...]) -> Reads:
        """What is read from each value node."""
        found: Reads = {}
        if _CLASS in said:
            _merge(found, {Step(RDF_TYPE): {}})
        if _CLOSED in said:
            _merge(found, {Step(None): {}})
        if _PROPERTY in said and _PATH in said:  # what these find is told of the value, not of the thing
            raise UnknownReadsError(_PROPERTY.value)
        for inner in self._inner(said):
            _merge(found, self.shape(inner, within))
        return found

    def _inner(self, said: _Said) -> Iterator[_Term]:
        yield from said.get(_PROPERTY, ())
        for one in _INNER:
            yield from said.get(one, ())
        for one in _INNER_LISTS:
            for head in said.get(one, ()):
                yield from self._list(head)

    def _after(self, ways: Sequence[_Way], then: Reads) -> Reads:
        found: Reads = {}
        for way in ways:
            end = found
            for step in way:
                end = end.setdefault(step, {})
            _merge(end, then)
            self.left -= len(way) + _count(then)
            if self.left < 0:
                raise UnknownReadsError("too many ways")
        return found

    def _paths(self, said: _Said) -> list[_Way]:
        """The ways to the values: from the thing to itself, where the shape has no path."""
        paths = said.get(_PATH)
        if paths is None:
            return [()]
        if len(paths) != 1:
            raise UnknownReadsError(_PATH.value)
        return list(dict.fromkeys(self._ways(paths[0], ())))

    def _ways(self, path: _Term, within: tuple[_Term, ...]) -> list[_Way]:
        """The ways that a path is, https://www.w3.org/TR/shacl/#property-paths."""
        if isinstance(path, NamedNode) and path != _NIL:
            return [(Step(path),)]
        said = self.said.get(path, {})
        within = (*within, path)
        if path in within[:-1] or len(said) < 1:
            raise UnknownReadsError(_PATH.value)
        if _FIRST in said:
            return self._sequence([self._ways(one, within) for one in self._list(path)])
        (kind, *others), (value, *more) = said, next(iter(said.values()))
        if others or more or kind not in _OF_PATHS:
            raise UnknownReadsError(_PATH.value)
        if kind == term("sh:alternativePath"):
            return [way for one in self._list(value) for way in self._ways(one, within)]
        ways = self._ways(value, within)
        return [(), *ways] if kind == term("sh:zeroOrOnePath") else [_turned(one) for one in ways]

    def _sequence(self, parts: Sequence[Sequence[_Way]]) -> list[_Way]:
        number = 1
        for one in parts:
            number *= len(one)
        if number > self.left:
            raise UnknownReadsError("too many ways")
        return [tuple(step for part in one for step in part) for one in product(*parts)]

    def _list(self, head: _Term) -> list[_Term]:
        found: list[_Term] = []
        seen = set()
        while head != _NIL:
            said = self.said.get(head, {})
            first, rest = said.get(_FIRST, ()), said.get(_REST, ())
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise UnknownReadsError(_FIRST.value)
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found


def _turned(way: _Way) -> _Way:
    """The way back; one of several steps is refused, as the reference goes them in another order."""
    if any(step.predicate is None for step in way) or len(way) > 1:
        raise UnknownReadsError(term("sh:inversePath").value)
    return tuple(Step(step.predicate, not step.back) for step in way)


def _names(said: _Said, predicate: NamedNode) -> list[NamedNode]:
    """The properties that are named there."""
    found = said.get(predicate, ())
    names = [one for one in found if isinstance(one, NamedNode)]
    if len(names) < len(found):
        raise UnknownReadsError(predicate.value)
    return names


def _merge(reads: Reads, others: Reads) -> None:
    for step, then in others.items():
        _merge(reads.setdefault(step, {}), then)


def _count(reads: Reads) -> int:
    return sum(1 + _count(then) for then in reads.values())
