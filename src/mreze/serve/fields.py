"""What the shapes of a release call the properties of a class, and in which order and group they put them.

https://www.w3.org/TR/shacl/#nonValidation
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, RDFS_LABEL, term
from mreze.texts import Text

UNPLACED: Final = 1_000_000.0
"""The place of what no shape gives one: after all that have one."""
_CLASSES: Final = frozenset({term("owl:Class"), term("rdfs:Class")})
_Said = dict[NamedNode, list[object]]


@dataclass(frozen=True, slots=True)
class Group:
    """Properties that stand together."""

    names: Text
    place: float


@dataclass(frozen=True, slots=True)
class Field:
    """A property of a class."""

    names: Text
    """Empty where the shapes do not agree on one name."""
    place: float
    group: Group | None
    choice: tuple[str, ...] = ()
    """The IRIs that are allowed (`sh:in`), in the order of the shape."""


class Fields:
    """Tells of the fields of a class."""

    def __init__(self, shapes: Iterable[Triple]) -> None:
        self._said: defaultdict[object, _Said] = defaultdict(lambda: defaultdict(list))
        for one in sorted(shapes, key=str):
            self._said[one.subject][one.predicate].append(one.object)
        self._fields: dict[str, dict[str, Field]] = {}
        for shape, said in list(self._said.items()):
            for kind in _targets(shape, said):
                self._fields.setdefault(kind, {}).update(self._fields_of(said))

    def of(self, classes: Iterable[str]) -> Mapping[str, Field]:
        """The fields of what is of these classes, by the IRI of the property; of several shapes one tells."""
        found: dict[str, Field] = {}
        for one in sorted(classes):
            for name, field in self._fields.get(one, {}).items():
                known = found.get(name)
                found[name] = field if known is None or (field.names and not known.names) else known
        return found

    def _fields_of(self, shape: _Said) -> dict[str, Field]:
        by_path: defaultdict[str, list[_Said]] = defaultdict(list)
        for one in shape.get(term("sh:property"), []):
            said = self._said.get(one, {})
            for path in said.get(term("sh:path"), []):
                if isinstance(path, NamedNode):
                    by_path[path.value].append(said)
        return {path: self._field(several) for path, several in by_path.items()}

    def _field(self, shapes: list[_Said]) -> Field:
        names = [found for one in shapes if (found := _texts(one, term("sh:name")))]
        groups = [one for said in shapes for one in said.get(term("sh:group"), []) if one in self._said]
        agreed = names[0] if names and all(one == names[0] for one in names) else {}
        choice = next((listed for one in shapes if (listed := self._choice(one))), ())
        return Field(agreed, min(map(_place, shapes)), self._group(groups[0]) if groups else None, choice)

    def _choice(self, shape: _Said) -> tuple[str, ...]:
        found: list[str] = []
        left, seen = list(shape.get(term("sh:in"), [])), set[object]()
        while left and left[0] not in seen:
            seen.add(left[0])
            said = self._said.get(left[0], {})
            found += [one.value for one in said.get(term("rdf:first"), []) if isinstance(one, NamedNode)]
            left = said.get(term("rdf:rest"), [])
        return tuple(found)

    def _group(self, node: object) -> Group:
        said = self._said[node]
        return Group(_texts(said, RDFS_LABEL), _place(said))


def _targets(shape: object, said: _Said) -> Iterable[str]:
    """The classes that a shape is for; a class may be its own shape (https://www.w3.org/TR/shacl/#implicit-targetClass)."""
    yield from (one.value for one in said.get(term("sh:targetClass"), []) if isinstance(one, NamedNode))
    if isinstance(shape, NamedNode) and not _CLASSES.isdisjoint(said.get(RDF_TYPE, [])):
        yield shape.value


def _texts(said: _Said, predicate: NamedNode) -> Text:
    return {one.language or "": one.value for one in said.get(predicate, []) if isinstance(one, Literal)}


def _place(said: _Said) -> float:
    found = [one.value for one in said.get(term("sh:order"), []) if isinstance(one, Literal)]
    try:
        return min(map(float, found), default=UNPLACED)
    except ValueError:
        return UNPLACED
