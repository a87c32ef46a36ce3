"""Accepted candidates become links: all files are prepared before the first is written, and every trouble is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from mreze.errors import SiteError
from mreze.gather.identity import owner
from mreze.gather.insertion import inserted
from mreze.gather.linking import CONCEPT, CONCEPTS, ELSEWHERE, LINKS, PLACES, SAME, Link, usual_link
from mreze.gather.model import Decision
from mreze.gather.renames import Inhabitants, heirs, inhabitants
from mreze.gather.table import Entry, Table
from mreze.graph import SiteGraph
from mreze.namespaces import RDF_TYPE, term
from mreze.reading import Document

_PROPERTIES: Final = {term(name): name for name in LINKS}
_GEOMETRY: Final = term("geo:hasGeometry")
_FEATURE: Final = term("geo:Feature").value


@dataclass(frozen=True, slots=True)
class Applied:
    """What is to be written."""

    links: tuple[Link, ...]
    files: Mapping[Path, str]
    """New texts of files, by their paths relative to the site's folder."""
    table: Table
    """Of candidates: what was accepted by hand says who and when."""
    warnings: tuple[str, ...]


@dataclass
class _Stated:
    """What a site's data say of links and classes, and what is about to be added."""

    now: Inhabitants
    classes: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    links: defaultdict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """Property and object, by thing."""
    linked: defaultdict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    """Property and thing, by object."""

    def add(self, thing: str, name: str, candidate: str) -> None:
        self.links[thing].add((name, candidate))
        self.linked[candidate].add((name, thing))

    def has(self, thing: str, candidate: str) -> bool:
        return any(one == candidate for _, one in self.links.get(thing, ()))


def apply(graph: SiteGraph, whole: Table, by: str, on: str) -> Applied:
    """The links that accepted rows become which are none yet; a second time there are none.

    Args:
        graph: the site.
        whole: its table of candidates.
        by: who accepted what was accepted by hand without a name; "" if nobody says so.
        on: today, YYYY-MM-DD: the day for what was accepted without one.

    Raises:
        SiteError: some row cannot become a link; tells of all, and nothing is to be written.
    """
    stated = _stated(graph)
    troubles: list[str] = []
    found = _found(graph, whole, stated, Link("", "", "", by, on), troubles)
    links = tuple(link for _, link in found)
    files = _files(graph, links, troubles)
    if troubles:
        raise SiteError("\n".join(["nothing was written.", *troubles]))
    filled = [replace(one.candidate, link=link.name, by=link.by, on=link.on) for one, link in found]
    return Applied(links, files, whole.with_candidates(filled), tuple(_warnings(graph, whole, stated)))


def _found(
    graph: SiteGraph, whole: Table, stated: _Stated, usual: Link, troubles: list[str]
) -> list[tuple[Entry, Link]]:
    """The rows that become links; of what is wrong with the others all is told."""
    accepted = [
        (thing, one)
        for one in whole.entries
        if one.candidate.decision is Decision.ACCEPTED and (thing := _thing(one, stated, troubles))
    ]
    found = []
    # Places first: what is one, its authority is elsewhere.
    for thing, entry in sorted(accepted, key=lambda it: PLACES.isdisjoint(stated.classes[it[0]])):
        if not stated.has(thing, entry.candidate.candidate):
            link = _link(entry, thing, stated, usual)
            wrong = list(_wrong(link, graph, stated, usual.on))
            troubles += [f"{entry.place}: {one}" for one in wrong]
            found += [] if wrong else [(entry, link)]
            stated.add(thing, link.name, link.candidate)
    return found


def _stated(graph: SiteGraph) -> _Stated:
    found = _Stated(inhabitants(graph))
    for quad in graph.quads("data"):
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
            continue
        thing, value = quad.subject.value, quad.object.value
        if quad.predicate == RDF_TYPE:
            found.classes[thing].add(value)
        elif quad.predicate == _GEOMETRY:
            found.classes[thing].add(_FEATURE)
        elif quad.predicate in _PROPERTIES:
            found.add(thing, _PROPERTIES[quad.predicate], value)
    return found


