"""What the shapes of a site aim at, and how many things that are (https://www.w3.org/TR/shacl/#targets)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.build.statistics import TYPE, Said
from mreze.namespaces import RDF_TYPE, term

Node = NamedNode | BlankNode | Literal | Triple
_SUBCLASS: Final = str(term("rdfs:subClassOf")).encode()
_CLASS: Final = term("sh:targetClass")
_NODE: Final = term("sh:targetNode")
_SUBJECTS: Final = term("sh:targetSubjectsOf")
_OBJECTS: Final = term("sh:targetObjectsOf")


@dataclass(frozen=True, slots=True)
class Shapes:
    """What the shapes aim at."""

    aims: tuple[tuple[str, NamedNode, bytes], ...]
    """IRI of a shape, kind of target, and class, node or property as N-Triples writes it."""
    names: Mapping[str, str]
    """IRIs of shapes by local name, as findings have it."""
    asked: Mapping[str, frozenset[str]]
    """The properties that are asked of things of a class; IRIs."""


def read_shapes(triples: Iterable[Triple]) -> Shapes:
    """What the shapes of a site aim at and ask."""
    said: defaultdict[Node, defaultdict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for one in triples:
        said[one.subject][one.predicate].append(one.object)
    aims: set[tuple[str, NamedNode, bytes]] = set()
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for shape, values in list(said.items()):
        if not isinstance(shape, NamedNode):
            continue
        for aim in (_CLASS, _NODE, _SUBJECTS, _OBJECTS):
            aims |= {(shape.value, aim, str(value).encode()) for value in values[aim]}
        if term("rdfs:Class") in values[RDF_TYPE]:
            aims.add((shape.value, _CLASS, str(shape).encode()))
        for kind in values[_CLASS]:
            if isinstance(kind, NamedNode):
                asked[kind.value] |= {
                    path.value
                    for part in values[term("sh:property")]
                    for path in said[part][term("sh:path")]
                    if isinstance(path, NamedNode) and path != RDF_TYPE
                }
    names = {local_name(one.value): one.value for one in sorted(said, key=str) if isinstance(one, NamedNode)}
    return Shapes(tuple(sorted(aims, key=str)), names, {kind: frozenset(one) for kind, one in asked.items()})


def local_name(iri: str) -> str:
    """What findings call a shape."""
    return iri.rpartition("#")[2].rpartition("/")[2]


class Aims:
    """Finds out which nodes shapes apply to; a class stands for what the ontology puts below it too."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self.kinds: dict[int, tuple[bytes, ...]] = {}
        """The classes of nodes, by the hash of what N-Triples writes for them: what the data and the ontology say."""
        self._known: dict[tuple[bytes, ...], tuple[bytes, ...]] = {}
        self._properties = frozenset(one for _, kind, one in shapes.aims if kind in {_SUBJECTS, _OBJECTS})
        self._more: dict[int, set[str]] = {}
        """Shapes that apply for another reason than these classes."""
        self._below: dict[bytes, set[bytes]] = {}
        self._cataloged: list[tuple[int, tuple[bytes, ...]]] = []
        self._applied: dict[tuple[bytes, ...], frozenset[str]] = {}

    def add(self, subject: bytes, said: Said, *, cataloged: bool = False) -> None:
        """Take note of a subject.

        Args:
            subject: as N-Triples writes it.
            said: all that is said of it in one place.
            cataloged: whether the catalogue says it, which is not counted among the data.
        """
        types = tuple(value for predicate, value in said if predicate == TYPE and value[:1] == b"<")
        if types and cataloged:
            self._cataloged.append((hash(subject), types))
        elif types:
            self.kinds[hash(subject)] = self._known.setdefault(types, types)
        for predicate, value in said:
            if predicate == _SUBCLASS:
                self._below.setdefault(value, set()).add(subject)
            if predicate in self._properties:
                for shape, kind, one in self._shapes.aims:
                    if one == predicate and kind in {_SUBJECTS, _OBJECTS}:
                        node = subject if kind == _SUBJECTS else value
                        self._more.setdefault(hash(node), set()).add(shape)

    def close(self) -> None:
        """All subjects have been added."""
        for shape, kind, one in self._shapes.aims:
            if kind == _NODE:
                self._more.setdefault(hash(one), set()).add(shape)
        for node, types in self._cataloged:
            if applied := self._of(types):
                self._more.setdefault(node, set()).update(applied)

    def sizes(self) -> dict[str, int]:
        """How many nodes each shape applies to, by its IRI."""
        counted: Counter[str] = Counter()
        for types, count in Counter(self.kinds.values()).items():
            counted.update(dict.fromkeys(self._of(types), count))
        for node, more in self._more.items():
            counted.update(more - self._of(self.kinds.get(node, ())))
        return dict(sorted(counted.items()))

    def sizes_of(self, subjects: Iterable[bytes]) -> dict[str, int]:
        """How many of these nodes each shape applies to."""
        counted: Counter[str] = Counter()
        together: Counter[tuple[bytes, ...]] = Counter()
        for one in subjects:
            node = hash(one)
            types = self.kinds.get(node, ())
            together[types] += 1
            if node in self._more:
                counted.update(self._more[node] - self._of(types))
        for types, count in together.items():
            counted.update(dict.fromkeys(self._of(types), count))
        return dict(sorted(counted.items()))

    def _of(self, types: tuple[bytes, ...]) -> frozenset[str]:
        """The shapes that apply to what is of these classes."""
        if types not in self._applied:
            self._applied[types] = frozenset(
                shape
                for shape, kind, one in self._shapes.aims
                if kind == _CLASS and not self._closure(one).isdisjoint(types)
            )
        return self._applied[types]

    def _closure(self, kind: bytes) -> set[bytes]:
        found, waiting = {kind}, [kind]
        while waiting:
            more = self._below.get(waiting.pop(), set()) - found
            found |= more
            waiting += more
        return found
