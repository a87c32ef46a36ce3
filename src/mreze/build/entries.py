"""What of a release can be found by name: each thing with its names, classes and identifiers (naming.py)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.hierarchy import above
from mreze.lines import without_graphs
from mreze.matching.folding import key
from mreze.matching.model import Entry
from mreze.namespaces import RDF_TYPE, term
from mreze.naming import Naming, Said, is_thing
from mreze.sortedlines import Buffer, lines_beginning, lines_with

_LONGEST_CONTEXT: Final = 40
"""Letters of such a name: nobody writes a longer one beside another."""
_MOST_CONTEXT: Final = 64
"""Names of others that a thing is known by."""
_KEPT: Final = 1 << 16
"""Things whose names are remembered for those that refer to them."""
_TYPE: Final = str(RDF_TYPE)
_END: Final = 3
"""Bytes that end a line: a space, a dot, a line feed."""
SUBCLASS: Final = term("rdfs:subClassOf")
SUBPROPERTY: Final = term("rdfs:subPropertyOf")


@dataclass(frozen=True, slots=True)
class _Classes:
    """What the classes of a thing come to."""

    types: tuple[str, ...]
    """Without those that others are under."""
    all: tuple[str, ...]
    """With those above."""
    wider: tuple[str, ...]
    """Those above, as N-Triples writes them."""


class Things:
    """What sorted lines of N-Quads say of the things under a base IRI."""

    def __init__(self, base: str, lines: Buffer, hierarchy: frozenset[Triple]) -> None:
        """Know where to look things up.

        Args:
            base: the IRI.
            lines: all that is said.
            hierarchy: what they say of subclasses and subproperties.
        """
        self._base, self._lines = base, lines
        self._naming = Naming(self._said, hierarchy)
        self._telling = {one.encode() for one in self._naming.telling}
        self._superclasses = above(hierarchy, SUBCLASS)
        self._known_as = lru_cache(_KEPT)(self._names_of)
        self._classes = lru_cache(_KEPT)(self._all_classes)

    def entries(self, lines: Iterable[bytes]) -> Iterator[Entry]:
        """Each thing that is described in some of the lines and not retired, in their order."""
        for iri, said in statements(lines):
            if is_thing(iri, said, self._base):
                yield self._entry(iri, said)

    def entries_of(self, subjects: Iterable[bytes]) -> Iterator[Entry]:
        """Those of the things with these IRIs, as N-Quads writes them, that are described and not retired."""
        for one in subjects:
            yield from self.entries(lines_beginning(self._lines, one + b" "))

    def _entry(self, iri: str, said: Said) -> Entry:
        naming = self._naming
        named = naming.named(said)
        types, others = [], set()
        for predicate, value in said:
            if value[0] == "<":
                others.add(value)
                if predicate == _TYPE:
                    types.append(value)
        others.discard(f"<{iri}>")
        classes = self._classes(tuple(types))
        return Entry(
            iri,
            naming.labels(named) if named else (),
            classes.types,
            classes.all,
            tuple(naming.identifiers(named)) if named else (),
            self._context(others, classes),
        )

    def _all_classes(self, values: tuple[str, ...]) -> _Classes:
        types = {value[1:-1] for value in values}
        wider = {each.value for one in types for each in self._superclasses.get(NamedNode(one), ())}
        return _Classes(tuple(sorted(types - wider)), tuple(sorted(types | wider)), tuple(f"<{one}>" for one in wider))

    def _context(self, others: set[str], classes: _Classes) -> tuple[str, ...]:
        """Names and codes of what the thing refers to, and of its classes, folded."""
        names = set().union(*map(self._known_as, others), *map(self._known_as, classes.wider))
        if len(names) > _MOST_CONTEXT:
            names = set(sorted(names, key=_by_length)[:_MOST_CONTEXT])
        return tuple(sorted(names))

    def _names_of(self, node: str) -> tuple[str, ...]:
        said = self._said(node[1:-1])
        if not said:
            return ()
        texts = self._naming.texts(said) | {one for one in self._naming.identifiers(said) if ":" not in one}
        return tuple({name for one in texts if len(name := key(one)) <= _LONGEST_CONTEXT})

    def _said(self, iri: str) -> Said:
        """What is said of an IRI that names and identifiers depend on."""
        beginning, telling = f"<{iri}> ".encode(), self._telling
        start = len(beginning)
        lines = lines_beginning(self._lines, beginning)
        found = statements([line for line in lines if line[start : line.index(b" ", start)] in telling])
        return next((said for _, said in found), ())


def statements(lines: Iterable[bytes]) -> Iterator[tuple[str, Said]]:
    """What sorted lines of N-Quads say, by the IRI of the subject; a triple once for each graph that it is in."""
    own, said = "", list[tuple[str, str]]()
    for line in lines:
        subject, predicate, rest = line.decode().split(" ", 2)
        if subject != own:
            if own.startswith("<"):
                yield own[1:-1], said
            own, said = subject, []
        said.append((predicate, rest[: rest.rindex(" ", 0, -_END)]))
    if own.startswith("<"):
        yield own[1:-1], said


def _by_length(name: str) -> tuple[int, str]:
    return len(name), name


def read_hierarchy(lines: Buffer) -> frozenset[Triple]:
    """What sorted lines of N-Quads say of subclasses and subproperties."""
    found = (one for each in (SUBCLASS, SUBPROPERTY) for one in lines_with(lines, str(each).encode()))
    content = b"".join(line + b".\n" for line in without_graphs(found))
    return frozenset(quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))
