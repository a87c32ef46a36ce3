"""The ASGI application: from a request to a resource, and from its answer to what goes over the wire."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, replace
from typing import Any, Final

from mreze.errors import MethodNotAllowed, MrezeError, NotFound, PayloadTooLarge, RequestError, Unavailable
from mreze.formats import HTML
from mreze.serve.cache import Cache
from mreze.serve.exchange import Request, Response, matches
from mreze.serve.pages import interface_text
from mreze.serve.problems import PROBLEM, problem
from mreze.serve.routes import Route, find_route
from mreze.serve.service import Service
from mreze.serve.sparql import LARGEST_BODY, choose_or_none

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_LOG: Final = logging.getLogger("mreze.serve")
_CHUNK: Final = 1 << 18
_OK, _NO_CONTENT, _NOT_MODIFIED = 200, 204, 304
_KEPT: Final = frozenset({_OK, 303, 410})
_DEPENDS: Final = frozenset({b"accept", b"accept-language", b"host"})
_SOON: Final = 0.02
"""Seconds within which most answers are there: so long nobody looks whether the client is."""
_RETRY_LATER: Final = {"Retry-After": "60"}
_EXPOSED: Final = "Content-Language, Content-Length, ETag, Link, Location, Mreze-Release, Retry-After, Vary"


class _ClientLeft(Exception):
    """There is nobody to answer."""


@dataclass(frozen=True, slots=True)
class _Made:
    """An answer as it goes over the wire."""

    response: Response
    headers: dict[str, str]
    start: MutableMapping[str, Any]
    body: MutableMapping[str, Any]


class App:
    """Answers HTTP for one release."""

    def __init__(self, service: Service, on_start: Callable[[], None] = lambda: None) -> None:
        self._service = service
        self._on_start = on_start
        self._made: Cache[_Made] = Cache(capacity=128 << 20, largest=1 << 20)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request, or the server's own beginning and end (https://asgi.readthedocs.io)."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self._service.answers.pool.start()
        self._on_start()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._service.answers.pool.stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        key, condition = _key(scope)
        made = None if key is None else self._made.get(key)
        if made is None:
            request = _request(scope, self._service)
            try:
                response = await self._respond(request, receive)
            except _ClientLeft:
                return
            made = self._make(response, request)
            if key is not None and response.kept and response.file is None and response.status in _KEPT:
                self._made.put(key, made, len(response.content) + len(request.query_string) + 2_000)
        if condition is None and scope["method"] != "HEAD" and made.response.file is None:
            await send(made.start)
            await send(made.body)
        else:
            await _send(made, scope["method"], condition, send)

    def _make(self, response: Response, request: Request) -> _Made:
        headers = self._complete(request, response)
        length = response.length if response.file is not None else len(response.content)
        if response.status != _NO_CONTENT:
            headers["Content-Length"] = str(length)
        start = {"type": "http.response.start", "status": int(response.status), "headers": _encode(headers)}
        return _Made(response, headers, start, {"type": "http.response.body", "body": response.content})

    async def _respond(self, request: Request, receive: Receive) -> Response:
        try:
            return await self._answer(request, receive)
        except RequestError as error:
            return self._explain(request, error)
        except MrezeError:  # the release is damaged: for a client that is our trouble, not an absence
            _LOG.exception("%s /%s", request.method, request.path)
            trouble = Unavailable("The release is damaged; the operator finds more in the log.", headers=_RETRY_LATER)
            return self._explain(request, trouble)
        except _ClientLeft:
            raise
        except Exception:
            _LOG.exception("%s /%s", request.method, request.path)
            return self._explain(request, RequestError("The server made a mistake. It is in the server's log."))

    async def _answer(self, request: Request, receive: Receive) -> Response:
        route = find_route(request.path)
        if route is None:
            raise NotFound(f"There is nothing at /{request.path}.")
        if request.method == "OPTIONS":
            return _options(request, route)
        if request.method not in route.methods:
            allowed = ", ".join(route.methods)
            raise MethodNotAllowed(f"{request.method} is not known here. Use {allowed}.", headers={"Allow": allowed})
        if request.method in {"POST", "QUERY"}:
            request = replace(request, body=await _body(request, receive))
        answer = route.handler(self._service, request, route.rest)
        if inspect.isawaitable(answer):
            return await _unless_client_leaves(answer, receive)
        assert isinstance(answer, Response)  # noqa: S101 - the other half of the union
        return answer

    def _explain(self, request: Request, error: RequestError) -> Response:
        form = choose_or_none(request.accept, (PROBLEM, HTML))
        if form is not HTML:
            content = problem(error, "/" + request.path)
            return Response(content, PROBLEM.content_type, error.status, {"Vary": "Accept", **error.headers})
        reader = self._service.pages.reader(request)
        heading = f"{error.status.value} · {interface_text(reader, error.status.phrase)}"
        page = self._service.pages.page(
            "problem.html", reader, status=error.status, heading=heading, detail=error.detail
        )
        return Response(page.content, page.content_type, page.status, {**page.headers, **error.headers})

    def _complete(self, request: Request, response: Response) -> dict[str, str]:
        """What every answer has, and whether it is one that the client has already (RFC 9110, 13)."""
        headers = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": _EXPOSED,
            "Cache-Control": "no-cache",
            "Mreze-Release": self._service.release.name,
            "X-Content-Type-Options": "nosniff",
        }
        headers |= response.headers
        if response.content_type:
            headers["Content-Type"] = response.content_type
        if response.status == 200 and request.method in {"GET", "HEAD"}:
            headers["ETag"] = response.etag
        return {name: value for name, value in headers.items() if value}


def _request(scope: Scope, service: Service) -> Request:
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    path = scope["raw_path"].decode("utf-8", "replace").removeprefix("/")
    location = service.settings.location_for(scope["scheme"], headers.get("host"))
    query_string = scope["query_string"].decode("latin-1")
    client = scope["client"][0] if scope.get("client") else ""
    return Request(scope["method"], path, query_string, headers, location, client=client)


def _key(scope: Scope) -> tuple[tuple[Any, ...] | None, str | None]:
    """What an answer depends on, None where it is not to be kept; and the If-None-Match header."""
    if scope["method"] not in {"GET", "HEAD"}:
        return None, None
    condition, depends = None, []
    for name, value in scope["headers"]:
        if name in _DEPENDS:
            depends.append((name, value))
        elif name == b"if-none-match":
            condition = value.decode("latin-1")
    return (scope["scheme"], scope["raw_path"], scope["query_string"], *depends), condition


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


async def _body(request: Request, receive: Receive) -> bytes:
    length = request.headers.get("content-length", "")
    too_large = PayloadTooLarge(
        f"The body of a request may have {LARGEST_BODY:,} bytes.", headers={"Connection": "close"}
    )
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise too_large
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _ClientLeft
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY:
            raise too_large
        if not message.get("more_body", False):
            return bytes(body)


async def _unless_client_leaves(answer: Awaitable[Response], receive: Receive) -> Response:
    """Wait for an answer, and give it up when the client hangs up."""
    working = asyncio.ensure_future(answer)
    await asyncio.wait({working}, timeout=_SOON)
    if working.done():
        return working.result()
    watching = asyncio.ensure_future(_disconnection(receive))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise _ClientLeft
        return working.result()
    finally:
        watching.cancel()
        working.cancel()


async def _disconnection(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(made: _Made, method: str, condition: str | None, send: Send) -> None:
    """Send a HEAD, a file, or that the client has it already."""
    response = made.response
    etag = made.headers.get("ETag")
    if etag is not None and matches(condition, etag):
        dropped = {"Content-Type", "Content-Length"}
        headers = _encode({name: value for name, value in made.headers.items() if name not in dropped})
        await send({"type": "http.response.start", "status": _NOT_MODIFIED, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
    elif method == "HEAD":
        await send(made.start)
        await send({"type": "http.response.body", "body": b""})
    elif response.file is None:
        await send(made.start)
        await send(made.body)
    else:
        with response.file.open("rb") as file:  # a dump that is cut breaks the connection: never a short 200
            await send(made.start)
            while chunk := await asyncio.to_thread(file.read, _CHUNK):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _encode(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
