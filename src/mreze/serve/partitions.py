"""The parts of a dataset (VoID) as tables for people: how many things of which class, statements of which property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import term
from mreze.serve.view import Value


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of part."""

    common: NamedNode
    """What says what the statements of a part have in common."""
    counter: NamedNode
    heading: str
    counted: str


_PROPERTIES: Final = term("void:propertyPartition")
KINDS: Final = {
    term("void:classPartition"): Kind(term("void:class"), term("void:entities"), "Classes", "things"),
    _PROPERTIES: Kind(term("void:property"), term("void:triples"), "Properties", "statements"),
    term("voidext:datatypePartition"): Kind(term("voidext:datatype"), term("void:triples"), "Datatypes", "statements"),
    term("voidext:languagePartition"): Kind(term("voidext:language"), term("void:triples"), "Languages", "statements"),
}
"""What parts there are, by what a dataset names them with."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table."""

    name: Value
    count: int
    details: tuple[Value, ...]
    """Of a class the properties that its things have, where that is known."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a dataset, the most frequent first."""

    heading: str
    counted: str
    lines: tuple[Line, ...]

    @property
    def detailed(self) -> bool:
        """Whether any line has details."""
        return any(one.details for one in self.lines)


class Partitions:
    """The parts in a description, taken out of it."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        every = list(triples)
        parts = {one.object for one in every if one.predicate in KINDS}
        self.rest = [one for one in every if one.predicate not in KINDS and one.subject not in parts]
        """The description without its parts."""
        self._values: dict[object, dict[NamedNode, list[object]]] = defaultdict(lambda: defaultdict(list))
        for one in every:
            if one.subject in parts or one.predicate in KINDS:
                self._values[one.subject][one.predicate].append(one.object)

    def tables(self, dataset: str, link: Callable[[str], Value]) -> list[Table]:
        """The parts of a dataset; `link` shows an IRI."""
        own = self._values.get(NamedNode(dataset), {})
        found = []
        for relation, kind in KINDS.items():
            lines = [line for part in own.get(relation, ()) if (line := self._line(kind, part, link))]
            if lines:
                found.append(Table(kind.heading, kind.counted, _ordered(lines)))
        return found

    def _line(self, kind: Kind, part: object, link: Callable[[str], Value]) -> Line | None:
        said = self._values[part]
        names, counts = said.get(kind.common), said.get(kind.counter)
        if not names or not counts or not isinstance(counts[0], Literal):
            return None
        name = names[0]
        shown = link(name.value) if isinstance(name, NamedNode) else Value(getattr(name, "value", ""))
        parts = said.get(_PROPERTIES, ())
        details = [line for one in parts if (line := self._line(KINDS[_PROPERTIES], one, link))]
        return Line(shown, int(counts[0].value), tuple(one.name for one in _ordered(details)))


def _ordered(lines: Iterable[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda one: (-one.count, one.name.text)))
