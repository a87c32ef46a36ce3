"""What things of a graph are called, and by which identifiers they are known.

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
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.hierarchy import below
from mreze.matching.folding import key
from mreze.matching.identifiers import PROPERTIES
from mreze.matching.model import Kind, Label
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


@dataclass(frozen=True)
class Naming:
    """Reads names and identifiers."""

    graph: frozenset[Triple]

    def things(self, base: str) -> Iterator[str]:
        """The IRI of each thing under a base that is described and not retired, in their order."""
        for iri in sorted(self.said):
            if iri.startswith(base) and "#" not in iri and iri != base:
                said = self.said[iri]
                if not any(one.object == _RETIRED for one in said if one.predicate == RDF_TYPE):
                    yield iri

    @cached_property
    def said(self) -> dict[str, list[Triple]]:
        """What is said of each thing."""
        found: dict[str, list[Triple]] = defaultdict(list)
        for one in self.graph:
            if isinstance(one.subject, NamedNode):
                found[one.subject.value].append(one)
        return found

    @cached_property
    def _properties(self) -> Mapping[NamedNode, Kind | str]:
        """What a property gives: a name of a kind, "label" or "identifier"."""
        narrower = below(self.graph, term("rdfs:subPropertyOf"))
        known: dict[NamedNode, Kind | str] = {}
        roles: Iterable[tuple[Kind | str, tuple[str, ...]]] = (
            ("identifier", PROPERTIES), ("label", _LABELS), *reversed(_NAMES.items()),
        )  # fmt: skip
        for role, names in roles:
            for name in names:
                known.update(dict.fromkeys({term(name), *narrower.get(term(name), ())}, role))
        return known

    def labels(self, said: Iterable[Triple]) -> tuple[Label, ...]:
        """The names, the preferred ones first."""
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
                of_label = self.said.get(one.object.value, [])
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
        return any(each.predicate in _ENDS for each in self.said.get(one.object.value, ()))

    def identifiers(self, said: Iterable[Triple]) -> list[str]:
        """What it is the same as, and its codes."""
        values = (one.object for one in said if self._properties.get(one.predicate) == "identifier")
        return sorted({one.value for one in values if isinstance(one, Literal | NamedNode)})


def _better(one: Kind | None, other: Kind) -> Kind:
    """Of two kinds that a name is said to be: preferred before all, and former rather than just another."""
    order = (Kind.PREFERRED, Kind.FORMER, Kind.ALTERNATIVE)
    return other if one is None else min(one, other, key=order.index)
