"""The change feeds of a release, byte for byte as they were built, and their list.

A page that is closed keeps its bytes from release to release, so caches need never ask again
(https://www.rfc-editor.org/rfc/rfc8246).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from mreze.errors import NotFound, ReleaseError
from mreze.feeds import CATALOG, FOLDER, LIST, FeedIndex, atom_path, read_index
from mreze.formats import ATOM, FEEDS, GRAPHS, HTML, Format
from mreze.release import Release, open_release
from mreze.serve.exchange import Request, Response, link
from mreze.serve.iris import decode, encode
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.resources.graphs import located
from mreze.serve.service import Service, varied
from mreze.texts import pick

_OFFERED: Final = (*GRAPHS, HTML)
_FOREVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed as the page lists it."""

    title: str
    members: int
    files: list[tuple[str, str]]
    """Name of the syntax and reference."""


def feeds(service: Service, request: Request, suffix: str) -> Response:
    """The list of the feeds."""
    index = read_index(service.release)
    if index is None:
        raise NotFound("This release was built before there were feeds.")
    fixed = next((one for one in _OFFERED if one.extension == suffix), None)
    form = fixed or choose(request.accept, _OFFERED)
    at = f"{request.location}feed"
    links = [link(service.release.base + "feed", "cite-as")]
    links += [link(f"{at}.{one.extension}", "alternate", one.media_type) for one in _OFFERED]
    headers = varied(fixed, form, at, request.query_string) | {"Link": ", ".join(links)}
    if form is not HTML:
        return service.graph(form, located(service, request, LIST), headers)
    page = _page(service, service.pages.reader(request), index)
    return Response(page.content, page.content_type, headers={**page.headers, **headers})


def feed(service: Service, request: Request, path: str) -> Response:
    """A file of a feed, one that is named without an extension is negotiated; without a name the list."""
    if not path:
        return feeds(service, request, "")
    path = decode(path)
    name, fixed = FOLDER + path, _by_extension(path)
    if name not in service.release.files:
        fixed = None
        if f"{name}.{FEEDS[0].extension}" not in service.release.files:
            raise NotFound(f"There is no feed {path!r}, and no such page. {service.release.base}feed lists the feeds.")
    form = fixed or choose(request.accept, FEEDS)
    stem = name.removesuffix(f".{form.extension}")
    file = f"{stem}.{form.extension}"
    headers = {} if fixed else {"Vary": "Accept", "Content-Location": request.location + encode(file)}
    if stem in _closed(service.release.root):
        headers["Cache-Control"] = _FOREVER
    return _file(service.release, file, form, headers)


def _by_extension(path: str) -> Format | None:
    extension = path.rpartition(".")[2]
    return next((one for one in (*FEEDS, ATOM) if one.extension == extension), None)


@lru_cache(maxsize=8)
def _closed(root: Path) -> frozenset[str]:
    """The pages that are closed. A release never changes: what was read once need not be read again."""
    index = read_index(open_release(root)) or FeedIndex()
    return frozenset(one.page_path(page) for one in index.feeds for page in one.pages if page.closed)


def _file(release: Release, path: str, form: Format, headers: dict[str, str]) -> Response:
    listed, content = release.files[path], release.read(path)
    if len(content) != listed.bytes:
        raise ReleaseError(
            f"{release.root / path}: not the {listed.bytes} bytes that the manifest lists. Build the release again."
        )
    return Response(content, form.content_type, headers=headers, tag=listed.sha256[:32])


def _page(service: Service, reader: Reader, index: FeedIndex) -> Response:
    root = reader.request.root
    atom = atom_path(service.release, reader.language)
    return service.pages.page(
        "feeds.html",
        reader,
        feeds=_listed(service, reader, index),
        people=root + atom if atom else None,
    )


def _listed(service: Service, reader: Reader, index: FeedIndex) -> list[Listed]:
    titles = {one.name: pick(one.titles, reader.language) for one in service.release.datasets}
    titles[CATALOG] = interface_text(reader, "Catalogue")
    return [
        Listed(
            titles.get(one.name, one.name),
            one.members,
            [(form.name, f"{reader.request.root}{encode(one.path)}.{form.extension}") for form in FEEDS],
        )
        for one in index.feeds
    ]
