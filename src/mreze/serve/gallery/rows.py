"""The rows of a drawn query, as the build has put them into the release."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import NamedNode

from mreze.errors import ReleaseError
from mreze.pictures import picture_path
from mreze.release import Release
from mreze.serve.iris import encode
from mreze.serve.pages import Reader, html_language, interface_text
from mreze.serve.pictures.svg import Name
from mreze.serve.store import Store
from mreze.serve.view import Value, Viewer

TABLE: Final = 400
"""Rows of a picture's table: as many as templates/pictures.html shows."""


@dataclass(frozen=True, slots=True)
class Term:
    """What stands in a cell."""

    value: str
    is_iri: bool


Row = dict[str, Term]


def read_rows(release: Release, name: str) -> list[Row]:
    """The rows of the query of this name, without what is a blank node.

    Raises:
        ReleaseError: they cannot be read.
    """
    path = picture_path(name)
    try:
        content: Any = json.loads(release.read(path))
        return [
            {name: Term(one["value"], one["type"] == "uri") for name, one in row.items() if one["type"] != "bnode"}
            for row in content["results"]["bindings"]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise ReleaseError(f"{release.root / path}: damaged: {error!r}. Build the release again.") from error


class Namer:
    """Says what the terms of rows are called in the language of a reader."""

    def __init__(self, store: Store, base: str, reader: Reader, rows: Sequence[Row]) -> None:
        iris = {one.value for row in rows for one in row.values() if one.is_iri}
        wholes = {one.partition("#")[0] for one in iris}
        labels = store.labels(NamedNode(one) for one in sorted(iris | wholes))
        self.reader = reader
        self.language = reader.language
        self._viewer = Viewer(
            (), labels, base=base, language=reader.language, root=reader.request.root, query=reader.query
        )
        self._known: dict[Term, Value] = {}

    def value(self, term: Term) -> Value:
        """A term as a table shows it."""
        if term not in self._known:
            self._known[term] = self._viewer.link(term.value) if term.is_iri else Value(term.value)
        return self._known[term]

    def name(self, term: Term) -> Name:
        """A term as a picture shows it."""
        value = self.value(term)
        return Name(value.text, value.href or None, html_language(value.foreign) if value.foreign else None)

    def href(self, term: Term | None) -> str | None:
        """The address of a term that has one."""
        return self.value(term).href or None if term is not None and term.is_iri else None

    def say(self, english: str, **values: object) -> str:
        """A text of the interface."""
        return interface_text(self.reader, english, **values)

    def shown(self, most: int, count: int, rows: int) -> Iterator[str]:
        """What is to be said where there is more than a picture shows.

        Args:
            most: what it shows.
            count: what there is.
            rows: of its table, which may be cut as well.
        """
        if count > most and rows > TABLE:
            yield self.say("The picture shows {most} of {count}.", most=most, count=count)
        elif count > most:
            yield self.say("The picture shows {most} of {count}; the table has all.", most=most, count=count)


class Kinds:
    """The kinds of what a picture shows, numbered as they come; each number has a mark."""

    def __init__(self, terms: Iterable[Term | None], most: int) -> None:
        self.terms = list(dict.fromkeys(terms))
        self._most = most

    def number(self, term: Term | None) -> int:
        """The number of a kind; those beyond the number of marks share the last one."""
        return min(self.terms.index(term), self._most - 1)


def question_of(reader: Reader, name: str) -> str:
    """Where the query of a picture is."""
    return f"{reader.request.root}queries/{encode(name)}{reader.query}"


def told(reader: Reader, rows: Sequence[Row]) -> str:
    """What a picture says of itself to who does not see it."""
    if len(rows) == 1:
        return interface_text(reader, "One entry, which is in the table that follows.")
    if len(rows) > TABLE:
        return interface_text(
            reader, "{count} entries, the first {most} of which are in the table.", count=len(rows), most=TABLE
        )
    return interface_text(reader, "{count} entries, all of which are in the table that follows.", count=len(rows))
