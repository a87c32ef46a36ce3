"""What every resource of one server is made from."""

from __future__ import annotations

import logging
from asyncio import Semaphore
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import Triple

from mreze.errors import NotFound, ReleaseError, Unavailable
from mreze.formats import HTML, Format
from mreze.matching.reader import TantivyIndex, open_index
from mreze.release import Release
from mreze.serve.answers import Asker
from mreze.serve.aside import Aside
from mreze.serve.cache import Cache
from mreze.serve.citation import Imprint
from mreze.serve.exchange import Request, Response
from mreze.serve.fields import Fields
from mreze.serve.gallery.model import Exhibit
from mreze.serve.once import Once
from mreze.serve.pages import Pages
from mreze.serve.pictures.atlas import Globe
from mreze.serve.pinning import paged
from mreze.serve.reconcile.known import Known
from mreze.serve.rendering import render
from mreze.serve.settings import Settings
from mreze.serve.signposts import Signposts
from mreze.serve.store import Store
from mreze.shelf import Shelf

_LOG: Final = logging.getLogger("mreze.serve")

MATCHING: Final = 2
"""So many batches of names are worked on at once."""


@dataclass(frozen=True, slots=True)
class Service:
    """A release, opened for serving."""

    release: Release
    store: Store
    answers: Asker
    settings: Settings
    pages: Pages
    ready: Callable[[], bool] = lambda: True
    """Whether queries can be answered."""
    trouble: Callable[[], str] = str
    """Why a newer release is not served, if that is so."""
    asleep: Callable[[], str] = str
    """Why the store cannot be asked now, if it is on another server; waits for its answer."""
    aside: Aside | None = None
    """Where requests are answered that ask the store, if that means to wait for another server."""
    descriptions: Cache[bytes] = field(default_factory=lambda: Cache(capacity=64 << 20, largest=16 << 20))
    """Of the endpoint, by where and in what; that of a large vocabulary takes a while to write."""
    signposts: Cache[Signposts] = field(default_factory=lambda: Cache(capacity=64 << 20, largest=16 << 20))
    """By where the release is served."""
    closed_pages: Cache[frozenset[str]] = field(default_factory=lambda: Cache(capacity=16 << 20, largest=16 << 20))
    """Paths of the pages of feeds that will not change, by release."""
    fields: Once[Fields] = field(default_factory=Once)
    """What the shapes call properties."""
    imprint: Once[Imprint] = field(default_factory=Once)
    """Who publishes the site."""
    known: Once[Known] = field(default_factory=Once)
    """What clients that match their data with ours can name; a large release is read for some seconds."""
    matching: AbstractAsyncContextManager[None] = field(default_factory=lambda: Semaphore(MATCHING))
    """Who looks for names by the batch has a turn after another, so that pages do not wait for a processor."""
    shelf: Shelf = field(default_factory=lambda: Shelf(Path()))
    """Where the releases are that can be asked for."""
    old: bool = False
    """Whether this is not the current release."""
    exhibits: Cache[tuple[Exhibit, ...]] = field(default_factory=lambda: Cache(capacity=32 << 20, largest=8 << 20))
    """The pictures of the release, by language and by where their links start."""
    drawing: AbstractAsyncContextManager[None] = field(default_factory=lambda: Semaphore(1))
    """The pictures of the home page are drawn for one reader after another, each once."""
    globe: Once[Globe] = field(default_factory=Once)
    """The shapes of maps, once a map was drawn."""
    opened: Once[TantivyIndex] = field(default_factory=Once)
    """The index, once somebody has asked for it."""

    @property
    def index(self) -> TantivyIndex:
        """The things of the release by name; opened when it is first asked for, which takes a while if it is large.

        Raises:
            NotFound: the release was built before there were indexes.
            Unavailable: it cannot be opened.
        """
        if not self.release.indexed:
            raise NotFound(f"The release {self.release.name} was built before there were indexes. Ask another release.")
        try:
            return self.opened.get(lambda: open_index(self.release.index))
        except ReleaseError as error:
            _LOG.error("%s", error)  # where it lies is for the operator only
            raise Unavailable(f"The index of the release {self.release.name} cannot be opened.") from error

    def graph(
        self, form: Format, triples: Iterable[Triple], headers: dict[str, str] | None = None, status: int = 200
    ) -> Response:
        """Triples as an answer."""
        if self.old:
            triples = [paged(one, self.release.name) for one in triples]
        content = render(form, triples, self.release.prefixes)
        return Response(content, form.content_type, status, {"Vary": "Accept"} | (headers or {}))


Handler = Callable[[Service, Request, str], Response | Awaitable[Response]]
"""Answers a request; the text is what of the path the handler was found by does not say."""

VARY_ON_ALL: Final = "Accept, Accept-Language"


def suffixed(path: str, offered: Iterable[Format]) -> tuple[str, Format | None]:
    """A path that ends with the extension of one of the formats, without it; else the path and None."""
    stem, dot, extension = path.rpartition(".")
    found = next((one for one in offered if dot and one.extension == extension), None)
    return (stem, found) if found else (path, None)


def varied(fixed: Format | None, chosen: Format, at: str, query_string: str = "") -> dict[str, str]:
    """The Vary header of an answer; of a negotiated one also where what was chosen is, whoever asks (RFC 9110, 8.7).

    Args:
        fixed: the form that was asked for by its extension; None where it was negotiated.
        chosen: the form of the answer.
        at: address of the resource, without an extension.
        query_string: of the request.
    """
    if fixed is not None:
        return {"Vary": "Accept-Language" if fixed is HTML else ""}
    query = f"?{query_string}" if query_string else ""
    return {"Vary": VARY_ON_ALL, "Content-Location": f"{at}.{chosen.extension}{query}"}
