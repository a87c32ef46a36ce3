"""A file speaks only of what its path names, and a thing is described in one place.

So an IRI tells the file, and the file's history is that of the thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final
from urllib.parse import quote

from mreze.build.remembered import each
from mreze.findings import Finding, capped
from mreze.graph import SiteGraph
from mreze.nquads import END, name, subjects
from mreze.reading import Document
from mreze.site import Site
from mreze.texts import Text, text

_ONE_THING: Final = 2
_ENGINE_GRAPHS: Final = ("catalog", "documents", "ontology", "queries", "shapes", "void")


def check_placement(graph: SiteGraph) -> list[Finding]:
    """Check the data files: their paths, their blank nodes, their graphs, and things that two of them describe."""
    data = graph.of("data")
    found = each(graph, "placement", (), data, lambda one: _document(graph.site, one))
    return list(capped(chain(found, _described_twice(graph.site, data), _nothing(graph, data))))


def _document(site: Site, document: Document) -> Iterator[Finding]:
    if document.has_graphs:
        yield from _graphs(site, document)
    else:
        yield from _subjects(site, document)
    yield from _blank_nodes(document)


def _subjects(site: Site, document: Document) -> Iterator[Finding]:
    place = document.file.place
    if len(place) < _ONE_THING:
        space = f"{site.base}id/{place[0]}/"
        right = (space, f"{site.base}id/{quote(place[0])}/")
        wrong = (one for one in things(document) if not one.startswith(right))
        remedy = text("This file holds things of one kind: <{space}…>. Move this one to its own file.", space=space)
    else:
        own = f"{site.base}id/{'/'.join(place)}"
        names = {own, f"{site.base}id/{'/'.join(map(quote, place))}"}
        wrong = (one for one in things(document) if one not in names)
        remedy = text(
            "This file speaks of <{own}> and its #parts only. Move this to the file that its IRI names.", own=own
        )
    for one in wrong:
        yield _finding("placement", document, one, text("The file describes <{iri}>.", iri=one), remedy)


def _blank_nodes(document: Document) -> Iterator[Finding]:
    if not document.span.contains(b"_:"):
        return
    lines = (line for line in document.span.lines() if b"_:" in line)
    pairs = (line.split(b" ", 2) for line in lines)
    found = dict.fromkeys(subject for subject, _, rest in pairs if subject[:1] == b"_" or rest[:1] == b"_")
    named = [name(one) for one in found if one[:1] == b"<"]
    remedy = text("Give it an IRI of its own: that of the thing, with a #fragment.")
    for one in named or ([""] if found else []):
        message = text("A blank node stands here: nobody could point to it, and every release would name it anew.")
        yield _finding("blank-node", document, one, message, remedy)


def _graphs(site: Site, document: Document) -> Iterator[Finding]:
    taken = {site.base + name for name in _ENGINE_GRAPHS}
    ends = {f" <{one}>".encode() + END: one for one in taken}
    names = {ends.get(line[line.rindex(b" ", 0, -len(END)) :]) for line in document.span.lines()}
    for iri in sorted(one for one in names if one):
        message = text("The graph <{name}> is written by mreze itself.", name=iri)
        yield _finding("graph", document, iri, message, text("Give the graph another name."))


def _described_twice(site: Site, documents: list[Document]) -> Iterator[Finding]:
    first: dict[str, Document] = {}
    for document in _near(documents):
        for iri in things(document):
            other = first.setdefault(iri, document)
            if other is not document and iri.startswith(site.base + "id/"):
                line = _line(other, iri)
                where = other.path.as_posix() + (f":{line}" if line else "")
                message = text("<{iri}> is described in two files: here and in {place}.", iri=iri, place=where)
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
        if not any(one.span.size or one.findings for one in documents if one.file.dataset == dataset.name):
            message = text("The dataset {name} holds nothing.", name=dataset.name)
            remedy = text("Describe a thing in data/{name}/KIND/SLUG.ttl, or drop the dataset.", name=dataset.name)
            yield Finding("violation", "empty", message, remedy, catalog, focus=dataset.iri)


def _finding(check: str, document: Document, iri: str, message: Text, remedy: Text) -> Finding:
    return Finding("violation", check, message, remedy, document.path, _line(document, iri), iri or None)


def _line(document: Document, iri: str) -> int | None:
    subjects = document.scan.subjects
    lines = [line for subject, line in subjects.items() if _thing(subject) == iri]
    return subjects.get(iri) or min(lines, default=None)


def things(document: Document) -> Iterator[str]:
    """What a document describes; `#parts` belong to their things, and a thing may come again after others."""
    last = ""
    for subject in subjects(document.span.lines()):
        if subject[:1] == b"<" and (thing := _thing(name(subject))) != last:
            last = thing
            yield thing


def _near(documents: list[Document]) -> list[Document]:
    """The documents that may describe a thing which another one describes: those whose subjects lie between another's.

    So a list of a kind of things, which no other file speaks of, is not held.
    """
    bounds = [(*_bounds(document), number) for number, document in enumerate(documents) if document.span.size]
    near: set[int] = set()
    reach, of = b"", -1
    for low, high, number in sorted(bounds):
        if low <= reach:
            near |= {number, of}
        if high > reach:
            reach, of = high, number
    return [documents[one] for one in sorted(near)]


def _bounds(document: Document) -> tuple[bytes, bytes]:
    """What no subject is before, and none is after, nor other parts of the same things."""
    first, last = (line.partition(b" ")[0].rstrip(b">").partition(b"#")[0] for line in document.span.ends())
    return first + b"#", last + b">"


def _thing(iri: str) -> str:
    return iri.partition("#")[0]
