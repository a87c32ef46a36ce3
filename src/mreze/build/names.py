"""Names that nobody could see: a thing that has no other is called by its IRI."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mreze.build.remembered import each
from mreze.findings import Finding, capped
from mreze.graph import SiteGraph
from mreze.namespaces import term
from mreze.nquads import literal, name, object_of
from mreze.reading import Document
from mreze.site import Role
from mreze.texts import is_blank, text

_NAMES: Final = frozenset(
    term(one)
    for one in (
        "skos:prefLabel", "skos:altLabel", "rdfs:label", "dct:title", "schema:name", "foaf:name", "vcard:fn", "sh:name",
    )
)  # fmt: skip


_WRITTEN: Final = frozenset(str(one).encode() for one in _NAMES)
_ROLES: Final[tuple[Role, ...]] = ("catalog", "ontology", "data")


def check_names(graph: SiteGraph) -> list[Finding]:
    """Check that no name is blank; what is found are warnings: pages show the end of the IRI in its place."""
    context = [*sorted(str(one) for one in _NAMES), *_ROLES]
    return list(capped(each(graph, "names", context, graph.of(*_ROLES), _blank)))


def _blank(document: Document) -> Iterator[Finding]:
    """The names in a document of things and terms, and of what the catalogue tells of, that are blank."""
    for line in document.span.lines():
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in _WRITTEN and rest[:1] == b'"' and subject[:1] == b"<" and is_blank(_words(rest)):
            yield _finding(document, name(subject), name(predicate), rest)


def _words(rest: bytes) -> str:
    """The text of a literal that a line goes on with; not read to its end where the first letter can be seen."""
    return rest[1:2].decode() if rest[1:2].isalnum() else literal(rest[: rest.rindex(b'"') + 1])[0]


def _finding(document: Document, subject: str, predicate: str, rest: bytes) -> Finding:
    value = object_of(b"s p " + rest, graphs=document.has_graphs).decode()
    line = document.scan.line(subject, predicate) or document.scan.line(subject.partition("#")[0])
    message = text("A name is blank: there is nothing in it to be seen.")
    remedy = text("Write what it is called, or leave the name out.")
    return Finding("warning", "blank-name", message, remedy, document.path, line, subject, predicate, value)
