"""The page that tells people of an error: what happened, what is near, which forms there are, when to come again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Final

from mreze.errors import MrezeError, NotAcceptable, RequestError, phrase
from mreze.formats import Format
from mreze.serve.exchange import Response
from mreze.serve.nearby import nearby
from mreze.serve.pages import Reader, interface_text
from mreze.serve.problems import advise
from mreze.serve.routes import find_route
from mreze.serve.search.guessing import guess, near
from mreze.serve.service import Service
from mreze.serve.view import Value

_PASSING: Final = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
"""What may be over when one asks again."""


def refusal(service: Service, reader: Reader, error: RequestError) -> Response:
    """The page.

    Args:
        service: what answers.
        reader: for whom; the request's parameters can be read.
        error: what went wrong.
    """
    lost = error.status == HTTPStatus.NOT_FOUND
    wanted = guess(reader) if lost and service.settings.live else None  # a copy has one page for all
    page = service.pages.page(
        "problem.html",
        reader,
        status=error.status,
        heading=interface_text(reader, phrase(error.status)),
        number=error.status.value,
        detail=error.detail,
        advice=advise(error.status, reader),
        wanted=wanted,
        near=_near(service, reader, wanted.text) if wanted else (),
        offered=_offered(reader, error.offered) if isinstance(error, NotAcceptable) else (),
        wait=error.headers.get("Retry-After", ""),
        again=reader.at() if error.status in _PASSING and reader.request.method == "GET" else "",
    )
    return Response(page.content, page.content_type, page.status, {**page.headers, **error.headers})


def _near(service: Service, reader: Reader, text: str) -> tuple[Value, ...]:
    """Pages, questions and things; where the release is damaged, those that can be named."""
    found: tuple[Value, ...] = ()
    with suppress(MrezeError, OSError):
        found = nearby(service, reader)
    return (*found, *near(service, reader, text))


def _offered(reader: Reader, forms: Sequence[Format]) -> list[dict[str, str]]:
    """The forms that there are, linked where an extension names them."""
    return [{"name": one.name, "media_type": one.media_type, "href": _named(reader, one.extension)} for one in forms]


def _named(reader: Reader, extension: str) -> str:
    path = reader.request.path
    if not path or path.endswith("/") or find_route(f"{path}.{extension}") is None:
        return ""
    return reader.request.keep(f"{reader.here}.{extension}{reader.query}")
