"""What a small picture of a thing shows: what it is called and is, and some of what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.namespaces import PREFIXES
from mreze.release import Release
from mreze.serve.footnotes import footnotes, is_marked
from mreze.serve.pages import Reader
from mreze.serve.reconcile.facts import find_values
from mreze.serve.reconcile.paths import TooMany, Walk
from mreze.serve.reconcile.properties import Properties
from mreze.serve.store import Store
from mreze.serve.view import Row, Value, Viewer
from mreze.texts import pick

_MOST_ROWS: Final = 8
_MOST_VALUES: Final = 5
_MOST_NAMES: Final = 12


def _terms(prefix: str, *names: str) -> frozenset[str]:
    return frozenset(PREFIXES[prefix] + one for one in names)


_NAMES: Final = _terms("skos", "prefLabel", "altLabel") | _terms("rdfs", "label")
_HIDDEN: Final = (
    _NAMES
    | _terms("dct", "source", "identifier")
    | _terms("owl", "sameAs")
    | _terms("rdf", "type")
    | _terms("schema", "sameAs", "memberOf")
    | _terms("skos", "note", "exactMatch")
    | _terms("skosxl", "altLabel", "prefLabel")
)
"""What is shown otherwise, is told twice, or is for those who want to know more."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A row, and how many more values it would have."""

    row: Row
    more: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """A thing, as much of it as is shown."""

    iri: str
    name: Value
    kinds: tuple[Value, ...]
    names: tuple[Value, ...]
    """What else it is called: in other scripts and languages, and for short."""
    facts: tuple[Fact, ...]
    footnotes: tuple[Value, ...]
    """Of the names that are shown."""


def portray(store: Store, release: Release, properties: Properties, iri: str, reader: Reader) -> Portrait:
    """A thing for a reader.

    Args:
        store: where to look.
        release: whose thing it is.
        properties: those that there are, the derived ones among them.
        iri: the thing, which is there.
        reader: who looks.
    """
    triples = _said(store, properties, iri)
    mentioned = {one.predicate for one in triples} | {
        one.object for one in triples if isinstance(one.object, NamedNode)
    }
    viewer = Viewer(
        triples,
        store.labels(mentioned),
        base=release.base,
        language=reader.language,
        root=reader.request.root,
        query=reader.query,
    )
    part = viewer.part(iri)
    name = viewer.label(iri)
    facts = [fact for row in part.rows if (fact := _fact(row, iri, reader.language)) is not None]
    kinds = tuple(one for one in part.kinds if one.language is not None) or part.kinds  # those that have a name
    shown = tuple(_once(facts))[:_MOST_ROWS]
    names = [name, *(value for fact in shown for value in fact.row.values if value.href)]
    notes = footnotes(store, {one.title for one in names if one.title and is_marked(one.text)}, reader.language)
    return Portrait(iri, name, kinds, _other_names(part.rows, name), shown, notes)


def _said(store: Store, properties: Properties, iri: str) -> set[Triple]:
    thing = NamedNode(iri)
    triples = {one for one in store.outgoing([thing]) if one.subject == thing}
    for name in properties.paths:
        try:
            found = find_values(Walk(store), properties, iri, name)
        except TooMany:
            continue
        triples |= {Triple(thing, NamedNode(name), one) for one in found}
    return triples


def _other_names(rows: Iterable[Row], name: Value) -> tuple[Value, ...]:
    names = (value for row in rows if row.name.title in _NAMES for value in row.values)
    others = {value.text: value for value in names if value.text != name.text}
    return tuple(others.values())[:_MOST_NAMES]


def _once(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, but of those that lead to the same addresses elsewhere the first."""
    seen: set[tuple[str | None, ...]] = set()
    for fact in facts:
        leading = tuple(one.href for one in fact.row.values)
        if leading not in seen:
            yield fact
        if all(href and href.startswith(("http://", "https://")) for href in leading):
            seen.add(leading)


def _fact(row: Row, iri: str, language: str) -> Fact | None:
    """A row with the values that fit into a small picture; of texts those of one language."""
    if row.name.title in _HIDDEN:
        return None
    values = [one for one in row.values if one.part is None and not (one.title or "").startswith(iri + "#")]
    tags = {one.language: one.language for one in values if one.language and one.href is None}
    best = pick(tags, language)
    values = [one for one in values if one.href is not None or not one.language or one.language == best]
    return Fact(Row(row.name, tuple(values[:_MOST_VALUES])), len(values[_MOST_VALUES:])) if values else None
