"""Reads a body from the network: no longer than the limits of size and time, and whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mreze.errors import GatherError
from mreze.gather.courtesy import NotYet, Terms
from mreze.gather.exchange import Request

_PIECE: Final = 1 << 16


def read_body(
    request: Request, read: Callable[[int], bytes], promised: str, terms: Terms, ticks: Callable[[], float]
) -> bytes:
    """All that comes.

    Args:
        request: for messages.
        read: gives at most so many bytes, those that are there; none at the end.
        promised: how many there should be, as Content-Length says; "" where nobody knows.
        terms: of the run: how long it may take, how large it may be.
        ticks: seconds since whenever.

    Raises:
        NotYet: it takes too long, or is cut off.
        GatherError: it is too long.
    """
    until = ticks() + terms.timeout
    body = bytearray()
    while piece := read(_PIECE):
        body += piece
        if len(body) > terms.largest:
            raise GatherError(
                f"{request.address}: more than {terms.largest >> 20} MiB, the most that is read. Ask for less at once."
            )
        if ticks() > until:
            raise NotYet(f"not all of the answer came within {terms.timeout:g} seconds")
    if promised.isdecimal() and int(promised) != len(body):
        raise NotYet(f"the answer was cut off after {len(body)} of {promised} bytes")
    return bytes(body)


def reason(error: BaseException) -> str:
    """Why there is no connection: what the innermost error says."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return told or type(error).__name__
