"""Where property paths lead in a store, as far as anybody may go; from many starts it is asked at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from mreze.paths import Chain, Choice, Path, Repeat, Step, Value
from mreze.serve.store import Store

MOST_VALUES: Final = 10_000
"""Values of a property of a thing, and nodes that a part of a path may lead to."""
FURTHEST: Final = 300_000
"""Nodes that are visited for one client: some seconds."""
Start = TypeVar("Start", bound=Hashable)


class TooMany(Exception):
    """A way leads to more nodes than it may."""


class Exhausted(Exception):
    """All ways together have visited more nodes than they may."""


@dataclass(slots=True)
class Walk:
    """Follows paths for one client."""

    store: Store
    most: int = MOST_VALUES
    """How many nodes a part of a way may lead to, from one start."""
    left: int = FURTHEST
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
        found = self.follow_each({None: start}, path)
        if None not in found:
            raise TooMany
        return found[None]

    def follow_each(self, starts: Mapping[Start, Iterable[Value]], path: Path) -> dict[Start, list[Value]]:
        """The same for several starts; that of which a path leads to more nodes than it may is not in the answer.

        Args:
            starts: the nodes of each.
            path: the way.

        Raises:
            Exhausted: all together, and those before them, visit more nodes than they may.
        """
        edges = {key: list(dict.fromkeys(nodes)) for key, nodes in starts.items()}
        if isinstance(path, Step):
            return self._stepped(edges, path)
        if isinstance(path, Chain):
            for part in path.parts:
                edges = self.follow_each(edges, part)
            return edges
        return self._chosen(edges, path) if isinstance(path, Choice) else self._repeated(edges, path)

    def _stepped(self, edges: Mapping[Start, list[Value]], step: Step) -> dict[Start, list[Value]]:
        found: dict[Start, dict[Value, None]] = {key: {} for key in edges}
        owners: dict[Value, list[Start]] = {}
        for key, nodes in edges.items():
            for node in nodes:
                owners.setdefault(node, []).append(key)
        for node, end in self.store.along(owners, step.property, self.most + 1, backwards=step.backwards):
            for key in owners[node]:
                self._visit(found, key, (end,))
            if not found:  # nobody wants to know more
                break
        return _listed(found)

    def _chosen(self, edges: Mapping[Start, list[Value]], path: Choice) -> dict[Start, list[Value]]:
        found: dict[Start, dict[Value, None]] = {key: {} for key in edges}
        for part in path.parts:
            reached = self.follow_each({key: edges[key] for key in found}, part)
            for key in list(found):
                self._extend(found, key, reached)
        return _listed(found)

    def _repeated(self, edges: Mapping[Start, list[Value]], path: Repeat) -> dict[Start, list[Value]]:
        found: dict[Start, dict[Value, None]] = {key: {} for key in edges}
        if not path.least:
            for key, nodes in edges.items():
                self._visit(found, key, nodes)
        while edges := {key: nodes for key, nodes in edges.items() if nodes and key in found}:
            reached = self.follow_each(edges, path.part)
            fresh = {key: [one for one in ends if one not in found[key]] for key, ends in reached.items()}
            for key in edges:
                self._extend(found, key, fresh)
            edges = fresh if path.again else {}
        return _listed(found)

    def _extend(
        self, found: dict[Start, dict[Value, None]], key: Start, reached: Mapping[Start, Iterable[Value]]
    ) -> None:
        """Note where a start has led; what led too far there has led too far."""
        if key in reached:
            self._visit(found, key, reached[key])
        else:
            found.pop(key, None)

    def _visit(self, found: dict[Start, dict[Value, None]], key: Start, nodes: Iterable[Value]) -> None:
        """Note nodes that a start leads to; one that leads to too many is let go."""
        for node in nodes:
            if key not in found:
                return
            found[key][node] = None
            self.left -= 1
            if len(found[key]) > self.most:
                del found[key]
            elif self.left < 0:
                raise Exhausted


def _listed(found: Mapping[Start, Mapping[Value, None]]) -> dict[Start, list[Value]]:
    return {key: list(nodes) for key, nodes in found.items()}
