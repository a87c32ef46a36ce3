"""Spelling counts: unknown terms, prefixes bound otherwise, dates and numbers that are none.

Validators pass over all of these in silence; a typo in a vocabulary is published for years before someone notices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from mreze.build.vocabularies import Vocabularies, vocabularies
from mreze.findings import Finding
from mreze.graph import SiteGraph
from mreze.lexical import is_valid
from mreze.namespaces import PREFIXES, term
from mreze.reading import Document
from mreze.texts import text

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


def _wants_a_date(predicate: NamedNode) -> bool:
    return predicate in _DATE_PROPERTIES or bool(_SCHEMA_DATE.match(predicate.value))


def _at(document: Document, quad: Quad, check: str, message: dict[str, str], remedy: dict[str, str]) -> Finding:
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    line = document.scan.line(subject, quad.predicate.value)
    return Finding("violation", check, message, remedy, document.path, line, subject or None, quad.predicate.value)
