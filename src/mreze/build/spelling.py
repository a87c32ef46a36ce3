"""Spelling counts: unknown terms, prefixes bound otherwise, dates and numbers that are none.

Validators pass over all of these in silence; a typo in a vocabulary is published for years before someone notices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from mreze.build.remembered import each
from mreze.build.vocabularies import Vocabularies, vocabularies
from mreze.findings import Finding, capped
from mreze.graph import SiteGraph
from mreze.lexical import is_valid
from mreze.namespaces import PREFIXES, term
from mreze.nquads import LANG_STRING, STRING, literal, name
from mreze.reading import Document
from mreze.staging import digest_of
from mreze.texts import Text, text

_LOOKS_LIKE_A_DATE: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+Z?)?)?)?\.?\Z")
_DATE_PROPERTIES: Final = frozenset(
    one.value
    for one in {
        *(term(f"dct:{name}") for name in ("created", "date", "issued", "modified", "valid", "available")),
        *(term(f"time:inXSD{name}") for name in ("Date", "DateTime", "DateTimeStamp", "gYear", "gYearMonth")),
        *(term(f"prov:{name}AtTime") for name in ("generated", "invalidated", "started", "ended")),
        *(term(f"dcat:{name}") for name in ("startDate", "endDate")),
        term("as:deleted"),
        term("as:published"),
    }
)
_SCHEMA_DATE: Final = re.compile(re.escape(PREFIXES["schema"]) + r"\w*Date\Z")
_TEXT_TYPES: Final = frozenset({STRING, LANG_STRING})
_TERMS: Final = 1 << 16
"""How many literals and terms are remembered: years, codes, classes and the like come again and again."""


def check_spelling(graph: SiteGraph) -> list[Finding]:
    """Check every document, each misspelling told once for each line it stands on."""
    known = vocabularies((quad.triple for quad in graph.quads("ontology")), graph.prefixes)
    spelling = _Spelling(known, f"{graph.site.base}id/")
    context = [digest_of(graph.of("ontology")), json.dumps(graph.prefixes)]
    look = partial(_document, spelling=spelling, known=known)
    return list(capped(each(graph, "spelling", context, graph.documents, look)))


def _document(document: Document, spelling: _Spelling, known: Vocabularies) -> Iterator[Finding]:
    yield from _prefixes(document)
    for one in _misspelt(document, spelling):
        yield from _told(document, one, known)


def _prefixes(document: Document) -> Iterator[Finding]:
    for prefix, (namespace, line) in document.scan.prefixes.items():
        meant = PREFIXES.get(prefix)
        if meant is not None and meant != namespace:
            yield Finding(
                "violation", "prefix",
                text("The prefix {prefix}: is bound to <{namespace}>.", prefix=prefix, namespace=namespace),
                text("It stands for <{meant}>; mend it, or choose another prefix.", meant=meant), document.path, line,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Misspelt:
    """A statement in which something may be wrong."""

    subject: bytes
    predicate: bytes
    object: bytes


class _Spelling:
    """Whether something is wrong with a term, remembered for those that come often."""

    def __init__(self, known: Vocabularies, space: str) -> None:
        self._known = known
        self._namespaces = frozenset(one.encode() for one in known.terms)
        self.things = b"<" + space.encode() if not any(one.startswith(space) for one in known.terms) else b"<<"
        """What the IRIs of things begin with, which are no terms; nothing begins so where they may be."""
        self.property = lru_cache(maxsize=None)(self._property)
        self.literal = lru_cache(maxsize=_TERMS)(self._literal)
        self._term = lru_cache(maxsize=_TERMS)(self._is_unknown)

    def is_unknown(self, iri: bytes) -> bool:
        """Whether an IRI, in its brackets, stands in a known namespace that has no such term."""
        at = max(iri.rfind(b"#"), iri.rfind(b"/")) + 1
        return iri[1:at] in self._namespaces and self._term(iri)

    def _is_unknown(self, iri: bytes) -> bool:
        return self._known.is_unknown(name(iri))

    def _property(self, iri: bytes) -> tuple[bool, bool]:
        """Whether it is unknown, and whether it wants a date."""
        return self.is_unknown(iri), _wants_a_date(name(iri))

    def _literal(self, written: bytes) -> tuple[bool, bool]:
        """Whether it is wrong, and whether it is a text that looks like a date."""
        value, datatype = literal(written)
        if datatype in _TEXT_TYPES:
            return False, _LOOKS_LIKE_A_DATE.match(value) is not None
        return self._known.is_unknown(datatype) or not is_valid(value, datatype), False


def _misspelt(document: Document, spelling: _Spelling) -> Iterator[_Misspelt]:
    """The statements of a document in which something is wrong."""
    last, unknown = b"", False
    graphs, things = document.has_graphs, spelling.things
    others = (things, b"<<")
    for block in document.span.blocks():
        for line in block:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != last:
                last = subject
                unknown = subject[:1] == b"<" and not subject.startswith(things) and spelling.is_unknown(subject)
            target = rest[: rest.rindex(b" ", 0, -3)] if graphs else rest[:-3]  # without END
            wrong, wants_date = spelling.property(predicate)
            first = target[:1]
            if first == b'"':
                # A text is wrong where it is asked to be a date only.
                if wants_date or target[-1:] == b">":
                    bad, looks_like_date = spelling.literal(target)
                    wrong = wrong or bad or (wants_date and looks_like_date)
            elif first == b"<" and not target.startswith(others):
                wrong = wrong or spelling.is_unknown(target)
            if wrong or unknown:
                yield _Misspelt(subject, predicate, target)


def _told(document: Document, one: _Misspelt, known: Vocabularies) -> Iterator[Finding]:
    """What is wrong with a statement."""
    for node in (one.subject, one.predicate, one.object):
        if node[:1] == b"<" and node[1:2] != b"<" and known.is_unknown(name(node)):
            yield _unknown_term(document, one, name(node), known)
    if one.object[:1] == b'"':
        value, datatype = literal(one.object)
        if known.is_unknown(datatype):
            yield _unknown_term(document, one, datatype, known)
        yield from _literal(document, one, value, datatype, known)


def _unknown_term(document: Document, one: _Misspelt, iri: str, known: Vocabularies) -> Finding:
    similar = known.similar(iri)
    remedy = (
        text("Did you mean {similar}?", similar=similar) if similar
        else text("Use a term that the vocabulary has, or define it in the ontology.")
    )  # fmt: skip
    message = text("The vocabulary has no term {term}.", term=known.shorten(iri))
    return _at(document, one, "unknown-term", message, remedy)


def _literal(document: Document, one: _Misspelt, value: str, datatype: str, known: Vocabularies) -> Iterator[Finding]:
    if datatype in _TEXT_TYPES:
        if _LOOKS_LIKE_A_DATE.match(value) and _wants_a_date(name(one.predicate)):
            message = text("“{value}” is written as a text, not as a date.", value=value)
            remedy = text("Give it a datatype: xsd:gYear, xsd:gYearMonth, xsd:date or xsd:dateTime.")
            yield _at(document, one, "untyped-date", message, remedy)
    elif not is_valid(value, datatype):
        message = text("“{value}” is no {datatype}.", value=value, datatype=known.shorten(datatype))
        yield _at(document, one, "lexical-form", message, text("Mend the value or its datatype."))


def _wants_a_date(predicate: str) -> bool:
    return predicate in _DATE_PROPERTIES or bool(_SCHEMA_DATE.match(predicate))


def _at(document: Document, one: _Misspelt, check: str, message: Text, remedy: Text) -> Finding:
    subject = name(one.subject) if one.subject[:1] == b"<" else ""
    predicate = name(one.predicate)
    line = document.scan.line(subject, predicate)
    return Finding("violation", check, message, remedy, document.path, line, subject or None, predicate)
