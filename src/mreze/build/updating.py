"""Tell the store of a release what the next one says otherwise, before the descriptions of that are known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, parse

from mreze.build.differing import Differing
from mreze.build.graphs import DESCRIPTIONS, tell_documents
from mreze.graph import SiteGraph
from mreze.lines import quad_lines
from mreze.namespaces import term
from mreze.site import Site

_PRIMARY: Final = term("foaf:primaryTopic")


def reserved(site: Site) -> frozenset[str]:
    """IRIs of the graphs that are not of the merge of data and ontology."""
    return frozenset({site.catalog_iri, site.shapes_iri, *(site.base + one for one in DESCRIPTIONS)})


@dataclass(slots=True)
class Update:
    """What becomes of a store."""

    graph: SiteGraph
    store: Store
    gone: set[Quad]
    """Of data and ontology."""
    new: set[Quad]
    subjects: set[bytes]
    """Of which any dataset says something else."""
    gained: int = 0
    """How many more triples the merge has."""
    triples: int = 0
    """How many more tell of documents."""
    things: int = 0
    """How many more things have one."""

    @classmethod
    def of(cls, graph: SiteGraph, differing: Differing) -> Update:
        """What is to be done in the store that lies where that of the graph shall."""
        store = Store(graph.store_folder)
        before = set(store.quads_for_pattern(None, None, None, NamedNode(graph.site.ontology_iri)))
        now = set(graph.quads("ontology"))
        lines = {line for _, line in differing.gone} | set(quad_lines(before - now))
        gone = set(_quads(line for line in lines if not _says(graph, line))) - now
        new = set(_quads(line for _, line in differing.new)) | (now - before)
        subjects = {line.partition(b" ")[0] for _, line in (*differing.gone, *differing.new)}
        return cls(graph, store, gone, new, subjects)

    def run(self) -> None:
        """Do it."""
        touched = {one.triple for one in (*self.gone, *self.new)}
        before = {one for one in touched if self._is_said(one)}
        self._change_graphs()
        now = {one for one in touched if self._is_said(one)}
        self.gained = len(now) - len(before)
        self._change_merge(before - now, now - before)
        self._replace_descriptions()
        for thing in self._things():
            self._tell_document(thing)
        self.store.flush()

    def count(self) -> int:
        """How many triples the merge has."""
        answer = self.store.query("SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }")
        assert isinstance(answer, QuerySolutions)  # noqa: S101 - it is a SELECT
        return next(int(row["count"].value) for row in answer if isinstance(row["count"], Literal))

    def _change_graphs(self) -> None:
        self.store.extend(self.new)
        for one in self.gone:
            self.store.remove(one)
        for name in {one.graph_name for one in self.gone}:
            if next(self.store.quads_for_pattern(None, None, None, name), None) is None:
                self.store.remove_graph(name)

    def _change_merge(self, gone: Iterable[Triple], new: Iterable[Triple]) -> None:
        """Leave the merge alone in the default graph: what was declared there of queries is declared anew later."""
        for one in gone:
            self.store.remove(_merged(one))
        queries = NamedNode(self.graph.site.base + "queries")
        for quad in list(self.store.quads_for_pattern(None, None, None, queries)):
            if not self._is_said(quad.triple):
                self.store.remove(_merged(quad.triple))
        self.store.extend(_merged(one) for one in new)

    def _is_said(self, triple: Triple) -> bool:
        others = reserved(self.graph.site)
        found = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(isinstance(one.graph_name, NamedNode) and one.graph_name.value not in others for one in found)

    def _replace_descriptions(self) -> None:
        """The catalogue and the shapes are small; what is told of the release comes later."""
        site = self.graph.site
        for name in (site.catalog_iri, site.shapes_iri, site.base + "void", site.base + "queries"):
            self.store.remove_graph(NamedNode(name))
        self.store.extend(self.graph.quads("catalog", "shapes"))

    def _things(self) -> set[str]:
        """What stands behind `id/` of things that something else is said of."""
        space = f"<{self.graph.site.base}id/".encode()
        return {one[len(space) : -1].partition(b"#")[0].decode() for one in self.subjects if one.startswith(space)}

    def _tell_document(self, thing: str) -> None:
        base = self.graph.site.base
        graph = NamedNode(base + "documents")
        before = set(self.store.quads_for_pattern(NamedNode(f"{base}doc/{thing}"), None, None, graph))
        now = {Quad(one.subject, one.predicate, one.object, graph) for one in self._document(thing)}
        for one in before - now:
            self.store.remove(one)
        self.store.extend(now - before)
        self.triples += len(now) - len(before)
        self.things += _count_things(now) - _count_things(before)

    def _document(self, thing: str) -> Iterator[Triple]:
        site = self.graph.site
        for dataset in site.datasets:
            staged = self.graph.staged(dataset.name)
            for end in (">", "#"):
                lines = staged.starting_with(f"<{site.base}id/{thing}{end}".encode())
                content = b"".join(tell_documents(site.base, dataset.name, lines))
                yield from (one.triple for one in parse(content, format=RdfFormat.N_TRIPLES))


def _says(graph: SiteGraph, line: bytes) -> bool:
    """Whether a dataset has the line."""
    return any(one == line for data in graph.site.datasets for one in graph.staged(data.name).starting_with(line))


def _quads(lines: Iterable[bytes]) -> Iterator[Quad]:
    return parse(b"".join(lines), format=RdfFormat.N_QUADS)


def _merged(triple: Triple) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())


def _count_things(documents: Iterable[Quad]) -> int:
    return sum(one.predicate == _PRIMARY for one in documents)
