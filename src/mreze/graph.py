"""All RDF of a site, read once: its documents, whose statements lie in sorted lines, and the merge as a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from mreze.findings import Names
from mreze.namespaces import PREFIXES
from mreze.nquads import name, subjects, without_graph
from mreze.progress import Progress, unwatched
from mreze.reading import Document
from mreze.site import Role, Site
from mreze.sortedlines import find_part, open_lines
from mreze.spans import Span, merge_spans, unchanged
from mreze.staging import Staging, read_documents

IN_MEMORY: Final = 400_000_000
"""Size in bytes of N-Triples up to which the store of the merge is held in memory: three million triples or so."""
LARGE: Final = 1 << 20
"""Size in bytes from which the subjects of a document are looked up where they lie, not held."""
_BULK: Final = 1 << 20
"""Size in bytes of lines from which they are loaded into tables of their own: of too many of these others are made."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What is known of a store that was made of an earlier one; it has the named graphs and the documents too."""

    documents: int
    """Triples that tell of documents."""
    things: int
    """How many things have a document."""
    tables: Mapping[str, tuple[int, str]]
    """Size and sha256 of the files that it shares with the earlier one, by name; some may be gone."""


@dataclass(frozen=True)
class SiteGraph:
    """What a site says."""

    site: Site
    documents: tuple[Document, ...]
    staging: Staging
    lasting: bool = False
    """Whether the store is to lie on disk however small it is."""
    carrier: Callable[[SiteGraph], Carried | None] | None = None
    """Makes the store of an earlier one, in its folder; says None where that cannot be."""

    @cached_property
    def merged(self) -> frozenset[Triple]:
        """What people query: the data of every dataset and the ontology, each triple once."""
        return frozenset(quad.triple for quad in self.quads("data", "ontology"))

    @cached_property
    def store(self) -> Store:
        """The merge as a store: the data of every dataset and the ontology, each triple once, in the default graph."""
        if self.carried is not None:
            return Store(self.store_folder)
        store = Store(self.store_folder) if self.lasting or self.is_large else Store()
        for path in self.triples("data", "ontology"):
            load(store, path, DefaultGraph())
        return store

    @cached_property
    def carried(self) -> Carried | None:
        """What is known of the store if it is made of an earlier one; it is made then."""
        return self.carrier(self) if self.carrier is not None else None

    @cached_property
    def store_folder(self) -> Path:
        """Where the store lies if it is on disk."""
        return self.staging.path("store")

    @property
    def volume(self) -> int:
        """How many bytes of lines the files make."""
        return sum(one.span.size for one in self.documents)

    @property
    def is_large(self) -> bool:
        """Whether the merge is too large to be held in memory."""
        return sum(path.stat().st_size for path in self.triples("data", "ontology")) > IN_MEMORY

    @contextmanager
    def holding(self, quads: Iterable[Quad]) -> Iterator[Store]:
        """The store with more in it, until it is left: what is asked of it must have been read by then."""
        added = [one for one in quads if one not in self.store]
        self.store.extend(added)
        try:
            yield self.store
        finally:
            for one in added:
                self.store.remove(one)

    @property  # not cached: `close` lets go of the store in one place
    def whole_store(self) -> Store:
        """The same store with all that files say in their named graphs too."""
        self.naming.result()
        return self.store

    @cached_property
    def naming(self) -> Future[None]:
        """The loading of named graphs, which begins when it is first asked for, and goes on beside other work."""
        beside = ThreadPoolExecutor(1)
        loading = beside.submit(self._load_named, self.store)
        beside.shutdown(wait=False)
        return loading

    def _load_named(self, store: Store) -> None:
        if self.carried is not None:
            return
        for dataset in self.site.datasets:
            load(store, self.staged(dataset.name).path, None)
        others = self.of("catalog", "ontology", "shapes")
        for one in {one.span.path: one for one in others if one.span.size}.values():
            load(store, one.span.path, None if one.has_graphs else NamedNode(one.portion.graph))

    def close(self) -> None:
        """Let go of the store, so that nobody writes where it lies."""
        vars(self).pop("store", None)

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the site's files: those that mreze knows and those that its files declare alike."""
        declared: dict[str, set[str]] = {}
        for document in self.documents:
            for prefix, namespace in document.prefixes.items():
                declared.setdefault(prefix, set()).add(namespace)
        own = {prefix: next(iter(found)) for prefix, found in declared.items() if len(found) == 1 and prefix}
        return dict(sorted((own | PREFIXES).items()))

    @property
    def names(self) -> Names:
        """What things and terms of the site are called where findings are told."""
        return Names(self.site.base, self.prefixes)

    def quads(self, *roles: Role) -> Iterator[Quad]:
        """The quads of the files of these roles, in their graphs; a quad that two files hold comes twice."""
        for document in self.of(*roles):
            yield from document.statements()

    def size(self, *roles: Role) -> int:
        """About how many statements the files of these roles make: one that is made twice may be counted twice."""
        return sum(one.count for one in self.of(*roles))

    def of(self, *roles: Role) -> list[Document]:
        """The documents of these roles."""
        return [one for one in self.documents if one.file.role in roles]

    def triples(self, *roles: Role) -> list[Path]:
        """Files of N-Triples that together hold what the files of these roles say; a triple may come twice."""
        spans = {one.span.path: one for one in self.of(*roles) if one.span.size}
        return [self.staging.stripped(path) if one.has_graphs else path for path, one in spans.items()]

    def lines(self, *roles: Role) -> Iterator[list[bytes]]:
        """What the files of these roles say as lines of N-Triples: in order, each once, in blocks."""
        return merge_spans(
            [(run, without_graph if of.has_graphs else unchanged) for run, of in self.staging.runs(self.of(*roles))]
        )

    def staged(self, dataset: str) -> Span:
        """What a dataset says as lines of N-Quads: in order, each once; they lie there as long as the graph is used."""
        return self.staging.dataset(dataset, [one for one in self.documents if one.file.dataset == dataset])

    def dataset(self, name: str) -> frozenset[Quad]:
        """The quads of one dataset, in their graphs."""
        return frozenset(quad for one in self.documents if one.file.dataset == name for quad in one.statements())

    def document_of(self, iri: str) -> Document | None:
        """The document that describes a thing or a part of it, the most specific subject first."""
        return self._describing(iri) or self._describing(iri.partition("#")[0])

    def found(self, subject: NamedNode | None, predicate: NamedNode, target: NamedNode | None = None) -> Iterator[Quad]:
        """Statements of the data that the ontology does not make too."""
        for quad in self.store.quads_for_pattern(subject, predicate, target, DefaultGraph()):
            if quad.triple not in self._defined:
                yield quad

    @cached_property
    def _defined(self) -> frozenset[Triple]:
        return frozenset(quad.triple for quad in self.quads("ontology"))

    def _describing(self, iri: str) -> Document | None:
        beginning = f"<{iri}> ".encode()
        first = self._small.get(iri, len(self.documents))
        large = (one for one in self._large if one < first)
        number = next((one for one in large if any(self.documents[one].span.starting_with(beginning))), first)
        return self.documents[number] if number < len(self.documents) else None

    @cached_property
    def _small(self) -> dict[str, int]:
        """Which document is the first that describes a subject, of those that are not large."""
        found: dict[str, int] = {}
        for number, document in enumerate(self.documents):
            if document.span.size < LARGE:
                for subject in subjects(document.span.lines()):
                    if subject.startswith(b"<"):
                        found.setdefault(name(subject), number)
        return found

    @cached_property
    def _large(self) -> list[int]:
        return [number for number, one in enumerate(self.documents) if one.span.size >= LARGE]


