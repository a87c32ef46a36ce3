"""The result of a saved query in the words of its reader: what its columns are called, and what its values are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import NamedNode

from mreze.columns import Columns
from mreze.namespaces import RDF_TYPE
from mreze.serve.results import Result
from mreze.serve.schema.telling import spoken
from mreze.serve.store import Store
from mreze.serve.view import Value, Viewer
from mreze.texts import Text

MOST: Final = 5_000
"""Things of a larger class are not looked up by their names."""
Line = tuple[Value | None, ...]


def translate(result: Result, columns: Columns, store: Store, viewer: Viewer, rows: int) -> Result:
    """The result as its reader is shown it.

    A column that says nothing but what the things of another are called is left out: their links say it already. A
    name of a thing of a class, or the end of its IRI, becomes a link; one that several things have stays as it is.

    Args:
        result: of the query, its IRIs as links.
        columns: what the header of the query says.
        store: where things are looked up.
        viewer: knows the labels of the IRIs in the result, and the language of the reader.
        rows: so many are shown.
    """
    places = {name: place for place, name in enumerate(result.columns)}
    kept = [name for name in result.columns if not _is_said(name, places, result.lines[:rows], columns, viewer)]
    known = {one: _names(one, store, viewer) for one in set(columns.named.values()) if not one.startswith("?")}
    cells = [(places[name], _Words(columns.words, known.get(columns.named.get(name, ""), {}), viewer)) for name in kept]
    lines = tuple(tuple(words.say(line[place]) for place, words in cells) for line in result.lines)
    return replace(result, columns=tuple(kept), lines=lines, heads=tuple(_head(one, columns, viewer) for one in kept))


def _head(name: str, columns: Columns, viewer: Viewer) -> Value | None:
    texts = columns.heads.get(name)
    return _told(texts, viewer, name) if texts else None


def _told(texts: Text, viewer: Viewer, title: str) -> Value:
    shown = spoken(texts, viewer.language)
    return Value(title) if shown is None else replace(shown, title=title)


def _is_said(name: str, places: Mapping[str, int], lines: tuple[Line, ...], columns: Columns, viewer: Viewer) -> bool:
    """Whether a column repeats what the things of another one are called."""
    other = columns.named.get(name, "").removeprefix("?")
    if other not in places:
        return False
    return all(_is_name(line[places[name]], line[places[other]], viewer) for line in lines)


def _is_name(name: Value | None, thing: Value | None, viewer: Viewer) -> bool:
    if name is None:
        return True
    return thing is not None and name.text in {one.text for one in viewer.names(thing.title or "")}


def _names(kind: str, store: Store, viewer: Viewer) -> dict[str, str]:
    """The things of a class by their names and by the ends of their IRIs; without names that several have."""
    found = store.fitting((None, RDF_TYPE, NamedNode(kind)), MOST + 1)
    things = sorted({one.subject.value for one in found if isinstance(one.subject, NamedNode)})
    if len(found) > MOST:
        return {}
    viewer.learn(store.labels(NamedNode(one) for one in things))
    by_name: dict[str, set[str]] = {}
    for iri in things:
        for name in {one.text for one in viewer.names(iri)} | {iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]}:
            by_name.setdefault(name, set()).add(iri)
    return {name: iris.pop() for name, iris in by_name.items() if len(iris) == 1}


@dataclass(frozen=True, slots=True)
class _Words:
    """What the values of one column are called."""

    words: Mapping[str, Text]
    things: Mapping[str, str]
    viewer: Viewer

    def say(self, value: Value | None) -> Value | None:
        if value is None or value.href:
            return value
        if value.text in self.things:
            return self.viewer.link(self.things[value.text])
        texts = self.words.get(value.text, {})
        return _told(texts, self.viewer, value.text) if _is_read(texts, self.viewer.language) else value


def _is_read(texts: Text, language: str) -> bool:
    """Whether a reader is told more by one of these texts than by the word itself."""
    tongue = language.partition("-")[0]
    return any(one == "en" or one.partition("-")[0] == tongue for one in texts)
