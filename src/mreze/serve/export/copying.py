"""Copy a site: ask for every form of every resource as a client does, and keep the answers as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final

from mreze.errors import MethodNotAllowed, NotAcceptable, NotFound, ReleaseError, RequestError
from mreze.formats import HTML, Format
from mreze.serve.exchange import Request, Response
from mreze.serve.export.links import Links, parts_of, without_live
from mreze.serve.export.names import OWN, form, stem
from mreze.serve.export.tree import Tree
from mreze.serve.inventory import SITEMAPS, Resource, list_resources
from mreze.serve.pages import Reader
from mreze.serve.problems import problem
from mreze.serve.refusal import refusal
from mreze.serve.responder import Responder

Tell = Callable[[str, int, int | None], None]
"""Told what is done, how much of it, and of how much."""
_REFUSALS: Final[tuple[RequestError, ...]] = (
    NotFound("There is nothing at this address."),
    MethodNotAllowed("This is a copy made of files: it knows GET, HEAD and OPTIONS."),
    NotAcceptable("There is nothing here in a form that you accept."),
)
ERRORS: Final = tuple(one.status.value for one in _REFUSALS)
"""The statuses that a copy has pages of its own for."""
_FEW: Final = 20


@dataclass(slots=True)
class Copied:
    """What a copy holds, as far as a web server must know it."""

    headers: dict[str, str]
    """Of every answer, and of a page."""
    offers: dict[str, tuple[Format, ...]] = field(default_factory=dict)
    """What is negotiated, by the path; but for documents, which are alike."""
    gone: list[str] = field(default_factory=list)
    """What was retired, by the name that its files begin with."""
    moved: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Documents that are elsewhere now: status and address, by the path."""
    pages: dict[str, int] = field(default_factory=dict)
    """How many pages there are of each resource that has any, by the name that its files begin with."""
    links: dict[str, str] = field(default_factory=dict)
    """Link headers, by the path; but for documents, which have too many."""
    lasting: dict[str, str] = field(default_factory=dict)
    """How long files may be kept that say so themselves, by their name."""
    left_out: list[str] = field(default_factory=list)
    """Answers to saved queries that the site refuses too, with the reason."""


