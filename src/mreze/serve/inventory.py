"""Every resource of a release: what a copy of the whole site has to hold. A test compares it with the routes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final

from pyoxigraph import NamedNode

from mreze.formats import DOCUMENTS, GRAPHS, HTML, Format
from mreze.namespaces import term
from mreze.queries import SavedQuery
from mreze.serve.arguments import missing
from mreze.serve.iris import encode
from mreze.serve.lexer import differs_each_time
from mreze.serve.library import all_queries
from mreze.serve.resources.upkeep import SITEMAP
from mreze.serve.service import Service
from mreze.serve.sparql import SHORT_NAMES, SOLUTIONS

_DATA: Final = (*GRAPHS, HTML)
_PAGES: Final = (HTML, *GRAPHS)
_GRAPHS: Final = ("catalog", "documents", "ontology", "shapes", "void")
_FILES: Final = ("dumps/", "feed/")
"""What of a release's own files is served, byte for byte."""
_EDITOR: Final = "editor."


@dataclass(frozen=True, slots=True)
class Resource:
    """Something with an address."""

    path: str
    """Percent-encoded, without the slash at its start and without an extension."""
    offered: tuple[Format, ...] = ()
    """What is negotiated at the path, the best first; nothing where it has one form only."""
    others: tuple[str, ...] = ()
    """Extensions of forms that are there but not negotiated."""
    result: bool = False
    """Whether its forms are answers to a query, each of which may be refused."""

    @property
    def is_folder(self) -> bool:
        """Whether forms cannot be named by an extension: they are asked for with Accept."""
        return not self.path or self.path.endswith("/")


def list_resources(service: Service) -> Iterator[Resource]:
    """What a release has, but for what needs a server to answer."""
    yield Resource("", _PAGES)
    for name in _GRAPHS:
        yield Resource(name, _DATA)
    yield Resource(".well-known/void")
    yield Resource("dumps/", _DATA)
    yield Resource("queries/", _PAGES)
    yield from (Resource("dataset/" + encode(one.name), _DATA) for one in service.release.datasets)
    yield from (Resource("ontology/" + encode(one), _DATA) for one in _versions(service))
    yield from map(_saved, all_queries(service.release))
    yield from (Resource(encode(path)) for path in service.release.files if path.startswith(_FILES))
    static = sorted(one.name for one in (resources.files("mreze.serve") / "static").iterdir())
    yield from (Resource("static/" + name) for name in static if not name.startswith(_EDITOR))
    yield Resource("robots.txt")
    yield Resource("sitemap.xml")
    documents = service.store.documents()
    for number in range(-(-len(documents) // SITEMAP)):
        yield Resource(f"sitemap/{number + 1}.xml")
    for document in documents:
        yield Resource(encode(document.removeprefix(service.release.base)), DOCUMENTS)


def _versions(service: Service) -> list[str]:
    """The names of the vocabulary's versions that this release has."""
    prefix = service.release.ontology + "/"
    iris = [
        one.object.value
        for one in service.store.graph(service.release.ontology)
        if one.predicate == term("owl:versionIRI") and isinstance(one.object, NamedNode)
    ]
    return sorted(one.removeprefix(prefix) for one in iris if one.startswith(prefix))


def _saved(query: SavedQuery) -> Resource:
    """A saved query: without values where some must be given, and without chance, its result is known."""
    path = "queries/" + encode(query.name)
    known = not (missing(query.parameters, {}) or differs_each_time(query.text))
    if query.form not in {"select", "ask"}:
        return Resource(path, _PAGES if known else (HTML,), ("rq",), result=True)
    if not known:
        return Resource(path, _PAGES, ("rq",), result=True)
    extensions = {one.extension for one in SOLUTIONS}
    short = tuple(name for name, one in SHORT_NAMES.items() if one in extensions)
    return Resource(path, (HTML, *SOLUTIONS, *GRAPHS), (*short, "rq"), result=True)
