"""How far a change of the data reaches: the things that shapes may now find otherwise, and all that is read of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.shacl.reads import Reads, Step
from mreze.shacl.results import Node

_FEW: Final = 8
"""So many properties of a node are looked up each; of more all that goes out of it is."""
_QUESTION: Final = 10
"""So many answers take as long as to ask."""
_Changed: TypeAlias = Mapping[NamedNode, Sequence[Triple]]


class TooFarError(Exception):
    """A change reaches so far that it is not worth while to follow it, or through what is no node of RDF 1.1."""


class Neighbours(Protocol):
    """What the data say of nodes, with terms as they are written."""

    def going_out(self, node: NamedNode | BlankNode, predicate: NamedNode | None) -> Iterable[Triple]:
        """The triples of a subject, of all predicates if None."""

    def coming_in(self, node: Node, predicate: NamedNode) -> Iterable[Triple]:
        """The triples of an object."""


@dataclass(slots=True)
class Reach:
    """Follows what is read, as long as it is not too much.

    The data are asked as they are after the change. That is enough: a way that was there before and is not now lacks
    a step, which is a change itself; and up to its first such step it is there still.
    """

    neighbours: Neighbours
    left: int
    """How many answers there may yet be; a question counts as ten."""

    def affected(self, reads: Reads, changed: Collection[Triple]) -> set[Node]:
        """The nodes from which something else is read than before.

        Args:
            reads: what is read from a node.
            changed: triples that were added, and those that were removed.

        Raises:
            TooFarError: these are too many.
        """
        by_predicate: defaultdict[NamedNode, list[Triple]] = defaultdict(list)
        for one in changed:
            by_predicate[one.predicate].append(one)
        return self._affected(reads, by_predicate)

    def _affected(self, reads: Reads, changed: _Changed) -> set[Node]:
        found: set[Node] = set()
        for step, then in reads.items():
            for triples in changed.values() if step.predicate is None else [changed.get(step.predicate, ())]:
                found.update(_start(step, one) for one in triples)
            for node in self._affected(then, changed) if then else ():
                found.update(_start(step, one) for one in self._leading(step, node))
        return found

    def read(self, reads: Reads, nodes: Iterable[Node]) -> set[Triple]:
        """All that is read from some nodes; it may be more.

        Raises:
            TooFarError: it is too much.
        """
        found: set[Triple] = set()
        waiting: list[tuple[Reads, set[Node]]] = [(reads, set(nodes))]
        while waiting:
            steps, here = waiting.pop()
            ends: defaultdict[Step, set[Node]] = defaultdict(set)
            for node in here:
                for step, one in self._following(steps, node):
                    found.add(one)
                    if steps.get(step):
                        ends[step].add(_end(step, one))
            waiting += [(steps[step], there) for step, there in ends.items()]
        return found

    def _following(self, steps: Reads, node: Node) -> Iterator[tuple[Step, Triple]]:
        """The triples over which steps lead on from a node."""
        forward = [one.predicate for one in steps if not one.back]
        if forward and not isinstance(node, Literal):
            for predicate in [None] if None in forward or len(forward) > _FEW else forward:
                for one in self.counted(self.neighbours.going_out(node, predicate)):
                    yield Step(one.predicate), one
        for step in steps:
            if step.back and step.predicate is not None:
                for one in self.counted(self.neighbours.coming_in(node, step.predicate)):
                    yield step, one

    def _leading(self, step: Step, node: Node) -> Iterator[Triple]:
        """The triples over which a step leads to a node."""
        if step.predicate is None:
            raise TooFarError
        if not step.back:
            yield from self.counted(self.neighbours.coming_in(node, step.predicate))
        elif not isinstance(node, Literal):
            yield from self.counted(self.neighbours.going_out(node, step.predicate))

    def counted(self, found: Iterable[Triple]) -> Iterator[Triple]:
        """What was asked for, as long as it is not too much.

        Raises:
            TooFarError: it is too much.
        """
        self._spend(_QUESTION)
        for one in found:
            self._spend(1)
            yield one

    def _spend(self, answers: int) -> None:
        self.left -= answers
        if self.left < 0:
            raise TooFarError


def _start(step: Step, triple: Triple) -> Node:
    """Where a step over a triple begins."""
    return _node(triple.object if step.back else triple.subject)


def _end(step: Step, triple: Triple) -> Node:
    """Where it leads."""
    return _node(triple.subject if step.back else triple.object)


def _node(one: Node | Triple) -> Node:
    if isinstance(one, Triple):
        raise TooFarError
    return one