class Copier:
    """Fills a tree with all that one responder answers."""

    def __init__(self, responder: Responder, tree: Tree, tell: Tell) -> None:
        self._responder, self._tree, self._tell = responder, tree, tell
        self._service = responder.service
        self._location = self._service.settings.location
        self.copied = Copied({})

    async def copy(self) -> Copied:
        """Copy everything.

        Raises:
            ReleaseError: the site has no answer to a request that must have one, or no file can hold it.
            OSError: a file cannot be written.
        """
        every = list(list_resources(self._service))
        for done, one in enumerate(every):
            self._show("data", done, len(every))
            await self._copy_data(one)
        languages = tuple(self._service.release.languages)
        links = Links(self._location, languages, self.copied.pages, self._tree.has)
        people = [one for one in every if HTML in one.offered and stem(one.path) in self.copied.pages]
        for done, one in enumerate(people):
            self._show("pages", done, len(people))
            for language in languages:
                await self._copy_pages(one, language, links)
        await self._copy_sitemaps(links)
        self._write_refusals(links)
        for path in self.copied.gone:
            self._tree.write(f"{OWN}/gone/{path}", b"", None)
        return self.copied

    def _show(self, step: str, done: int, total: int) -> None:
        if done % _FEW == 0 or done + 1 == total:
            self._tell(step, done, total)

    async def _copy_data(self, resource: Resource) -> None:
        start = stem(resource.path)
        if not resource.offered:
            if resource.path not in SITEMAPS:
                await self._keep(resource, "", start, 1)
            return
        offered = [one for one in resource.offered if one is HTML or await self._copy_form(resource, one.extension)]
        for extension in resource.others:
            await self._copy_form(resource, extension)
        if HTML in resource.offered and start.removeprefix("doc/") not in self.copied.moved:
            self.copied.pages.setdefault(start, 1)
        if not resource.path.startswith("doc/"):
            self.copied.offers[resource.path] = tuple(offered)

    async def _copy_form(self, resource: Resource, extension: str) -> bool:
        """Copy one form with all its pages; False where there is none."""
        start, page = stem(resource.path), 1
        while True:
            response = await self._keep(resource, extension, form(start, extension, page), page)
            if response is None:
                return False
            if 'rel="next"' not in response.headers.get("Link", ""):
                break
            page += 1
        if HTML in resource.offered:
            self.copied.pages[start] = page
        return True

    async def _keep(self, resource: Resource, extension: str, name: str, page: int) -> Response | None:
        response = await self._ask(resource, extension, f"page={page}" if page > 1 else "")
        if 300 <= response.status < 400 and resource.path.startswith("doc/"):
            path = stem(resource.path).removeprefix("doc/")
            self.copied.moved[path] = response.status, response.headers["Location"]
            return None
        if resource.result and 400 <= response.status < 500:
            self.copied.left_out.append(f"/{name}: {json.loads(response.content)['detail']}")
            return None
        self._note(resource, response, extension, page)
        self._note_headers(resource, response, name)
        if response.file is not None:
            self._tree.copy(name, response.file, response.content_type)
        else:
            self._tree.write(name, response.content, response.content_type)
        return response

    def _note_headers(self, resource: Resource, response: Response, name: str) -> None:
        lasting = response.headers.get("Cache-Control", "no-cache")
        if lasting != "no-cache":
            self.copied.lasting[name] = lasting
        if "Link" in response.headers and not resource.path.startswith("doc/"):
            self.copied.links[resource.path] = without_live(response.headers["Link"], self._location)

    def _note(self, resource: Resource, response: Response, extension: str, page: int) -> None:
        gone = response.status == HTTPStatus.GONE and resource.offered
        if response.status != HTTPStatus.OK and not gone:
            raise ReleaseError(
                f"/{resource.path}: the site answers {response.status}, so the copy would not be whole: "
                f"{response.content[:500].decode('utf-8', 'replace')}"
            )
        if gone and page == 1 and extension == resource.offered[0].extension:
            self.copied.gone.append(stem(resource.path))

    async def _ask(self, resource: Resource, extension: str, query: str) -> Response:
        accept = ""
        path = resource.path
        if resource.is_folder and extension:
            accept = next(one.media_type for one in resource.offered if one.extension == extension)
        elif extension:
            path = f"{path}.{extension}"
        made = await self._responder.respond(Request("GET", path, query, {"accept": accept}, self._location))
        if path == "":
            self.copied.headers |= {name.decode(): value.decode("latin-1") for name, value in made.headers}
        return made.response

    async def _copy_pages(self, resource: Resource, language: str, links: Links) -> None:
        start = stem(resource.path)
        for page in range(1, self.copied.pages[start] + 1):
            query = f"lang={language}" + (f"&page={page}" if page > 1 else "")
            response = await self._ask(resource, HTML.extension, query)
            self._note(resource, response, HTML.extension, page)
            content = links.in_page(response.content.decode(), resource.path, language)
            self._write_page(form(start, HTML.extension, page, self._named(language)), content)

    async def _copy_sitemaps(self, links: Links) -> None:
        """Every part that the first one names, or whoever looks for parts expects."""
        paths = list(SITEMAPS)
        while paths:
            resource = Resource(paths.pop(0))
            response = await self._ask(resource, "", "")
            self._note(resource, response, "", 1)
            text = response.content.decode()
            if resource.path == SITEMAPS[0]:
                paths = sorted({*paths, *parts_of(text, self._location)})
            self._tree.write(stem(resource.path), links.in_sitemap(text).encode(), response.content_type)

    def _write_refusals(self, links: Links) -> None:
        """Pages for what is not there, by the names that many web servers look for: 404.html."""
        for error in _REFUSALS:
            name = str(error.status.value)
            self._tree.write(f"{OWN}/{name}.json", problem(error), None)
            for language in self._service.release.languages:
                reader = Reader(Request("GET", name, f"lang={language}", {}, self._location), language)
                page = refusal(self._service, reader, error)
                content = links.in_page(page.content.decode(), name, language, anywhere=True)
                self._write_page(form(name, HTML.extension, 1, self._named(language)), content)

    def _write_page(self, name: str, content: str) -> None:
        self._tree.write(name, content.encode(), HTML.content_type)

    def _named(self, language: str) -> str:
        """The language as files name it: not at all where it is the site's first one."""
        return "" if language == self._service.release.languages[0] else language
