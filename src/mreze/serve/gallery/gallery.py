"""The pictures of a release, for a reader."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from mreze.errors import ReleaseError
from mreze.pictures import picture_path
from mreze.queries import SavedQuery
from mreze.serve.exchange import Request
from mreze.serve.gallery.maps import map_of
from mreze.serve.gallery.model import Drawn, Exhibit
from mreze.serve.gallery.networks import network
from mreze.serve.gallery.rows import Namer, Row, question_of, read_rows, told
from mreze.serve.gallery.timelines import timeline
from mreze.serve.library import all_queries
from mreze.serve.pages import Reader, html_language, interface_text
from mreze.serve.pictures.atlas import open_globe
from mreze.serve.pictures.moments import Moment
from mreze.serve.pictures.svg import Caption
from mreze.serve.service import Service
from mreze.serve.view import Value
from mreze.texts import pick

_ORDER: Final = ("timeline", "map", "network")


async def exhibits(service: Service, reader: Reader) -> tuple[Exhibit, ...]:
    """The pictures of the release; none where it was built before there were any. Drawn once, in a thread.

    Raises:
        ReleaseError: what is drawn cannot be read.
    """
    key = reader.language, reader.request.root, reader.query
    found = service.exhibits.get(key)
    if found is not None:
        return found
    async with service.drawing:  # whoever asks meanwhile waits for what is being drawn
        found = service.exhibits.get(key)
        if found is None:
            found = await asyncio.to_thread(lambda: tuple(_exhibits(service, reader)))
            size = sum(len(one) for exhibit in found for one in exhibit.drawn.drawings)
            service.exhibits.put(key, found, 2 * size)
    return found


async def exhibit_of(service: Service, reader: Reader, query: SavedQuery) -> tuple[Exhibit, ...]:
    """The picture of one query for its own page; none where it has none. Drawn once, in a thread.

    Raises:
        ReleaseError: what is drawn cannot be read.
    """
    if not query.picture or not _is_there(service, query):
        return ()
    key = query.name, reader.language, reader.request.root, reader.query
    found = service.exhibits.get(key)
    if found is None:
        drawn = await asyncio.to_thread(lambda: _exhibit(service, reader, query))
        heading = Value(interface_text(reader, "As a picture"))
        found = (replace(drawn, heading=heading, question=""),) if drawn is not None else ()
        service.exhibits.put(key, found, 2 * sum(len(one) for exhibit in found for one in exhibit.drawn.drawings))
    return found


async def draw_ahead(service: Service) -> None:
    """Draw the pictures of the home page before anybody asks, in each language: the first visitor need not wait."""
    for language in service.pages.languages:
        request = Request("GET", "", "", {"accept-language": language}, service.release.base)
        try:
            await exhibits(service, service.pages.reader(request))
        except ReleaseError:
            return  # whoever asks for the page is told


def _exhibits(service: Service, reader: Reader) -> Iterator[Exhibit]:
    drawn = [one for one in all_queries(service.release) if one.picture and _is_there(service, one)]
    for query in sorted(drawn, key=lambda one: (_ORDER.index(str(one.picture)), one.name)):
        exhibit = _exhibit(service, reader, query)
        if exhibit is not None:
            yield exhibit


def _is_there(service: Service, query: SavedQuery) -> bool:
    return picture_path(query.name) in service.release.files


def _exhibit(service: Service, reader: Reader, query: SavedQuery) -> Exhibit | None:
    rows = read_rows(service.release, query.name)
    heading = pick(query.summary, reader.language)
    language = next((tag for tag, one in query.summary.items() if one == heading), "")
    shown = Value(heading, language=language, foreign=language if language != reader.language else None)
    caption = Caption(
        f"picture-{query.name}", heading, told(reader, rows), html_language(shown.foreign) if shown.foreign else None
    )
    namer = Namer(service.store, service.release.base, reader, rows)
    drawn = _draw(service, query, rows, namer, caption)
    if drawn is None:
        return None
    return Exhibit(caption.id, str(query.picture), query.name, shown, question_of(reader, query.name), drawn)


def _draw(service: Service, query: SavedQuery, rows: list[Row], namer: Namer, caption: Caption) -> Drawn | None:
    if query.picture == "timeline":
        year, month, day = map(int, service.release.date.split("-"))
        return timeline(rows, namer, caption, Moment((year, month, day)))
    if query.picture == "map":
        return map_of(rows, namer, caption, service.globe.get(open_globe))
    return network(rows, namer, caption)
