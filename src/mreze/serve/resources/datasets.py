"""A dataset: what catalogue and statistics say of it, its files, its versions, how to cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.errors import NotFound
from mreze.formats import GRAPHS
from mreze.namespaces import term
from mreze.release import VERSIONS
from mreze.serve.catalogue import for_people
from mreze.serve.citation import in_bibtex, in_pieces
from mreze.serve.exchange import Request, Response
from mreze.serve.facts import Fact, Sheet
from mreze.serve.imprint import citation, imprint_of
from mreze.serve.iris import decode, encode
from mreze.serve.pages import Reader
from mreze.serve.partitions import Partitions
from mreze.serve.resources.dataset_view import dataset_view
from mreze.serve.resources.dumps import listed
from mreze.serve.resources.graphs import OFFERED, answer, catalogue, graph, located, structured
from mreze.serve.resources.retired import is_retired, retired
from mreze.serve.service import Service, suffixed
from mreze.serve.thing_page import fields_of, lead_of
from mreze.serve.view import Value, Viewer

_COUNTS: Final = frozenset(
    term(f"void:{one}").value
    for one in ("triples", "entities", "classes", "properties", "distinctSubjects", "distinctObjects")
)
_TOLD: Final = frozenset(term(one).value for one in ("dct:title", "dct:description", "dcat:distribution"))
"""What stands above the facts."""


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
    iri = found

    def page(reader: Reader) -> Response:
        return dataset_page(service, reader, name, iri, own)

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
        if is_retired(own):
            return retired(service, request, suffix, name, own)
    names = ", ".join(one.name for one in service.release.datasets)
    raise NotFound(f"There is no dataset {stem!r}. There are: {names}.")


def dataset_page(service: Service, reader: Reader, name: str, iri: str, triples: set[Triple]) -> Response:
    """The page of a dataset.

    Args:
        service: whose page it is.
        reader: for whom.
        name: of the dataset.
        iri: of the same.
        triples: what is said of it.
    """
    partitions = Partitions(for_people(triples))
    viewer = _viewer(service, reader, partitions.rest)
    parts = sorted({str(getattr(one.subject, "value", "")) for one in triples})
    facts = Sheet(viewer, fields_of(service), iri, (one for one in parts if one.startswith(f"{iri}#"))).facts()
    label = viewer.label(iri)
    cited = citation(service, reader, imprint_of(service), label, iri, (iri,))
    lead = lead_of(viewer, iri)
    root = f"{reader.request.root}{encode(f'dataset/{name}')}"
    return service.pages.page(
        "dataset.html",
        reader,
        alternates=[(one, f"{root}.{one.extension}") for one in GRAPHS],
        summary=lead.text if lead else "",
        structured=structured(service, reader, iri),
        iri=iri,
        name=label,
        names=[one for one in viewer.names(iri) if one.text != label.text],
        kinds=viewer.kinds(iri),
        lead=lead,
        files=[one for one in listed(service, reader) if one.name.startswith(f"{name}.")],
        described=tuple(_values(facts, term("dcat:distribution").value)),
        counts=[one for one in facts if one.name.title in _COUNTS],
        facts=[one for one in facts if one.name.title not in _COUNTS | _TOLD],
        tables=partitions.tables(iri, viewer.link),
        told=dataset_view(service, reader, name, iri),
        words=in_pieces(cited),
        bibtex=in_bibtex(cited),
        pinned=reader.at(release=service.release.name),
    )


def _viewer(service: Service, reader: Reader, triples: Iterable[Triple]) -> Viewer:
    triples = list(triples)
    named = {one.predicate for one in triples} | {one.object for one in triples if isinstance(one.object, NamedNode)}
    imprint = imprint_of(service)
    return Viewer(
        triples,
        service.store.labels(named) | set(imprint.labels_of(one.value for one in named)),
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )


def _values(facts: Iterable[Fact], name: str) -> Iterator[Value]:
    for fact in facts:
        if fact.name.title == name:
            yield from (value for line in fact.lines for value in line.values)


def _dataset(service: Service, name: str) -> str | None:
    return next((one.iri for one in service.release.datasets if one.name == name), None)


def _is_of(triple: Triple, dataset: str) -> bool:
    subject = getattr(triple.subject, "value", "")
    return subject == dataset or subject.startswith(dataset + "#")
