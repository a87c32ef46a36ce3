"""Read a served catalogue over HTTP: its first page and all pages after it.

Paging is that of https://www.hydra-cg.com/spec/latest/core/#collections in both forms that portals know:
`hydra:PartialCollectionView` with `hydra:next`, and the older `hydra:PagedCollection` with `hydra:nextPage`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import requests
from pyoxigraph import NamedNode, RdfFormat, Triple, parse
from urllib3.exceptions import HTTPError

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


def fetching(timeout: float) -> Fetch:
    """A function that asks the site, follows redirects, and gives up after so many seconds without a byte."""
    session = requests.Session()

    def fetch(method: str, address: str, headers: Mapping[str, str]) -> Answer:
        if urlsplit(address).scheme not in {"http", "https"}:
            raise HarvestError(f"{address}: no http(s) address")
        try:
            with session.request(method, address, headers=dict(headers), timeout=timeout, stream=True) as answer:
                body = answer.raw.read(LARGEST + 1, decode_content=True)
                named = {name.lower(): value for name, value in answer.headers.items()}
                found = Answer(answer.url, answer.status_code, named, body)
        except (requests.RequestException, HTTPError, OSError) as error:
            raise HarvestError(f"{address}: no answer: {error}") from error
        if len(body) > LARGEST:
            raise HarvestError(f"{address}: more than {LARGEST} bytes")
        return found

    return fetch


def _page(fetch: Fetch, address: str) -> list[Triple]:
    answer = fetch("GET", address, {"Accept": ACCEPT})
    if answer.status != requests.codes.ok:
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
