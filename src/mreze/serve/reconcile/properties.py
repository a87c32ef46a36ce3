"""The properties that one can ask things for: those that things have, and those that follow from other statements.

A property that follows from others is one of the ontology for which the site's shapes have a property shape with its
IRI: `sh:path` tells by which way its values are found (`paths.py`). Nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.errors import ReleaseError
from mreze.namespaces import RDF_TYPE, term
from mreze.paths import BadPath, Path, derived, is_kind_of_property
from mreze.release import DEFAULT_GRAPH, Release
from mreze.serve.reconcile.paths import FURTHEST, MOST_VALUES, Walk
from mreze.serve.reconcile.terms import Term, tell_apart
from mreze.serve.reconcile.things import is_thing
from mreze.serve.reconcile.types import by_subject, named
from mreze.serve.store import Store, Value

_OF_ANYTHING: Final = frozenset(
    term(one).value for one in ("dct:source", "rdf:type", "rdfs:label", "skos:altLabel", "skos:note", "skos:prefLabel")
)
"""What is said of things of all classes: who extends a table looks for something else first."""
_SAMPLE: Final = 100
"""Things of a class that are looked at, to learn whether they have a derived property."""
_AT_ONCE: Final = 1_000
"""Things from which paths are followed at once: what they lead to is held meanwhile."""


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
    samples = _samples(store, classes, release.base)
    having = {iri: _having(store, samples.values(), path) for iri, path in paths.items()}
    uses: dict[str, dict[str, int]] = {}
    ends: dict[str, dict[str, int]] = {}
    for kind, counted in classes.items():
        if samples[kind]:
            found = {iri: count for iri, count in counted.uses.items() if iri not in paths}
            uses[kind] = found | _derived(samples[kind], having, counted.things)
            for iri, leading in counted.ends.items():
                ends.setdefault(iri, {}).update({end: max(n, ends[iri].get(end, 0)) for end, n in leading.items()})
    total: dict[str, int] = dict.fromkeys(paths, 0)
    for counts in uses.values():
        for iri, count in counts.items():
            total[iri] = max(count, total.get(iri, 0))
    said = by_subject(store, total)
    named_ = (replace(named(iri, said[iri], release.prefixes), count=count) for iri, count in total.items())
    known = tell_apart(named_)
    return Properties({one.iri: one for one in sorted(known, key=lambda one: (-one.count, one.iri))}, paths, uses, ends)


def read_paths(store: Store, release: Release) -> dict[str, Path]:
    """The ways to the values of derived properties, by the IRI of the property."""
    found: dict[str, Path] = {}
    shapes = store.graph(release.base + "shapes")
    for name, path in derived(shapes, _properties(store, shapes).__contains__).items():
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


def _properties(store: Store, shapes: Iterable[Triple]) -> set[Value]:
    """The subjects of shapes that the ontology says are properties."""
    subjects = {one.subject for one in shapes if isinstance(one.subject, NamedNode)}
    return {node for node, kind in store.along(subjects, RDF_TYPE, _SAMPLE) if is_kind_of_property(kind)}


def _samples(store: Store, classes: Iterable[str], base: str) -> dict[str, list[NamedNode]]:
    """Some things of each class, from the whole of their order, and no parts of things."""
    found: dict[Value, list[NamedNode]] = {NamedNode(one): [] for one in classes}
    for kind, one in store.along(found, RDF_TYPE, MOST_VALUES, backwards=True):
        if isinstance(one, NamedNode) and is_thing(one.value, base):
            found[kind].append(one)
    return {kind.value: sorted(things, key=str)[:: 1 + len(things) // _SAMPLE] for kind, things in found.items()}


def _derived(sample: list[NamedNode], having: Mapping[str, AbstractSet[NamedNode]], things: int) -> dict[str, int]:
    """How often the things of a class have which derived property, as some of them show."""
    found = {iri: sum(one in those for one in sample) for iri, those in having.items()}
    return {iri: max(1, things * count // len(sample)) for iri, count in found.items() if count}


def _having(store: Store, samples: Iterable[list[NamedNode]], path: Path) -> set[NamedNode]:
    """The things among these from which a path leads anywhere; to too much is somewhere, too."""
    things = list(dict.fromkeys(one for sample in samples for one in sample))
    found: set[NamedNode] = set()
    for start in range(0, len(things), _AT_ONCE):
        some = things[start : start + _AT_ONCE]
        reached = Walk(store, left=FURTHEST * len(some)).follow_each({one: [one] for one in some}, path)
        found.update(one for one in some if reached.get(one, True))
    return found
