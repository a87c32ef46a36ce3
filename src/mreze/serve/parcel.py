"""What of an answer goes to this client: all of it, parts of it, or the news that the client has it already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mreze.serve.conditions import Verdict, decide, is_same
from mreze.serve.ranges import Span, read_ranges
from mreze.serve.responder import Field, Made

_OK, _PARTIAL, _NOT_MODIFIED = 200, 206, 304
_DESCRIBING: Final = frozenset(
    {b"accept-ranges", b"content-encoding", b"content-language", b"content-length", b"content-type", b"last-modified",
     b"link"}
)  # fmt: skip
"""Fields that the client has already when it has the representation (RFC 9110, 15.4.5)."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes over the wire."""

    status: int
    headers: tuple[Field, ...]
    pieces: tuple[bytes | Span, ...] = ()
    """The content: bytes as they are, or those of the representation."""


def parcel(made: Made, method: str, headers: Mapping[str, str]) -> Parcel:
    """What to send of an answer.

    Args:
        made: the answer.
        method: of the request.
        headers: of the request, by name in lower case.

    Raises:
        PreconditionFailed: the client speaks of another state.
        RangeNotSatisfiable: it asks for bytes that are not there.
    """
    if made.etag is not None and decide(headers, made.etag, made.modified) is Verdict.NOT_MODIFIED:
        return Parcel(_NOT_MODIFIED, _without(made, _DESCRIBING))
    whole = Span(0, made.length)
    if method == "HEAD":
        return Parcel(made.status, made.headers)
    # RFC 9110, 14.2: a range is asked for with GET, and of what would be sent with 200.
    if method == "GET" and made.etag is not None and made.is_lasting and "range" in headers:
        known = "if-range" not in headers or is_same(headers["if-range"], made.etag, made.modified)
        spans = read_ranges(headers["range"], made.length) if known else []
        if spans:
            return _parts(made, made.etag, spans, brief="if-range" in headers)
    return Parcel(made.status, made.headers, (whole,) if whole.length else ())


def _parts(made: Made, etag: str, spans: list[Span], *, brief: bool) -> Parcel:
    """Some bytes; in brief where the client knows what they are part of (RFC 9110, 15.3.7)."""
    dropped = _DESCRIBING if brief else {b"content-length"}
    kept = _without(made, dropped)
    if len(spans) == 1:
        span = spans[0]
        ranged = (b"content-range", span.content_range(made.length).encode()), (b"content-length", b"%d" % span.length)
        return Parcel(_PARTIAL, (*kept, *ranged), (span,))
    boundary = f"mreze-{etag.strip(chr(34))}"
    media_type = made.response.content_type or "application/octet-stream"
    pieces: list[bytes | Span] = []
    for span in spans:
        head = f"--{boundary}\r\nContent-Type: {media_type}\r\nContent-Range: {span.content_range(made.length)}\r\n\r\n"
        pieces += [head.encode(), span, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    length = sum(len(one) if isinstance(one, bytes) else one.length for one in pieces)
    said = (b"content-type", f"multipart/byteranges; boundary={boundary}".encode()), (b"content-length", b"%d" % length)
    return Parcel(_PARTIAL, (*(one for one in kept if one[0] != b"content-type"), *said), tuple(pieces))


def _without(made: Made, names: Iterable[bytes]) -> tuple[Field, ...]:
    dropped = frozenset(names)
    return tuple(one for one in made.headers if one[0] not in dropped)
