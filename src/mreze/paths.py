"""Property paths as a site writes them in its shapes (https://www.w3.org/TR/shacl/#property-paths).

A property of the ontology whose IRI is also that of a property shape is *derived*: nobody states it, its values are
found by the `sh:path` of the shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import term

Value = NamedNode | BlankNode | Literal
Said = Mapping[tuple[object, NamedNode], Value]
"""The object by subject and predicate, of which each path has one."""

_FIRST, _REST, _NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")
_INVERSE, _ALTERNATIVE = term("sh:inversePath"), term("sh:alternativePath")
_REPEATED: Final = {
    term("sh:zeroOrOnePath"): (0, False),
    term("sh:oneOrMorePath"): (1, True),
    term("sh:zeroOrMorePath"): (0, True),
}
_DEEPEST: Final = 20
_PATH: Final = term("sh:path")
_PROPERTIES: Final = frozenset(term(name) for name in ("owl:DatatypeProperty", "owl:ObjectProperty", "rdf:Property"))


@dataclass(frozen=True, slots=True)
class Step:
    """One property; backwards from a value to what has it."""

    property: NamedNode
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """One way after the other."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of several ways."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same way again and again, or left out."""

    part: Path
    least: int
    again: bool


Path = Step | Chain | Choice | Repeat


class BadPath(ValueError):
    """It is no property path; says why."""


def read_path(node: Value | None, said: Said, depth: int = 0, *, backwards: bool = False) -> Path:
    """The path that a node of a graph of shapes stands for.

    Args:
        node: the object of sh:path.
        said: the statements of the graph.
        depth: how deep this one is in another.
        backwards: whether it is walked from its end.

    Raises:
        BadPath: it is none.
    """
    if depth > _DEEPEST:
        raise BadPath("it is nested too deeply")
    if isinstance(node, NamedNode) and node != _NIL:
        return Step(node, backwards)
    if not isinstance(node, BlankNode):
        raise BadPath(f"{node} is no path")
    if (node, _FIRST) in said:
        parts = [read_path(one, said, depth + 1, backwards=backwards) for one in _items(node, said)]
        return Chain(tuple(reversed(parts) if backwards else parts))
    if inner := said.get((node, _INVERSE)):
        return read_path(inner, said, depth + 1, backwards=not backwards)
    if inner := said.get((node, _ALTERNATIVE)):
        return Choice(tuple(read_path(one, said, depth + 1, backwards=backwards) for one in _items(inner, said)))
    for name, (least, again) in _REPEATED.items():
        if inner := said.get((node, name)):
            return Repeat(read_path(inner, said, depth + 1, backwards=backwards), least, again)
    raise BadPath("it has a blank node without a list, sh:inversePath, sh:alternativePath or a number of times")


def statements(triples: Iterable[Triple]) -> Said:
    """A graph of shapes as paths are read from it."""
    return {
        (one.subject, one.predicate): one.object
        for one in triples
        if isinstance(one.object, NamedNode | BlankNode | Literal)
    }


def _items(head: Value, said: Said) -> list[Value]:
    found: list[Value] = []
    while head != _NIL:
        first, rest = said.get((head, _FIRST)), said.get((head, _REST))
        if first is None or rest is None or len(found) >= _DEEPEST:
            raise BadPath(f"a list in it has no end, or more than {_DEEPEST} parts")
        found.append(first)
        head = rest
    if not found:
        raise BadPath("a list in it is empty")
    return found


def derived(shapes: Iterable[Triple], is_property: Callable[[NamedNode], bool]) -> dict[NamedNode, Path | BadPath]:
    """The ways to the values of derived properties; of one that is none what is wrong with it.

    Args:
        shapes: the graph of shapes.
        is_property: whether the ontology says that a name is that of a property.
    """
    triples = list(shapes)
    said = statements(triples)
    names = {one.subject for one in triples if one.predicate == _PATH and isinstance(one.subject, NamedNode)}
    found: dict[NamedNode, Path | BadPath] = {}
    for name in sorted(filter(is_property, names), key=str):
        try:
            found[name] = read_path(said.get((name, _PATH)), said)
        except BadPath as error:
            found[name] = error
    return found


def is_kind_of_property(kind: object) -> bool:
    """Whether a class is one of properties."""
    return kind in _PROPERTIES
