"""From a request to what goes over the wire: the resource's answer or an explained error, and what all answers have."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

from mreze.errors import BadRequest, MethodNotAllowed, MrezeError, NotAcceptable, NotFound, RequestError, Unavailable
from mreze.formats import HTML
from mreze.serve.alternatives import alternatives, links, members
from mreze.serve.aside import kind_of
from mreze.serve.coding import needs_packing, pack_here, packed, varied_by_coding, wish
from mreze.serve.conditions import last_modified
from mreze.serve.exchange import Request, Response
from mreze.serve.problems import PROBLEM, problem
from mreze.serve.ranges import UNIT
from mreze.serve.refusal import refusal
from mreze.serve.routes import Route, find_route
from mreze.serve.service import Service
from mreze.serve.sparql import choose_or_none

_LOG: Final = logging.getLogger("mreze.serve")
_NO_CONTENT: Final = 204
_KEPT: Final = frozenset({200, 303, 410})
_RETRY_LATER: Final = {"Retry-After": "60"}
_EXPOSED: Final = (
    "Accept-Ranges, Allow, Content-Encoding, Content-Language, Content-Length, Content-Location, Content-Range, Date, "
    "ETag, Last-Modified, Link, Location, Mreze-Release, Retry-After, Vary"
)
_BODIES: Final = frozenset({"POST", "QUERY"})

Prepare = Callable[[Request, int], Awaitable[Request]]
"""Adds what of a request has not been read yet: its body, of so many bytes at most."""
Wait = Callable[[Awaitable[Response]], Awaitable[Response]]
"""Waits for an answer."""
Pack = Callable[[bytes], Awaitable[bytes]]
"""Packs content; see coding.py."""
Field = tuple[bytes, bytes]
"""A header field."""


class NoAnswer(Exception):
    """There is to be no answer."""


class ClientLeft(NoAnswer):
    """There is nobody to answer."""


@dataclass(frozen=True, slots=True)
class Made:
    """An answer as it goes over the wire."""

    response: Response
    headers: tuple[Field, ...]
    etag: str | None
    """Of a representation that may be asked for under conditions."""
    modified: str | None = None
    """Its Last-Modified."""

    @property
    def status(self) -> int:
        """The status code."""
        return int(self.response.status)

    @property
    def length(self) -> int:
        """Bytes of the content."""
        return len(self.response.content) if self.response.file is None else self.response.length or 0

    @property
    def is_lasting(self) -> bool:
        """Whether the same request gets the same answer: then it can be had in parts."""
        return self.response.kept

    @property
    def is_kept(self) -> bool:
        """Whether the next one who sends the same request may get the same."""
        return self.response.kept and self.response.file is None and self.response.status in _KEPT


async def already(request: Request, _: int) -> Request:
    """A request that is whole."""
    return request


async def simply(answer: Awaitable[Response]) -> Response:
    """Wait for as long as it takes."""
    return await answer


class Responder:
    """Answers requests for one release, however they came in."""

    def __init__(self, service: Service, pack: Pack = pack_here) -> None:
        self.service = service
        self._pack = pack
        self._modified = last_modified(service.release, datetime.now(UTC))
        always = {
            "access-control-allow-origin": "*",
            "access-control-expose-headers": _EXPOSED,
            "cache-control": "no-cache",
            "mreze-release": service.release.name,
            "x-content-type-options": "nosniff",
        }
        self._always = {name: (name.encode("ascii"), _encode(value)) for name, value in always.items()}

    async def respond(self, request: Request, prepare: Prepare = already, wait: Wait = simply) -> Made:
        """Answer a request.

        Args:
            request: without its body, where that is to be read only when it is wanted.
            prepare: adds the body.
            wait: waits for what takes a while, and may give up.

        Raises:
            NoAnswer: by `prepare`, `wait` or whoever answers queries.
        """
        try:
            return self.make(request, await self._coded(request, await self._answer(request, prepare, wait)))
        except (NoAnswer, asyncio.CancelledError):
            raise
        except Exception as error:
            return await self.explain(request, error)

    async def explain(self, request: Request, error: Exception) -> Made:
        """Answer a request that something went wrong with."""
        if isinstance(error, RequestError):
            explained = error
        else:
            _LOG.error("%s /%s", request.method, request.path, exc_info=error)
            if isinstance(error, MrezeError | OSError):
                # The release is damaged: for a client that is our trouble, not an absence.
                told = "The release is damaged; the operator finds more in the log."
                explained = Unavailable(told, headers=_RETRY_LATER)
            else:
                explained = RequestError("The server made a mistake. It is in the server's log.")
        return self.make(request, await self._coded(request, await self._explanation(request, explained)))

    async def _coded(self, request: Request, response: Response) -> Response:
        wanted = wish(request.headers.get("accept-encoding"))
        if not needs_packing(response, wanted):
            return response
        return packed(response, await self._pack(response.content))

    async def _answer(self, request: Request, prepare: Prepare, wait: Wait) -> Response:
        if "," in request.headers.get("host", ""):  # https://www.rfc-editor.org/rfc/rfc9112#section-3.2
            raise BadRequest("The request has more than one Host field.")
        route = find_route(request.path)
        if request.method == "OPTIONS" and request.path == "*":  # the server as a whole (RFC 9110, 9.3.7)
            route = find_route("sparql")
        if route is None:
            raise NotFound(f"There is nothing at /{request.path}.")
        if request.method == "OPTIONS":
            return _options(request, route)
        if request.method not in route.methods:
            allowed = ", ".join(route.methods)
            raise MethodNotAllowed(f"{request.method} is not known here. Use {allowed}.", headers={"Allow": allowed})
        if request.method in _BODIES:
            request = await prepare(request, route.body)
        if (aside := self.service.aside) is not None:
            kind = kind_of(request.path, request.accept, request.query_string, request.body)
            if kind is not None:
                handler = partial(route.handler, self.service, request, route.rest)
                return await wait(aside.run(kind, handler))
        answer = route.handler(self.service, request, route.rest)
        if inspect.isawaitable(answer):
            return await wait(answer)
        assert isinstance(answer, Response)  # noqa: S101 - the other half of the union
        return answer

    async def _explanation(self, request: Request, error: RequestError) -> Response:
        form = choose_or_none(request.accept, (PROBLEM, HTML))
        request = _legible(request)
        found = alternatives(request, error.offered) if isinstance(error, NotAcceptable) else ()
        headers = {"Link": links(request, found)} if found else {}
        if form is not HTML:
            content = problem(error, "/" + request.path, members(request, found))
            return Response(content, PROBLEM.content_type, error.status, {"Vary": "Accept", **error.headers, **headers})
        reader = self.service.pages.reader(request)
        page = await asyncio.to_thread(refusal, self.service, reader, error, found)
        return replace(page, headers={**page.headers, **headers})

    def make(self, request: Request, response: Response) -> Made:
        """Add what every answer has."""
        headers = dict(self._always)
        for name, value in response.headers.items():
            if value:
                key = name.lower()
                headers[key] = key.encode(), _encode(value)
        if response.content_type:
            headers["content-type"] = b"content-type", response.content_type.encode("ascii")
        if depends := varied_by_coding(response):
            headers["vary"] = b"vary", depends.encode("ascii")
        etag, modified = None, None
        if response.status == 200 and request.method in {"GET", "HEAD"}:
            etag = response.etag
            headers["etag"] = b"etag", etag.encode("ascii")
            if response.kept:
                modified = self._modified if response.dated else None
                headers["accept-ranges"] = b"accept-ranges", UNIT.encode("ascii")
            if modified:
                headers["last-modified"] = b"last-modified", modified.encode("ascii")
        made = Made(response, (), etag, modified)
        if response.status != _NO_CONTENT:
            headers["content-length"] = b"content-length", b"%d" % made.length
        return replace(made, headers=tuple(headers.values()))


def _legible(request: Request) -> Request:
    """The request, without parameters that cannot be read: the page that says so has links too."""
    try:
        _ = request.parameters
    except BadRequest:
        return replace(request, query_string="")
    return request


def _options(request: Request, route: Route) -> Response:
    """What may be sent here, for HTTP and for a browser's preflight (https://fetch.spec.whatwg.org/#cors-preflight-fetch)."""
    methods = ", ".join(route.methods)
    asked = request.headers.get("access-control-request-headers", "")
    return Response(
        status=_NO_CONTENT,
        headers={
            "Allow": methods,
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": asked if asked.isascii() and asked.isprintable() else "",
            "Access-Control-Max-Age": "86400",
            "Vary": "Access-Control-Request-Headers",
        },
    )


def _encode(value: str) -> bytes:
    if not value.isprintable():  # a line break would begin a header of somebody else's making
        value = "".join(one if one.isprintable() else " " for one in value)
    return value.encode("latin-1", "replace")
