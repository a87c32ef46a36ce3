"""Every resource of a release: what a copy of the whole site has to hold. A test compares it with the routes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.authored import SHARED
from mreze.formats import DOCUMENTS, GRAPHS, HTML, JSON_LD, TRIG, Format
from mreze.namespaces import RDF_TYPE, term
from mreze.queries import SavedQuery
from mreze.release import CHANGES, VERSIONS
from mreze.serve.arguments import missing
from mreze.serve.iris import encode
from mreze.serve.lexer import differs_each_time
from mreze.serve.library import all_queries
from mreze.serve.resources.guides import GUIDES
from mreze.serve.service import Service
from mreze.serve.signposts import LINKSETS
from mreze.serve.sparql import SHORT_NAMES, SOLUTIONS

_DATA: Final = (*GRAPHS, HTML)
_PAGES: Final = (HTML, *GRAPHS)
_GRAPHS: Final = ("catalog", "documents", "ontology", "shapes", "void")
_FEED: Final = "feed/"
_FEEDS: Final = (TRIG, JSON_LD)
_SCRIPTS: Final = ("copy.js", "editor.", "search.js")
"""How the names of static files begin that pages have where a server answers."""
SITEMAPS: Final = ("sitemap.xml", "sitemap/1.xml")
"""What lists the addresses of documents; the first tells whether there are more parts than the second."""


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
    files = service.release.files
    yield Resource("", _PAGES)
    for name in _GRAPHS:
        yield Resource(name, _DATA)
    yield Resource(".well-known/void")
    yield Resource("linkset", LINKSETS)
    yield Resource("dumps/", _DATA)
    yield Resource("queries/", _PAGES)
    yield from (Resource("dataset/" + encode(one.name), _DATA) for one in service.release.datasets)
    yield from (Resource(one, _DATA) for one in _dataset_versions(service))
    yield from (Resource("ontology/" + encode(one), _DATA) for one in _versions(service))
    yield Resource("guides/", (HTML,))
    yield from (Resource(f"guides/{one}", (HTML,)) for one in GUIDES)
    yield from (Resource(f"pages/{one.name}", (HTML,)) for one in service.pages.prose)
    if SHARED in files:
        yield Resource(SHARED)
    yield from map(_saved, all_queries(service.release))
    if CHANGES in files:
        yield from (Resource(one, _DATA) for one in ("changes", f"changes/{service.release.name}"))
    yield from (Resource(encode(path)) for path in files if path.startswith("dumps/"))
    yield from _feeds(files)
    static = sorted(one.name for one in (resources.files("mreze.serve") / "static").iterdir())
    yield from (Resource("static/" + name) for name in static if not name.startswith(_SCRIPTS))
    yield Resource("robots.txt")
    yield from (Resource(one) for one in SITEMAPS)
    for document in service.store.documents():
        yield Resource(encode(document.removeprefix(service.release.base)), DOCUMENTS)


def _feeds(files: Collection[str]) -> Iterator[Resource]:
    """The list of feeds and what it lists; a page is there in each syntax, and negotiated without an extension."""
    if "feeds.ttl" in files:
        yield Resource(_FEED.removesuffix("/"), _DATA)
    own = [path for path in files if path.startswith(_FEED)]
    pages = {path.rpartition(".")[0] for path in own if path.endswith(f".{TRIG.extension}")}
    for path in sorted(pages):
        yield Resource(encode(path), tuple(one for one in _FEEDS if f"{path}.{one.extension}" in files))
    yield from (Resource(encode(path)) for path in own if path.rpartition(".")[0] not in pages)


def _dataset_versions(service: Service) -> list[str]:
    """Versions of datasets, and datasets that were retired: what is described below the address of datasets."""
    prefix = service.release.base + "dataset/"
    known = {one.iri for one in service.release.datasets}
    found = set()
    for path in (VERSIONS, "catalog.ttl"):
        if path in service.release.files:
            content = service.release.read(path)
            for quad in parse(content, format=RdfFormat.TURTLE, base_iri=service.settings.location):
                subject = quad.subject.value
                if subject.startswith(prefix) and "#" not in subject and (path == VERSIONS or _is_retired(quad.triple)):
                    found.add(encode(subject.removeprefix(service.release.base)))
    return sorted(found - {encode(one.removeprefix(service.release.base)) for one in known})


def _is_retired(triple: Triple) -> bool:
    return triple.predicate == RDF_TYPE and triple.object == term("as:Tombstone")


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
