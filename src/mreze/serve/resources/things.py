"""Things and the documents that describe them.

A thing answers 303 with its document (https://www.w3.org/TR/cooluris/#r303uri), a retired one 410 with what is left of
its description; a document is negotiated, or has a fixed form by its extension.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from mreze.errors import NotFound, ReleaseError
from mreze.formats import DOCUMENTS, GRAPHS, HTML, Format
from mreze.serve.documents import Document, describe, find
from mreze.serve.exchange import Request, Response, link
from mreze.serve.gallery.model import Exhibit
from mreze.serve.gallery.portrait import portrait
from mreze.serve.iris import decode, encode
from mreze.serve.negotiation import choose
from mreze.serve.resources.graphs import signposts
from mreze.serve.service import Service, suffixed, varied
from mreze.serve.signposts import headers as headers_of
from mreze.serve.store import Topic
from mreze.serve.thing_page import thing_page

_GONE = 410


def thing(service: Service, request: Request, path: str) -> Response:
    """The thing itself: see its document."""
    topic = _find(service, path)
    document = describe(service.store, service.release, topic, request.location)
    if document.retired:
        return _answer(service, request, document, choose(request.accept, DOCUMENTS), None)
    query = f"?{request.query_string}" if request.query_string else ""
    target = request.location + encode(topic.document.removeprefix(service.release.base)) + query
    return Response(status=303, headers={"Location": target, "Vary": "Accept", "Link": link(target, "describedby")})


async def document(service: Service, request: Request, path: str) -> Response:
    """The document that describes a thing."""
    fixed: Format | None = None
    topic = find(service.store, service.release, path)
    if topic is None:  # a slug may have a dot: only what is no document can be one with an extension
        path, fixed = suffixed(path, DOCUMENTS)
        topic = _find(service, path)
    form = fixed or choose(request.accept, DOCUMENTS)
    described = describe(service.store, service.release, topic, request.location, request.page)
    exhibits: tuple[Exhibit, ...] = ()
    if form is HTML and described.page == 1 and not described.retired:
        exhibits = await portrait(service, service.pages.reader(request), described.thing)
    return _answer(service, request, described, form, fixed, exhibits)


def _find(service: Service, path: str) -> Topic:
    topic = find(service.store, service.release, path)
    if topic is None:
        raise NotFound(f"Nothing here is called {service.release.base}id/{decode(path)}.")
    return topic


def _answer(
    service: Service,
    request: Request,
    document: Document,
    form: Format,
    fixed: Format | None,
    exhibits: Sequence[Exhibit] = (),
) -> Response:
    status = _GONE if document.retired else 200
    at = request.location + encode(document.iri.removeprefix(service.release.base))
    headers = varied(fixed, form, at, request.query_string) | {"Link": ", ".join(_links(service, request, document))}
    if form is HTML:
        found = thing_page(service, request, document, status, exhibits)
        return Response(found.content, found.content_type, status, {**found.headers, **headers})
    return service.graph(form, document.triples, headers, status)


def _links(service: Service, request: Request, document: Document) -> list[str]:
    at = request.location + encode(document.iri.removeprefix(service.release.base))
    links = [
        link(encode(document.thing), "cite-as"),
        link(encode(document.thing), "describes"),
        link(at if document.page == 1 else f"{at}?page={document.page}", "canonical"),
        *(link(f"{at}.{one.extension}", "alternate", one.media_type) for one in DOCUMENTS),
        *(link(f"{at}.{one.extension}", "describedby", one.media_type) for one in GRAPHS),
    ]
    links += [link(encode(one), "successor-version") for one in document.successors]
    with suppress(ReleaseError):  # where the catalogue is damaged, things are still themselves
        posts = signposts(service, request)
        links += headers_of(posts.of_thing(document.own, document.thing, document.datasets))
    for relation, number in (("prev", document.page - 1), ("next", document.page + 1)):
        if 1 <= number <= document.pages:
            links.append(link(f"{at}?page={number}", relation))
    return links
