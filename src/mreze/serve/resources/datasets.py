"""Datasets: what catalogue and VoID say of each, of its versions, and of those that were retired."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pyoxigraph import Triple

from mreze.errors import NotFound
from mreze.namespaces import term
from mreze.release import VERSIONS
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import decode
from mreze.serve.pages import Reader
from mreze.serve.resources.dataset_view import dataset_view
from mreze.serve.resources.graphs import OFFERED, answer, catalogue, graph, graph_page, located
from mreze.serve.service import Service, suffixed

_GONE: Final = 410


def dataset(service: Service, request: Request, path: str) -> Response:
    """What catalogue and VoID say of one dataset, or of one version of it; of a retired one what is left of it."""
    name, suffix = decode(path), ""
    if "/" in name:
        return _dataset_version(service, request, name)
    found = _dataset(service, name)
    if found is None:
        stem, form = suffixed(name, OFFERED)
        name, suffix, found = stem, form.extension if form else "", _dataset(service, stem)
    if found is None:
        return _retired_dataset(service, request, path)
    counted = {one for one in located(service, request, "void.ttl") if _is_of(one, found)}
    own = catalogue(service, request).part(found) | counted

    def page(reader: Reader) -> Response:
        shown = dataset_view(service, reader, found, own)
        return graph_page(service, reader, f"dataset/{name}", own, None, found, template="dataset.html", shown=shown)

    return answer(service, request, suffix, f"dataset/{name}", own, page)


def _dataset_version(service: Service, request: Request, path: str) -> Response:
    """What a release knows of a version of a dataset, its own or an earlier one."""
    said = located(service, request, VERSIONS) if VERSIONS in service.release.files else set()
    stem, form = suffixed(path, OFFERED)
    for name, suffix in ((path, ""), (stem, form.extension if form else "")):
        iri = f"{service.release.base}dataset/{name}"
        own = {one for one in said if _is_of(one, iri)}
        if own:
            return graph(service, request, suffix, f"dataset/{name}", own, None, iri)
    raise NotFound(f"There is no version of a dataset at /dataset/{path}.")


def _retired_dataset(service: Service, request: Request, path: str) -> Response:
    said = located(service, request, "catalog.ttl")
    stem, form = suffixed(decode(path), OFFERED)
    for name, suffix in ((decode(path), ""), (stem, form.extension if form else "")):
        iri = f"{service.release.base}dataset/{name}"
        own = {one for one in said if _is_of(one, iri)}
        if any(one.object == term("as:Tombstone") for one in own):
            answer = graph(service, request, suffix, f"dataset/{name}", own, None, iri)
            return replace(answer, status=_GONE)
    names = ", ".join(one.name for one in service.release.datasets)
    raise NotFound(f"There is no dataset {stem!r}. There are: {names}.")


def _dataset(service: Service, name: str) -> str | None:
    return next((one.iri for one in service.release.datasets if one.name == name), None)


def _is_of(triple: Triple, dataset: str) -> bool:
    subject = getattr(triple.subject, "value", "")
    return subject == dataset or subject.startswith(dataset + "#")
