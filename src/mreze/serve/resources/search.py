"""Search: a page, JSON, completions, and the description by which browsers search here."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from mreze.formats import HTML, Format, by_extension
from mreze.serve.exchange import Request, Response, link
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, html_language, interface_text
from mreze.serve.resources.saved import service_link
from mreze.serve.search.answer import answer, completions
from mreze.serve.search.asked import LONGEST, Asked, read_asked
from mreze.serve.search.finding import Found, asked_kind, complete, find, known_types
from mreze.serve.search.naming import Namer
from mreze.serve.search.opensearch import OPENSEARCH, SUGGESTIONS, describe_search
from mreze.serve.search.shown import Shower
from mreze.serve.service import Service, varied
from mreze.texts import pick

JSON: Final = Format("JSON", "application/json", "json", charset=False)
OFFERED: Final = (HTML, JSON)
_SUGGESTIONS: Final = 8


async def search(service: Service, request: Request, suffix: str) -> Response:
    """What is called so."""
    fixed = by_extension(suffix, OFFERED)
    form = fixed or choose(request.accept, OFFERED)
    asked = read_asked(request)
    reader = service.pages.reader(request)
    found = await find(service, request, asked)
    namer = Namer(reader.language, service.release.base, await known_types(service))
    headers = varied(fixed, form, f"{request.location}search", request.query_string) | {"Link": _links(request)}
    if form is HTML:
        page = await asyncio.to_thread(_page, service, reader, asked, found, namer)
        return replace(page, headers={**page.headers, **headers})
    content = answer(request, service.release.name, asked, found, namer)
    headers |= {"Vary": headers["Vary"] or "Accept-Language", "Content-Language": html_language(reader.language)}
    return Response(content, JSON.content_type, headers=headers)


async def suggest(service: Service, request: Request, _: str) -> Response:
    """The names that begin with what one types, of the class that was chosen, if one was."""
    asked = read_asked(request, _SUGGESTIONS)
    reader = service.pages.reader(request)
    types = await known_types(service)
    candidates = await asyncio.to_thread(complete, service, asked, asked_kind(service, asked, types))
    namer = Namer(reader.language, service.release.base, types)
    headers = {"Vary": "Accept-Language", "Content-Language": html_language(reader.language)}
    return Response(completions(reader, asked.text, candidates, namer), SUGGESTIONS, headers=headers)


def description(service: Service, request: Request, _: str) -> Response:
    """How to search here."""
    reader = service.pages.reader(request)
    title = pick(service.release.titles, reader.language)
    told = interface_text(reader, "Find by name: {title}", title=title)
    content = describe_search(request.location, title, told, reader.language, reader.carried)
    headers = {"Vary": "Accept-Language", "Content-Language": html_language(reader.language)}
    return Response(content, OPENSEARCH.content_type, headers=headers)


def _links(request: Request) -> str:
    return f"{service_link(request)}, {link(f'{request.location}opensearch.xml', 'search', OPENSEARCH.media_type)}"


def _page(service: Service, reader: Reader, asked: Asked, found: Found, namer: Namer) -> Response:
    shower = Shower(service, reader, namer, [*found.hits, *found.near])
    parameters = f"?{urlencode(reader.request.parameters)}" if reader.request.parameters else ""
    kinds = namer.distinct(found.kinds)
    if found.kind is not None and all(one.iri != found.kind.iri for one, _, _ in kinds):
        kinds = [(found.kind, found.kind.name(reader.language), found.total), *kinds]
    return service.pages.page(
        "search.html",
        reader,
        alternates=[(JSON, f"search.json{parameters}")],
        here=reader.here,
        asked=asked,
        longest=LONGEST,
        heading=_heading(reader, asked, found, namer),
        found=found,
        hits=[shower.show(one) for one in found.hits],
        near=[shower.show(one) for one in found.near],
        kinds=[(one.iri, name, count, reader.at(type=one.iri, page=None)) for one, name, count in kinds],
        any_kind=reader.at(type=None, page=None),
        page_link=lambda number: reader.at(page=number),
        first=(asked.page - 1) * asked.limit + 1,
    )


def _heading(reader: Reader, asked: Asked, found: Found, namer: Namer) -> str:
    """What is looked for, for the title of the page."""
    parts = [asked.text, found.kind.name(namer.language) if found.kind else ""]
    return " · ".join([*(one for one in parts if one), interface_text(reader, "Search")])
