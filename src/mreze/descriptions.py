"""A graph taken apart into descriptions: what it says of each thing that has an IRI.

Blank nodes belong to what leads to them. They are named after what is said of them, so that two graphs that say the
same of a term are equal where they speak of it, whatever else they say.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

Node = NamedNode | BlankNode | Literal | Triple


def describe(triples: Iterable[Triple], space: str | None = None) -> dict[str, frozenset[Triple]]:
    """The triples by the IRI of what they describe.

    Args:
        triples: a graph.
        space: what IRIs start with whose `#fragment` names a part of the thing; None if there are none.
    """
    found: defaultdict[str, set[Triple]] = defaultdict(set)
    graph = _Graph(triples)
    for subject in sorted(graph.outgoing, key=str):
        if isinstance(subject, NamedNode):
            iri = subject.value
            thing = iri.partition("#")[0] if space is not None and iri.startswith(space) else iri
            found[thing] |= graph.described(subject)
    return {thing: frozenset(said) for thing, said in found.items()}


class _Graph:
    """A graph whose blank nodes can be named after what is said of them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.outgoing: defaultdict[NamedNode | BlankNode, set[Triple]] = defaultdict(set)
        self._names: dict[BlankNode, BlankNode] = {}
        for one in _canonical(triples):
            if isinstance(one.subject, NamedNode | BlankNode):
                self.outgoing[one.subject].add(one)

    def described(self, subject: NamedNode | BlankNode) -> set[Triple]:
        """What is said of a node, and of the blank nodes that it leads to."""
        found: set[Triple] = set()
        seen, left = set(), [subject]
        while left:
            node = left.pop()
            if node in seen:
                continue
            seen.add(node)
            for one in self.outgoing.get(node, ()):
                subject = self._name(node) if isinstance(node, BlankNode) else node
                found.add(Triple(subject, one.predicate, self._named(one.object)))
                if isinstance(one.object, BlankNode):
                    left.append(one.object)
        return found

    def _named(self, node: Node) -> Node:
        return self._name(node) if isinstance(node, BlankNode) else node

    def _name(self, node: BlankNode) -> BlankNode:
        """The name of a blank node: a digest of what is said of it, so of what it leads to before it."""
        left = [] if node in self._names else [node]
        while left:  # not by recursion: a list is as deep as it is long
            last = left[-1]
            self._names.setdefault(last, last)  # of a circle of blank nodes one keeps its canonical name
            further = [one.object for one in self.outgoing.get(last, ()) if isinstance(one.object, BlankNode)]
            unnamed = sorted((one for one in further if one not in self._names), key=str)
            if unnamed:
                left.append(unnamed[0])
                continue
            said = sorted(f"{one.predicate} {self._so_far(one.object)}" for one in self.outgoing.get(last, ()))
            digest = hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
            self._names[last] = BlankNode(f"b{digest}")
            left.pop()
        return self._names[node]

    def _so_far(self, node: Node) -> Node:
        return self._names[node] if isinstance(node, BlankNode) else node


def _canonical(triples: Iterable[Triple]) -> set[Triple]:
    graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    if any(isinstance(quad.subject, BlankNode) for quad in graph):
        graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in graph}
