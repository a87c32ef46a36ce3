"""The classes that things can be looked for by: those that things are of, those above them, those of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term
from mreze.release import Release
from mreze.serve.reconcile.ids import space
from mreze.serve.reconcile.terms import Term, tell_apart
from mreze.serve.store import Store, Value
from mreze.serve.usage import count_terms
from mreze.serve.wording import shorten, wording

_ABOVE: Final = term("rdfs:subClassOf")
_LABELS: Final = (SKOS_PREF_LABEL, RDFS_LABEL)
_CLASSES: Final = ("owl:Class", "rdfs:Class")
_DESCRIBING: Final = (term("skos:definition"), term("dct:description"), term("rdfs:comment"))
"""What describes a term, the best first."""
_MOST: Final = 100_000
"""Things that are counted one by one; of more, it is told how often the class is stated."""


def read_types(store: Store, release: Release) -> dict[str, Term]:
    """The classes by IRI, those of most things first; a large store is read for some seconds."""
    stated = {one.value: count for one, count in count_terms(store, release.base)["classes"].items()}
    said = _describe(store, {*stated, *(one.value for name in _CLASSES for one in store.instances(term(name).value))})
    counts = _counts(store, (iri for iri, count in stated.items() if 0 < count <= _MOST), space(release.base))
    found = []
    for iri, triples in said.items():
        broader = tuple(sorted(one.value for one in _above(triples)))
        term_ = named(iri, triples, release.prefixes)
        found.append(replace(term_, count=counts.get(iri, stated.get(iri, 0)), broader=broader))
    return {one.iri: one for one in sorted(tell_apart(found), key=lambda one: (-one.count, one.iri))}


def named(iri: str, triples: Iterable[Triple], prefixes: Mapping[str, str]) -> Term:
    """A term by what is said of it.

    Args:
        iri: its IRI.
        triples: what is said of it.
        prefixes: the namespaces of the site by prefix.
    """
    labels: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    for predicates, into in ((_LABELS, labels), (_DESCRIBING, descriptions)):
        for predicate in predicates:
            for one in triples:
                if one.predicate == predicate and isinstance(one.object, Literal):
                    into.setdefault(one.object.language or "", one.object.value)
    namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    own = (f"{one}:{iri.removeprefix(namespace)}" for one, known in prefixes.items() if known == namespace)
    short = shorten(iri) or next(own, "")
    return Term(iri, labels or wording(short), short, descriptions)


def _describe(store: Store, classes: Iterable[str]) -> dict[str, set[Triple]]:
    """What is said of classes, and of all that they are subclasses of."""
    found: dict[str, set[Triple]] = {}
    waiting = set(classes)
    while waiting:
        said = by_subject(store, waiting)
        found |= said
        waiting = {one.value for triples in said.values() for one in _above(triples)} - found.keys()
    return found


def by_subject(store: Store, iris: Iterable[str]) -> dict[str, set[Triple]]:
    """What is said of each of these."""
    found: dict[str, set[Triple]] = {one: set() for one in sorted(iris)}
    for one in store.outgoing(list(map(NamedNode, found))):
        if isinstance(one.subject, NamedNode) and one.subject.value in found:
            found[one.subject.value].add(one)
    return found


def _above(triples: Iterable[Triple]) -> list[NamedNode]:
    return [one.object for one in triples if one.predicate == _ABOVE and isinstance(one.object, NamedNode)]


def _counts(store: Store, classes: Iterable[str], things: str) -> dict[str, int]:
    """How many things with an IRI of their own are of each class."""
    found: dict[Value, int] = {NamedNode(one): 0 for one in classes}
    for kind, one in store.along(found, RDF_TYPE, _MOST, backwards=True):
        if isinstance(one, NamedNode):
            found[kind] += one.value.startswith(things) and "#" not in one.value
    return {kind.value: count for kind, count in found.items()}
