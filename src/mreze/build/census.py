"""What is counted of some subjects with all that is said of them, so that it can be kept and added up.

Terms that may be many are held as 64-bit numbers, the same in every process: two of ten million would have to have the
same for a count to be one too low, which does not happen in a hundred thousand builds.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from mreze.build.subjects import Said, by_subject
from mreze.namespaces import RDF_TYPE, term
from mreze.quality import LINKING

TYPE: Final = str(RDF_TYPE).encode()
_LINKING: Final = frozenset(str(one).encode() for one in LINKING)
_SUBCLASS: Final = str(term("rdfs:subClassOf")).encode()
_IRI: Final = b"<"
_QUOTE: Final = ord('"')
Types = tuple[bytes, ...]
"""Classes of a thing, as N-Triples writes them."""
Numbers = Sequence[int]
"""Numbers of terms, sorted; a term that came several times may be there as often."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often a property is used."""

    triples: int
    subjects: int
    objects: Numbers


@dataclass(frozen=True, slots=True)
class Census:
    """What was counted. Terms are written as in N-Triples."""

    triples: int
    subjects: int
    entities: int
    """How many things that the site is about."""
    example: bytes
    """The first of them, without its last character; empty if there is none."""
    graphs: Mapping[bytes, int]
    """How many statements are in which graph."""
    uses: Mapping[bytes, Use]
    """By property."""
    classes: Mapping[bytes, int]
    ends: Mapping[bytes, int]
    """Literals by what follows their text."""
    kinds: Mapping[Types, Numbers]
    """The subjects by their classes."""
    literals: Mapping[tuple[Types, bytes], Mapping[bytes, int]]
    """The same as `ends`, by the classes of the subject and the property."""
    pointers: Mapping[tuple[Types, bytes], Numbers]
    """The objects that are no literals, likewise, of subjects that have classes; each as often as it came."""
    signatures: Mapping[tuple[Types, Types], int]
    """How many subjects have which classes and which properties."""
    wholes: frozenset[Types]
    """Classes that things have which are no parts of others."""
    links: Mapping[tuple[str, str], int]
    """Links that leave the site, by property and register."""
    below: tuple[tuple[bytes, bytes], ...]
    """Classes, each with one above it."""
    aimed: Mapping[bytes, Numbers]
    """The subjects of properties that shapes aim at."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a census depends on beside the statements."""

    base: str
    """IRIs that start so do not leave the site; its things are those below `id/`, and those with a `#` are parts."""
    aimed: frozenset[bytes] = frozenset()
    """Properties whose subjects shapes aim at."""


def number(written: bytes) -> int:
    """The number of a term."""
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "little")


def take_census(lines: Iterable[bytes], scope: Scope) -> Census:
    """Count lines of N-Quads, sorted, with all lines of each subject."""
    taking = Taking(scope)
    for subject, said in by_subject(lines, taking.graphs):
        taking.add(subject, said)
    return taking.close()


@dataclass(slots=True)
class _Used:
    """A property while it is counted."""

    triples: int = 0
    subjects: int = 0
    objects: set[bytes] = field(default_factory=set)


