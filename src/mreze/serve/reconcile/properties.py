"""The properties that one can ask things for: those that things have, and those that follow from other statements.

A property that follows from others is one of the ontology for which the site's shapes have a property shape with its
IRI: `sh:path` tells by which way its values are found (`paths.py`). Nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.errors import ReleaseError
from mreze.namespaces import RDF_TYPE, term
from mreze.paths import BadPath, Path, derived, is_kind_of_property
from mreze.release import DEFAULT_GRAPH, Release
from mreze.serve.reconcile.paths import MOST_VALUES, TooMany, Walk
from mreze.serve.reconcile.terms import Term, tell_apart
from mreze.serve.reconcile.things import is_thing
from mreze.serve.reconcile.types import named
from mreze.serve.store import Store

_OF_ANYTHING: Final = frozenset(
    term(one).value for one in ("dct:source", "rdf:type", "rdfs:label", "skos:altLabel", "skos:note", "skos:prefLabel")
)
"""What is said of things of all classes: who extends a table looks for something else first."""
_SAMPLE: Final = 100
"""Things of a class that are looked at, to learn whether they have a derived property."""


@dataclass(frozen=True, slots=True)
class Properties:
    """What one can ask for."""

    terms: Mapping[str, Term]
    """By IRI, the most used first."""
    paths: Mapping[str, Path]
    """The ways to the values of those that follow from others, by IRI."""
    uses: Mapping[str, Mapping[str, int]]
    """How often things of a class have a property: by the IRIs of both."""
    ends: Mapping[str, Mapping[str, int]]
    """How often a property leads to things of a class: by the IRIs of both."""

    def of(self, types: Iterable[str]) -> list[Term]:
        """Those that things of one of the classes have: first what tells them apart, of that the most used."""
        used: dict[str, int] = {}
        for kind in types:
            for iri, count in self.uses.get(kind, {}).items():
                used[iri] = max(count, used.get(iri, 0))  # a thing is of several classes: sums would count it again
        return sorted(
            (self.terms[iri] for iri in used), key=lambda one: (one.iri in _OF_ANYTHING, -used[one.iri], one.iri)
        )


def read_properties(store: Store, release: Release) -> Properties:
    """What there is in a release; a large one is read for some seconds.

    Raises:
        ReleaseError: the way to a property is none.
    """
    paths = read_paths(store, release)
    classes = _classes(store, release.base)
    samples = {kind: _sample(store, kind, release.base) for kind in classes}
    uses: dict[str, dict[str, int]] = {}
    ends: dict[str, dict[str, int]] = {}
    for kind, counted in classes.items():
        if samples[kind]:
            found = {iri: count for iri, count in counted.uses.items() if iri not in paths}
            uses[kind] = found | _derived(store, samples[kind], paths, counted.things)
            for iri, leading in counted.ends.items():
                ends.setdefault(iri, {}).update({end: max(n, ends[iri].get(end, 0)) for end, n in leading.items()})
    total: dict[str, int] = dict.fromkeys(paths, 0)
    for counts in uses.values():
        for iri, count in counts.items():
            total[iri] = max(count, total.get(iri, 0))
    known = tell_apart(_term(store, release, iri, count) for iri, count in total.items())
    return Properties({one.iri: one for one in sorted(known, key=lambda one: (-one.count, one.iri))}, paths, uses, ends)


def read_paths(store: Store, release: Release) -> dict[str, Path]:
    """The ways to the values of derived properties, by the IRI of the property."""
    found: dict[str, Path] = {}
    for name, path in derived(store.graph(release.base + "shapes"), lambda one: _is_property(store, one)).items():
        if isinstance(path, BadPath):
            told = f"{release.root}: sh:path of {name} cannot be followed: {path}. Mend it in shapes/."
            raise ReleaseError(told) from path
        found[name.value] = path
    return found


@dataclass(frozen=True, slots=True)
class _Class:
    """How many things a class has, and how often they have which property."""

    things: int
    uses: Mapping[str, int]
    ends: Mapping[str, Mapping[str, int]]
    """By property to how many things of which class it leads."""


def _classes(store: Store, base: str) -> dict[str, _Class]:
    """The classes of the default graph, as the statistics say."""
    said: dict[object, dict[NamedNode, list[object]]] = {}
    for one in store.graph(base + "void"):
        said.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)

    def counts(whole: object, name: str, size: str) -> dict[str, tuple[object, int]]:
        found: dict[str, tuple[object, int]] = {}
        for part in said.get(whole, {}).get(term(f"{name}Partition"), ()):
            which, number = (said.get(part, {}).get(term(one), [None])[0] for one in (name, size))
            if isinstance(which, NamedNode) and isinstance(number, Literal):
                found[which.value] = part, int(number.value)
        return found

    found: dict[str, _Class] = {}
    for kind, (part, things) in counts(NamedNode(base + DEFAULT_GRAPH), "void:class", "void:entities").items():
        properties = counts(part, "void:property", "void:triples")
        ends = {iri: _numbers(counts(one, "void:class", "void:triples")) for iri, (one, _) in properties.items()}
        found[kind] = _Class(things, _numbers(properties), ends)
    return found


def _numbers(counted: Mapping[str, tuple[object, int]]) -> dict[str, int]:
    return {name: number for name, (_, number) in counted.items()}


def _is_property(store: Store, node: NamedNode) -> bool:
    return any(is_kind_of_property(one.object) for one in store.fitting((node, RDF_TYPE, None), _SAMPLE))


def _sample(store: Store, kind: str, base: str) -> list[NamedNode]:
    """Some things of a class, and no parts of things."""
    found = (one.subject for one in store.fitting((None, RDF_TYPE, NamedNode(kind)), MOST_VALUES))
    things = (one for one in found if isinstance(one, NamedNode) and is_thing(one.value, base))
    return list(islice(things, _SAMPLE))


def _derived(store: Store, sample: list[NamedNode], paths: Mapping[str, Path], things: int) -> dict[str, int]:
    """How often the things of a class have which derived property, as some of them show."""
    found = {iri: sum(_has(store, one, path) for one in sample) for iri, path in paths.items()}
    return {iri: max(1, things * count // len(sample)) for iri, count in found.items() if count}


def _has(store: Store, thing: NamedNode, path: Path) -> bool:
    try:
        return bool(Walk(store).follow([thing], path))
    except TooMany:
        return True


def _term(store: Store, release: Release, iri: str, count: int) -> Term:
    return replace(named(iri, store.outgoing([NamedNode(iri)]), release.prefixes), count=count)
