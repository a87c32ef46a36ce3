"""Spelling counts: unknown terms, prefixes bound otherwise, dates and numbers that are none.

Validators pass over all of these in silence; a typo in a vocabulary is published for years before someone notices.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from mreze.build.graph import SiteGraph
from mreze.build.reading import Document
from mreze.build.vocabularies import Vocabularies, vocabularies
from mreze.findings import Finding
from mreze.namespaces import PREFIXES, term
from mreze.texts import text

_XSD: Final = PREFIXES["xsd"]
_ZONE: Final = r"(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
_INTEGER: Final = r"[+-]?\d+"
_YEAR: Final = r"-?(?:[1-9]\d{3,}|0\d{3})"
# Lexical forms, https://www.w3.org/TR/xmlschema11-2/#built-in-primitive-datatypes
_FORMS: Final = {
    "boolean": "true|false|1|0",
    "date": rf"{_YEAR}-\d\d-\d\d{_ZONE}",
    "dateTime": rf"{_YEAR}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?{_ZONE}",
    "dateTimeStamp": rf"{_YEAR}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN",
    "gMonth": rf"--(?:0[1-9]|1[0-2]){_ZONE}",
    "gYear": rf"{_YEAR}{_ZONE}",
    "gYearMonth": rf"{_YEAR}-(?:0[1-9]|1[0-2]){_ZONE}",
    "hexBinary": r"(?:[0-9A-Fa-f]{2})*",
    "integer": _INTEGER,
    "int": _INTEGER,
    "long": _INTEGER,
    "negativeInteger": r"-0*[1-9]\d*",
    "nonNegativeInteger": r"\+?\d+|-0+",
    "positiveInteger": r"\+?0*[1-9]\d*",
    "anyURI": r"[^\s<>\"{}|\\^`]*",
}
_FORMS_OF: Final = {_XSD + name: re.compile(rf"(?:{form})\Z") for name, form in _FORMS.items()}
_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_LOOKS_LIKE_A_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+Z?)?)?)?\.?\Z")
_DATE_PROPERTIES: Final = frozenset(
    {
        *(term(f"dct:{name}") for name in ("created", "date", "issued", "modified", "valid", "available")),
        *(term(f"time:inXSD{name}") for name in ("Date", "DateTime", "DateTimeStamp", "gYear", "gYearMonth")),
        *(term(f"prov:{name}AtTime") for name in ("generated", "invalidated", "started", "ended")),
        *(term(f"dcat:{name}") for name in ("startDate", "endDate")),
        term("as:deleted"),
        term("as:published"),
    }
)
_SCHEMA_DATE: Final = re.compile(re.escape(PREFIXES["schema"]) + r"\w*Date\Z")
_TEXT_TYPES: Final = frozenset({term("xsd:string"), term("rdf:langString")})


def check_spelling(graph: SiteGraph) -> list[Finding]:
    """Check every document, each misspelling told once for each line it stands on."""
    known = vocabularies((quad.triple for quad in graph.quads("ontology")), graph.prefixes)
    found: list[Finding] = []
    for document in graph.documents:
        found += _prefixes(document)
        found += [finding for quad in document.quads for finding in _quad(document, quad, known)]
    return found


def _prefixes(document: Document) -> Iterator[Finding]:
    for prefix, (namespace, line) in document.scan.prefixes.items():
        meant = PREFIXES.get(prefix)
        if meant is not None and meant != namespace:
            yield Finding(
                "violation", "prefix",
                text("The prefix {prefix}: is bound to <{namespace}>.", prefix=prefix, namespace=namespace),
                text("It stands for <{meant}>; mend it, or choose another prefix.", meant=meant), document.path, line,
            )  # fmt: skip


def _quad(document: Document, quad: Quad, known: Vocabularies) -> Iterator[Finding]:
    for node in (quad.subject, quad.predicate, quad.object):
        if isinstance(node, NamedNode) and known.is_unknown(node.value):
            yield _unknown_term(document, quad, node.value, known)
    if isinstance(quad.object, Literal):
        if known.is_unknown(quad.object.datatype.value):
            yield _unknown_term(document, quad, quad.object.datatype.value, known)
        yield from _literal(document, quad, quad.object, known)


def _unknown_term(document: Document, quad: Quad, iri: str, known: Vocabularies) -> Finding:
    similar = known.similar(iri)
    remedy = (
        text("Did you mean {similar}?", similar=similar) if similar
        else text("Use a term that the vocabulary has, or define it in the ontology.")
    )  # fmt: skip
    message = text("The vocabulary has no term {term}.", term=known.shorten(iri))
    return _at(document, quad, "unknown-term", message, remedy)


def _literal(document: Document, quad: Quad, literal: Literal, known: Vocabularies) -> Iterator[Finding]:
    value, datatype = literal.value, literal.datatype
    if datatype in _TEXT_TYPES:
        if _LOOKS_LIKE_A_DATE.match(value) and _wants_a_date(quad.predicate):
            message = text("“{value}” is written as a text, not as a date.", value=value)
            remedy = text("Give it a datatype: xsd:gYear, xsd:gYearMonth, xsd:date or xsd:dateTime.")
            yield _at(document, quad, "untyped-date", message, remedy)
    elif not is_valid(value, datatype.value):
        message = text("“{value}” is no {datatype}.", value=value, datatype=known.shorten(datatype.value))
        yield _at(document, quad, "lexical-form", message, text("Mend the value or its datatype."))


def is_valid(value: str, datatype: str) -> bool:
    """Whether a literal has a form that its XSD datatype allows; other datatypes are not judged."""
    form = _FORMS_OF.get(datatype)
    if form is None:
        return True
    if not form.match(value):
        return False
    day = _DAY.match(value) if datatype in {_XSD + "date", _XSD + "dateTime", _XSD + "dateTimeStamp"} else None
    return day is None or _is_a_day(int(day[1]), int(day[2]), int(day[3]))


def _is_a_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(max(year, 1), month, day)
    except ValueError:
        return False
    return True


def _wants_a_date(predicate: NamedNode) -> bool:
    return predicate in _DATE_PROPERTIES or bool(_SCHEMA_DATE.match(predicate.value))


def _at(document: Document, quad: Quad, check: str, message: dict[str, str], remedy: dict[str, str]) -> Finding:
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    line = document.scan.line(subject, quad.predicate.value)
    return Finding("violation", check, message, remedy, document.path, line, subject or None, quad.predicate.value)