def _thing(entry: Entry, stated: _Stated, troubles: list[str]) -> str:
    """The IRI that the thing of a row has now; "" where it is retired for good, or lost."""
    old = entry.candidate.thing
    found = sorted(heirs(old, stated.now.retired))
    if len(found) == 1 and found[0] in stated.now.things:
        return found[0]
    if found:
        what = "the site has no such thing" if found == [old] else f"in its place came {', '.join(found)}"
        troubles.append(f"{entry.place}: {old}: {what}. Say which it is now: mreze links rename {old} NEW")
    return ""


def _link(entry: Entry, thing: str, stated: _Stated, usual: Link) -> Link:
    one = entry.candidate
    name = usual_link(stated.classes[thing], one.candidate)
    if name == SAME and _another_kind(thing, one.candidate, stated):
        name = ELSEWHERE
    return Link(thing, one.link or name, one.candidate, one.by or usual.by, one.on or usual.on)


def _another_kind(thing: str, candidate: str, stated: _Stated) -> bool:
    """Whether the candidate is a place of the site already, and the thing is none: its authority, say."""
    same = [other for name, other in stated.linked[candidate] if name == SAME and other != thing]
    places = [one for one in same if not PLACES.isdisjoint(stated.classes[one])]
    return bool(places) and PLACES.isdisjoint(stated.classes[thing])


def _wrong(link: Link, graph: SiteGraph, stated: _Stated, today: str) -> Iterator[str]:
    """Why a row cannot become a link, each with the remedy."""
    if not link.by:
        yield "nobody says who accepted it. Write a name into the column by, or say: mreze links apply --by NAME"
    if link.on > today:
        yield f"it was accepted on {link.on}, which is to come. Write the day into the column on."
    if link.name == CONCEPT and CONCEPTS.isdisjoint(stated.classes[link.thing]):
        yield f"skos:exactMatch is for concepts, and {link.thing} is none. Write another property into the column link."
    for name, other in sorted(stated.links[link.thing]):
        if name == link.name and owner(other) == owner(link.candidate):
            yield (
                f"{link.thing} is linked to {other} already{_where(graph, link.thing, name)}, and {link.candidate} is "
                "accepted. Take that link out of the data, or reject the candidate."
            )
    for name, other in sorted(stated.linked[link.candidate]):
        if name == link.name != ELSEWHERE and other != link.thing:
            yield (
                f"{link.candidate} is the same as {other} already{_where(graph, other, name)}, so not as {link.thing}. "
                "Reject it, take that link out of the data, or write schema:sameAs into the column link."
            )


def _where(graph: SiteGraph, thing: str, name: str) -> str:
    """File and line of a link, as part of a sentence; nothing for one that is about to be written."""
    document = graph.document_of(thing)
    line = document.scan.line(thing, term(name).value) if document else None
    return f" ({(graph.site.root / document.path).as_posix()}{f':{line}' if line else ''})" if document else ""


def _files(graph: SiteGraph, links: Iterable[Link], troubles: list[str]) -> dict[Path, str]:
    """The new texts of the files that describe the things."""
    groups: dict[Path, tuple[Document, list[Link]]] = {}
    for link in links:
        document = graph.document_of(link.thing)
        if document is not None:
            groups.setdefault(document.path, (document, []))[1].append(link)
    return {path: text for path, group in groups.items() if (text := _text(graph.site.root, *group, troubles))}


def _text(root: Path, document: Document, links: Sequence[Link], troubles: list[str]) -> str:
    try:
        return inserted(document, links, root)
    except SiteError as error:
        troubles.append(str(error))
        return ""


def _warnings(graph: SiteGraph, whole: Table, stated: _Stated) -> Iterator[str]:
    for entry in whole.entries:
        one = entry.candidate
        for thing in sorted(heirs(one.thing, stated.now.retired)):
            for name in sorted(name for name, other in stated.links.get(thing, ()) if other == one.candidate):
                if one.decision is Decision.REJECTED:
                    yield (
                        f"{entry.place}: {one.candidate} is rejected for {thing}, and linked"
                        f"{_where(graph, thing, name)}. Take the link out of the data, or change the decision."
                    )
