"""What changed since the release before: a page for people, activities for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode, Triple

from mreze.activities import TYPES
from mreze.changes import GRAPHS as OTHERS
from mreze.changes import Kind
from mreze.errors import NotFound
from mreze.formats import GRAPHS, HTML
from mreze.namespaces import RDF_TYPE, term
from mreze.release import CHANGES, release_order
from mreze.serve.documents import texts_of
from mreze.serve.exchange import PARAMETER, Request, Response
from mreze.serve.iris import decode
from mreze.serve.pages import Reader, interface_text
from mreze.serve.resources.graphs import answer, located
from mreze.serve.service import Service, suffixed
from mreze.serve.view import Value, Viewer
from mreze.summary import counted
from mreze.texts import pick

MOST: Final = 200
"""How many things of a dataset that became the same the page names."""
_OFFERED: Final = (*GRAPHS, HTML)
_KINDS: Final = {one: kind for kind, one in TYPES.items()}
_HEADINGS: Final = {"ontology": "Vocabulary", "shapes": "Shapes of the data"}


@dataclass(frozen=True, slots=True)
class Became:
    """The things of a dataset that became the same."""

    heading: str
    things: tuple[Value, ...]
    more: int
    """How many of them are not named."""


@dataclass(frozen=True, slots=True)
class Part:
    """The changes of one dataset."""

    id: str
    name: Value
    became: tuple[Became, ...]


def changes(service: Service, request: Request, suffix: str, *, by_name: bool = False) -> Response:
    """What became of which thing since the release before; `by_name` where the path names the release."""
    if CHANGES not in service.release.files:
        raise NotFound(f"The release {service.release.name} does not say what changed: an older mreze built it.")
    triples = located(service, request, CHANGES)
    name = f"changes/{service.release.name}" if by_name else "changes"
    return answer(service, request, suffix, name, triples, lambda reader: _page(service, reader, triples))


def of_release(service: Service, request: Request, path: str) -> Response:
    """The changes of one release: of this one here, of an earlier one where that is opened."""
    name, form = suffixed(decode(path), _OFFERED)
    names, own = {decode(path), name}, service.release.name
    if own in names:
        return changes(service, request, form.extension if form and name == own else "", by_name=True)
    known = next((one for one in (decode(path), name) if _is_kept(service, one)), None)
    if known is None:
        raise NotFound(f"The release {name!r} is not kept here. This one is {own}.")
    extension = f".{form.extension}" if form and known == name else ""
    language = {name: value for name, value in request.parameters.items() if name == "lang"}
    target = f"{request.location}changes{extension}?{urlencode({PARAMETER: known} | language)}"
    return Response(status=303, headers={"Location": target})


def _is_kept(service: Service, name: str | None) -> bool:
    """Whether an earlier release that says what changed can be asked for here."""
    if name is None or name not in service.shelf.names():
        return False
    earlier = release_order(name) < release_order(service.release.name)
    return earlier and (service.shelf.folder / name / CHANGES).is_file()


def _page(service: Service, reader: Reader, triples: set[Triple]) -> Response:
    iri = f"{service.release.base}changes/{service.release.name}"
    groups = _groups(triples)
    contexts = _said(triples, term("as:context"))
    mentioned = {one for found in groups.values() for things in found.values() for one in things}
    viewer = _viewer(service, reader, mentioned | set(contexts.values()))
    parts = [_part(viewer, reader, group, contexts[group], found) for group, found in groups.items()]
    order = [one.name for one in service.release.datasets] + list(OTHERS)
    parts.sort(key=lambda part: (order.index(part.id) if part.id in order else -1, part.id))
    previous = service.release.previous
    return service.pages.page(
        "changes.html",
        reader,
        alternates=[(one, f"{reader.request.root}changes.{one.extension}") for one in GRAPHS],
        summary=pick(texts_of(frozenset(triples), iri, "as:summary"), reader.language),
        parts=parts,
        previous=previous if _is_kept(service, previous) else None,
    )


def _viewer(service: Service, reader: Reader, mentioned: Iterable[NamedNode]) -> Viewer:
    catalogue = service.store.graph(service.release.base + "catalog")
    titles = {one for one in catalogue if one.predicate == term("dct:title")}
    return Viewer(
        (),
        service.store.labels(mentioned) | titles,
        base=service.release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )


def _groups(triples: Iterable[Triple]) -> dict[NamedNode, dict[Kind, list[NamedNode]]]:
    """The things that changed, by dataset and by what became of them."""
    things, kinds = _said(triples, term("as:object")), _said(triples, RDF_TYPE)
    groups: dict[NamedNode, dict[Kind, list[NamedNode]]] = {}
    for group, activity in _pairs(triples, term("as:items")):
        groups.setdefault(group, {}).setdefault(_KINDS[kinds[activity]], []).append(things[activity])
    return groups


def _part(
    viewer: Viewer, reader: Reader, group: NamedNode, context: NamedNode, found: Mapping[Kind, list[NamedNode]]
) -> Part:
    became = []
    for kind in Kind:
        if things := found.get(kind):
            links = sorted((viewer.link(one.value) for one in things), key=lambda one: (one.text.casefold(), one.title))
            heading = pick(counted(kind, len(things)), reader.language)
            became.append(Became(heading, tuple(links[:MOST]), max(0, len(links) - MOST)))
    name, called = group.value.partition("#")[2], viewer.link(context.value)
    if name in _HEADINGS:
        called = Value(interface_text(reader, _HEADINGS[name]), called.href)
    return Part(name, called, tuple(became))


def _said(triples: Iterable[Triple], predicate: NamedNode) -> dict[NamedNode, NamedNode]:
    """The one value of a property, by subject."""
    return dict(_pairs(triples, predicate))


def _pairs(triples: Iterable[Triple], predicate: NamedNode) -> Iterator[tuple[NamedNode, NamedNode]]:
    for one in triples:
        if one.predicate == predicate and isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode):
            yield one.subject, one.object
