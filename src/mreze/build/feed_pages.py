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
from mreze.streams.graphs import Documents, Graph, GraphWriter, Statements, graph, ordered, statements
from mreze.streams.outlines import TYPE, Block

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
_TYPES: Final = {verb: str(one) for one, verb in _VERBS.items()}
_MEMBER: Final = str(term("tree:member"))
_SAID: Final = (TYPE, str(_OBJECT), str(_PUBLISHED))
"""What is said of an activity."""


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
        head = Graph(ordered([*_page(feed, page, self.base, named), *_activities(named)]))
        graphs = {iri: graph(one.payload) for iri, one in named.items() if one.payload}
        path, written = feed.page_path(page), self._writer.write(head, graphs)
        return [
            write_file(self.folder, f"{path}.{TRIG.extension}", written.trig.encode()),
            write_file(self.folder, f"{path}.{JSON_LD.extension}", written.json_ld.encode()),
        ]

    @cached_property
    def _writer(self) -> GraphWriter:
        return _writer(self.prefixes, "../../")

    def __getstate__(self) -> dict[str, object]:
        """What another process needs: it has a writer of its own."""
        return {name: value for name, value in self.__dict__.items() if name != "_writer"}


def _writer(prefixes: Mapping[str, str], up: str) -> GraphWriter:
    """Who writes files of feeds, from which the release's folder is reached so."""
    return GraphWriter(prefixes, {HERE: "", LOCATION: up})


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
    view = Triple(NamedNode(feed.stream(base)), term("tree:view"), NamedNode(HERE))
    said = statements([*stream(feed, base), *about, view]).split("\n")
    writer = _writer(prefixes, "../")

    def document(extension: str) -> Documents:
        head = {*said, *(one for page in feed.pages for one in _relations(feed, page, extension))}
        return writer.write(graph("\n".join(sorted(head))), {})

    return {
        TRIG.extension: document(TRIG.extension).trig.encode(),
        JSON_LD.extension: document(JSON_LD.extension).json_ld.encode(),
    }


def stream(feed: Feed, base: str) -> Iterator[Triple]:
    """What a client must know of the stream (https://w3id.org/ldes/specification)."""
    iri = NamedNode(feed.stream(base))
    yield Triple(iri, RDF_TYPE, term("ldes:EventStream"))
    yield Triple(iri, term("ldes:timestampPath"), _PUBLISHED)
    yield Triple(iri, term("ldes:versionOfPath"), term("as:object"))
    for verb, name in _VERBS.items():
        yield Triple(iri, term(f"ldes:version{name}Path"), RDF_TYPE)
        yield Triple(iri, term(f"ldes:version{name}Object"), verb)


def _page(feed: Feed, page: FeedPage, base: str, members: Iterable[str]) -> list[Block]:
    """What is said of a page, and of the stream that it belongs to."""
    here, own = NamedNode(HERE), NamedNode(feed.stream(base))
    said = [Triple(here, RDF_TYPE, term("tree:Node")), Triple(here, term("dct:isPartOf"), own)]
    if page.closed:
        said.append(Triple(here, term("ldes:immutable"), Literal("true", datatype=term("xsd:boolean"))))
    names = [f"<{iri}>" for iri in members]
    return [*graph(statements(said)).blocks, ((_MEMBER,) * len(names), (str(own), *names))]


def _activities(named: Mapping[str, Activity]) -> Iterator[Block]:
    times = {one: str(_time(one)) for one in {each.published for each in named.values()}}
    for iri, one in named.items():
        yield _SAID, (f"<{iri}>", _TYPES[one.verb], f"<{one.thing}>", times[one.published])


def _relations(feed: Feed, page: FeedPage, extension: str) -> Iterator[str]:
    """That a page has what was published from then, and, if it is closed, until then."""
    yield f"<{HERE}> {TYPE} {term('tree:Node')}"
    bounds = [("from", "tree:GreaterThanOrEqualToRelation", page.first)]
    if page.closed:
        bounds.append(("to", "tree:LessThanOrEqualToRelation", page.last))
    for name, kind, value in bounds:
        relation = f"<{HERE}#{page.name}-{name}>"
        yield f"<{HERE}> {term('tree:relation')} {relation}"
        yield f"{relation} {TYPE} {term(kind)}"
        yield f"{relation} {term('tree:path')} {_PUBLISHED}"
        yield f"{relation} {term('tree:value')} {_time(value)}"
        yield f"{relation} {term('tree:node')} <{LOCATION}{feed.page_path(page)}.{extension}>"


def _read(name: str, about: Mapping[str, NamedNode | Literal], payload: Statements, path: str) -> Activity:
    try:
        verb = _VERBS[NamedNode(about[RDF_TYPE.value].value)]
        thing, published = about[_OBJECT.value].value, about[_PUBLISHED.value].value
    except KeyError as error:
        raise _damaged(path) from error
    return Activity(name, verb, thing, published, payload)


def _time(value: str) -> Literal:
    return Literal(value, datatype=term("xsd:dateTime"))


def _damaged(path: str) -> ReleaseError:
    return ReleaseError(f"{path}: not what feeds.json says of it. Restore the release from a copy.")
