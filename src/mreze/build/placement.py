"""A file speaks only of what its path names, and a thing is described in one place.

So an IRI tells the file, and the file's history is that of the thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from pyoxigraph import BlankNode, NamedNode

from mreze.findings import Finding
from mreze.formats import N_TRIPLES, TURTLE
from mreze.graph import SiteGraph
from mreze.reading import Document
from mreze.site import Site
from mreze.texts import Text, text

_ONE_THING: Final = 2
_ENGINE_GRAPHS: Final = ("catalog", "documents", "ontology", "queries", "shapes", "void")


def check_placement(graph: SiteGraph) -> list[Finding]:
    """Check the data files: their paths, their blank nodes, their graphs, and things that two of them describe."""
    found: list[Finding] = []
    data = [one for one in graph.documents if one.file.role == "data"]
    for document in data:
        if document.file.format in {TURTLE, N_TRIPLES}:
            found += _subjects(graph.site, document)
        found += _blank_nodes(document)
        found += _graphs(graph.site, document)
    found += _described_twice(graph.site, data)
    found += _nothing(graph, data)
    return found


def _subjects(site: Site, document: Document) -> Iterator[Finding]:
    place = document.file.place
    things = {_thing(quad.subject.value) for quad in document.quads if isinstance(quad.subject, NamedNode)}
    if len(place) < _ONE_THING:
        space = f"{site.base}id/{place[0]}/"
        wrong = sorted(one for one in things if not one.startswith((space, f"{site.base}id/{quote(place[0])}/")))
        remedy = text("This file holds things of one kind: <{space}…>. Move this one to its own file.", space=space)
    else:
        own = f"{site.base}id/{'/'.join(place)}"
        wrong = sorted(things - {own, f"{site.base}id/{'/'.join(map(quote, place))}"})
        remedy = text(
            "This file speaks of <{own}> and its #parts only. Move this to the file that its IRI names.", own=own
        )
    for one in wrong:
        yield _finding("placement", document, one, text("The file describes <{iri}>.", iri=one), remedy)


def _blank_nodes(document: Document) -> Iterator[Finding]:
    subjects = [
        quad for quad in document.quads if isinstance(quad.object, BlankNode) or isinstance(quad.subject, BlankNode)
    ]
    named = sorted({quad.subject.value for quad in subjects if isinstance(quad.subject, NamedNode)})
    remedy = text("Give it an IRI of its own: that of the thing, with a #fragment.")
    for one in named or ([""] if subjects else []):
        message = text("A blank node stands here: nobody could point to it, and every release would name it anew.")
        yield _finding("blank-node", document, one, message, remedy)


def _graphs(site: Site, document: Document) -> Iterator[Finding]:
    taken = {site.base + name for name in _ENGINE_GRAPHS}
    names = {quad.graph_name.value for quad in document.quads if isinstance(quad.graph_name, NamedNode)}
    for name in sorted(names & taken):
        message = text("The graph <{name}> is written by mreze itself.", name=name)
        yield _finding("graph", document, name, message, text("Give the graph another name."))


def _described_twice(site: Site, documents: list[Document]) -> Iterator[Finding]:
    first: dict[str, Document] = {}
    for document in documents:
        for iri in sorted({_thing(one.subject.value) for one in document.quads if isinstance(one.subject, NamedNode)}):
            other = first.setdefault(iri, document)
            if other is not document and iri.startswith(site.base + "id/"):
                message = text(
                    "<{iri}> is described in two files: here and in {path}:{line}.",
                    iri=iri, path=other.path.as_posix(), line=_line(other, iri) or 1,
                )  # fmt: skip
                yield _finding("described-twice", document, iri, message, text("Keep one description."))


def _nothing(graph: SiteGraph, documents: list[Document]) -> Iterator[Finding]:
    catalog = graph.documents[0].path if graph.documents else None
    if not graph.site.datasets:
        remedy = text(
            "Add one: <{base}dataset/NAME> as dcat:dataset of the catalogue, and the folder data/NAME.",
            base=graph.site.base,
        )
        yield Finding(
            "violation", "empty", text("The site publishes nothing: its catalogue names no dataset."), remedy, catalog
        )
    for dataset in graph.site.datasets:
        if not any(one.quads or one.findings for one in documents if one.file.dataset == dataset.name):
            message = text("The dataset {name} holds nothing.", name=dataset.name)
            remedy = text("Describe a thing in data/{name}/KIND/SLUG.ttl, or drop the dataset.", name=dataset.name)
            yield Finding("violation", "empty", message, remedy, catalog, focus=dataset.iri)


def _finding(check: str, document: Document, iri: str, message: Text, remedy: Text) -> Finding:
    return Finding("violation", check, message, remedy, document.path, _line(document, iri), iri or None)


def _line(document: Document, iri: str) -> int | None:
    lines = [line for subject, line in document.scan.subjects.items() if _thing(subject) == iri]
    return min(lines, default=None)


def _thing(iri: str) -> str:
    return iri.partition("#")[0]
