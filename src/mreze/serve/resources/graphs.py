"""Graphs as documents: the ontology, the shapes, the catalogue, VoID, and a dataset's part of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.errors import NotFound
from mreze.formats import GRAPHS, HTML, Format
from mreze.namespaces import term
from mreze.serve.exchange import Request, Response, link
from mreze.serve.iris import decode, encode
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.partitions import Partitions
from mreze.serve.service import Service, suffixed, varied
from mreze.serve.services import without_services
from mreze.serve.view import DEEPEST, Viewer

Triples = Callable[[Service, Request], set[Triple]]
_OFFERED: Final = (*GRAPHS, HTML)


def ontology(service: Service, request: Request, suffix: str) -> Response:
    """The vocabulary, each term with an anchor."""
    triples = service.store.graph(service.release.ontology)
    return _graph(service, request, suffix, "ontology", triples, "Vocabulary")


def version(service: Service, request: Request, path: str) -> Response:
    """A version of the vocabulary: a release has one, and the IRI of that one answers."""
    name, form = suffixed(decode(path), _OFFERED)
    names = {decode(path), name}
    iris = {
        one.object.value
        for one in service.store.graph(service.release.ontology)
        if one.predicate == term("owl:versionIRI") and isinstance(one.object, NamedNode)
    }
    if not iris & {f"{service.release.ontology}/{one}" for one in names}:
        raise NotFound(f"There is no version {decode(path)!r} of the vocabulary in this release.")
    return ontology(service, request, form.extension if form else "")


def shapes(service: Service, request: Request, suffix: str) -> Response:
    """The shapes that the data conform to."""
    triples = service.store.graph(service.release.base + "shapes")
    return _graph(service, request, suffix, "shapes", triples, "Shapes of the data")


def catalog(service: Service, request: Request, suffix: str) -> Response:
    """The DCAT catalogue; whoever takes anything gets Turtle: harvesters do."""
    return _graph(service, request, suffix, "catalog", located(service, request, "catalog.ttl"), "Data")


def void(service: Service, request: Request, suffix: str) -> Response:
    """The VoID description (https://www.w3.org/TR/void/#well-known)."""
    return _graph(service, request, suffix, "void", located(service, request, "void.ttl"), "Statistics of the data")


def documents(service: Service, request: Request, suffix: str) -> Response:
    """What is said of the graph that tells which document tells of what: what it holds is for queries."""
    graph = NamedNode(service.release.base + "documents")
    said = located(service, request, "void.ttl")
    described = {graph, *(one.object for one in said if one.subject == graph and one.predicate == term("sd:graph"))}
    own = {one for one in said if one.subject in described}
    return _graph(service, request, suffix, "documents", own, "Which document tells of what")


def dataset(service: Service, request: Request, path: str) -> Response:
    """What catalogue and VoID say of one dataset."""
    name, suffix = decode(path), ""
    found = _dataset(service, name)
    if found is None:
        stem, form = suffixed(name, _OFFERED)
        name, suffix, found = stem, form.extension if form else "", _dataset(service, stem)
    if found is None:
        names = ", ".join(one.name for one in service.release.datasets)
        raise NotFound(f"There is no dataset {name!r}. There are: {names}.")
    said = located(service, request, "catalog.ttl") | located(service, request, "void.ttl")
    own = {one for one in said if _is_of(one, found)}
    return _graph(service, request, suffix, f"dataset/{name}", own, None, found)


def located(service: Service, request: Request, path: str) -> set[Triple]:
    """A description of the release with its locations under the address that this client knows."""
    content = service.release.read(path)
    said = {quad.triple for quad in parse(content, format=RdfFormat.TURTLE, base_iri=request.location)}
    return said if service.settings.live else without_services(said, request.location)


def _dataset(service: Service, name: str) -> str | None:
    return next((one.iri for one in service.release.datasets if one.name == name), None)


def _is_of(triple: Triple, dataset: str) -> bool:
    subject = getattr(triple.subject, "value", "")
    return subject == dataset or subject.startswith(dataset + "#")


def _graph(
    service: Service,
    request: Request,
    suffix: str,
    name: str,
    triples: set[Triple],
    heading: str | None,
    main: str | None = None,
) -> Response:
    fixed = next((one for one in _OFFERED if one.extension == suffix), None)
    form = fixed or choose(request.accept, _OFFERED)
    iri = service.release.base + name
    links = [link(encode(iri), "cite-as")]
    links += [
        link(f"{request.location}{encode(name)}.{one.extension}", "alternate", one.media_type) for one in _OFFERED
    ]
    headers = varied(fixed) | {"Link": ", ".join(links)}
    if form is not HTML:
        return service.graph(form, triples, headers)
    reader = service.pages.reader(request)
    page = _page(service, reader, name, triples, heading, main or iri)
    return Response(page.content, page.content_type, headers={**page.headers, **headers})


def _page(
    service: Service, reader: Reader, name: str, triples: set[Triple], heading: str | None, main: str
) -> Response:
    predicates = {one.predicate for one in triples}
    mentioned = {one.object for one in triples if isinstance(one.object, NamedNode)}
    partitions = Partitions(triples)
    viewer = Viewer(
        partitions.rest,
        service.store.labels(predicates | mentioned),
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )
    subjects = sorted({one.subject.value for one in partitions.rest if isinstance(one.subject, NamedNode)})
    subjects.sort(key=lambda iri: iri != main)
    title = viewer.label(main).text if heading is None else interface_text(reader, heading)
    return service.pages.page(
        "graph.html",
        reader,
        alternates=_alternates(reader, name),
        heading=title,
        parts=[
            {
                "name": viewer.label(one),
                "part": viewer.part(one, DEEPEST),
                "tables": partitions.tables(one, viewer.link),
            }
            for one in subjects
        ],
    )


def _alternates(reader: Reader, name: str) -> list[tuple[Format, str]]:
    return [(one, f"{reader.request.root}{encode(name)}.{one.extension}") for one in GRAPHS]
