"""The files of a feed: its pages, and the root that leads to them, in TriG and JSON-LD.

Shaped as clients read it (https://w3id.org/tree/specification): the root names the stream and says of each page from
when to when its members were published; a page names its members, each with its payload in the graph of its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse

from mreze.build.feed_activities import Activity, Verb
from mreze.build.writer import write_file
from mreze.errors import ReleaseError
from mreze.feeds import Feed, FeedPage
from mreze.formats import JSON_LD, TRIG
from mreze.namespaces import RDF_TYPE, term
from mreze.release import LOCATION, ReleaseFile
from mreze.streams.graphs import Graph, JsonLdGraphs, Statements, TrigGraphs, graph, statements
from mreze.streams.statements import Block

LDES: Final = NamedNode("https://w3id.org/ldes/specification")
DCAT_AP_FEED: Final = NamedNode("https://semiceu.github.io/LDES-DCAT-AP-feeds/")
HERE: Final = "https://here.invalid/"
"""Stands for the document itself: every form of it, and every address, is one of its own."""
_VERBS: Final[dict[NamedNode, Verb]] = {
    term("as:Create"): "Create",
    term("as:Update"): "Update",
    term("as:Delete"): "Delete",
}
_PUBLISHED: Final = term("as:published")
_OBJECT: Final = term("as:object")
_TYPE: Final = str(RDF_TYPE)


def activity_iri(base: str, feed: Feed, page: FeedPage, activity: Activity) -> str:
    """What an activity is called: a part of its page."""
    return f"{base}{feed.page_path(page)}#{activity.name}"


@dataclass(frozen=True)
class PageWriter:
    """Writes pages, in whichever process."""

    folder: Path
    """Of the release."""
    base: str
    prefixes: Mapping[str, str]

    def write(self, feed: Feed, page: FeedPage, members: Sequence[Activity]) -> list[ReleaseFile]:
        """Write a page in every syntax; its locations are relative to it.

        Args:
            feed: whose page.
            page: which.
            members: its activities, in their order.
        """
        named = {activity_iri(self.base, feed, page, one): one for one in members}
        page_said = [*_page(feed, page, self.base), *(_member(feed, self.base, iri) for iri in named)]
        blocks = [*graph(statements(page_said)).blocks, *(_activity(iri, one) for iri, one in named.items())]
        head, graphs = Graph(sorted(blocks)), {iri: graph(one.payload) for iri, one in named.items() if one.payload}
        return [
            write_file(self.folder, f"{feed.page_path(page)}.{extension}", writer.write(head, graphs).encode())
            for extension, writer in self._writers.items()
        ]

    @cached_property
    def _writers(self) -> dict[str, TrigGraphs | JsonLdGraphs]:
        return writers(self.prefixes, "../../")

    def __getstate__(self) -> dict[str, object]:
        """What another process needs: it has writers of its own."""
        return {name: value for name, value in self.__dict__.items() if name != "_writers"}


def writers(prefixes: Mapping[str, str], up: str) -> dict[str, TrigGraphs | JsonLdGraphs]:
    """Who writes files of feeds, by extension.

    Args:
        prefixes: the prefixes that may be used.
        up: the way from the file to the release's folder.
    """
    relative = {HERE: "", LOCATION: up}
    return {TRIG.extension: TrigGraphs(prefixes, relative), JSON_LD.extension: JsonLdGraphs(prefixes, relative)}


def read_page(feed: Feed, page: FeedPage, content: bytes, base: str) -> list[Activity]:
    """The activities of a page in TriG, in the order of their names.

    Raises:
        ReleaseError: it does not hold what the index says.
    """
    path = f"{feed.page_path(page)}.trig"
    try:
        quads = list(parse(content, format=RdfFormat.TRIG, base_iri=LOCATION + path))
    except SyntaxError as error:
        raise _damaged(path) from error
    graphs: dict[str, set[Triple]] = {}
    said: dict[str, dict[str, NamedNode | Literal]] = {}
    for one in quads:
        if isinstance(one.graph_name, DefaultGraph):
            if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal):
                said.setdefault(one.subject.value, {})[one.predicate.value] = one.object
        elif isinstance(one.graph_name, NamedNode):
            graphs.setdefault(one.graph_name.value, set()).add(one.triple)
    stem = f"{base}{feed.page_path(page)}#"
    found = [
        _read(iri.removeprefix(stem), about, statements(graphs.get(iri, ())), path)
        for iri, about in said.items()
        if iri.startswith(stem)
    ]
    if len(found) != page.members:
        raise _damaged(path)
    return sorted(found, key=lambda one: (one.published, one.thing))


def write_root(feed: Feed, base: str, about: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, bytes]:
    """The page that a client begins with, by extension of its syntax.

    Args:
        feed: the feed.
        base: the site's base IRI.
        about: what else is said of the stream.
        prefixes: the prefixes that may be used.
    """
    said = [*stream(feed, base), *about, Triple(NamedNode(feed.stream(base)), term("tree:view"), NamedNode(HERE))]
    found = {}
    for extension, writer in writers(prefixes, "../").items():
        head = [*said, *(one for page in feed.pages for one in _relations(feed, page, extension))]
        found[extension] = writer.write(graph(statements(head)), {}).encode()
    return found


def stream(feed: Feed, base: str) -> Iterator[Triple]:
    """What a client must know of the stream (https://w3id.org/ldes/specification)."""
    iri = NamedNode(feed.stream(base))
    yield Triple(iri, RDF_TYPE, term("ldes:EventStream"))
    yield Triple(iri, term("ldes:timestampPath"), _PUBLISHED)
    yield Triple(iri, term("ldes:versionOfPath"), term("as:object"))
    for verb, name in _VERBS.items():
        yield Triple(iri, term(f"ldes:version{name}Path"), RDF_TYPE)
        yield Triple(iri, term(f"ldes:version{name}Object"), verb)


def _page(feed: Feed, page: FeedPage, base: str) -> Iterator[Triple]:
    here = NamedNode(HERE)
    yield Triple(here, RDF_TYPE, term("tree:Node"))
    yield Triple(here, term("dct:isPartOf"), NamedNode(feed.stream(base)))
    if page.closed:
        yield Triple(here, term("ldes:immutable"), Literal("true", datatype=term("xsd:boolean")))


def _member(feed: Feed, base: str, iri: str) -> Triple:
    return Triple(NamedNode(feed.stream(base)), term("tree:member"), NamedNode(iri))


def _activity(iri: str, activity: Activity) -> Block:
    verb, published = str(term(f"as:{activity.verb}")), str(_time(activity.published))
    return f"<{iri}", [(_TYPE, verb), (str(_OBJECT), f"<{activity.thing}>"), (str(_PUBLISHED), published)]


def _relations(feed: Feed, page: FeedPage, extension: str) -> Iterator[Triple]:
    """That a page has what was published from then, and, if it is closed, until then."""
    here, node = NamedNode(HERE), NamedNode(f"{LOCATION}{feed.page_path(page)}.{extension}")
    yield Triple(here, RDF_TYPE, term("tree:Node"))
    bounds = [("from", "tree:GreaterThanOrEqualToRelation", page.first)]
    if page.closed:
        bounds.append(("to", "tree:LessThanOrEqualToRelation", page.last))
    for name, kind, value in bounds:
        relation = NamedNode(f"{HERE}#{page.name}-{name}")
        yield Triple(here, term("tree:relation"), relation)
        yield Triple(relation, RDF_TYPE, term(kind))
        yield Triple(relation, term("tree:path"), _PUBLISHED)
        yield Triple(relation, term("tree:value"), _time(value))
        yield Triple(relation, term("tree:node"), node)


def _read(name: str, about: Mapping[str, NamedNode | Literal], payload: Statements, path: str) -> Activity:
    try:
        verb = _VERBS[NamedNode(about[RDF_TYPE.value].value)]
        thing, published = about[_OBJECT.value].value, about[_PUBLISHED.value].value
    except KeyError as error:
        raise _damaged(path) from error
    return Activity(name, verb, thing, published, tuple(payload))


def _time(value: str) -> Literal:
    return Literal(value, datatype=term("xsd:dateTime"))


def _damaged(path: str) -> ReleaseError:
    return ReleaseError(f"{path}: not what feeds.json says of it. Restore the release from a copy.")
