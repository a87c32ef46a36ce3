"""The forms that there are of what was asked for in another, with the address of each that has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mreze.formats import Format
from mreze.serve.exchange import Request, link
from mreze.serve.routes import find_route


@dataclass(frozen=True, slots=True)
class Alternative:
    """A form."""

    name: str
    media_type: str
    path: str
    """Below the server, with the parameters that were sent; empty where only an Accept header asks for it."""


def alternatives(request: Request, forms: Iterable[Format]) -> tuple[Alternative, ...]:
    """What there is in place of what nobody offers."""
    return tuple(Alternative(one.name, one.media_type, _path(request, one.extension)) for one in forms)


def members(request: Request, found: Sequence[Alternative]) -> dict[str, object]:
    """The same as members of a problem document (https://www.rfc-editor.org/rfc/rfc9457#section-3.2)."""
    if not found:
        return {}
    listed = []
    for one in found:
        address = {"href": request.location + one.path} if one.path else {}
        listed.append({"type": one.media_type, "name": one.name, **address})
    return {"available": listed}


def links(request: Request, found: Sequence[Alternative]) -> str:
    """The same as a Link header; "" where no form has an address."""
    return ", ".join(link(request.location + one.path, "alternate", one.media_type) for one in found if one.path)


def _path(request: Request, extension: str) -> str:
    """Where an extension names the form, if it does."""
    if request.path == "sparql" and request.method == "GET" and "query" in request.parameters:
        return f"sparql?{request.query_string}&format={extension}"
    path = f"doc/{request.path.removeprefix('id/')}" if request.path.startswith("id/") else request.path
    if not path or path.endswith("/") or find_route(f"{path}.{extension}") is None:
        return ""
    return f"{path}.{extension}" + (f"?{request.query_string}" if request.query_string else "")
