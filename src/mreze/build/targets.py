"""What the shapes of a site aim at, and how many things that are (https://www.w3.org/TR/shacl/#targets)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.build.census import Census, Types, number
from mreze.namespaces import RDF_TYPE, term

Node = NamedNode | BlankNode | Literal | Triple
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

    def by_subject(self) -> frozenset[bytes]:
        """The properties whose subjects they aim at."""
        return frozenset(one for _, kind, one in self.aims if kind == _SUBJECTS)


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

    def __init__(self, shapes: Shapes, whole: Iterable[Census], catalog: Census) -> None:
        """Find out.

        Args:
            shapes: what they aim at.
            whole: of the data and the ontology.
            catalog: of the catalogue, whose things are not counted among the data.
        """
        self._shapes = shapes
        self.kinds: dict[int, Types] = {}
        """The classes of nodes by their numbers: what the data and the ontology say."""
        self._more: defaultdict[int, set[str]] = defaultdict(set)
        """Shapes that apply for another reason than these classes."""
        self._below: defaultdict[bytes, set[bytes]] = defaultdict(set)
        self._applied: dict[Types, frozenset[str]] = {}
        known: dict[Types, Types] = {}
        for one in whole:
            self._add(one)
            for types, numbers in one.kinds.items():
                if types:
                    self.kinds.update(dict.fromkeys(numbers, known.setdefault(types, types)))
        self._add(catalog)
        for shape, kind, node in shapes.aims:
            if kind == _NODE:
                self._more[number(node)].add(shape)
        for types, numbers in catalog.kinds.items():
            for one_number in numbers if self._of(types) else ():
                self._more[one_number] |= self._of(types)

    def _add(self, census: Census) -> None:
        for one, above in census.below:
            self._below[above].add(one)
        for shape, kind, name in self._shapes.aims:
            if kind == _SUBJECTS:
                nodes = census.aimed.get(name, ())
            elif kind == _OBJECTS and name in census.uses:
                nodes = census.uses[name].objects
            else:
                continue
            for node in nodes:
                self._more[node].add(shape)

    def sizes(self) -> dict[str, int]:
        """How many nodes each shape applies to, by its IRI."""
        counted: Counter[str] = Counter()
        for types, count in Counter(self.kinds.values()).items():
            counted.update(dict.fromkeys(self._of(types), count))
        for node, more in self._more.items():
            counted.update(more - self._of(self.kinds.get(node, ())))
        return dict(sorted(counted.items()))

    def sizes_of(self, part: Iterable[Census]) -> dict[str, int]:
        """How many of the subjects of a part each shape applies to."""
        subjects = [one for census in part for one in census.kinds.values()]
        together = Counter(self.kinds.get(node, ()) for numbers in subjects for node in numbers)
        counted: Counter[str] = Counter()
        for types, count in together.items():
            counted.update(dict.fromkeys(self._of(types), count))
        for node in (node for numbers in subjects if self._more for node in numbers if node in self._more):
            counted.update(self._more[node] - self._of(self.kinds.get(node, ())))
        return dict(sorted(counted.items()))

    def _of(self, types: Types) -> frozenset[str]:
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
