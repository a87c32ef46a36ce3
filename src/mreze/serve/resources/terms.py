"""The names that a query can use here, with what they are called: an editor completes them as one types."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import term
from mreze.release import DEFAULT_GRAPH
from mreze.serve.exchange import Request, Response
from mreze.serve.service import Service
from mreze.serve.store import Store
from mreze.serve.view import Viewer

_MOST: Final = 5_000
"""So many classes, and so many properties, are told: those that are used most."""
_PARTITIONS: Final = {
    "classes": (term("void:classPartition"), term("void:class"), term("void:entities")),
    "properties": (term("void:propertyPartition"), term("void:property"), term("void:triples")),
}
"""How VoID says which there are, and how often they are used."""


def terms(service: Service, request: Request, _: str) -> Response:
    """The prefixes, classes and properties as JSON, in the language of the reader."""
    language = service.pages.reader(request).language
    content: dict[str, object] = {"prefixes": dict(service.release.prefixes)}
    for kind, counted in count_terms(service.store, service.release.base).items():
        content[kind] = _named(service, counted, language)
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    return Response(body.encode(), "application/json", headers={"Vary": "Accept-Language"})


def count_terms(store: Store, base: str) -> dict[str, dict[NamedNode, int]]:
    """How often each class and each property is used in the default graph."""
    said: dict[object, dict[NamedNode, list[object]]] = {}
    for one in store.graph(base + "void"):
        said.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)
    default = said.get(NamedNode(base + DEFAULT_GRAPH), {})
    found: dict[str, dict[NamedNode, int]] = {}
    for kind, (relation, which, size) in _PARTITIONS.items():
        parts = [said.get(one, {}) for one in default.get(relation, ())]
        counted = ((one.get(which, [None])[0], one.get(size, [None])[0]) for one in parts)
        found[kind] = {
            name: int(count.value)
            for name, count in counted
            if isinstance(name, NamedNode) and isinstance(count, Literal)
        }
    return found


def _named(service: Service, counted: Mapping[NamedNode, int], language: str) -> list[dict[str, object]]:
    often = sorted(counted.items(), key=lambda one: (-one[1], one[0].value))[:_MOST]
    labels = service.store.labels(name for name, _ in often)
    viewer = Viewer((), labels, base=service.release.base, language=language, root="", query="")
    return [{"iri": name.value, "label": viewer.label(name.value).text, "count": count} for name, count in often]
