"""The guides: how portals, researchers and whoever has a table get the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from mreze.errors import NotFound
from mreze.formats import GRAPHS, HTML
from mreze.serve.bounds import bounds
from mreze.serve.citation import in_bibtex, in_pieces
from mreze.serve.exchange import Request, Response
from mreze.serve.guides import portals, reconcilers, researchers
from mreze.serve.guides.example import find_example
from mreze.serve.guides.sample import Sample
from mreze.serve.imprint import citation, imprint_of
from mreze.serve.iris import decode
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.resources.query_page import say_bound
from mreze.serve.service import Service, suffixed, varied
from mreze.serve.view import Value
from mreze.texts import pick

_FEED: Final = "feed/catalog.trig"


def guides(service: Service, request: Request, path: str) -> Response:
    """A guide; without a name, their list."""
    name, fixed = suffixed(decode(path), (HTML,))
    if name and name not in GUIDES:
        raise NotFound(f"There is no guide {name!r}. There are: {', '.join(GUIDES)}.")
    choose(request.accept, (HTML,))
    reader = service.pages.reader(request)
    summary = interface_text(reader, "Three guides, with code that can be copied and that works as it stands.")
    shown = GUIDES[name](service, reader) if name else {}
    page = service.pages.page(f"guides/{name or 'index'}.html", reader, summary=summary, guide=shown)
    if not name:
        return page
    headers = varied(fixed, HTML, f"{request.location}guides/{name}", request.query_string)
    return Response(page.content, page.content_type, headers={**page.headers, **headers})


def _portals(service: Service, reader: Reader) -> Mapping[str, object]:
    request = reader.request
    return {
        "address": Sample("text", f"{request.location}catalog.ttl"),
        "forms": [Value(one.name, request.keep(f"{request.root}catalog.{one.extension}")) for one in (*GRAPHS, HTML)],
        "samples": portals.samples(request.location),
        "fed": _FEED in service.release.files,
    }


def _researchers(service: Service, reader: Reader) -> Mapping[str, object]:
    address, release = reader.request.location, service.release
    title = Value(pick(release.titles, reader.language))
    cited = citation(service, reader, imprint_of(service), title, f"{release.base}catalog")
    return {
        "endpoint": Sample("text", f"{address}sparql"),
        "samples": researchers.samples(address, release.name, find_example(service, reader.language)),
        "bounds": [say_bound(one, reader) for one in bounds(service.settings)],
        "words": in_pieces(cited),
        "bibtex": in_bibtex(cited),
    }


def _reconcilers(service: Service, reader: Reader) -> Mapping[str, object]:
    address, example = f"{reader.request.location}reconcile", find_example(service, reader.language)
    return {
        "localized": Sample("text", f"{address}?lang={reader.language}"),
        "samples": reconcilers.samples(address, example),
        "kind": example.kind,
    }


GUIDES: Final[dict[str, Callable[[Service, Reader], Mapping[str, object]]]] = {
    "portals": _portals,
    "researchers": _researchers,
    "reconcilers": _reconcilers,
}
"""What each guide shows, by its name."""
HEADINGS: Final = {
    "portals": "For data portals",
    "researchers": "For researchers",
    "reconcilers": "For those who have tables",
}
"""What they are called."""
