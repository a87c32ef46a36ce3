"""From the id of a thing to the thing: its page, a small picture of it, and smaller ones for menus."""

from __future__ import annotations

from typing import Final
from urllib.parse import unquote

from mreze.errors import BadRequest, NotFound
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import encode
from mreze.serve.pages import Reader
from mreze.serve.reconcile.answer import callback, reply
from mreze.serve.reconcile.known import Known
from mreze.serve.reconcile.opening import open_known, vocabulary
from mreze.serve.reconcile.parameters import parameters
from mreze.serve.reconcile.portrait import portray
from mreze.serve.reconcile.terms import Term
from mreze.serve.reconcile.things import get_topic
from mreze.serve.service import VARY_ON_ALL, Service
from mreze.serve.store import Topic
from mreze.texts import pick

_PARAMETERS: Final = ("id", "callback", "lang", "release")
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
"""Any site may show the picture in a frame: it has nothing that a click could set going."""


def view(service: Service, request: Request, _: str) -> Response:
    """Where the thing is told of."""
    topic = _topic(service, parameters(request, _PARAMETERS))
    reader = service.pages.reader(request)
    path = encode(topic.document.removeprefix(service.release.base))
    return Response(status=303, headers={"Location": request.location + path + reader.query})


async def preview(service: Service, request: Request, _: str) -> Response:
    """A small page about a thing, for a frame in somebody else's page (section 5 of both specifications)."""
    topic = _topic(service, parameters(request, _PARAMETERS))
    known = await open_known(service)
    reader = service.pages.reader(request)
    page = service.pages.page(
        "preview.html",
        reader,
        portrait=portray(service.store, service.release, known.properties, topic.thing, reader),
        href=request.root + encode(topic.document.removeprefix(service.release.base)) + reader.query,
    )
    headers = {**page.headers, "Content-Security-Policy": _POLICY, "Vary": VARY_ON_ALL}
    return Response(page.content, page.content_type, page.status, headers)


async def flyout(service: Service, request: Request, kind: str) -> Response:
    """A piece of HTML about a thing ("entity"), a property or a class ("type"), as 0.2 has it (section 6.5)."""
    sent = parameters(request, _PARAMETERS)
    function = callback(request)
    id_ = _id(sent)
    known = await open_known(service)
    reader = service.pages.reader(request)
    if kind == "entity":
        html = _of_thing(service, reader, known, _topic(service, sent))
    else:
        html = _of_term(service, reader, _term(service, known, kind, id_))
    return reply({"id": id_, "html": html}, reader.language, function)


def _id(sent: dict[str, str]) -> str:
    if not sent.get("id"):
        raise BadRequest("The parameter id is missing: of what?")
    return sent["id"]


def _topic(service: Service, sent: dict[str, str]) -> Topic:
    return get_topic(service.store, service.release, _id(sent))


def _term(service: Service, known: Known, kind: str, id_: str) -> Term:
    names = vocabulary(service, known)
    read = names.type if kind == "type" else names.property
    try:
        return read(unquote(id_) if ":" not in id_ else id_, "id")
    except BadRequest as error:
        raise NotFound(error.detail) from error


def _of_thing(service: Service, reader: Reader, known: Known, topic: Topic) -> str:
    found = portray(service.store, service.release, known.properties, topic.thing, reader)
    kinds = ", ".join(one.text for one in found.kinds)
    names = " · ".join(one.text for one in found.names)
    facts = [f"{one.row.name.text}: {', '.join(value.text for value in one.row.values)}" for one in found.facts]
    notes = [one.text for one in found.footnotes]
    return _html(service, reader, found.name.text, found.name.foreign, [kinds, names, *facts, *notes])


def _of_term(service: Service, reader: Reader, found: Term) -> str:
    language = found.language(reader.language)
    foreign = language if language != reader.language else None
    lines = [pick(found.descriptions, reader.language), found.iri]
    return _html(service, reader, found.name(reader.language), foreign, lines)


def _html(service: Service, reader: Reader, name: str, foreign: str | None, lines: list[str]) -> str:
    page = service.pages.page("flyout.html", reader, name=name, foreign=foreign, lines=lines)
    return page.content.decode()
