"""What machines that keep a server running, or find their way through it, ask for."""

from __future__ import annotations

import json
import mimetypes
from importlib import resources
from typing import Final
from xml.sax.saxutils import escape

from mreze.errors import NotFound, Unavailable
from mreze.namespaces import PREFIXES
from mreze.serve.coding import GZIP, Wish, wish
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import encode
from mreze.serve.library import all_queries
from mreze.serve.openapi import describe_api
from mreze.serve.resources.guides import GUIDES
from mreze.serve.service import Service

_SITEMAP: Final = 50_000
"""Addresses in one sitemap (https://www.sitemaps.org/protocol.html)."""
_TOMBSTONE: Final = PREFIXES["as"] + "Tombstone"
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def healthy(*_: object) -> Response:
    """The process answers."""
    return Response(b"ok\n", "text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}, kept=False)


def ready(service: Service, _request: Request, _: str) -> Response:
    """The server can do its work: which release it serves, and why not a newer one, if there is one that is damaged."""
    if not service.ready():
        raise Unavailable("The workers are not there yet. Ask again.", headers={"Retry-After": "1"})
    if asleep := service.asleep():
        raise Unavailable(f"The store cannot be asked: {asleep}", headers={"Retry-After": "5"})
    content = {"release": service.release.name, "triples": service.release.counts["triples"]}
    if trouble := service.trouble():
        content["trouble"] = trouble
    body = (json.dumps(content) + "\n").encode()
    return Response(body, "application/json", headers={"Cache-Control": "no-store"}, kept=False)


def robots(_: Service, request: Request, _path: str) -> Response:
    """Everything may be read but the endpoint and the search, whose answers nobody has numbered."""
    text = f"User-agent: *\nDisallow: /sparql?\nDisallow: /search\n\nSitemap: {request.location}sitemap.xml\n"
    return Response(text.encode(), "text/plain; charset=utf-8")


def sitemap(service: Service, request: Request, path: str) -> Response:
    """The addresses of all documents; where they are too many for one file, a list of such files."""
    documents = _documents(service)
    files = max(1, -(-len(documents) // _SITEMAP))
    if not path and files > 1:
        entries = (f"<sitemap><loc>{request.location}sitemap/{one}.xml</loc></sitemap>" for one in range(1, files + 1))
        return _xml("sitemapindex", "".join(entries))
    number = path.removesuffix(".xml") if path else "1"
    if not number.isdigit() or not 1 <= int(number) <= files:
        raise NotFound(f"There is no sitemap {path!r}.")
    paths = [one.removeprefix(service.release.base) for one in documents]
    chosen = paths[(int(number) - 1) * _SITEMAP : int(number) * _SITEMAP]
    if number == "1":
        datasets = [one.iri.removeprefix(service.release.base) for one in service.release.datasets]
        guides = ["guides/", *(f"guides/{one}" for one in GUIDES)]
        chosen = ["", "catalog", "ontology", "queries/", "dumps/", *guides, *datasets, *chosen][:_SITEMAP]
    return _xml("urlset", "".join(f"<url><loc>{escape(request.location + encode(one))}</loc></url>" for one in chosen))


def _documents(service: Service) -> list[str]:
    """Those of what is not retired: who looks for what there is has no use for the others."""
    things = f"{service.release.base}id/"
    retired = {one.value.removeprefix(things) for one in service.store.instances(_TOMBSTONE)}
    prefix = f"{service.release.base}doc/"
    return [one for one in service.store.documents() if one.removeprefix(prefix) not in retired]


def interface(service: Service, request: Request, _: str) -> Response:
    """The description of the interface (https://spec.openapis.org/oas/v3.1.0)."""
    content = describe_api(service.release, all_queries(service.release), request.location)
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return Response(text.encode(), "application/json", headers={"Vary": ""})


def static(_: Service, request: Request, path: str) -> Response:
    """A file that pages need; packed, where there is a packed one and the client takes it."""
    folder = resources.files("mreze.serve") / "static"
    names = {one.name for one in folder.iterdir() if one.is_file()}
    if path not in names:
        raise NotFound(f"There is no file {path!r} here.")
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    headers = {"Cache-Control": "public, max-age=31536000" if "v" in request.parameters else "no-cache"}
    packed = f"{path}.gz"
    if packed in names and wish(request.headers.get("accept-encoding")) in {Wish.PACKED, Wish.ONLY_PACKED}:
        path, headers["Content-Encoding"] = packed, GZIP
    return Response((folder / path).read_bytes(), kind, headers=headers, dated=False)


def _xml(root: str, content: str) -> Response:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">{content}</{root}>\n'
    return Response(text.encode(), "application/xml")
