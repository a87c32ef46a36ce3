"""What the server asks of a store: one small interface, and the store that is embedded.

Whatever serves documents goes through `Store`, so that another SPARQL server can take the place of the embedded one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

import pyoxigraph as ox

from mreze.errors import ReleaseError
from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.release import Release
from mreze.storage import remedied

_BYTES: Final = 1_100
"""Of memory that a triple takes, with its copies in the default and the named graphs (measured on a million)."""
_AGAIN: Final = "Build the release again."
LABELS: Final = (RDFS_LABEL, SKOS_PREF_LABEL)
Node = ox.NamedNode | ox.BlankNode
Value = Node | ox.Literal


@dataclass(frozen=True, slots=True)
class Topic:
    """What a document tells of."""

    document: str
    thing: str
    parts: tuple[str, ...]
    datasets: tuple[str, ...]


Fitting = tuple["Node | None", ox.NamedNode | None, "Node | ox.Literal | None"]
"""Subject, predicate and object of triples; None is any."""


class Store(Protocol):
    """What a server must know to describe things."""

    def topic(self, document: str) -> Topic | None:
        """What the document with this IRI tells of, or None if there is no such document."""

    def topics(self, documents: Iterable[str]) -> dict[str, Topic]:
        """What these documents tell of, by their IRIs; what is no document is left out."""

    def outgoing(self, nodes: Iterable[Node]) -> set[ox.Triple]:
        """The triples of these subjects, those of blank nodes that they lead to included."""

    def incoming(self, nodes: Iterable[Node]) -> list[ox.Triple]:
        """The triples of other subjects that point to one of these, sorted."""

    def labels(self, nodes: Iterable[ox.NamedNode]) -> set[ox.Triple]:
        """The labels of these."""

    def graph(self, name: str) -> set[ox.Triple]:
        """All triples of a named graph."""

    def said_of(self, node: Node, graph: str) -> set[ox.Triple]:
        """What a named graph says of a node."""

    def documents(self) -> list[str]:
        """The IRIs of all documents, sorted."""

    def instances(self, kind: str) -> list[ox.NamedNode]:
        """The things of a class, sorted."""

    def fitting(self, fitting: Fitting, most: int) -> list[ox.Triple]:
        """Such triples of the default graph, in any order; of more than `most` some."""

    def along(
        self, nodes: Iterable[Value], way: ox.NamedNode, most: int, *, backwards: bool = False
    ) -> Iterator[tuple[Value, Value]]:
        """Where a property leads from each of these nodes in the default graph, as pairs of node and end.

        Args:
            nodes: all of which are asked about at once, where that is quicker.
            way: the property.
            most: of one node no more ends than so many.
            backwards: whether it leads from a value to what has it.
        """

    def holds(self, fitting: Fitting, graph: str | None) -> bool:
        """Whether there is such a triple in a graph: in the default one where the name is empty, in any for None."""


class EmbeddedStore:
    """A release's store in this process."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self.store = store
        self.base = base
        self._documents = ox.NamedNode(base + "documents")
        self._default = ox.DefaultGraph()

    def topic(self, document: str) -> Topic | None:
        """See `Store`."""
        quads = self.store.quads_for_pattern(_iri(document), None, None, self._documents)
        return read_topic(document, (quad.triple for quad in quads))

    def topics(self, documents: Iterable[str]) -> dict[str, Topic]:
        """See `Store`."""
        return {one: topic for one in documents if (topic := self.topic(one)) is not None}

    def outgoing(self, nodes: Iterable[Node]) -> set[ox.Triple]:
        """See `Store`."""
        found: set[ox.Triple] = set()
        waiting, seen = list(nodes), set(nodes)
        while waiting:
            for quad in self.store.quads_for_pattern(waiting.pop(), None, None, self._default):
                found.add(quad.triple)
                if isinstance(quad.object, ox.BlankNode) and quad.object not in seen:
                    seen.add(quad.object)
                    waiting.append(quad.object)
        return found

    def incoming(self, nodes: Iterable[Node]) -> list[ox.Triple]:
        """See `Store`."""
        own = set(nodes)
        found = {
            quad.triple
            for node in own
            for quad in self.store.quads_for_pattern(None, None, node, self._default)
            if quad.subject not in own
        }
        return sorted(found, key=lambda one: (one.predicate.value, str(one.subject), str(one.object)))

    def labels(self, nodes: Iterable[ox.NamedNode]) -> set[ox.Triple]:
        """See `Store`."""
        return {
            quad.triple
            for node in nodes
            for predicate in LABELS
            for quad in self.store.quads_for_pattern(node, predicate, None, self._default)
        }

    def graph(self, name: str) -> set[ox.Triple]:
        """See `Store`."""
        return {quad.triple for quad in self.store.quads_for_pattern(None, None, None, _iri(name))}

    def said_of(self, node: Node, graph: str) -> set[ox.Triple]:
        """See `Store`."""
        return {quad.triple for quad in self.store.quads_for_pattern(node, None, None, _iri(graph))}

    def documents(self) -> list[str]:
        """See `Store`."""
        predicate = term("foaf:primaryTopic")
        found = self.store.quads_for_pattern(None, predicate, None, self._documents)
        return sorted(quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode))

    def instances(self, kind: str) -> list[ox.NamedNode]:
        """See `Store`."""
        quads = self.store.quads_for_pattern(None, RDF_TYPE, _iri(kind), self._default)
        found = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        return sorted(found, key=lambda one: one.value)

    def fitting(self, fitting: Fitting, most: int) -> list[ox.Triple]:
        """See `Store`."""
        return [quad.triple for quad in islice(self.store.quads_for_pattern(*fitting, self._default), most)]

    def along(
        self, nodes: Iterable[Value], way: ox.NamedNode, most: int, *, backwards: bool = False
    ) -> Iterator[tuple[Value, Value]]:
        """See `Store`."""
        for node in nodes:
            if backwards:
                quads = self.store.quads_for_pattern(None, way, node, self._default)
            elif isinstance(node, ox.Literal):
                continue
            else:
                quads = self.store.quads_for_pattern(node, way, None, self._default)
            for quad in islice(quads, most):
                end = quad.subject if backwards else quad.object
                if not isinstance(end, ox.Triple):
                    yield node, end

    def holds(self, fitting: Fitting, graph: str | None) -> bool:
        """See `Store`."""
        name = None if graph is None else _iri(graph) if graph else self._default
        return next(self.store.quads_for_pattern(*fitting, name), None) is not None


