"""What the data say of a thing and of what is next to it, in an order that does not change."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import RDF_TYPE, term
from mreze.serve.gallery.rows import Row, Term
from mreze.serve.store import Store

EVERYTHING: Final = 10_000
"""Triples of one pattern that are read: more is not drawn."""
_APART: Final = ("dct:x", "prov:x", "oa:x", "owl:x", "skos:x", "rdf:x", "rdfs:x", "void:x", "dcat:x")
_VOCABULARIES: Final = tuple(term(one).value.removesuffix("x") for one in _APART)
_DOCUMENTS: Final = tuple(
    term(one) for one in ("prov:Entity", "foaf:Document", "schema:CreativeWork", "schema:WebPage")
)


def is_apart(predicate: NamedNode) -> bool:
    """Whether a property tells of words, sources and descriptions, not of the things themselves."""
    return predicate.value.startswith(_VOCABULARIES)


def row(**cells: NamedNode | Literal | None) -> Row:
    """A row of what is there."""
    return {name: Term(one.value, isinstance(one, NamedNode)) for name, one in cells.items() if one is not None}


class Neighbours:
    """Asks a store for what is next to a thing; the parts of other things are left out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """The things that a property leads to."""
        found = {one.object for one in self._store.fitting((subject, predicate, None), EVERYTHING)}
        return sorted((one for one in found if isinstance(one, NamedNode)), key=lambda one: one.value)

    def subjects(self, predicate: NamedNode, value: NamedNode | Literal) -> list[NamedNode]:
        """The things that a property leads from."""
        found = {one.subject for one in self._store.fitting((None, predicate, value), EVERYTHING)}
        return sorted((one for one in found if isinstance(one, NamedNode)), key=lambda one: one.value)

    def literals(self, subject: NamedNode) -> list[tuple[NamedNode, Literal]]:
        """The values of a thing that are no things, with their properties."""
        found = self._store.fitting((subject, None, None), EVERYTHING)
        pairs = [(one.predicate, one.object) for one in found if isinstance(one.object, Literal)]
        return sorted(pairs, key=lambda one: (one[0].value, one[1].value))

    def leading(self, thing: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
        """What a thing points to: property and thing."""
        found = self._store.fitting((thing, None, None), EVERYTHING)
        pairs = {
            (one.predicate, one.object)
            for one in found
            if isinstance(one.object, NamedNode) and "#" not in one.object.value and one.predicate != RDF_TYPE
        }
        return sorted(pairs, key=lambda one: (one[0].value, one[1].value))

    def pointing(self, thing: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
        """What points to a thing: property and thing."""
        found = self._store.fitting((None, None, thing), EVERYTHING)
        pairs = {
            (one.predicate, one.subject)
            for one in found
            if isinstance(one.subject, NamedNode) and "#" not in one.subject.value
        }
        return sorted(pairs, key=lambda one: (one[0].value, one[1].value))

    def is_document(self, thing: NamedNode) -> bool:
        """Whether a thing is something that was written: its dates are no history."""
        return any(self._store.holds((thing, RDF_TYPE, one), "") for one in _DOCUMENTS)
