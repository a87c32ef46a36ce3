"""Links that stay within a release: an address that names one (`?release=2026-11-23`) leads to others that do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from pyoxigraph import NamedNode, Triple

from mreze.formats import HTML
from mreze.release import LOCATION
from mreze.serve.exchange import PARAMETER, Request, Response, link, pinned

_LINK: Final = re.compile(r'<([^>]*)>; rel="([^"]*)"')
_CANONICAL: Final = frozenset({"cite-as", "describes", "license"})
"""Relations whose targets are identifiers, not locations."""
_LASTING: Final = frozenset({200, 303, 410})
_FOR_PROGRAMS: Final = "public, max-age=31536000, immutable"
_FOR_PEOPLE: Final = "public, max-age=86400"
"""Pages are cached for a day only: how they look is not of the release."""
_LONGEST: Final = 2_000


def located(triple: Triple, request: Request) -> Triple:
    """A triple of a description, its locations put where this client finds those of this release."""
    return _mapped(triple, lambda iri: _place(iri, request) if iri.startswith(LOCATION) else iri)


def paged(triple: Triple, name: str) -> Triple:
    """A triple whose addresses of pages stay within a release."""
    return _mapped(triple, lambda iri: pinned(iri, name) if "?page=" in iri else iri)


def pin(request: Request, response: Response) -> Response:
    """An answer from a release that the address names: it links to its like."""
    headers = {key.title(): value for key, value in response.headers.items()}
    for name in ("Location", "Content-Location"):
        if name in headers:
            headers[name] = request.keep(headers[name])
    if "Link" in headers:
        headers["Link"] = _LINK.sub(lambda found: _pin_link(found, request), headers["Link"])
    return replace(response, headers=headers)


def age(request: Request, response: Response, neighbours: Mapping[str, str]) -> Response:
    """An answer from a release that is not the current one: it links to its versions, and may be kept for long.

    Args:
        request: what was asked for.
        response: the answer.
        neighbours: the releases before and after it, by the relation that links to them.
    """
    if response.status not in _LASTING:
        return response
    links = [response.headers.get("Link", ""), *_versions(request, neighbours)]
    headers = {**response.headers, "Link": ", ".join(one for one in links if one)}
    if response.kept:
        headers["Cache-Control"] = _FOR_PEOPLE if response.content_type == HTML.content_type else _FOR_PROGRAMS
    return replace(response, headers=headers)


def unpinned(query_string: str) -> str:
    """The query of an address without the release that it names."""
    given = parse_qsl(query_string, keep_blank_values=True)
    return urlencode([one for one in given if one[0] != PARAMETER], quote_via=quote)


def _pin_link(found: re.Match[str], request: Request) -> str:
    target, relation = found.groups()
    if target.startswith(request.location) and relation not in _CANONICAL:
        target = request.keep(target)
    return f'<{target}>; rel="{relation}"'


def _versions(request: Request, neighbours: Mapping[str, str]) -> list[str]:
    """The same in other releases (https://www.rfc-editor.org/rfc/rfc5829)."""
    if len(request.query_string) > _LONGEST:
        return []
    query = unpinned(request.query_string)
    at = request.location + request.path + (f"?{query}" if query else "")
    return [link(at, "latest-version"), *(link(pinned(at, name), relation) for relation, name in neighbours.items())]


def _place(iri: str, request: Request) -> str:
    return request.keep(request.location + iri.removeprefix(LOCATION))


def _mapped(triple: Triple, change: Callable[[str], str]) -> Triple:
    subject, value = triple.subject, triple.object
    if isinstance(subject, NamedNode):
        subject = NamedNode(change(subject.value))
    if isinstance(value, NamedNode):
        value = NamedNode(change(value.value))
    return Triple(subject, triple.predicate, value)
