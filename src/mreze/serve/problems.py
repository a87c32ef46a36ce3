"""Errors as answers: problem details for programs (https://www.rfc-editor.org/rfc/rfc9457), a page for people."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from mreze.errors import RequestError, phrase
from mreze.formats import Format
from mreze.serve.pages import Reader, interface_text

PROBLEM: Final = Format("problem details", "application/problem+json", "json", ("application/json",), charset=False)
_AGAIN: Final = "It is not your mistake, and nothing is lost: try again in a minute."
ADVICE: Final = {
    HTTPStatus.BAD_REQUEST: "Something in the address cannot be read. Below it says what; mend it, or begin anew.",
    HTTPStatus.NOT_FOUND: "Addresses here do not change: perhaps a letter is missing. Look for it by name.",
    HTTPStatus.NOT_ACCEPTABLE: "What you asked for is here, but not in that form. Ask for one of those named below.",
    HTTPStatus.GONE: "It was published here once and was taken back. What is left of it is kept.",
    HTTPStatus.TOO_MANY_REQUESTS: _AGAIN,
    HTTPStatus.INTERNAL_SERVER_ERROR: _AGAIN,
    HTTPStatus.SERVICE_UNAVAILABLE: _AGAIN,
    HTTPStatus.GATEWAY_TIMEOUT: "It took too long. Ask for less, or take the whole data and ask at home.",
}
"""What whoever meets an error can do, in words for people."""
_TYPES: Final = "https://w3id.org/mreze/problems/"


def problem(error: RequestError, path: str | None = None, members: Mapping[str, object] | None = None) -> bytes:
    """The error as a problem document.

    Args:
        error: what went wrong.
        path: of the request; without one it is that of no request in particular.
        members: what more is said of it.
    """
    content = {
        "type": _TYPES + _name(error),
        "title": phrase(error.status),
        "status": error.status.value,
        "detail": error.detail,
        **({} if path is None else {"instance": path}),
        **error.members,
        **(members or {}),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def advise(status: HTTPStatus, reader: Reader) -> str:
    """What to do about an error, in the language of the reader; "" where there is nothing to say."""
    return interface_text(reader, ADVICE[status]) if status in ADVICE else ""


def _name(error: RequestError) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
