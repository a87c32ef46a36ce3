"""The latest day that a site tells of: no release of a day before it can hold that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mreze.graph import SiteGraph
from mreze.lexical import is_valid
from mreze.namespaces import PREFIXES
from mreze.nquads import literal, name, object_of
from mreze.reading import Document

_XSD: Final = f'"^^<{PREFIXES["xsd"]}'.encode()
_DATES: Final = frozenset(PREFIXES["xsd"] + one for one in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth"))


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that something is said of."""

    day: str
    """YYYY-MM-DD."""
    subject: str
    predicate: str
    document: Document
    """Where it is said."""


def latest_date(graph: SiteGraph) -> Dated | None:
    """The latest date that the catalogue, the ontology or the data hold, and where; None if they hold none.

    A year or a month counts as its first day.
    """
    latest: Dated | None = None
    for document in graph.of("catalog", "ontology", "data"):
        for day, line in _days(document):
            if latest is None or day > latest.day:
                subject, predicate, _ = line.split(b" ", 2)
                latest = Dated(day, name(subject), name(predicate), document)
    return latest


def _days(document: Document) -> Iterator[tuple[str, bytes]]:
    """The days of a document's literals, and the lines in which they stand."""
    if document.span.contains(_XSD):
        for line in document.span.lines():
            if _XSD in line and (day := _day(object_of(line, graphs=document.has_graphs))):
                yield day, line


def _day(term: bytes) -> str:
    """The day of a literal, or of the beginning of its year or month; nothing if it has none."""
    if not term.startswith(b'"'):
        return ""
    value, datatype = literal(term)
    if datatype not in _DATES or value.startswith("-") or not is_valid(value, datatype):
        return ""
    return (value[:10] + "-01-01")[:10]
