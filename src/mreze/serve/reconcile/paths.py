"""Where property paths lead in a store; a way visits a bounded number of nodes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.paths import Chain, Choice, Path, Repeat, Step, Value
from mreze.serve.store import Store


class TooMany(Exception):
    """A way leads to more nodes than may be visited."""


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