def read_site(
    site: Site,
    progress: Progress = unwatched,
    jobs: int = 1,
    staging: Staging | None = None,
    *,
    lasting: bool = False,
) -> SiteGraph:
    """Read every RDF file of a site.

    Args:
        site: the site.
        progress: told how many bytes of all are read.
        jobs: how many processes read, where there is much.
        staging: where the lines are put; a temporary folder if None.
        lasting: whether the store is to lie on disk, however small it is.
    """
    staging = staging or Staging()
    return SiteGraph(site, tuple(read_documents(site, staging, progress, jobs)), staging, lasting=lasting)


def load(store: Store, path: Path, graph: NamedNode | DefaultGraph | None) -> None:
    """Load N-Triples into a graph, N-Quads into those that they name; labels of blank nodes are kept."""
    form, size = RdfFormat.N_QUADS if graph is None else RdfFormat.N_TRIPLES, path.stat().st_size
    if not size:
        return
    if size < _BULK or _has_blank_nodes(path):  # blank nodes the quick way would rename
        said = parse(path=path, format=form)
        quads = said if graph is None else (Quad(one.subject, one.predicate, one.object, graph) for one in said)
        (store.extend if size < _BULK else store.bulk_extend)(quads)
    else:
        store.bulk_load(path=path, format=form, to_graph=graph)


def _has_blank_nodes(path: Path) -> bool:
    with open_lines(path) as content:
        return content[:2] == b"_:" or find_part(content, b"\n_:") >= 0 or find_part(content, b"> _:") >= 0
