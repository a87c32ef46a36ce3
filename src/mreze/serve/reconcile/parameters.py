"""What a request brings: the parameters of its address, a form, or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from mreze.errors import BadRequest, UnsupportedMediaType
from mreze.serve.exchange import Request
from mreze.serve.reconcile import reading
from mreze.serve.reconcile.answer import JSON
from mreze.serve.sparql import FORM, refuse_coded, refuse_other_charsets

_MOST: Final = 100
_PIECE: Final = 1 << 16
"""Characters of a form that are read in one go."""


def parameters(request: Request, known: Iterable[str]) -> dict[str, str]:
    """The parameters of the address that are known, and of the form that was posted; clients add others of their own.

    Raises:
        BadRequest: one comes twice, or they cannot be read.
        UnsupportedMediaType: what was posted is no form.
    """
    pairs = _pairs(request.query_string, "The parameters")
    if request.method == "POST":
        refuse_body(request, FORM)
        pairs += _pairs(_decode(request.body), "The form")
    return _single(pairs, known)


def read_body(request: Request) -> Any:
    """The JSON that was posted.

    Raises:
        BadRequest: it is no JSON.
        UnsupportedMediaType: it is said to be something else.
    """
    refuse_body(request, JSON)
    return reading.parse(_decode(request.body), "The body")


def refuse_body(request: Request, *accepted: str) -> None:
    """Refuse a body of another media type, in another encoding, or packed."""
    refuse_coded(request.headers.get("content-encoding"))
    sent = media_type(request)
    told = {"Accept-Post": ", ".join(accepted)}
    if sent not in accepted:
        raise UnsupportedMediaType(
            f"This is sent as {' or '.join(accepted)}, not as {sent or 'no type'}.", headers=told
        )
    refuse_other_charsets(request.headers.get("content-type", ""), told)


def media_type(request: Request) -> str:
    """What the body is said to be."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def number(sent: Mapping[str, str], name: str, default: int, least: int) -> int:
    """A parameter that is a number.

    Raises:
        BadRequest: it is none, or less than it may be.
    """
    value = sent.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < _MOST and int(value) >= least):
        raise BadRequest(f"{name}={value[:_MOST]!r} has to be an integer from {least}.")
    return int(value)


def _pairs(encoded: str, what: str) -> list[tuple[str, str]]:
    fields = encoded.split("&", _MOST)
    if len(fields) > _MOST:
        raise BadRequest(f"{what} cannot be read: there are more than {_MOST}.")
    try:
        named = (one.partition("=") for one in fields if one)
        return [(unquoted(name), unquoted(value)) for name, _, value in named]
    except UnicodeDecodeError as error:
        raise BadRequest(f"{what} cannot be read: {error}") from error


def unquoted(text: str) -> str:
    """A part of a form as it was before it was encoded (https://url.spec.whatwg.org/#urlencoded-parsing).

    It is read piece by piece: in one go that takes, for a while, eighty times its length in memory.

    Raises:
        UnicodeDecodeError: it is not UTF-8.
    """
    pieces: list[bytes] = []
    start = 0
    while start < len(text):
        end = start + _PIECE
        escape = text.rfind("%", end - 2, end) if end < len(text) else -1
        end = end if escape < 0 else escape
        pieces.append(unquote_to_bytes(text[start:end].replace("+", " ")))
        start = end
    return b"".join(pieces).decode()


def _single(pairs: Iterable[tuple[str, str]], known: Iterable[str]) -> dict[str, str]:
    names = frozenset(known)
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in names and name in found:
            raise BadRequest(f"The parameter {name} comes twice. Give it once.")
        if name in names:
            found[name] = value
    return found


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"The body is not UTF-8: {error}") from error
