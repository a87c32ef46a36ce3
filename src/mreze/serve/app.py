"""The ASGI application: reads requests and sends answers, by whatever server it is run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any, BinaryIO, Final

from mreze.errors import PayloadTooLarge, ReleaseError, RequestError
from mreze.serve.cache import Cache
from mreze.serve.coding import wish
from mreze.serve.exchange import Request, Response
from mreze.serve.negotiation import telling_language
from mreze.serve.origin import Origin, find_origin
from mreze.serve.parcel import Parcel, parcel
from mreze.serve.ranges import Span
from mreze.serve.responder import ClientLeft, Made, Responder
from mreze.serve.settings import Settings
from mreze.storage import remedied

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
KEEP: Final = "mreze.keep"
"""The extension of ASGI by which a server is told an answer that it may keep."""
_CHUNK: Final = 1 << 18
_SOON: Final = 0.02
"""Seconds within which most answers are there: so long nobody looks whether the client is."""
_OVERHEAD: Final = 2_000
"""Bytes that a kept answer takes beside its content."""


class App:
    """Answers HTTP for one release."""

    def __init__(self, responder: Responder, life: AbstractAsyncContextManager[None]) -> None:
        self._responder = responder
        self._life = life
        self._made: Cache[Made] = Cache(capacity=64 << 20, largest=1 << 20)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request, or the server's own beginning and end (https://asgi.readthedocs.io)."""
        if scope["type"] == "http":
            await self._serve(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._life:
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _headers(scope)
        settings = self._responder.service.settings
        origin = find_origin(settings, scope["client"][0] if scope.get("client") else "", scope["scheme"], headers)
        key = _key(scope, headers, origin, self._responder.service.pages.languages)
        made = None if key is None else self._made.get(key)
        if made is None:
            request = _request(scope, headers, origin, settings)
            try:
                made = await self._responder.respond(
                    request,
                    lambda asked, most: _with_body(asked, receive, most),
                    lambda answer: _unless_client_leaves(answer, receive),
                )
            except ClientLeft:
                return
            if key is not None and made.is_kept:
                self._made.put(key, made, len(made.response.content) + len(scope["query_string"]) + _OVERHEAD)
        keep = scope.get("extensions", {}).get(KEEP)
        if keep is not None:
            keep(made)
        try:
            await _send(parcel(made, scope["method"], headers), made.response, send)
        except (RequestError, ReleaseError) as error:  # before anything was sent
            made = await self._responder.explain(_request(scope, headers, origin, settings), error)
            await _send(parcel(made, scope["method"], {}), made.response, send)


def _headers(scope: Scope) -> dict[str, str]:
    """The headers by name in lower case; of repeated ones the values joined with commas."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _key(scope: Scope, headers: dict[str, str], origin: Origin, languages: Sequence[str]) -> tuple[object, ...] | None:
    """What an answer depends on; None where it is not to be kept."""
    if scope["method"] not in {"GET", "HEAD"}:
        return None
    language = telling_language(headers.get("accept-language"), scope["query_string"], languages)
    taken = headers.get("accept"), language, wish(headers.get("accept-encoding"))
    return (
        scope["method"],
        scope["raw_path"],
        scope["query_string"],
        *taken,
        origin.scheme,
        origin.host,
        origin.believed,
    )


def _request(scope: Scope, headers: dict[str, str], origin: Origin, settings: Settings) -> Request:
    path = scope["raw_path"].decode("utf-8", "replace").removeprefix("/")
    location = settings.location_for(origin.scheme, origin.host, believed=origin.believed)
    query_string = scope["query_string"].decode("latin-1")
    return Request(scope["method"], path, query_string, headers, location, client=origin.client)


async def _with_body(request: Request, receive: Receive, most: int) -> Request:
    length = request.headers.get("content-length", "")
    too_large = PayloadTooLarge(f"The body of a request may have {most:,} bytes here.", headers={"Connection": "close"})
    if length.isdigit() and int(length) > most:
        raise too_large
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft
        body += message.get("body", b"")
        if len(body) > most:
            raise too_large
        if not message.get("more_body", False):
            return replace(request, body=bytes(body))


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
            raise ClientLeft
        return working.result()
    finally:
        watching.cancel()
        working.cancel()


async def _disconnection(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(sent: Parcel, response: Response, send: Send) -> None:
    """Send an answer.

    Raises:
        ReleaseError: its file cannot be opened; then nothing has been sent.
    """
    start = {"type": "http.response.start", "status": sent.status, "headers": list(sent.headers)}
    if response.file is None or not sent.pieces:
        content = [one if isinstance(one, bytes) else response.content[one.start : one.stop] for one in sent.pieces]
        await send(start)
        await send({"type": "http.response.body", "body": b"".join(content)})
        return
    try:
        file = response.file.open("rb")
    except OSError as error:
        remedy = remedied(error, "Build the release again: mreze build")
        raise ReleaseError(f"{response.file}: {error.strerror}. {remedy}") from error
    with file:
        await send(start)
        for piece in sent.pieces:
            if isinstance(piece, Span):
                await _send_span(piece, file, send)
            else:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


async def _send_span(span: Span, file: BinaryIO, send: Send) -> None:
    """Send bytes of a file; where it was cut meanwhile, the server breaks the connection: never a short 200."""
    file.seek(span.start)
    rest = span.length
    while rest and (chunk := await asyncio.to_thread(file.read, min(rest, _CHUNK))):
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        rest -= len(chunk)
