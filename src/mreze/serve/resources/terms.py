"""The names that a query can use here, with what they are called: an editor completes them as one types."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.exchange import Request, Response
from mreze.serve.service import Service
from mreze.serve.store import Place, Store
from mreze.serve.view import Viewer

_MOST: Final = 5_000
"""So many classes, and so many properties, are told: those that are used most."""
_PARTITIONS: Final = {
    "classes": (term("void:class"), term("void:entities")),
    "properties": (term("void:property"), term("void:triples")),
}
_PLACES: Final[dict[str, Place]] = {"classes": "class", "properties": "property"}
_ALSO_QUERIED: Final = ("ontology", "queries")
"""Graphs of which the default graph has much and VoID, as they are no datasets, no partitions."""


def terms(service: Service, request: Request, _: str) -> Response:
    """The prefixes, classes and properties as JSON, in the language of the reader."""
    language = service.pages.reader(request).language
    content: dict[str, object] = {"prefixes": dict(service.release.prefixes)}
    found = _count(service.store, service.release.base)
    for kind, place in _PLACES.items():
        used = {name: count for name, count in found[kind].items() if service.store.is_used(name.value, place)}
        content[kind] = _named(service, used, language)
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
    return Response(body.encode(), "application/json", headers={"Vary": "Accept-Language"})


def _count(store: Store, base: str) -> dict[str, Counter[NamedNode]]:
    """How often each term is used."""
    found: dict[str, Counter[NamedNode]] = {kind: Counter() for kind in _PARTITIONS}
    said: dict[object, dict[NamedNode, object]] = {}
    for one in store.graph(base + "void"):
        said.setdefault(one.subject, {})[one.predicate] = one.object
    for partition in said.values():
        for kind, (which, size) in _PARTITIONS.items():
            name, count = partition.get(which), partition.get(size)
            if isinstance(name, NamedNode) and isinstance(count, Literal):
                found[kind][name] += int(count.value)
    for name in _ALSO_QUERIED:
        for triple in store.graph(base + name):
            _count_triple(found, triple)
    return found


def _count_triple(found: dict[str, Counter[NamedNode]], triple: Triple) -> None:
    found["properties"][triple.predicate] += 1
    if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
        found["classes"][triple.object] += 1


def _named(service: Service, counted: Mapping[NamedNode, int], language: str) -> list[dict[str, object]]:
    often = sorted(counted.items(), key=lambda one: (-one[1], one[0].value))[:_MOST]
    labels = service.store.labels(name for name, _ in often)
    viewer = Viewer((), labels, base=service.release.base, language=language, root="", query="")
    return [{"iri": name.value, "label": viewer.label(name.value).text, "count": count} for name, count in often]