def read_topic(document: str, triples: Iterable[ox.Triple]) -> Topic | None:
    """What a document tells of, by what is said of it; None where that is nothing."""
    values: dict[str, list[str]] = {}
    for one in triples:
        if isinstance(one.object, ox.NamedNode):
            values.setdefault(one.predicate.value, []).append(one.object.value)
    things = values.get(term("foaf:primaryTopic").value)
    if not things:
        return None
    parts = tuple(sorted(values.get(term("foaf:topic").value, [])))
    return Topic(document, things[0], parts, tuple(sorted(values.get(term("void:inDataset").value, []))))


def fits(release: Release, budget: int) -> bool:
    """Whether a release's store may be held in so many bytes of memory."""
    return release.counts["triples"] * _BYTES <= budget


def open_store(release: Release, location: str, budget: int) -> Callable[[], ox.Store]:
    """Open a release's store as each process is to have it.

    Where it fits the budget it is loaded into memory now, once: forks share it. A larger one stays on disk, and each
    process opens it for itself, as the engine's threads do not survive a fork; there the graphs of catalogue, VoID and
    saved queries keep the locations that they were built with, those under the base IRI.

    Args:
        release: what to open.
        location: where this server is.
        budget: bytes of memory.

    Returns:
        What gives a process the store; called after a fork.

    Raises:
        ReleaseError: the store cannot be opened.
    """
    if fits(release, budget):
        # What a thread allocates lies in an arena of its own (glibc). So the main thread's is not full of holes that
        # every allocation would search: a lookup takes half the time.
        with ThreadPoolExecutor(1) as loader:
            store = loader.submit(load, release, location).result()
        return lambda: store
    return lambda: on_disk(release)


def load(release: Release, location: str) -> ox.Store:
    """Copy a release's store into memory; what names locations gets them under the address given.

    Raises:
        ReleaseError: the store cannot be opened.
    """
    memory, disk = ox.Store(), on_disk(release)
    located = {release.base + name: f"{name}.ttl" for name in ("catalog", "void", "queries")}
    # The dumps are sorted, so what belongs together comes to lie together: queries over it are twice as fast as over
    # the order of the store on disk, and it loads as much faster. What no dump has is copied.
    _load_dump(memory, release, "dumps/all.nt", ox.RdfFormat.N_TRIPLES)
    _load_dump(memory, release, "dumps/all.nq", ox.RdfFormat.N_QUADS)
    loaded = {str(one) for one in memory.named_graphs()}
    for graph in disk.named_graphs():
        if str(graph) not in loaded and getattr(graph, "value", None) not in located:
            memory.bulk_extend(disk.quads_for_pattern(None, None, None, graph))
    queries = release.base + "queries"
    described = {one.subject for one in disk.quads_for_pattern(None, None, None, _iri(queries))}
    for subject in described:
        memory.extend(disk.quads_for_pattern(subject, None, None, ox.DefaultGraph()))
    if _count(memory) != _count(disk):
        raise ReleaseError(f"{release.root}: dumps and store have not the same statements. Build the release again.")
    for name, path in located.items():
        triples = ox.parse(release.read(path), format=ox.RdfFormat.TURTLE, base_iri=location)
        memory.bulk_extend(ox.Quad(one.subject, one.predicate, one.object, _iri(name)) for one in triples)
    _place_endpoint(memory, release.base, location)
    return memory


def _load_dump(store: ox.Store, release: Release, path: str, form: ox.RdfFormat) -> None:
    file = release.root / path
    try:
        store.bulk_load(path=str(file), format=form, lenient=True)
    except (OSError, ValueError, SyntaxError) as error:
        raise ReleaseError(f"{file}: cannot be loaded: {error}. {remedied(error, _AGAIN)}") from error


def _count(store: ox.Store) -> str:
    """How many statements the default graph has."""
    counted = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert isinstance(counted, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
    return str(next(counted)["n"])


def on_disk(release: Release) -> ox.Store:
    """A release's store where it lies, for reading.

    Raises:
        ReleaseError: it cannot be opened.
    """
    try:
        return ox.Store.read_only(str(release.store))
    except (OSError, ValueError) as error:
        told = f"{release.store}: the store cannot be opened: {error}. {remedied(error, _AGAIN)}"
        raise ReleaseError(told) from error


def _place_endpoint(store: ox.Store, base: str, location: str) -> None:
    """The descriptions of saved queries stand in the default graph too."""
    target, default = term("schema:target"), ox.DefaultGraph()
    for quad in list(store.quads_for_pattern(None, target, _iri(base + "sparql"), default)):
        store.remove(quad)
        store.add(ox.Quad(quad.subject, target, _iri(location + "sparql"), default))


def _iri(value: str) -> ox.NamedNode:
    return ox.NamedNode(value)
