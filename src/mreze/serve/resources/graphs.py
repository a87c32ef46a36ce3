"""Graphs as documents: the ontology, the shapes, the catalogue, VoID."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.errors import NotFound, ReleaseError
from mreze.formats import GRAPHS, HTML, Format
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION
from mreze.serve import pinning
from mreze.serve.catalogue import Catalogue, for_people
from mreze.serve.exchange import Request, Response, link
from mreze.serve.iris import decode, encode
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.partitions import Partitions
from mreze.serve.service import Service, suffixed, varied
from mreze.serve.services import without_services
from mreze.serve.signposts import Signpost, Signposts
from mreze.serve.signposts import headers as headers_of
from mreze.serve.structured import Json, Structured
from mreze.serve.view import DEEPEST, Viewer

Triples = Callable[[Service, Request], set[Triple]]
OFFERED: Final = (*GRAPHS, HTML)
_TRIPLE: Final = 500
"""Bytes that a triple takes in memory, about."""


def ontology(service: Service, request: Request, suffix: str) -> Response:
    """The vocabulary, each term with an anchor."""
    triples = service.store.graph(service.release.ontology)
    return graph(service, request, suffix, "ontology", triples, "Vocabulary")


def version(service: Service, request: Request, path: str) -> Response:
    """A version of the vocabulary: a release has one, and the IRI of that one answers."""
    name, form = suffixed(decode(path), OFFERED)
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
    return graph(service, request, suffix, "shapes", triples, "Shapes of the data")


def catalog(service: Service, request: Request, suffix: str) -> Response:
    """The DCAT catalogue, in pages where it is long; whoever takes anything gets Turtle: harvesters do."""
    form = _fixed(suffix) or choose(request.accept, OFFERED)
    whole = catalogue(service, request)
    triples = whole.page(request.page, f"{request.location}catalog.{form.extension}")
    return graph(service, request, suffix, "catalog", triples, "Data", pages=whole.pages)


def void(service: Service, request: Request, suffix: str) -> Response:
    """The VoID description (https://www.w3.org/TR/void/#well-known)."""
    return graph(service, request, suffix, "void", located(service, request, "void.ttl"), "Statistics of the data")


def documents(service: Service, request: Request, suffix: str) -> Response:
    """What is said of the graph that tells which document tells of what: what it holds is for queries."""
    node = NamedNode(service.release.base + "documents")
    said = located(service, request, "void.ttl")
    described = {node, *(one.object for one in said if one.subject == node and one.predicate == term("sd:graph"))}
    own = {one for one in said if one.subject in described}
    return graph(service, request, suffix, "documents", own, "Which document tells of what")


def catalogue(service: Service, request: Request) -> Catalogue:
    """The catalogue with its locations under the address that this client knows."""
    triples = located(service, request, "catalog.ttl")
    return Catalogue(triples, service.release.base + "catalog", service.settings.catalog_page)


def structured(service: Service, reader: Reader, main: str) -> Json:
    """The catalogue, or a dataset of it, as search engines read it from a page."""
    whole = catalogue(service, reader.request)
    told = Structured(whole.triples, whole.iri, reader.language, reader.request.location)
    return told.data_catalog() if main == whole.iri else told.dataset(main)


def located(service: Service, request: Request, path: str) -> set[Triple]:
    """A description of the release with its locations under the address that this client knows.

    Raises:
        ReleaseError: it is gone or damaged.
    """
    content = service.release.read(path)
    base = LOCATION if request.release else request.location
    try:
        said = {quad.triple for quad in parse(content, format=RdfFormat.TURTLE, base_iri=base)}
    except SyntaxError as error:
        raise ReleaseError(f"{service.release.root / path}: {error}. Build the release again: mreze build") from error
    if request.release:
        said = {pinning.located(one, request) for one in said}
    return said if service.settings.live else without_services(said, request.location)


def signposts(service: Service, request: Request) -> Signposts:
    """What makes links of the catalogue.

    Raises:
        ReleaseError: the catalogue is gone or damaged.
    """
    key = request.location, request.release
    found = service.signposts.get(key)
    if found is None:
        said = located(service, request, "catalog.ttl")
        found = Signposts(service.release.base, request.location, said)
        service.signposts.put(key, found, len(said) * _TRIPLE)
    return found


def _signposts(service: Service, request: Request, name: str) -> list[Signpost]:
    """The links of a graph: only the catalogue and datasets are something that has parts."""
    if name == "catalog":
        return signposts(service, request).of_catalogue()
    iri = service.release.base + name
    if any(one.iri == iri for one in service.release.datasets):  # neither a version of one nor a retired one
        return signposts(service, request).of_dataset(iri)
    return []


def graph(
    service: Service,
    request: Request,
    suffix: str,
    name: str,
    triples: set[Triple],
    heading: str | None,
    main: str | None = None,
    pages: int = 1,
) -> Response:
    """A graph in the form that was asked for; its page shows the parts one after another.

    Args:
        service: what answers.
        request: what is answered.
        suffix: extension of the form; of none that is offered the form is negotiated.
        name: of the graph: its IRI below the base IRI, its address below that of the server.
        triples: what it holds.
        heading: of the page; None for the label of what it is about.
        main: IRI of what it is about, if that is not the graph.
        pages: how many pages there are.
    """

    def page(reader: Reader) -> Response:
        return _page(service, reader, name, triples, heading, main or service.release.base + name, pages)

    return answer(service, request, suffix, name, triples, page, pages)


def answer(
    service: Service,
    request: Request,
    suffix: str,
    name: str,
    triples: set[Triple],
    page_for: Callable[[Reader], Response],
    pages: int = 1,
) -> Response:
    """A graph in the form that was asked for.

    Args:
        service: what answers.
        request: what is answered.
        suffix: extension of the form; of none that is offered the form is negotiated.
        name: of the graph: its IRI below the base IRI, its address below that of the server.
        triples: what it holds.
        page_for: makes the page for a reader.
        pages: how many pages there are.
    """
    fixed = _fixed(suffix)
    form = fixed or choose(request.accept, OFFERED)
    iri = service.release.base + name
    at, here = f"{request.location}{encode(name)}", _at_page(request.page if pages > 1 else 1)
    links = [link(encode(iri), "cite-as"), link(at + here, "canonical")]
    links += [link(f"{at}.{one.extension}{here}", "alternate", one.media_type) for one in OFFERED]
    links += [link(f"{at}.{form.extension}?page={number}", name) for name, number in _neighbours(request, pages)]
    links += headers_of(_signposts(service, request, name))
    headers = varied(fixed, form, at, request.query_string) | {"Link": ", ".join(links)}
    if form is not HTML:
        return service.graph(form, triples, headers)
    page = page_for(service.pages.reader(request))
    return Response(page.content, page.content_type, headers={**page.headers, **headers})


def _page(
    service: Service, reader: Reader, name: str, triples: set[Triple], heading: str | None, main: str, pages: int
) -> Response:
    catalogued = name == "catalog" or name.startswith("dataset/")
    triples = for_people(triples) if catalogued else triples
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
    if catalogued:  # the rest are concepts that it labels: they are named where they stand
        own = {one.subject.value for one in triples if isinstance(one.subject, NamedNode) and one.predicate != RDF_TYPE}
        subjects = [iri for iri in subjects if iri in own and iri.startswith(service.release.base)]
    subjects.sort(key=lambda iri: iri != main)
    title = viewer.label(main).text if heading is None else interface_text(reader, heading)
    return service.pages.page(
        "graph.html",
        reader,
        alternates=_alternates(reader, name, pages),
        heading=title,
        structured=structured(service, reader, main) if catalogued else None,
        parts=[
            {
                "name": viewer.label(one),
                "part": viewer.part(one, DEEPEST),
                "tables": partitions.tables(one, viewer.link),
            }
            for one in subjects
        ],
        page=reader.request.page if pages > 1 else 1,
        pages=pages,
        page_link=lambda number: reader.at(page=number),
    )


def _alternates(reader: Reader, name: str, pages: int) -> list[tuple[Format, str]]:
    here = _at_page(reader.request.page if pages > 1 else 1)
    return [(one, f"{reader.request.root}{encode(name)}.{one.extension}{here}") for one in GRAPHS]


def _fixed(suffix: str) -> Format | None:
    return next((one for one in OFFERED if one.extension == suffix), None)


def _neighbours(request: Request, pages: int) -> list[tuple[str, int]]:
    numbers = (("prev", request.page - 1), ("next", request.page + 1)) if pages > 1 else ()
    return [(relation, number) for relation, number in numbers if 1 <= number <= pages]


def _at_page(number: int) -> str:
    return f"?page={number}" if number > 1 else ""
