"""How much there is of what in a graph, counted subject by subject from its lines.

No term becomes an object. To know which objects are different their 64-bit hashes are held: two of ten million would
have to have the same for a count to be one too low, which does not happen in a hundred thousand builds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from pyoxigraph import NamedNode

from mreze.namespaces import RDF_TYPE, term

Said = Sequence[tuple[bytes, bytes]]
"""Properties and objects of a subject, as N-Triples writes them, sorted by property."""
TYPE: Final = str(RDF_TYPE).encode()
QUOTE: Final = ord('"')
_IRI: Final = b"<"
_STRING, _TAGGED, _DIRECTED = term("xsd:string"), term("rdf:langString"), term("rdf:dirLangString")


@dataclass(slots=True)
class Links:
    """Where the statements of a property lead to: how many to things of which class, texts of which type."""

    triples: int = 0
    classes: Counter[NamedNode] = field(default_factory=Counter)
    datatypes: Counter[NamedNode] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Property:
    """How often a property is used."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What there is in a set of triples."""

    triples: int
    subjects: int
    objects: int
    entities: int
    """How many things that the dataset is about."""
    example: NamedNode | None
    """The first of them."""
    classes: Mapping[NamedNode, int]
    """How many things are of a class."""
    properties: Mapping[NamedNode, Property]
    datatypes: Mapping[NamedNode, int]
    """How many statements end in a literal of a datatype."""
    languages: Mapping[str, int]
    """How many statements end in a text in a language."""

    def compared_to(self, part: Statistics) -> tuple[Statistics, Statistics]:
        """What of this is the same in a part of it (as many of fewer are all of them), and what is more."""
        same: dict[str, Any] = {}
        more: dict[str, Any] = {}
        for name in ("classes", "properties", "datatypes", "languages"):
            own, other = getattr(self, name), getattr(part, name)
            same[name] = {one: count for one, count in own.items() if other.get(one) == count}
            more[name] = {one: count for one, count in own.items() if other.get(one) != count}
        return replace(self, **same), replace(self, **more)


@dataclass(slots=True)
class _Used:
    """A property while it is counted."""

    salt: int
    triples: int = 0
    subjects: int = 0
    objects: int = 0


class Tally:
    """Counts a graph."""

    def __init__(self, space: bytes) -> None:
        """Begin.

        Args:
            space: what the IRIs of the things start with that the dataset is about; those with a `#` are parts.
        """
        self._space = _IRI + space
        self._triples = self._subjects = self._entities = 0
        self._example = b""
        self._objects: set[int] = set()
        self._pairs: set[int] = set()
        self._used: dict[bytes, _Used] = {}
        self._classes: Counter[bytes] = Counter()
        self._ends: Counter[bytes] = Counter()

    def add(self, subject: bytes, said: Said, known: Said = ()) -> None:
        """Count what is said of a subject.

        Args:
            subject: as N-Triples writes it.
            said: what was not counted yet.
            known: what was, if there was something.
        """
        self._triples += len(said)
        if not known:
            self._subjects += 1
            if subject.startswith(self._space) and b"#" not in subject:
                self._entities += 1
                # Not as they are sorted: `<a-2>` comes before `<a>`.
                if not self._example or subject[:-1] < self._example:
                    self._example = subject[:-1]
        objects, pairs, ends = self._objects, self._pairs, self._ends
        last, counted = b"", {one for one, _ in known}
        for predicate, value in said:
            if predicate != last:
                last = predicate
                used = self._used.get(predicate) or self._use(predicate)
                used.subjects += predicate not in counted
                salt = used.salt
            used.triples += 1
            number = hash(value)
            pair = number ^ salt
            if pair not in pairs:
                pairs.add(pair)
                used.objects += 1
                objects.add(number)
            if value[0] == QUOTE:
                ends[value[value.rindex(b'"') + 1 :]] += 1
            elif predicate == TYPE and value.startswith(_IRI):
                self._classes[value] += 1

    def statistics(self) -> Statistics:
        """What was counted so far."""
        datatypes: Counter[NamedNode] = Counter()
        languages: Counter[str] = Counter()
        for end, count in self._ends.items():
            datatypes[datatype(end)] += count
            if end.startswith(b"@"):
                languages[end[1:].partition(b"--")[0].decode()] += count
        return Statistics(
            triples=self._triples,
            subjects=self._subjects,
            objects=len(self._objects),
            entities=self._entities,
            example=NamedNode(self._example[1:].decode()) if self._example else None,
            classes={name(one): count for one, count in self._classes.items()},
            properties={name(one): Property(n.triples, n.subjects, n.objects) for one, n in self._used.items()},
            datatypes=datatypes,
            languages=languages,
        )

    def _use(self, predicate: bytes) -> _Used:
        # Multiplied, so that hashes of properties and of objects do not cancel each other out.
        used = self._used[predicate] = _Used((hash(predicate) * 0x9E3779B97F4A7C15) & 0x7FFFFFFFFFFFFFFF)
        return used


