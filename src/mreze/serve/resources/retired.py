"""A dataset that was retired: what is left of it, what took its place, and the last release that has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term
from mreze.release import Release
from mreze.serve.exchange import Request, Response, pinned
from mreze.serve.iris import encode
from mreze.serve.pages import Reader
from mreze.serve.resources.graphs import alternates, answer
from mreze.serve.service import Service
from mreze.serve.spoken import say_date
from mreze.serve.thing_page import lead_of
from mreze.serve.view import Value, Viewer
from mreze.texts import pick

_GONE: Final = 410
_DAY: Final = len("2026-11-23")
_SUCCESSOR: Final = term("dct:isReplacedBy")


@dataclass(frozen=True, slots=True)
class Kept:
    """The last release that has it."""

    name: str
    href: str
    """Of the dataset as it was."""
    dumps: str
    """Of the files of that release."""


def is_retired(triples: set[Triple]) -> bool:
    """Whether this is said of what was retired."""
    return any(one.predicate == RDF_TYPE and one.object == term("as:Tombstone") for one in triples)


def retired(service: Service, request: Request, suffix: str, name: str, triples: set[Triple]) -> Response:
    """410 with what is left.

    Args:
        service: what answers.
        request: what is answered.
        suffix: extension of the form; without one it is negotiated.
        name: of the dataset.
        triples: what is said of it.
    """

    def page(reader: Reader) -> Response:
        return _page(service, reader, name, triples)

    return replace(answer(service, request, suffix, f"dataset/{name}", triples, page), status=_GONE)


def _page(service: Service, reader: Reader, name: str, triples: set[Triple]) -> Response:
    iri = f"{service.release.base}dataset/{name}"
    viewer = _viewer(service, reader, triples)
    last = _last(service, name)
    titles = next((one.titles for one in last.datasets if one.name == name), {}) if last else {}
    reason = lead_of(viewer, iri)
    successors = [one.value for one in viewer.said(iri).get(_SUCCESSOR, []) if isinstance(one, NamedNode)]
    return service.pages.page(
        "retired.html",
        reader,
        alternates=alternates(reader, f"dataset/{name}"),
        status=_GONE,
        summary=reason.text if reason else "",
        name=_name(viewer, iri, titles, name),
        iri=iri,
        reason=reason,
        since=_since(viewer, iri),
        successors=[viewer.link(one) for one in successors],
        kept=_kept(reader, last, name) if last else None,
        others=[viewer.link(one.iri) for one in service.release.datasets],
        part=viewer.part(iri),
    )


def _viewer(service: Service, reader: Reader, triples: set[Triple]) -> Viewer:
    named = {one.predicate for one in triples} | {one.object for one in triples if isinstance(one.object, NamedNode)}
    others = {NamedNode(one.iri) for one in service.release.datasets}
    titles = {
        Triple(NamedNode(one.iri), term("dct:title"), Literal(title, language=tag))
        for one in service.release.datasets
        for tag, title in one.titles.items()
    }
    return Viewer(
        triples,
        service.store.labels(named | others) | titles,
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )


def _name(viewer: Viewer, iri: str, titles: Mapping[str, str], name: str) -> Value:
    """What it is called; where its tombstone does not say, what it was called."""
    if viewer.names(iri) or not titles:
        return viewer.label(iri) if viewer.names(iri) else Value(name)
    title = pick(titles, viewer.language)
    language = viewer.language if titles.get(viewer.language) == title else next(iter(titles))
    return Value(title, language=language, foreign=language if language != viewer.language else None)


def _since(viewer: Viewer, iri: str) -> Value | None:
    """The day on which it was retired."""
    for one in viewer.said(iri).get(term("as:deleted"), []):
        if isinstance(one, Literal):
            day = one.value[:_DAY]
            return Value(say_date(Literal(day, datatype=term("xsd:date")), viewer.language) or day, machine=day)
    return None


def _last(service: Service, name: str) -> Release | None:
    """The newest release that has the dataset; None where none is left, or no server answers for it."""
    if not service.settings.live:
        return None
    found = [one for one in service.shelf.releases() if one.base == service.release.base]
    return next((one for one in reversed(found) if any(each.name == name for each in one.datasets)), None)


def _kept(reader: Reader, last: Release, name: str) -> Kept:
    root, language = reader.request.root, f"?lang={reader.language}" if "lang" in reader.carried else ""
    at = f"{root}{encode(f'dataset/{name}')}{language}"
    return Kept(last.name, pinned(at, last.name), pinned(f"{root}dumps/{language}", last.name))
