"""A release's store on another SPARQL server.

A release never changes, so what was answered is kept; what is asked of many nodes is asked at once. Descriptions that
the release has in files are read from them. Blank nodes have other labels in each answer: what leads to one is asked
for together with all that it leads to.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from mreze.errors import BackendError, BackendIncomplete, BackendRefused, ReleaseError, Unavailable
from mreze.release import Release
from mreze.serve.backend import questions
from mreze.serve.backend.asking import Ask, Backend
from mreze.serve.backend.names import NOTHING, Names
from mreze.serve.cache import Cache
from mreze.serve.store import LABELS, Fitting, Node, Topic, read_topic

_LOG: Final = logging.getLogger("mreze.serve")
_AT_ONCE: Final = 200
"""Nodes that one question asks about."""
_WITH_OTHERS: Final = 50
"""Likewise, where what these lead to is told too."""
_EXPECTED: Final = 400
"""Of so many subjects it is expected that they are asked about: as many as a page tells of, about."""
_TRIPLE: Final = 500
"""Bytes of memory that a triple takes, about."""
RETRY: Final = {"Retry-After": "5"}
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
        self._backend = backend
        self._release = release
        self._names = names
        self._location = location
        self._files = {release.base + name: path for name, path in _FILES.items()} | {release.ontology: _ONTOLOGY}
        self._kept: Cache[frozenset[ox.Triple]] = Cache(capacity=256 << 20, largest=64 << 20)
        self._lock = threading.Lock()

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
        beyond = {one for some in _some(leading) for one in self._triples(questions.blank_beyond(some))}
        return {one for one in found if not isinstance(one.object, ox.BlankNode)} | beyond

    def incoming(self, nodes: Iterable[Node]) -> list[ox.Triple]:
        """See `Store`."""
        own = set(nodes)
        asked = sorted(_named(own), key=lambda one: one.value)
        found = {one for some in _some(asked) for one in self._triples(questions.incoming(some))}
        others = [one for one in found if one.subject not in own]
        others.sort(key=lambda one: (one.predicate.value, str(one.subject), str(one.object)))
        self._expect(others)
        return others

    def labels(self, nodes: Iterable[ox.NamedNode]) -> set[ox.Triple]:
        """See `Store`."""
        wanted = list(_named(nodes))
        said = {one: known for one in wanted if (known := self._get(("outgoing", one))) is not None}
        others = self._each("labels", (one for one in wanted if one not in said), questions.labels)
        return {one for triples in (*said.values(), *others.values()) for one in triples if one.predicate in LABELS}

    def graph(self, name: str) -> set[ox.Triple]:
        """See `Store`."""
        if name in self._files:
            return set(self._keep(("file", name), lambda: self._read(self._files[name])))
        return set(self._triples(questions.of_graph(self._names.of(name))))

    def said_of(self, node: Node, graph: str) -> set[ox.Triple]:
        """See `Store`."""
        if graph in self._files:
            return {one for one in self.graph(graph) if one.subject == node}
        if not isinstance(node, ox.NamedNode):
            return set()
        return set(self._triples(questions.of_graph(self._names.of(graph), node)))

    def documents(self) -> list[str]:
        """See `Store`."""
        found = self._triples(questions.all_topics(self._names.of(self._release.base + "documents")))
        return sorted(one.subject.value for one in found if isinstance(one.subject, ox.NamedNode))

    def instances(self, kind: str) -> list[ox.NamedNode]:
        """See `Store`."""
        found = self._triples(questions.instances(_iri(kind)))
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
        found = sorted(self._triples(questions.fitting(fitting, most)), key=str)
        self._expect(found)
        return found

    def holds(self, fitting: Fitting, graph: str | None) -> bool:
        """See `Store`."""
        if graph == "" and fitting[0] is not None:
            return bool(self.fitting(fitting, 1))
        there = self._names.of(graph) if graph else graph
        asked = questions.holds(fitting, there, by_value=self._backend.dialect.by_value)
        return bool(self._keep(("ask", asked), lambda: self._ask(asked)))

    def _each(
        self, about: str, nodes: Iterable[ox.NamedNode], question: Callable[[Sequence[ox.NamedNode]], str]
    ) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """What is said of each node; only of those that nobody has asked about is the server asked."""
        wanted = dict.fromkeys(nodes)
        found = {one: known for one in wanted if (known := self._get((about, one))) is not None}
        for some in _some([one for one in wanted if one not in found]):
            said: dict[object, set[ox.Triple]] = {one: set() for one in some}
            for triple in self._asked(question(some)):
                said.setdefault(triple.subject, set()).add(triple)
            for one in some:
                found[one] = self._put((about, one), frozenset(said[one]))
        return found

    def _said(self, nodes: Iterable[ox.NamedNode]) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """What the default graph says of each node. What these lead to comes with it: it is what is asked for next."""
        wanted = list(dict.fromkeys(nodes))
        found = {one: known for one in wanted if (known := self._get(("outgoing", one))) is not None}
        for some in _some([one for one in wanted if one not in found], _WITH_OTHERS):
            found |= self._said_at_once(some)
        return found

    def _said_at_once(self, some: Sequence[ox.NamedNode]) -> dict[ox.NamedNode, frozenset[ox.Triple]]:
        """The same of a few; where the server gives less at once than that is, of fewer, and at last of one alone."""
        said: dict[object, set[ox.Triple]] = {one: set() for one in some}
        try:
            for triple in self._asked(questions.outgoing_and_beyond(some)):
                said.setdefault(triple.subject, set()).add(triple)
        except Unavailable as error:
            if not isinstance(error.__cause__, BackendIncomplete):
                raise
            if len(some) == 1:
                return self._each("outgoing", some, questions.outgoing)
            half = len(some) // 2
            return self._said_at_once(some[:half]) | self._said_at_once(some[half:])
        led = {one.object for node in some for one in said[node] if isinstance(one.object, ox.NamedNode)}
        known = {one: self._put(("outgoing", one), frozenset(said.get(one, ()))) for one in {*led, *some}}
        return {one: known[one] for one in some}

    def _expect(self, triples: Sequence[ox.Triple]) -> None:
        """Have what the subjects of these say: whoever asks what points to a thing asks for that next, one by one."""
        subjects = (one.subject for one in triples[:_EXPECTED])
        self._said(one for one in subjects if isinstance(one, ox.NamedNode))

    def _triples(self, text: str) -> frozenset[ox.Triple]:
        """What a CONSTRUCT gives."""
        return self._keep(("triples", text), lambda: self._asked(text))

    def _asked(self, text: str) -> Iterable[ox.Triple]:
        return self._guarded(lambda: self._backend.triples(self._over(text)))

    def _ask(self, text: str) -> list[ox.Triple]:
        """Where there is such a thing something, else nothing."""
        try:
            found = self._backend.solutions(self._over(text))
        except BackendRefused:  # such as 'x'^^xsd:integer, which Virtuoso does not read: so nothing there has it
            return []
        assert isinstance(found, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
        with self._backend.whole():
            yes = next(iter(found), None) is not None
        return [ox.Triple(_iri(NOTHING), _iri(NOTHING), _iri(NOTHING))] if yes else []

    def _over(self, text: str) -> Ask:
        refuse_loop()
        return Ask(text, (self._names.default,), self._names.named)

    def _read(self, path: str) -> list[ox.Triple]:
        content = self._release.read(path)
        try:
            return [one.triple for one in ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=self._location)]
        except SyntaxError as error:
            raise ReleaseError(f"{self._release.root / path}: {error}. Build the release again: mreze build") from error

    def _keep(self, key: tuple[str, str], make: Callable[[], Iterable[ox.Triple]]) -> frozenset[ox.Triple]:
        known = self._get(key)
        return self._put(key, frozenset(self._guarded(make))) if known is None else known

    def _get(self, key: tuple[str, object]) -> frozenset[ox.Triple] | None:
        with self._lock:
            return self._kept.get(key)

    def _put(self, key: tuple[str, object], value: frozenset[ox.Triple]) -> frozenset[ox.Triple]:
        with self._lock:
            self._kept.put(key, value, _TRIPLE * (1 + len(value)))
        return value

    def _guarded(self, make: Callable[[], Iterable[ox.Triple]]) -> Iterable[ox.Triple]:
        """Have the server asked; its trouble is for a client ours, and passes."""
        try:
            return make()
        except BackendError as error:
            _LOG.error("%s", error)
            raise Unavailable("The store of this site cannot be asked now. Ask again soon.", headers=RETRY) from error


def refuse_loop() -> None:
    """Stop who would have the process wait for the network on its event loop: that is a mistake of ours.

    Raises:
        RuntimeError: this is where the loop runs.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("the store on another server is asked on the event loop")


def _named(nodes: Iterable[Node]) -> Iterator[ox.NamedNode]:
    """Those that have a name there too."""
    return (one for one in nodes if isinstance(one, ox.NamedNode))


def _some(nodes: Sequence[ox.NamedNode], most: int = _AT_ONCE) -> Iterator[Sequence[ox.NamedNode]]:
    for start in range(0, len(nodes), most):
        yield nodes[start : start + most]


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)
