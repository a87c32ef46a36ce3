"""Ways from a thing to values: property paths, as a site writes them in SHACL and as they are followed in a store.

Syntax and meaning: https://www.w3.org/TR/shacl/#property-paths. A way visits a bounded number of nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import term
from mreze.serve.store import Store

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


class TooMany(Exception):
    """A way leads to more nodes than may be visited."""


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


def follow(store: Store, start: Iterable[Value], path: Path, most: int) -> list[Value]:
    """Where a path leads in the default graph, each node once.

    Args:
        store: where to look.
        start: the nodes to start from.
        path: the way.
        most: how many nodes a part of the way may lead to.

    Raises:
        TooMany: they are more.
    """
    nodes = list(dict.fromkeys(start))
    if isinstance(path, Step):
        return _distinct((end for node in nodes for end in _ends(store, node, path, most)), most)
    if isinstance(path, Chain):
        for part in path.parts:
            nodes = follow(store, nodes, part, most)
        return nodes
    if isinstance(path, Choice):
        return _distinct((end for part in path.parts for end in follow(store, nodes, part, most)), most)
    return _repeat(store, nodes, path, most)


def _distinct(nodes: Iterable[Value], most: int) -> list[Value]:
    found: dict[Value, None] = {}
    for one in nodes:
        found[one] = None
        if len(found) > most:
            raise TooMany
    return list(found)


def _ends(store: Store, node: Value, step: Step, most: int) -> list[Value]:
    if step.backwards:
        found = store.fitting((None, step.property, node), most + 1)
        return [one.subject for one in found if isinstance(one.subject, NamedNode | BlankNode)]
    if isinstance(node, Literal):
        return []
    objects = (one.object for one in store.fitting((node, step.property, None), most + 1))
    return [one for one in objects if isinstance(one, NamedNode | BlankNode | Literal)]


def _repeat(store: Store, start: list[Value], path: Repeat, most: int) -> list[Value]:
    found = dict.fromkeys([] if path.least else start)
    edge = start
    while edge:
        reached = follow(store, edge, path.part, most)
        edge = [one for one in reached if one not in found] if path.again else []
        found = dict.fromkeys(_distinct([*found, *reached], most))
    return list(found)
