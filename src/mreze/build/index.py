"""What of a release can be found by name: each thing with its names, classes and identifiers.

A name is the value of a property of the table `_NAMES`, the literal form of a SKOS-XL label, or the value of a
property that the ontology puts under one of these. A SKOS-XL label whose time has an end (`time:hasTime` …
`time:hasEnd`, `schema:endDate`, `schema:validThrough`) is a former name. Identifiers are what the thing is the same
as, and its codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.contents import Contents
from mreze.matching.folding import key
from mreze.matching.identifiers import PROPERTIES
from mreze.matching.model import Entry, Kind, Label
from mreze.matching.writer import write_index
from mreze.namespaces import RDF_TYPE, term

_NAMES: Final = {
    Kind.PREFERRED: ("rdfs:label", "skos:prefLabel", "schema:name", "foaf:name", "dct:title", "dc:title"),
    Kind.ALTERNATIVE: ("skos:altLabel", "skos:hiddenLabel", "schema:alternateName", "foaf:nick", "dct:alternative"),
}
_KINDS: Final = tuple(Kind)
_LABELS: Final = ("skosxl:prefLabel", "skosxl:altLabel", "skosxl:hiddenLabel")
_FORM: Final = term("skosxl:literalForm")
_ENDS: Final = frozenset({term("time:hasEnd"), term("schema:endDate"), term("schema:validThrough")})
_TIME: Final = term("time:hasTime")
_RETIRED: Final = term("as:Tombstone")
_LONGEST_CONTEXT: Final = 40
"""Letters of such a name: nobody writes a longer one beside another."""
_MOST_CONTEXT: Final = 64
"""Names of others that a thing is known by."""


def write_names(folder: Path, contents: Contents) -> int:
    """Write the index of a release.

    Returns:
        How many things can be found.
    """
    site = contents.site
    things = Things(site.base + "id/", contents.graph.merged)
    return write_index(folder, things.entries(), things.base, contents.prefixes)


@dataclass(frozen=True)
class Things:
    """What a graph says of the things under a base IRI."""

    base: str
    graph: frozenset[Triple]

    def entries(self) -> Iterator[Entry]:
        """Each thing that is described and not retired, in the order of their IRIs."""
        for iri in sorted(self._said):
            if iri.startswith(self.base) and "#" not in iri and iri != self.base:
                said = self._said[iri]
                if not any(one.object == _RETIRED for one in said if one.predicate == RDF_TYPE):
                    yield self._entry(iri, said)

    @cached_property
    def _said(self) -> dict[str, list[Triple]]:
        found: dict[str, list[Triple]] = defaultdict(list)
        for one in self.graph:
            if isinstance(one.subject, NamedNode):
                found[one.subject.value].append(one)
        return found

    @cached_property
    def _properties(self) -> Mapping[NamedNode, Kind | str]:
        """What a property gives: a name of a kind, "label" or "identifier"."""
        below = _below(self.graph, term("rdfs:subPropertyOf"))
        known: dict[NamedNode, Kind | str] = {}
        roles: Iterable[tuple[Kind | str, tuple[str, ...]]] = (
            ("identifier", PROPERTIES), ("label", _LABELS), *reversed(_NAMES.items()),
        )  # fmt: skip
        for role, names in roles:
            for name in names:
                known.update(dict.fromkeys({term(name), *below.get(term(name), ())}, role))
        return known

    @cached_property
    def _superclasses(self) -> Mapping[NamedNode, frozenset[NamedNode]]:
        return _above(self.graph, term("rdfs:subClassOf"))

    def _entry(self, iri: str, said: list[Triple]) -> Entry:
        types = {one.object for one in said if one.predicate == RDF_TYPE and isinstance(one.object, NamedNode)}
        above = {one for each in types for one in self._superclasses.get(each, ())}
        return Entry(
            iri,
            self._labels(said),
            tuple(sorted(one.value for one in types - above)),
            tuple(sorted(one.value for one in types | above)),
            tuple(self._identifiers(said)),
            tuple(self._context(iri, said, types | above)),
        )

    def _labels(self, said: Iterable[Triple]) -> tuple[Label, ...]:
        found: dict[tuple[str, str], Kind] = {}
        for text, kind in self._names(said):
            name = text.value, (text.language or "").lower()
            found[name] = _better(found.get(name), kind)
        former = {key(text) for (text, _), kind in found.items() if kind is Kind.FORMER}
        written = [
            Label(text, language, Kind.FORMER if kind is Kind.ALTERNATIVE and key(text) in former else kind)
            for (text, language), kind in found.items()
            if text.strip()
        ]
        return tuple(sorted(written, key=lambda one: (_KINDS.index(one.kind), one.language, one.text)))

    def _names(self, said: Iterable[Triple]) -> Iterator[tuple[Literal, Kind]]:
        for one in said:
            role = self._properties.get(one.predicate)
            if isinstance(role, Kind):
                if isinstance(one.object, Literal):
                    yield one.object, role
            elif role == "label" and isinstance(one.object, NamedNode):
                of_label = self._said.get(one.object.value, [])
                kind = Kind.PREFERRED if one.predicate == term("skosxl:prefLabel") else Kind.ALTERNATIVE
                if any(self._has_end(each) for each in of_label):
                    kind = Kind.FORMER
                forms = (each.object for each in of_label if each.predicate == _FORM)
                yield from ((each, kind) for each in forms if isinstance(each, Literal))

    def _has_end(self, one: Triple) -> bool:
        if one.predicate in _ENDS:
            return True
        if one.predicate != _TIME or not isinstance(one.object, NamedNode):
            return False
        return any(each.predicate in _ENDS for each in self._said.get(one.object.value, ()))

    def _identifiers(self, said: Iterable[Triple]) -> list[str]:
        values = (one.object for one in said if self._properties.get(one.predicate) == "identifier")
        return sorted({one.value for one in values if isinstance(one, Literal | NamedNode)})

    def _context(self, iri: str, said: Iterable[Triple], classes: Iterable[NamedNode]) -> list[str]:
        """Names and codes of what the thing refers to, folded."""
        others = {one.object.value for one in said if isinstance(one.object, NamedNode)} - {iri}
        names = {name for one in others | {each.value for each in classes} for name in self._known_as(one)}
        return sorted(sorted(names, key=lambda name: (len(name), name))[:_MOST_CONTEXT])

    def _known_as(self, iri: str) -> tuple[str, ...]:
        if iri not in self._keys:
            said = self._said.get(iri, [])
            texts = [one.text for one in self._labels(said)] + [
                one for one in self._identifiers(said) if ":" not in one
            ]
            self._keys[iri] = tuple({name for one in texts if len(name := key(one)) <= _LONGEST_CONTEXT})
        return self._keys[iri]

    @cached_property
    def _keys(self) -> dict[str, tuple[str, ...]]:
        return {}


def _better(one: Kind | None, other: Kind) -> Kind:
    """Of two kinds that a name is said to be: preferred before all, and former rather than just another."""
    order = (Kind.PREFERRED, Kind.FORMER, Kind.ALTERNATIVE)
    return other if one is None else min(one, other, key=order.index)


def _above(graph: Iterable[Triple], relation: NamedNode) -> dict[NamedNode, frozenset[NamedNode]]:
    """What each is under, by a relation that goes on."""
    direct: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for one in graph:
        if one.predicate == relation and isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode):
            direct[one.subject].add(one.object)
    return {one: frozenset(_reached(one, direct) - {one}) for one in direct}


def _reached(start: NamedNode, direct: Mapping[NamedNode, set[NamedNode]]) -> set[NamedNode]:
    found, left = {start}, [start]
    while left:
        for one in direct.get(left.pop(), set()) - found:
            found.add(one)
            left.append(one)
    return found


def _below(graph: Iterable[Triple], relation: NamedNode) -> dict[NamedNode, set[NamedNode]]:
    found: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for one, above in _above(graph, relation).items():
        for each in above:
            found[each].add(one)
    return found
