"""Where property paths lead in a store, as far as anybody may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.paths import Chain, Choice, Path, Repeat, Step, Value
from mreze.serve.store import Store

MOST_VALUES: Final = 10_000
"""Values of a property of a thing, and nodes that a part of a path may lead to."""
_FURTHEST: Final = 300_000
"""Nodes that are visited for one client: some seconds."""


class TooMany(Exception):
    """A way leads to more nodes than it may."""


class Exhausted(Exception):
    """All ways together have visited more nodes than they may."""


@dataclass(slots=True)
class Walk:
    """Follows paths for one client."""

    store: Store
    most: int = MOST_VALUES
    """How many nodes a part of a way may lead to."""
    left: int = _FURTHEST
    """How many nodes may still be visited, on all ways together."""

    def follow(self, start: Iterable[Value], path: Path) -> list[Value]:
        """Where a path leads in the default graph, each node once.

        Args:
            start: the nodes to start from.
            path: the way.

        Raises:
            TooMany: it leads to more nodes than it may.
            Exhausted: with those before it, it does.
        """
        nodes = list(dict.fromkeys(start))
        if isinstance(path, Step):
            return self._distinct(end for node in nodes for end in self._ends(node, path))
        if isinstance(path, Chain):
            for part in path.parts:
                nodes = self.follow(nodes, part)
            return nodes
        if isinstance(path, Choice):
            return self._distinct(end for part in path.parts for end in self.follow(nodes, part))
        return self._distinct(self._repeated(nodes, path))

    def _distinct(self, nodes: Iterable[Value]) -> list[Value]:
        found: dict[Value, None] = {}
        for one in nodes:
            found[one] = None
            self.left -= 1
            if len(found) > self.most:
                raise TooMany
            if self.left < 0:
                raise Exhausted
        return list(found)

    def _ends(self, node: Value, step: Step) -> Iterator[Value]:
        if step.backwards:
            for one in self.store.fitting((None, step.property, node), self.most + 1):
                if isinstance(one.subject, NamedNode | BlankNode):
                    yield one.subject
        elif not isinstance(node, Literal):
            for one in self.store.fitting((node, step.property, None), self.most + 1):
                if isinstance(one.object, NamedNode | BlankNode | Literal):
                    yield one.object

    def _repeated(self, start: list[Value], path: Repeat) -> Iterator[Value]:
        seen = set() if path.least else set(start)
        yield from seen
        edge = start
        while edge:
            reached = [one for one in self.follow(edge, path.part) if one not in seen]
            yield from reached
            seen.update(reached)
            edge = reached if path.again else []