@dataclass(slots=True)
class _Kind:
    """Subjects of the same classes while they are counted."""

    subjects: list[int] = field(default_factory=list)
    literals: defaultdict[bytes, Counter[bytes]] = field(default_factory=lambda: defaultdict(Counter))
    pointers: defaultdict[bytes, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    signatures: Counter[Types] = field(default_factory=Counter)


class Taking:
    """A census while it is taken."""

    def __init__(self, scope: Scope) -> None:
        self.graphs: Counter[bytes] = Counter()
        self._scope = scope
        self._space = f"<{scope.base}id/".encode()
        self._subjects = self._entities = 0
        self._example = b""
        self._used: defaultdict[bytes, _Used] = defaultdict(_Used)
        self._kinds: defaultdict[Types, _Kind] = defaultdict(_Kind)
        self._classes: Counter[bytes] = Counter()
        self._wholes: set[Types] = set()
        self._links: Counter[tuple[str, str]] = Counter()
        self._below: list[tuple[bytes, bytes]] = []
        self._aimed: defaultdict[bytes, list[int]] = defaultdict(list)

    def add(self, subject: bytes, said: Said, known: Said = ()) -> None:
        """Count what is said of a subject.

        Args:
            subject: as N-Triples writes it.
            said: what is not counted elsewhere; once only.
            known: what is, if there is something.
        """
        types = tuple([value for predicate, value in said if predicate == TYPE and value[:1] == _IRI])
        kind = self._kinds[types]
        if not known:
            kind.subjects.append(number(subject))
            self._count_subject(subject)
        self._classes.update(types)
        properties = self._count_statements(kind, said, {one for one, _ in known})
        self._portray(subject, types, kind, tuple([one for one in properties if one != TYPE]))
        if not _LINKING.isdisjoint(properties):
            self._count_links(said)
        if _SUBCLASS in properties:
            self._below += [(subject, value) for one, value in said if one == _SUBCLASS]
        for one in self._scope.aimed.intersection(properties):
            self._aimed[one].append(number(subject))

    def _count_subject(self, subject: bytes) -> None:
        self._subjects += 1
        if subject.startswith(self._space) and b"#" not in subject:
            self._entities += 1
            # Not as they are sorted: `<a-2>` comes before `<a>`.
            if not self._example or subject[:-1] < self._example:
                self._example = subject[:-1]

    def _count_statements(self, kind: _Kind, said: Said, counted: set[bytes]) -> list[bytes]:
        """Count the statements, and say of which properties they are."""
        last, found = b"", []
        for predicate, value in said:
            if predicate != last:
                last = predicate
                found.append(predicate)
                used = self._used[predicate]
                used.subjects += predicate not in counted
                objects, literals, pointers = used.objects, kind.literals[predicate], kind.pointers[predicate]
            used.triples += 1
            objects.add(value)
            if value[0] == _QUOTE:
                literals[value[value.rindex(b'"') + 1 :]] += 1
            else:
                pointers.append(value)
        return found

    def _portray(self, subject: bytes, types: Types, kind: _Kind, properties: Types) -> None:
        if types:
            kind.signatures[properties] += 1
            if subject[:1] == _IRI and b"#" not in subject:
                self._wholes.add(types)

    def _count_links(self, said: Said) -> None:
        links = [(one, value[1:-1].decode()) for one, value in said if one in _LINKING and value[:1] == _IRI]
        away = [(one, iri) for one, iri in links if not iri.startswith(self._scope.base)]
        self._links.update((one[1:-1].decode(), _host(iri)) for one, iri in away)

    def close(self) -> Census:
        """All has been added."""
        known: dict[bytes, int] = {}
        return Census(
            triples=sum(one.triples for one in self._used.values()),
            subjects=self._subjects,
            entities=self._entities,
            example=self._example,
            graphs=self.graphs,
            uses={
                name: Use(one.triples, one.subjects, _numbers(one.objects, known)) for name, one in self._used.items()
            },
            classes=self._classes,
            ends=_together(ends for one in self._kinds.values() for ends in one.literals.values()),
            kinds={types: array("Q", sorted(one.subjects)) for types, one in self._kinds.items()},
            literals={
                (types, name): ends
                for types, one in self._kinds.items()
                for name, ends in one.literals.items()
                if types and ends
            },
            pointers={
                (types, name): _numbers(objects, known)
                for types, one in self._kinds.items()
                for name, objects in one.pointers.items()
                if types and objects
            },
            signatures={
                (types, properties): count
                for types, one in self._kinds.items()
                for properties, count in one.signatures.items()
            },
            wholes=frozenset(self._wholes),
            links=self._links,
            below=tuple(self._below),
            aimed={name: array("Q", sorted(subjects)) for name, subjects in self._aimed.items()},
        )


def _numbers(terms: Iterable[bytes], known: dict[bytes, int]) -> Numbers:
    """The numbers of terms; those that are looked up again are remembered."""
    found = []
    for one in terms:
        if (it := known.get(one)) is None:
            it = known[one] = number(one)
        found.append(it)
    found.sort()
    return array("Q", found)


def _together(counts: Iterable[Mapping[bytes, int]]) -> Counter[bytes]:
    found: Counter[bytes] = Counter()
    for one in counts:
        found.update(one)
    return found


def _host(iri: str) -> str:
    return urlsplit(iri).netloc.removeprefix("www.") or iri.partition(":")[0]
