"""The links of a site's things to those of authorities: where they stand, and what is wrong with them as such."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from mreze.findings import Finding
from mreze.gather.authorities import Authority, authority_of
from mreze.graph import SiteGraph
from mreze.namespaces import term
from mreze.reading import Document
from mreze.texts import text

PROPERTIES: Final = frozenset(map(term, ("owl:sameAs", "schema:sameAs", "skos:exactMatch")))
SHAPE: Final = "link-shape"
SHARED: Final = "link-shared"
SEVERAL: Final = "link-several"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a thing to the same thing elsewhere."""

    thing: str
    """IRI."""
    predicate: str
    """IRI."""
    target: str
    """IRI."""
    authority: Authority
    """Whose the target is, or is meant to be."""
    document: Document
    line: int | None

    @property
    def kind(self) -> str:
        """What things of its kind have in common: the IRI but for its last part."""
        return self.thing.rpartition("/")[0]


def read_links(graph: SiteGraph, names: Collection[str] = ()) -> tuple[Link, ...]:
    """The links of a site to authorities that mreze knows, by file and line.

    Args:
        graph: the site.
        names: of the authorities; without any, of all.
    """
    found = [link for document in graph.documents if document.file.role == "data" for link in _links(document)]
    return tuple(one for one in found if not names or one.authority.name in names)


def wrong(links: Sequence[Link]) -> list[Finding]:
    """What can be told without asking anybody: the form of IRIs, what is linked twice, and what has two links."""
    return [*_misshapen(links), *_shared(links), *_several(links)]


def _links(document: Document) -> Iterator[Link]:
    lines: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in document.scan.predicates:
        lines[place.subject, place.predicate].append(place.line)
    for quad in document.quads:
        if quad.predicate in PROPERTIES and isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            thing, predicate, target = quad.subject.value, quad.predicate.value, quad.object.value
            places = lines[thing, predicate]
            line = places.pop(0) if len(places) > 1 else next(iter(places), document.scan.line(thing))
            if authority := authority_of(target):
                yield Link(thing, predicate, target, authority, document, line)


def _misshapen(links: Iterable[Link]) -> Iterator[Finding]:
    for one in links:
        if told := one.authority.shape(one.target):
            message = text("The link is not as {who} writes its IRIs.", who=one.authority.title)
            yield finding(one, SHAPE, message, {"en": f"It {told}."})


def _shared(links: Iterable[Link]) -> Iterator[Finding]:
    """One thing elsewhere that is the same as two of a kind here: one of the links is wrong, or the two are one."""
    first: dict[tuple[str, str], Link] = {}
    for one in links:
        other = first.setdefault((one.kind, one.target), one)
        if other.thing != one.thing:
            message = text("{thing} is linked to the same.", thing=other.thing)
            remedy = text("Look which of them it is, and take the other link away; or make one thing of the two.")
            yield finding(one, SHARED, message, remedy)


def _several(links: Iterable[Link]) -> Iterator[Finding]:
    """Two things of one authority that are both the same as one here: one of them is another."""
    first: dict[tuple[str, str], Link] = {}
    for one in links:
        other = first.setdefault((one.thing, one.authority.name), one)
        if other.target != one.target:
            message = text("The thing is linked to {other} too.", other=other.target)
            yield finding(one, SEVERAL, message, text("Look which of them it is, and take the other link away."))


def finding(link: Link, check: str, message: dict[str, str], remedy: dict[str, str]) -> Finding:
    """What is wrong with a link, told at its place."""
    return Finding(
        "violation", check, message, remedy, link.document.path, link.line, link.thing, link.predicate, link.target
    )
