"""The page that tells people of an error: what happened, what is near, which forms there are, when to come again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Final

from mreze.errors import MrezeError, RequestError, phrase
from mreze.serve.alternatives import Alternative
from mreze.serve.dating import say_time
from mreze.serve.exchange import Response
from mreze.serve.nearby import nearby
from mreze.serve.pages import Reader, interface_text
from mreze.serve.problems import advise
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
_ASKED: Final = frozenset({"queries", "reconcile", "sparql"})
"""First parts of paths behind which queries are worked out."""


def refusal(
    service: Service, reader: Reader, error: RequestError, alternatives: Sequence[Alternative] = ()
) -> Response:
    """The page.

    Args:
        service: what answers.
        reader: for whom; the request's parameters can be read.
        error: what went wrong.
        alternatives: the forms that there are, where another was asked for.
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
        offered=_offered(reader, alternatives),
        wait=say_time(error.headers.get("Retry-After", ""), reader.language),
        meanwhile=_meanwhile(service, reader, error),
        again=reader.at() if error.status in _PASSING and reader.request.method == "GET" else "",
    )
    return Response(page.content, page.content_type, page.status, {**page.headers, **error.headers})


def _near(service: Service, reader: Reader, text: str) -> tuple[Value, ...]:
    """Pages, questions and things; where the release is damaged, those that can be named."""
    found: tuple[Value, ...] = ()
    with suppress(MrezeError, OSError):
        found = nearby(service, reader)
    return (*found, *near(service, reader, text))


def _offered(reader: Reader, alternatives: Sequence[Alternative]) -> list[dict[str, str]]:
    """The forms that there are, linked where they have an address."""
    root = reader.request.root
    return [
        {"name": one.name, "media_type": one.media_type, "href": f"{root}{one.path}" if one.path else ""}
        for one in alternatives
    ]


def _meanwhile(service: Service, reader: Reader, error: RequestError) -> str:
    """What works though this does not; "" where that is no question."""
    if error.status not in _PASSING or not service.settings.live:
        return ""
    if reader.request.path.partition("/")[0] in _ASKED:
        return interface_text(reader, "Pages and files do not wait for queries: they are there meanwhile.")
    return interface_text(reader, "Other pages, the files to take and the earlier releases may be there meanwhile.")
