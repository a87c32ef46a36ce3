"""Data extension: what things are said to be, in columns (section 7 of both specifications)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from mreze.errors import Unanswerable
from mreze.release import Release
from mreze.serve.pages import html_language
from mreze.serve.reconcile.cells import Cell, cell, chosen
from mreze.serve.reconcile.columns import Column, Wanted, read_columns, refuse_repeated
from mreze.serve.reconcile.facts import find_each
from mreze.serve.reconcile.paths import MOST_VALUES, Exhausted, Walk
from mreze.serve.reconcile.properties import Properties
from mreze.serve.reconcile.things import find_topics, name_things
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.store import Store, Value


@dataclass(frozen=True, slots=True)
class Extender:
    """Answers queries for the values of properties, for one reader."""

    store: Store
    release: Release
    vocabulary: Vocabulary
    properties: Properties
    language: str

    def extend(self, content: object, place: str) -> dict[str, Any]:
        """The answer of 0.2 to a query.

        Args:
            content: the query.
            place: what it is called in an error.

        Raises:
            BadRequest: the query is not of the form that the specification has, or names an unknown property.
            PayloadTooLarge: it asks for too much at once.
            Unanswerable: there are too many values.
        """
        wanted = read_columns(content, place, self.vocabulary, self.release.languages)
        refuse_repeated(wanted, place)
        ids = [one.id for one in wanted.columns]
        rows = self._rows(wanted, tagged=False)
        return {
            "meta": [self._meta(one, tagged=False) for one in wanted.columns],
            "rows": {id_: dict(zip(ids, cells, strict=True)) for id_, cells in zip(wanted.ids, rows, strict=True)},
        }

    def extend_draft(self, content: object, place: str) -> dict[str, Any]:
        """The answer of the draft of 1.0, likewise."""
        wanted = read_columns(content, place, self.vocabulary, self.release.languages)
        ids = [one.id for one in wanted.columns]
        return {
            "meta": [self._meta(one, tagged=True) for one in wanted.columns],
            "rows": [
                {"id": id_, "properties": [{"id": a, "values": b} for a, b in zip(ids, cells, strict=True)]}
                for id_, cells in zip(wanted.ids, self._rows(wanted, tagged=True), strict=True)
            ],
        }

    def _rows(self, wanted: Wanted, *, tagged: bool) -> list[list[list[Cell]]]:
        """The values by thing and column; those of a thing that there is not are none."""
        topics = find_topics(self.store, self.release, wanted.ids)
        things = {id_: NamedNode(topic.thing) for id_, topic in topics.items() if topic is not None}
        walk = Walk(self.store)
        columns = [self._column(walk, things, one, tagged=tagged) for one in wanted.columns]
        return [[column.get(id_, []) for column in columns] for id_ in wanted.ids]

    def _column(
        self, walk: Walk, things: Mapping[str, NamedNode], column: Column, *, tagged: bool
    ) -> dict[str, list[Cell]]:
        """The values of all things, by what they are called."""
        values, wish = self._values(walk, things, column), column.wish
        if wish.count:
            return {id_: [{"int": len(found)}] for id_, found in values.items()}
        shown = {id_: chosen(found, wish.language or self.language)[: wish.limit] for id_, found in values.items()}
        language = wish.language if wish.language in self.release.languages else self.language
        iris = (one.value for some in shown.values() for one in some if isinstance(one, NamedNode))
        names = name_things(self.store, self.release, iris, language)
        return {
            id_: [cell(one, wish, names, self.release.base, tagged=tagged) for one in some]
            for id_, some in shown.items()
        }

    def _values(self, walk: Walk, things: Mapping[str, NamedNode], column: Column) -> dict[str, list[Value]]:
        try:
            found = find_each(walk, self.properties, things, column.term.iri)
        except Exhausted as error:
            told = "To find these values takes longer than one answer may. Ask for fewer things at once."
            raise Unanswerable(told) from error
        for id_, thing in things.items():
            if id_ not in found:
                raise Unanswerable(
                    f"{thing} has more than {MOST_VALUES:,} values of {column.id!r}. The SPARQL endpoint has them all."
                )
        return found

    def _meta(self, column: Column, *, tagged: bool) -> dict[str, Any]:
        meta: dict[str, Any] = {"id": column.id, "name": column.term.name(self.language)}
        if tagged and (language := column.term.language(self.language)):
            meta["lang"] = html_language(language)
        kind = self._range(column) if column.wish.content == "things" and not column.wish.count else None
        if kind is not None:
            meta["type"] = {"id": kind, "name": self.vocabulary.types[kind].title(self.language)}
        return meta

    def _range(self, column: Column) -> str | None:
        """The class of things that most of the values are of; of several the one with the fewest things."""
        types = self.vocabulary.types
        ends = self.properties.ends.get(column.term.iri, {})
        found = [
            (-count, types[kind].count, kind) for kind, count in ends.items() if kind in types and types[kind].count
        ]
        return min(found)[2] if found else None
