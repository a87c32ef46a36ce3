"""Read a served catalogue over HTTP: its first page and all pages after it.

Paging is that of https://www.hydra-cg.com/spec/latest/core/#collections in both forms that portals know:
`hydra:PartialCollectionView` with `hydra:next`, and the older `hydra:PagedCollection` with `hydra:nextPage`.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from typing import IO, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener
from urllib.response import addinfourl

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.errors import HarvestError
from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.rehearse.verdict import Answer, Fetch, Harvested

ACCEPT: Final = "*/*"
"""What portals send: a catalogue's address means RDF."""
LARGEST: Final = 200 << 20
"""Bytes of one answer that are read."""
MOST_PAGES: Final = 10_000
_SHOWN: Final = 60


def harvest(address: str, timeout: float) -> Harvested:
    """Read a catalogue whole.

    Args:
        address: of its first page.
        timeout: seconds that one request may take.

    Raises:
        HarvestError: a page does not answer, is no RDF, is cut off, or comes twice; or nothing is cataloged.
    """
    fetch = fetching(timeout)
    pages: list[str] = []
    triples: dict[Triple, None] = {}
    following: str | None = address
    while following is not None:
        if following in pages:
            raise HarvestError(f"{pages[-1]}: the next page is {following}, which was read before: a reader never ends")
        if len(pages) == MOST_PAGES:
            raise HarvestError(f"{address}: more than {MOST_PAGES} pages. Let a page hold more datasets.")
        pages.append(following)
        page = _page(fetch, following)
        following = _next(page)
        triples.update(dict.fromkeys(page))
    found = Harvested(address, tuple(one for one in triples if not _pages(one)), fetch, tuple(pages), timeout)
    if not found.datasets:
        raise HarvestError(
            f"{address}: no dcat:Dataset with an IRI. A portal would delete all that it has of this site."
        )
    return found


class _SameMethod(HTTPRedirectHandler):
    """Follows a redirect with the method of the request, HEAD as well."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """The request that follows."""
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None:
            following.method = req.get_method()
        return following


def fetching(timeout: float) -> Fetch:
    """A function that asks the site, follows redirects, and gives up after so many seconds without a byte."""
    opener = build_opener(_SameMethod)

    def fetch(method: str, address: str, headers: Mapping[str, str]) -> Answer:
        if urlsplit(address).scheme not in {"http", "https"}:
            raise HarvestError(f"{address}: no http(s) address")
        request = Request(address, headers=dict(headers), method=method)  # noqa: S310 - the line above looks
        try:
            with _opened(opener, request, timeout) as answer:
                named = {name.lower(): value for name, value in answer.headers.items()}
                found = Answer(answer.url, answer.status or 0, named, answer.read(LARGEST + 1))
        except (HTTPException, OSError) as error:
            raise HarvestError(f"{address}: no answer: {error}") from error
        if len(found.body) > LARGEST:
            raise HarvestError(f"{address}: more than {LARGEST} bytes")
        promised = named.get("content-length")
        if method != "HEAD" and promised is not None and promised != str(len(found.body)):
            raise HarvestError(f"{address}: cut off after {len(found.body)} of {promised} bytes")
        return found

    return fetch


def _opened(opener: OpenerDirector, request: Request, timeout: float) -> addinfourl:
    try:
        answer: addinfourl = opener.open(request, timeout=timeout)
    except HTTPError as error:  # an answer as well: its status tells
        return error
    return answer


def _page(fetch: Fetch, address: str) -> list[Triple]:
    answer = fetch("GET", address, {"Accept": ACCEPT})
    if answer.status != HTTPStatus.OK:
        raise HarvestError(
            f"{address}: answered {answer.status}, not 200. A portal stops here, or deletes what it has."
        )
    form = RdfFormat.from_media_type(answer.media_type) if answer.media_type else None
    if form is None:
        begin = answer.body[:_SHOWN].decode("utf-8", "replace")
        raise HarvestError(f"{address}: sent as {answer.media_type or 'nothing'}, which is no RDF: {begin!r}")
    try:
        quads = list(parse(answer.body, form, base_iri=answer.address, rename_blank_nodes=True))
    except (SyntaxError, ValueError) as error:
        raise HarvestError(f"{address}: no whole document of {answer.media_type}: {error}") from error
    return [quad.triple for quad in quads]


def _next(page: list[Triple]) -> str | None:
    for kind, link in (("hydra:PartialCollectionView", "hydra:next"), ("hydra:PagedCollection", "hydra:nextPage")):
        views = {one.subject for one in page if one.predicate == RDF_TYPE and one.object == term(kind)}
        for one in page:
            if one.subject in views and one.predicate == term(link) and isinstance(one.object, NamedNode):
                return one.object.value
    return None


def _pages(triple: Triple) -> bool:
    """Whether a triple tells how the catalogue is paged, and nothing of what it holds."""
    hydra = PREFIXES["hydra"]
    named = isinstance(triple.object, NamedNode) and triple.object.value.startswith(hydra)
    return triple.predicate.value.startswith(hydra) or named
