"""Data extension: what things are said to be, in columns (section 7 of both specifications)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from mreze.errors import Unanswerable
from mreze.release import Release
from mreze.serve.pages import html_language
from mreze.serve.reconcile.cells import Cell, cell, chosen
from mreze.serve.reconcile.columns import Column, Wanted, read_columns, refuse_repeated
from mreze.serve.reconcile.facts import find_values
from mreze.serve.reconcile.paths import MOST_VALUES, Exhausted, TooMany, Walk
from mreze.serve.reconcile.properties import Properties
from mreze.serve.reconcile.things import find_topic, name_things
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.store import Store


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
        rows: list[list[list[Cell]]] = []
        walk = Walk(self.store)
        for id_ in wanted.ids:
            topic = find_topic(self.store, self.release, id_)
            rows.append([self._cells(walk, topic.thing, one, tagged=tagged) if topic else [] for one in wanted.columns])
        return rows

    def _cells(self, walk: Walk, iri: str, column: Column, *, tagged: bool) -> list[Cell]:
        try:
            values = find_values(walk, self.properties, iri, column.term.iri)
        except TooMany as error:
            told = f"<{iri}> has more than {MOST_VALUES:,} values of {column.id!r}. The SPARQL endpoint has them all."
            raise Unanswerable(told) from error
        except Exhausted as error:
            told = "To find these values takes longer than one answer may. Ask for fewer things at once."
            raise Unanswerable(told) from error
        wish = column.wish
        if wish.count:
            return [{"int": len(values)}]
        values = chosen(values, wish.language or self.language)[: wish.limit]
        language = wish.language if wish.language in self.release.languages else self.language
        iris = (one.value for one in values if isinstance(one, NamedNode))
        names = name_things(self.store, self.release, iris, language)
        return [cell(one, wish, names, self.release.base, tagged=tagged) for one in values]

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
