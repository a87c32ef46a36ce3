"""Content codings (RFC 9110, 8.4 and 12.5.3): what a client takes, and an answer packed for it.

Text of some size is packed with gzip for whoever takes that. What is packed already goes out as it is.
"""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from typing import Final

from mreze.errors import NotAcceptable
from mreze.serve.exchange import Response, vary

SMALLEST: Final = 2_000
"""Bytes of a text up to which packing it saves nothing: it fits in two packets as it is."""
GZIP: Final = "gzip"
_TAKEN_AS_GZIP: Final = frozenset({GZIP, "x-gzip"})  # RFC 9110, 8.4.1.3
_LEVEL: Final = 4
"""Of zlib: the next ones take twice the time for some percent."""
_GZIP_WINDOW: Final = 31
"""What zlib calls a gzip wrapper: its header has no name and no time, so equal texts give equal bytes."""
_ASIDE: Final = 1 << 18
"""Bytes above which packing takes so long that others would wait for it."""
_TEXTS: Final = frozenset(
    {
        "application/n-triples", "application/n-quads", "application/trig", "application/json", "application/xml",
        "application/javascript", "application/sparql-query", "application/linkset",
    }
)  # fmt: skip
"""Media types of text that do not say so by their names."""
_QUALITY: Final = re.compile(r"\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?)\s*")
_LEAST: Final = 0.0001
"""The quality of sending a text as it is, where nobody speaks of that."""


class Wish(Enum):
    """How a client wants a text."""

    PLAIN = "as it is"
    PACKED = "packed, where that saves something"
    ONLY_PACKED = "packed, in any case"
    NOTHING = "in no way that there is"


@lru_cache(maxsize=512)
def wish(accept_encoding: str | None) -> Wish:
    """What an Accept-Encoding header asks for; one that is absent or empty asks for nothing."""
    if accept_encoding is None:
        return Wish.PLAIN
    qualities = dict(_qualities(accept_encoding))
    other = qualities.get("*")
    packed = max((qualities[one] for one in _TAKEN_AS_GZIP & qualities.keys()), default=other or 0.0)
    plain = qualities.get("identity", _LEAST if other is None else other)
    if plain == 0:
        return Wish.ONLY_PACKED if packed > 0 else Wish.NOTHING
    return Wish.PACKED if packed >= plain else Wish.PLAIN


def is_text(content_type: str | None) -> bool:
    """Whether content of a type becomes smaller when it is packed."""
    media_type = (content_type or "").partition(";")[0].strip()
    return media_type.startswith("text/") or media_type.endswith(("+json", "+xml")) or media_type in _TEXTS


def pack(content: bytes) -> bytes:
    """The bytes in gzip; equal bytes give equal ones."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP_WINDOW)
    return packer.compress(content) + packer.flush()


def is_packed(wanted: Wish, length: int) -> bool:
    """Whether a text of so many bytes is packed for a client who wants it so."""
    return wanted is Wish.ONLY_PACKED or (wanted is Wish.PACKED and length > SMALLEST)


async def pack_here(content: bytes) -> bytes:
    """Pack while all others wait: for a process that has no others, or for what is small."""
    return pack(content)


async def pack_aside(content: bytes) -> bytes:
    """Pack, what is large in a thread."""
    return await asyncio.to_thread(pack, content) if len(content) > _ASIDE else pack(content)


def needs_packing(response: Response, wanted: Wish) -> bool:
    """Whether the content of an answer is to be packed.

    Raises:
        NotAcceptable: the client takes it neither packed nor as it is.
    """
    if not is_text(response.content_type) or "Content-Encoding" in response.headers:
        return False
    refused = wanted is Wish.NOTHING or (wanted is Wish.ONLY_PACKED and response.file is not None)
    if refused and response.status < 400:  # an error is told in any case
        raise NotAcceptable("This is offered with gzip or as it is; Accept-Encoding admits neither.")
    return response.file is None and is_packed(wanted, len(response.content))


def packed(response: Response, content: bytes) -> Response:
    """The answer with its content packed."""
    return replace(response, content=content, headers={**response.headers, "Content-Encoding": GZIP})


def varied_by_coding(response: Response) -> str:
    """The Vary header of an answer whose coding is negotiated."""
    given = response.headers.get("Vary", "")
    return vary(given, "Accept-Encoding") if is_text(response.content_type) else given


def _qualities(header: str) -> Iterator[tuple[str, float]]:
    for element in header.lower().split(","):
        coding, _, weight = element.partition(";")
        if name := coding.strip():
            found = _QUALITY.fullmatch(weight)
            yield name, float(found[1]) if found else 1.0
