"""The description of a thing: complete, the same in every syntax, and paged where it is a hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.errors import NotFound
from mreze.namespaces import RDF_TYPE, term
from mreze.release import Release
from mreze.serve.iris import candidates
from mreze.serve.store import Store, Topic

PAGE: Final = 1_000
"""How many pointers to a thing one page tells of."""
_SUCCESSOR: Final = term("dct:isReplacedBy")
_TOMBSTONE: Final = term("as:Tombstone")


@dataclass(frozen=True, slots=True)
class Document:
    """What is said of one thing."""

    iri: str
    """IRI of the document."""
    thing: str
    parts: tuple[str, ...]
    datasets: tuple[str, ...]
    own: frozenset[Triple]
    """What the thing and its parts say."""
    incoming: tuple[Triple, ...]
    """What other things say of it: those of this page."""
    labels: frozenset[Triple]
    about: frozenset[Triple]
    """What the document says of itself."""
    page: int
    pages: int
    pointers: int
    retired: bool

    @property
    def successors(self) -> list[str]:
        """What took the place of a retired thing."""
        found = {one.object for one in self.own if one.predicate == _SUCCESSOR and one.subject == NamedNode(self.thing)}
        return sorted(one.value for one in found if isinstance(one, NamedNode)) if self.retired else []

    @property
    def triples(self) -> frozenset[Triple]:
        """All of it."""
        return self.own | frozenset(self.incoming) | self.labels | self.about


def find(store: Store, release: Release, path: str) -> Topic | None:
    """What the document at a path below /doc/ tells of, in whichever form the data have the IRI."""
    for one in candidates(path):
        try:
            topic = store.topic(f"{release.base}doc/{one}")
        except ValueError:  # no IRI can be made of it, so nothing has it
            continue
        if topic is not None:
            return topic
    return None


def describe(store: Store, release: Release, topic: Topic, location: str, page: int = 1) -> Document:
    """Describe a thing.

    Args:
        store: where to look.
        release: of what.
        topic: the thing, from `find`.
        location: where the release is served: links between pages stand under it.
        page: which page of what points to it, from 1.

    Raises:
        NotFound: there is no such page.
    """
    thing = NamedNode(topic.thing)
    nodes: list[NamedNode | BlankNode] = [thing, *map(NamedNode, topic.parts)]
    own = store.outgoing(nodes)
    pointers = store.incoming(nodes)
    pages = max(1, -(-len(pointers) // PAGE))
    if not 1 <= page <= pages:
        raise NotFound(f"There is no page {page} of this: it has {pages}.")
    incoming = pointers[(page - 1) * PAGE : page * PAGE]
    mentioned = {one.object for one in own} | {one.subject for one in incoming} | {one.object for one in incoming}
    own_nodes = {one for one in nodes if isinstance(one, NamedNode)}
    at = location + topic.document.removeprefix(release.base)
    paging = _paging(NamedNode(topic.document), at, page, pages) if pages > 1 else set()
    named = {one for one in mentioned if isinstance(one, NamedNode)}
    named |= {NamedNode(one.value.partition("#")[0]) for one in named}  # of a part that points here, whose it is
    labels = store.labels(named - own_nodes)
    return Document(
        topic.document,
        topic.thing,
        topic.parts,
        topic.datasets,
        frozenset(own),
        tuple(incoming),
        frozenset(labels),
        frozenset(_about(store, release, topic) | paging),
        page,
        pages,
        len(pointers),
        Triple(thing, RDF_TYPE, _TOMBSTONE) in own,
    )


def _about(store: Store, release: Release, topic: Topic) -> set[Triple]:
    document = NamedNode(topic.document)
    said = {
        Triple(document, RDF_TYPE, term("foaf:Document")),
        Triple(document, term("foaf:primaryTopic"), NamedNode(topic.thing)),
    }
    for dataset in topic.datasets:
        said.add(Triple(document, term("void:inDataset"), NamedNode(dataset)))
        said |= {
            Triple(document, one.predicate, one.object)
            for one in store.said_of(NamedNode(dataset), release.base + "catalog")
            if one.predicate == term("dct:license")
        }
    return said


def _paging(document: NamedNode, location: str, page: int, pages: int) -> set[Triple]:
    """https://www.hydra-cg.com/spec/latest/core/#collections."""

    def at(number: int) -> NamedNode:
        return NamedNode(f"{location}?page={number}")

    view = at(page)
    neighbours = {"first": 1, "last": pages}
    if page > 1:
        neighbours["previous"] = page - 1
    if page < pages:
        neighbours["next"] = page + 1
    return {
        Triple(document, term("hydra:view"), view),
        Triple(view, RDF_TYPE, term("hydra:PartialCollectionView")),
        *(Triple(view, term(f"hydra:{name}"), at(number)) for name, number in neighbours.items()),
    }


def texts_of(triples: frozenset[Triple], subject: str, *names: str) -> dict[str, str]:
    """The texts of a subject's properties, by language; of several properties the first that has any."""
    node = NamedNode(subject)
    for name in names:
        predicate = term(name)
        found = [one.object for one in triples if one.subject == node and one.predicate == predicate]
        texts = {one.language or "": one.value for one in sorted(found, key=str) if isinstance(one, Literal)}
        if texts:
            return texts
    return {}
