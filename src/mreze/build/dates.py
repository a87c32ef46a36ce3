"""The latest day that a site tells of: no release of a day before it can hold that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mreze.graph import SiteGraph
from mreze.lexical import is_valid
from mreze.namespaces import PREFIXES
from mreze.nquads import literal, name, object_of
from mreze.reading import Document

_XSD: Final = f'"^^<{PREFIXES["xsd"]}'.encode()
_DATED: Final = re.compile(
    rb' ("[^"\\\n]*"\^\^<%b(?:date(?:Time(?:Stamp)?)?|gYear(?:Month)?)>)(?= [.<])' % re.escape(PREFIXES["xsd"]).encode()
)
"""A literal of a date where it is the object of a line: one within a text has its quotation marks escaped."""


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
        day, literals = _latest(document, latest.day if latest else "")
        if literals:
            subject, predicate, _ = _first(document, literals).split(b" ", 2)
            latest = Dated(day, name(subject), name(predicate), document)
    return latest


def _latest(document: Document, after: str) -> tuple[str, set[bytes]]:
    """The latest day of a document's literals that is after another, and which tell of it; none if none is."""
    latest, literals = after, set[bytes]()
    if document.span.contains(_XSD):
        for block in document.span.blocks():
            for written in set(_DATED.findall(b"".join(block))):
                day = _day(written, latest)
                if day > latest:
                    latest, literals = day, {written}
                elif literals and day == latest:
                    literals.add(written)
    return latest, literals


def _day(written: bytes, least: str) -> str:
    """The day of a literal, or of the beginning of its year or month; nothing if it has none, or one before `least`."""
    value, datatype = literal(written)
    day = (value[:10] + "-01-01")[:10]
    return day if day >= least and not value.startswith("-") and is_valid(value, datatype) else ""


def _first(document: Document, literals: set[bytes]) -> bytes:
    """The first line whose object is one of the literals."""
    graphs = document.has_graphs
    return next(one for one in document.span.lines() if object_of(one, graphs=graphs) in literals)
