"""The feed for people, in each language of the site: an entry a release, which tells what it changed.

Atom, https://www.rfc-editor.org/rfc/rfc4287. Its own addresses are relative; those of things are their IRIs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final
from xml.etree import ElementTree

from pyoxigraph import Literal, NamedNode

from mreze.build.contents import Contents
from mreze.feeds import ALL, CATALOG, FOLDER, ChangedThing, Entry, FeedIndex
from mreze.formats import ATOM
from mreze.release import ReleaseDataset
from mreze.texts import Text, pick, text

_NAMESPACE: Final = "http://www.w3.org/2005/Atom"


def write_atom(index: FeedIndex, contents: Contents, datasets: Iterable[ReleaseDataset]) -> dict[str, bytes]:
    """The feed by path, in every language of the site; under the bare name in the first one.

    Args:
        index: what the releases changed.
        contents: what the release holds.
        datasets: those of the release.
    """
    titles = {one.name: one.titles for one in datasets} | {CATALOG: text("Catalogue")}
    found = {}
    for number, language in enumerate(contents.site.languages):
        name = ALL if number == 0 else f"{ALL}.{language}"
        found[f"{FOLDER}{name}.{ATOM.extension}"] = _feed(index, contents, titles, name, language)
    return found


def changes_of(title: str) -> Text:
    """What a feed is called: that of the changes of something with that title."""
    return text("Changes: {title}", title=title)


def _feed(index: FeedIndex, contents: Contents, titles: Mapping[str, Text], name: str, language: str) -> bytes:
    site = contents.site
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": language})
    _add(root, "id", f"{site.base}{FOLDER}{name}")
    _add(root, "title", pick(changes_of(pick(site.titles, language)), language))
    _add(root, "updated", max(one.published for one in index.entries))
    _add(ElementTree.SubElement(root, "author"), "name", _author(contents, language))
    _link(root, "self", f"{name}.{ATOM.extension}", ATOM.media_type)
    _link(root, "alternate", site.base, "text/html")
    for one in contents.cataloged(site.catalog_iri, "dct:license"):
        _link(root, "license", one.value)
    for entry in index.entries:
        _entry(root, entry, site.base, titles, language)
    ElementTree.indent(root, " ")
    written = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def _entry(root: ElementTree.Element, entry: Entry, base: str, titles: Mapping[str, Text], language: str) -> None:
    element = ElementTree.SubElement(root, "entry")
    _add(element, "id", f"{base}{FOLDER}{ALL}#{entry.release}")
    _add(element, "title", pick(text("Release {release}", release=entry.release), language))
    _add(element, "published", entry.published)
    _add(element, "updated", entry.published)
    _link(element, "alternate", f"{base}changes/{entry.release}", "text/html")
    content = "".join([*_counts(entry, titles, language), *_things(entry, language)])
    _add(element, "content", content).set("type", "html")


def _counts(entry: Entry, titles: Mapping[str, Text], language: str) -> Iterator[str]:
    for name, counts in sorted(entry.counts.items()):
        told = ", ".join(f"{pick(_kind(kind), language)}: {count:,}" for kind, count in counts.items())
        yield f"<p>{escape(pick(titles.get(name, {}), language) or name)} ({escape(told)})</p>"


def _things(entry: Entry, language: str) -> Iterator[str]:
    for kind in ("Create", "Update", "Delete"):
        things = [one for one in entry.things if one.kind == kind]
        if things:
            items = "".join(f"<li>{_anchor(one, language)}</li>" for one in things)
            yield f"<h3>{escape(pick(_kind(kind), language))}</h3><ul>{items}</ul>"


def _anchor(thing: ChangedThing, language: str) -> str:
    label = pick(thing.labels, language) or thing.iri
    return f'<a href="{escape(thing.iri)}">{escape(label)}</a>'


def _kind(kind: str) -> Text:
    return {"Create": text("Created"), "Update": text("Updated"), "Delete": text("Deleted")}[kind]


def _author(contents: Contents, language: str) -> str:
    """The publisher; the site itself where the catalogue does not name one."""
    publishers = contents.cataloged(contents.site.catalog_iri, "dct:publisher")
    names = [
        name for one in publishers if isinstance(one, NamedNode) for name in contents.cataloged(one.value, "foaf:name")
    ]
    told = {one.language or "": one.value for one in names if isinstance(one, Literal)}
    return pick(told, language) or pick(contents.site.titles, language)


def _add(parent: ElementTree.Element, name: str, content: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, name)
    element.text = content
    return element


def _link(parent: ElementTree.Element, relation: str, href: str, media_type: str | None = None) -> None:
    kind = {"type": media_type} if media_type else {}
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": href, **kind})
