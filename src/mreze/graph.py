"""All RDF of a site, read once: every document, and the graphs that they make up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from mreze.findings import Names
from mreze.namespaces import PREFIXES
from mreze.progress import Progress, unwatched
from mreze.reading import Document, graph_name, read_document
from mreze.site import Role, Site, SiteFile


@dataclass(frozen=True)
class SiteGraph:
    """What a site says."""

    site: Site
    documents: tuple[Document, ...]

    @cached_property
    def merged(self) -> frozenset[Triple]:
        """What people query: the data of every dataset and the ontology, each triple once."""
        return frozenset(quad.triple for quad in self.quads("data", "ontology"))

    @cached_property
    def store(self) -> Store:
        """The merge as a store."""
        store = Store()
        store.bulk_extend(Quad(one.subject, one.predicate, one.object, DefaultGraph()) for one in self.merged)
        return store

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the site's files: those that mreze knows and those that its files declare alike."""
        declared: dict[str, set[str]] = {}
        for document in self.documents:
            for prefix, (namespace, _) in document.scan.prefixes.items():
                declared.setdefault(prefix, set()).add(namespace)
        own = {prefix: next(iter(found)) for prefix, found in declared.items() if len(found) == 1 and prefix}
        return dict(sorted((own | PREFIXES).items()))

    @property
    def names(self) -> Names:
        """What things and terms of the site are called where findings are told."""
        return Names(self.site.base, self.prefixes)

    def quads(self, *roles: Role) -> Iterator[Quad]:
        """The quads of the files of these roles, in their graphs; a quad that two files hold comes twice."""
        for document in self.documents:
            if document.file.role in roles:
                default = self._graph_of(document.file)
                for quad in document.quads:
                    yield Quad(quad.subject, quad.predicate, quad.object, graph_name(quad, default))

    def dataset(self, name: str) -> frozenset[Quad]:
        """The quads of one dataset, in their graphs."""
        files = [one for one in self.documents if one.file.dataset == name]
        return frozenset(SiteGraph(self.site, tuple(files)).quads("data"))

    def document_of(self, iri: str) -> Document | None:
        """The document that describes a thing or a part of it, the most specific subject first."""
        return self._subjects.get(iri) or self._subjects.get(iri.partition("#")[0])

    @cached_property
    def _subjects(self) -> dict[str, Document]:
        found: dict[str, Document] = {}
        for document in self.documents:
            for quad in document.quads:
                if isinstance(quad.subject, NamedNode):
                    found.setdefault(quad.subject.value, document)
        return found

    def _graph_of(self, file: SiteFile) -> str:
        names: dict[Role, str] = {
            "catalog": self.site.catalog_iri,
            "ontology": self.site.ontology_iri,
            "shapes": self.site.shapes_iri,
            "data": f"{self.site.base}dataset/{file.dataset}",
        }
        return names[file.role]


def read_site(site: Site, progress: Progress = unwatched) -> SiteGraph:
    """Read every RDF file of a site."""
    files = site.files()
    documents = []
    for number, file in enumerate(files):
        progress("reading", number, len(files))
        documents.append(read_document(site.root, file))
    return SiteGraph(site, tuple(documents))
