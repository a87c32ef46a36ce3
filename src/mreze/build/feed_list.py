"""The list of the feeds, as RDF: which streams there are, of what, and where a client begins."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from mreze import turtle
from mreze.build.atom import changes_of
from mreze.build.contents import Contents
from mreze.build.feed_pages import DCAT_AP_FEED, LDES, stream
from mreze.feeds import ALL, CATALOG, FOLDER, Feed, FeedIndex
from mreze.formats import ATOM, TRIG
from mreze.namespaces import term
from mreze.release import LOCATION


def write_list(index: FeedIndex, contents: Contents) -> bytes:
    """The list in Turtle, with locations relative to the release.

    Args:
        index: the feeds.
        contents: what the release holds.
    """
    base = contents.site.base
    feeds = NamedNode(base + "feed")
    said = {Triple(feeds, term("rdfs:seeAlso"), NamedNode(f"{LOCATION}{FOLDER}{ALL}.{ATOM.extension}"))}
    for feed in index.feeds:
        iri = NamedNode(feed.stream(base))
        said.add(Triple(feeds, term("dct:hasPart"), iri))
        said.add(Triple(iri, term("tree:view"), NamedNode(f"{LOCATION}{feed.path}.{TRIG.extension}")))
        said |= {*stream(feed, base), *about(contents, feed)}
    return turtle.write(said, contents.prefixes, relative_to=LOCATION).encode()


def about(contents: Contents, feed: Feed) -> Iterator[Triple]:
    """What is said of a stream beside what a client must know: of what it is, its title, its licence."""
    site = contents.site
    iri, source = NamedNode(feed.stream(site.base)), source_of(site.base, feed.name)
    yield Triple(iri, term("dct:source"), NamedNode(source))
    yield Triple(iri, term("dct:conformsTo"), LDES)
    if feed.name == CATALOG:
        yield Triple(iri, term("dct:conformsTo"), DCAT_AP_FEED)
    for one in contents.cataloged(source, "dct:license"):
        yield Triple(iri, term("dct:license"), one)
    titles = {
        one.language: one.value
        for one in contents.cataloged(source, "dct:title")
        if isinstance(one, Literal) and one.language
    }
    for language, title in titles.items():
        told = changes_of(title).get(language, title)
        yield Triple(iri, term("dct:title"), Literal(told, language=language))


def source_of(base: str, name: str) -> str:
    """IRI of what a feed tells the changes of."""
    return base + CATALOG if name == CATALOG else f"{base}dataset/{name}"
