"""The names that a query can use here, with what they are called: an editor completes them as one types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pyoxigraph import NamedNode

from mreze.serve.exchange import Request, Response
from mreze.serve.service import Service
from mreze.serve.usage import count_terms
from mreze.serve.view import Viewer

_MOST: Final = 5_000
"""So many classes, and so many properties, are told: those that are used most."""


def terms(service: Service, request: Request, _: str) -> Response:
    """The prefixes, classes and properties as JSON, in the language of the reader."""
    language = service.pages.reader(request).language
    content: dict[str, object] = {"prefixes": dict(service.release.prefixes)}
    for kind, counted in count_terms(service.store, service.release.base).items():
        content[kind] = _named(service, counted, language)
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    return Response(body.encode(), "application/json", headers={"Vary": "Accept-Language"})


def _named(service: Service, counted: Mapping[NamedNode, int], language: str) -> list[dict[str, object]]:
    often = sorted(counted.items(), key=lambda one: (-one[1], one[0].value))[:_MOST]
    labels = service.store.labels(name for name, _ in often)
    viewer = Viewer((), labels, base=service.release.base, language=language, root="", query="")
    return [{"iri": name.value, "label": viewer.label(name.value).text, "count": count} for name, count in often]