class LinkTally:
    """Counts where the statements of the things of each class lead to."""

    def __init__(self, kinds: Mapping[int, tuple[bytes, ...]]) -> None:
        """Begin.

        Args:
            kinds: classes of things, by the hash of what N-Triples writes for them.
        """
        self._kinds = kinds
        self._counts: Counter[tuple[tuple[bytes, ...], bytes, bytes | tuple[bytes, ...]]] = Counter()

    def add(self, subject: bytes, said: Said) -> None:
        """Count what is said of a subject."""
        own = self._kinds.get(hash(subject))
        if own is None:
            return
        kinds, counts = self._kinds, self._counts
        for predicate, value in said:
            if value[0] == QUOTE:
                counts[own, predicate, value[value.rindex(b'"') + 1 :]] += 1
            else:
                counts[own, predicate, kinds.get(hash(value), ())] += 1

    def links(self) -> dict[NamedNode, dict[NamedNode, Links]]:
        """For each class the properties that its things have, and where these lead to."""
        found: dict[NamedNode, dict[NamedNode, Links]] = {}
        for (classes, predicate, end), count in self._counts.items():
            for kind in classes:
                links = found.setdefault(name(kind), {}).setdefault(name(predicate), Links())
                links.triples += count
                if isinstance(end, bytes):
                    links.datatypes[datatype(end)] += count
                else:
                    links.classes.update({name(one): count for one in end})
        return found


def by_subject(lines: Iterable[bytes], graphs: Counter[bytes] | None = None) -> Iterator[tuple[bytes, Said]]:
    """The subjects of a graph, each with what is said of it, once.

    Args:
        lines: of N-Quads, each with a graph, sorted.
        graphs: is told how many lines each graph has.
    """
    counts: Counter[bytes] = Counter() if graphs is None else graphs
    last, said = b"", list[tuple[bytes, bytes]]()
    before: tuple[bytes, bytes] | None = None
    run, of = 0, b""  # how many lines in a row have which graph
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        value, graph, _ = rest.rsplit(b" ", 2)
        if graph != of:
            counts[of] += run
            run, of = 0, graph
        run += 1
        if subject != last:
            if said:
                yield last, said
            last, said, before = subject, [], None
        this = predicate, value
        if this != before:
            said.append(this)
            before = this
    if said:
        counts[of] += run
        del counts[b""]
        yield last, said


def datatype(end: bytes) -> NamedNode:
    """The datatype of a literal, by what follows its text: nothing, `@en`, `@en--ltr` or `^^<iri>`."""
    if end.startswith(b"^^"):
        return name(end[2:])
    return (_DIRECTED if b"--" in end else _TAGGED) if end else _STRING


def name(written: bytes) -> NamedNode:
    """An IRI that N-Triples writes."""
    return NamedNode(written[1:-1].decode())
