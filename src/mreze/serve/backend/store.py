"""A release's store on another SPARQL server.

A release never changes, so what was answered is kept; what is asked of many nodes is asked at once. Descriptions that
the release has in files are read from them. Blank nodes have other labels in each answer: what leads to one is asked
for together with all that it leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from mreze.errors import BackendIncomplete, ReleaseError, Unavailable
from mreze.release import Release
from mreze.serve.backend import questions
from mreze.serve.backend.answers import Answers
from mreze.serve.backend.asking import Backend
from mreze.serve.backend.names import Names
from mreze.serve.store import LABELS, Fitting, Node, Topic, Value, read_topic

_AT_ONCE: Final = 200
"""Nodes that one question asks about."""
_LONGEST: Final = 30_000
"""Characters of their IRIs that it has, so that every server reads it."""
_OF_MANY: Final = 10_001
"""Triples that point to one of several nodes; where there are as many, fewer nodes are asked about at once."""
_WITH_OTHERS: Final = 50
"""Likewise, where what these lead to is told too."""
_EXPECTED: Final = 400
"""Of so many subjects it is expected that they are asked about: as many as a page tells of, about."""
_FILES: Final = {"catalog": "catalog.ttl", "void": "void.ttl", "queries": "queries.ttl", "shapes": "shapes.ttl"}
"""Graphs, below the base IRI, that are files of the release."""
_ONTOLOGY: Final = "ontology.ttl"


class RemoteStore:
    """See `mreze.serve.store.Store`; asked from threads, never from a process's event loop, which would wait with it.

    Its methods raise Unavailable where the server gives no whole answer.
    """

    def __init__(self, backend: Backend, release: Release, names: Names, location: str) -> None:
        """Prepare.

        Args:
            backend: the server.
            release: what is served.
            names: of its graphs.
            location: where this server is, for what the release says of locations.
        """
        self._release = release
        self._names = names
        self._location = location
        self._files = {release.base + name: path for name, path in _FILES.items()} | {release.ontology: _ONTOLOGY}
        self._answers = Answers(backend, names)
        self._by_value = backend.dialect.by_value

    def topic(self, document: str) -> Topic | None:
        """See `Store`."""
        return self.topics([document]).get(document)

    def topics(self, documents: Iterable[str]) -> dict[str, Topic]:
        """See `Store`."""
        graph = self._names.of(self._release.base + "documents")
        said = self._each("topic", _named(map(_iri, documents)), lambda some: questions.topics(some, graph))
        found = {node.value: read_topic(node.value, triples) for node, triples in said.items()}
        return {iri: topic for iri, topic in found.items() if topic is not None}

    def outgoing(self, nodes: Iterable[Node]) -> set[ox.Triple]:
        """See `Store`."""
        own = self._said(_named(nodes))
        found = {triple for triples in own.values() for triple in triples}
        leading = [
            node for node, triples in own.items() if any(isinstance(one.object, ox.BlankNode) for one in triples)
        ]
        if not leading:
            return found
        beyond = {one for some in _some(leading) for one in self._answers.triples(questions.blank_beyond(some))}
        return {one for one in found if not isinstance(one.object, ox.BlankNode)} | beyond

    def incoming(self, nodes: Iterable[Node]) -> list[ox.Triple]:
        """See `Store`."""
        own = set(nodes)
        asked = sorted(_named(own), key=lambda one: one.value)
        found = {one for some in _some(asked) for one in self._answers.triples(questions.incoming(some))}
        others = [one for one in found if one.subject not in own]
        others.sort(key=lambda one: (one.predicate.value, str(one.subject), str(one.object)))
        self._expect(others)
        return others

    def labels(self, nodes: Iterable[ox.NamedNode]) -> set[ox.Triple]:
        """See `Store`."""
        wanted = list(_named(nodes))
        said = {one: known for one in wanted if (known := self._answers.get(("outgoing", one))) is not None}
        others = self._each("labels", (one for one in wanted if one not in said), questions.labels)
        return {one for triples in (*said.values(), *others.values()) for one in triples if one.predicate in LABELS}

    def graph(self, name: str) -> set[ox.Triple]:
        """See `Store`."""
        if name in self._files:
            return set(self._answers.keep(("file", name), lambda: self._read(self._files[name])))
        return set(self._answers.triples(questions.of_graph(self._names.of(name))))

    def said_of(self, node: Node, graph: str) -> set[ox.Triple]:
        """See `Store`."""
        if graph in self._files:
            return {one for one in self.graph(graph) if one.subject == node}
        if not isinstance(node, ox.NamedNode):
            return set()
        return set(self._answers.triples(questions.of_graph(self._names.of(graph), node)))

    def documents(self) -> list[str]:
        """See `Store`."""
        found = self._answers.triples(questions.all_topics(self._names.of(self._release.base + "documents")))
        return sorted(one.subject.value for one in found if isinstance(one.subject, ox.NamedNode))

    def instances(self, kind: str) -> list[ox.NamedNode]:
        """See `Store`."""
        found = self._answers.triples(questions.instances(_iri(kind)))
        return sorted(
            (one.subject for one in found if isinstance(one.subject, ox.NamedNode)), key=lambda one: one.value
        )

    def fitting(self, fitting: Fitting, most: int) -> list[ox.Triple]:
        """See `Store`."""
        subject, predicate, value = fitting
        if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
            return []
        if subject is not None:  # what a thing is said to be is asked for once, and then for many reasons
            known = self._said([subject])[subject]
            chosen = (one for one in known if predicate in {None, one.predicate} and value in {None, one.object})
            return sorted(chosen, key=str)[:most]
        found = sorted(self._answers.triples(questions.fitting(fitting, most)), key=str)
        self._expect(found)
        return found

    def along(
        self, nodes: Iterable[Value], way: ox.NamedNode, most: int, *, backwards: bool = False
    ) -> Iterator[tuple[Value, Value]]:
        """See `Store`; what a node says is asked for whole, as other properties of it are wanted next."""
        wanted = list(dict.fromkeys(nodes))
        for some in _some(list(_named(wanted)), _AT_ONCE if backwards else _WITH_OTHERS):
            said = self._pointing(some, way, most) if backwards else self._said(some)
            for node in some:
                ends = {(one.subject if backwards else one.object) for one in said[node] if one.predicate == way}
                yield from ((node, one) for one in sorted(ends, key=str)[:most] if not isinstance(one, ox.Triple))
        for literal in (one for one in wanted if backwards and isinstance(one, ox.Literal)):
            # One at a time: servers that hold two forms of a number for one would not say which of them it was.
            found = (one.subject for one in self.fitting((None, way, literal), most))
            yield from ((literal, one) for one in found if not isinstance(one, ox.Triple))

    def holds(self, fitting: Fitting, graph: str | None) -> bool:
        """See `Store`."""
        if graph == "" and fitting[0] is not None:
            return bool(self.fitting(fitting, 1))
        there = self._names.of(graph) if graph else graph
        return self._answers.ask(questions.holds(fitting, there, by_value=self._by_value))

    def _each(
        self, about: str, nodes: Iterable[ox.NamedNode], question: Callable[[Sequence[ox.NamedNode]], str]
    ) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """What is said of each node; only of those that nobody has asked about is the server asked."""
        wanted = dict.fromkeys(nodes)
        found = {one: known for one in wanted if (known := self._answers.get((about, one))) is not None}
        for some in _some([one for one in wanted if one not in found]):
            said: dict[object, set[ox.Triple]] = {one: set() for one in some}
            for triple in self._answers.asked(question(some)):
                said.setdefault(triple.subject, set()).add(triple)
            for one in some:
                found[one] = self._answers.put((about, one), frozenset(said[one]))
        return found

    def _said(self, nodes: Iterable[ox.NamedNode]) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """What the default graph says of each node. What these lead to comes with it: it is what is asked for next."""
        wanted = list(dict.fromkeys(nodes))
        found = {one: known for one in wanted if (known := self._answers.get(("outgoing", one))) is not None}
        for some in _some([one for one in wanted if one not in found], _WITH_OTHERS):
            found |= self._said_at_once(some)
        return found

    def _said_at_once(self, some: Sequence[ox.NamedNode]) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """The same of a few; where the server gives less at once than that is, of fewer, and at last of one alone."""
        said: dict[object, set[ox.Triple]] = {one: set() for one in some}
        try:
            for triple in self._answers.asked(questions.outgoing_and_beyond(some)):
                said.setdefault(triple.subject, set()).add(triple)
        except Unavailable as error:
            if not _is_too_much(error):
                raise
            if len(some) == 1:
                return self._each("outgoing", some, questions.outgoing)
            half = len(some) // 2
            return self._said_at_once(some[:half]) | self._said_at_once(some[half:])
        led = {one.object for node in some for one in said[node] if isinstance(one.object, ox.NamedNode)}
        known = {one: self._answers.put(("outgoing", one), frozenset(said.get(one, ()))) for one in {*led, *some}}
        return {one: known[one] for one in some}

    def _pointing(
        self, nodes: Sequence[ox.NamedNode], way: ox.NamedNode, most: int
    ) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """The triples of a property that point to each node, at most so many."""
        found: dict[ox.NamedNode, frozenset[ox.Triple]] = {}
        for one in nodes:
            for key in (("to", way, one), ("to", way, one, most)):
                if (known := self._answers.get(key)) is not None:
                    found[one] = known
        others = [one for one in nodes if one not in found]
        return found | self._pointing_at_once(others, way, most) if others else found

    def _pointing_at_once(
        self, some: Sequence[ox.NamedNode], way: ox.NamedNode, most: int
    ) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """The same of those that nobody has asked about; of fewer at once where the answer is large."""
        limit = most if len(some) == 1 else _OF_MANY
        said: dict[object, set[ox.Triple]] = {one: set() for one in some}
        try:
            found = frozenset(self._answers.asked(questions.along(some, way, limit)))
        except Unavailable as error:
            if len(some) == 1 or not _is_too_much(error):
                raise
            found = None
        if len(some) > 1 and (found is None or len(found) >= limit):
            half = len(some) // 2
            return self._pointing_at_once(some[:half], way, most) | self._pointing_at_once(some[half:], way, most)
        for triple in found or ():
            said.setdefault(triple.object, set()).add(triple)
        mark = (most,) if found is not None and len(found) >= limit else ()
        return {one: self._answers.put(("to", way, one, *mark), frozenset(said[one])) for one in some}

    def _expect(self, triples: Sequence[ox.Triple]) -> None:
        """Have what the subjects of these say: whoever asks what points to a thing asks for that next, one by one."""
        subjects = (one.subject for one in triples[:_EXPECTED])
        self._said(one for one in subjects if isinstance(one, ox.NamedNode))

    def _read(self, path: str) -> list[ox.Triple]:
        content = self._release.read(path)
        try:
            return [one.triple for one in ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=self._location)]
        except SyntaxError as error:
            raise ReleaseError(f"{self._release.root / path}: {error}. Build the release again: mreze build") from error


def _named(nodes: Iterable[Value]) -> Iterator[ox.NamedNode]:
    """Those that have a name there too."""
    return (one for one in nodes if isinstance(one, ox.NamedNode))


def _some(nodes: Sequence[ox.NamedNode], most: int = _AT_ONCE) -> Iterator[Sequence[ox.NamedNode]]:
    """The nodes in portions that one question can name."""
    start, length = 0, 0
    for at, node in enumerate(nodes):
        length += len(node.value)
        if at > start and (at - start == most or length > _LONGEST):
            yield nodes[start:at]
            start, length = at, len(node.value)
    if start < len(nodes):
        yield nodes[start:]


def _is_too_much(error: Unavailable) -> bool:
    """Whether a server did not give all of an answer: to less it may."""
    return isinstance(error.__cause__, BackendIncomplete)


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)
