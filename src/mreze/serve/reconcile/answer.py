"""What the service answers: JSON, or JSON in a call of a function where an old client asks for that (JSONP)."""

from __future__ import annotations

import json
import re
from typing import Final

from mreze.errors import BadRequest
from mreze.serve.exchange import Request, Response
from mreze.serve.pages import html_language

JSON: Final = "application/json"
_SCRIPT: Final = "text/javascript; charset=utf-8"
_FUNCTION: Final = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[[0-9]{1,9}\])*", re.ASCII)
_LONGEST: Final = 200
_LINE_ENDS: Final = {0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Part of a text in JSON, and the end of a line in scripts of before 2019."""


def reply(content: object, language: str, callback: str | None = None) -> Response:
    """An answer in JSON.

    Args:
        content: what to say.
        language: which language its names are in.
        callback: the function to call with it, where a client wants a script.
    """
    headers = {"Vary": "Accept-Language", "Content-Language": html_language(language)}
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if callback is None:
        return Response(f"{written}\n".encode(), JSON, headers=headers)
    # The comment keeps others from making something else of what begins with a name that they chose.
    return Response(f"/**/{callback}({written.translate(_LINE_ENDS)});\n".encode(), _SCRIPT, headers=headers)


def callback(request: Request) -> str | None:
    """The function that a client of the 0.2 API wants called; None if it takes JSON.

    Raises:
        BadRequest: it is no name of a function.
    """
    name = request.parameters.get("callback")
    if not name:
        return None
    if len(name) > _LONGEST or not _FUNCTION.fullmatch(name):
        raise BadRequest(f"callback={name[:_LONGEST]!r} is no name of a function.")
    return name
