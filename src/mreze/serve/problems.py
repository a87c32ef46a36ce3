"""Errors as answers: problem details for programs (https://www.rfc-editor.org/rfc/rfc9457), a page for people."""

from __future__ import annotations

import json
import re
from typing import Final

from mreze.errors import RequestError, phrase
from mreze.formats import Format

PROBLEM: Final = Format("problem details", "application/problem+json", "json", ("application/json",), charset=False)
_TYPES: Final = "https://w3id.org/mreze/problems/"


def problem(error: RequestError, path: str | None = None) -> bytes:
    """The error as a problem document; without a path it is that of no request in particular."""
    content = {
        "type": _TYPES + _name(error),
        "title": phrase(error.status),
        "status": error.status.value,
        "detail": error.detail,
        **({} if path is None else {"instance": path}),
        **error.members,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _name(error: RequestError) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
