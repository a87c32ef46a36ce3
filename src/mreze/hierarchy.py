"""What is above and below what, by a relation that goes on: classes, properties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pyoxigraph import NamedNode, Triple


def above(graph: Iterable[Triple], relation: NamedNode) -> dict[NamedNode, frozenset[NamedNode]]:
    """What each is under, at whichever remove, itself left out."""
    direct: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for one in graph:
        if one.predicate == relation and isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode):
            direct[one.subject].add(one.object)
    return {one: frozenset(_reached(one, direct) - {one}) for one in direct}


def below(graph: Iterable[Triple], relation: NamedNode) -> dict[NamedNode, set[NamedNode]]:
    """What is under each."""
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for one, wider in above(graph, relation).items():
        for each in wider:
            found[each].add(one)
    return found


def _reached(start: NamedNode, direct: Mapping[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    found, left = {start}, [start]
    while left:
        for one in direct.get(left.pop(), set()) - found:
            found.add(one)
            left.append(one)
    return found
