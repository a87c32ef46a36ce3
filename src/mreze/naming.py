"""What things are called, and by which identifiers they are known.

A name is the value of a property of the table `_NAMES`, the literal form of a SKOS-XL label, or the value of a
property that the ontology puts under one of these. A SKOS-XL label whose time has an end (`time:hasTime` …
`time:hasEnd`, `schema:endDate`, `schema:validThrough`) is a former name. Identifiers are what the thing is the same
as, and its codes.

What is said of a thing is read as N-Triples writes it: of millions of statements few are names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, Triple

from mreze.hierarchy import below
from mreze.matching.folding import key
from mreze.matching.identifiers import PROPERTIES
from mreze.matching.model import Kind, Label
from mreze.namespaces import RDF_TYPE, term
from mreze.streams.literals import split, unescape

Said = Sequence[tuple[str, str]]
"""What is said of one subject: predicates and objects, as N-Triples writes them."""
_NAMES: Final = {
    Kind.PREFERRED: ("rdfs:label", "skos:prefLabel", "schema:name", "foaf:name", "dct:title", "dc:title"),
    Kind.ALTERNATIVE: ("skos:altLabel", "skos:hiddenLabel", "schema:alternateName", "foaf:nick", "dct:alternative"),
}
_KINDS: Final = tuple(Kind)
_LABELS: Final = ("skosxl:prefLabel", "skosxl:altLabel", "skosxl:hiddenLabel")
_PREFERRED: Final = str(term("skosxl:prefLabel"))
_FORM: Final = str(term("skosxl:literalForm"))
_ENDS: Final = frozenset(map(str, map(term, ("time:hasEnd", "schema:endDate", "schema:validThrough"))))
_TIME: Final = str(term("time:hasTime"))
_RETIRED: Final = str(RDF_TYPE), str(term("as:Tombstone"))


@dataclass(frozen=True)
class Naming:
    """Reads names and identifiers."""

    said: Callable[[str], Said]
    """What is said of an IRI; nothing, where nothing is."""
    subproperties: frozenset[Triple] = frozenset()
    """Where the ontology says of a property that it is under another one (rdfs:subPropertyOf)."""

    @cached_property
    def roles(self) -> Mapping[str, Kind | str]:
        """What a property gives, as N-Triples writes it: a name of a kind, "label" or "identifier"."""
        narrower = below(self.subproperties, term("rdfs:subPropertyOf"))
        known: dict[str, Kind | str] = {}
        given: Iterable[tuple[Kind | str, tuple[str, ...]]] = (
            ("identifier", PROPERTIES), ("label", _LABELS), *reversed(_NAMES.items()),
        )  # fmt: skip
        for role, names in given:
            for name in names:
                for one in (term(name), *narrower.get(term(name), ())):
                    known[str(one)] = role
        return known

    @cached_property
    def telling(self) -> frozenset[str]:
        """The properties that names and identifiers depend on."""
        return frozenset({*self.roles, _FORM, _TIME, *_ENDS})

    @cached_property
    def leading(self) -> frozenset[str]:
        """Those by which the names of a thing depend on what is said of another one."""
        return frozenset({_TIME, *(one for one, role in self.roles.items() if role == "label")})

    def named(self, said: Said) -> Said:
        """What of it gives names and identifiers."""
        roles = self.roles
        return [one for one in said if one[0] in roles]

    def labels(self, said: Said) -> tuple[Label, ...]:
        """The names, the preferred ones first."""
        found: dict[tuple[str, str], Kind] = {}
        for text, language, kind in self._names(said):
            name = text, language
            found[name] = _better(found.get(name), kind)
        former = {key(text) for (text, _), kind in found.items() if kind is Kind.FORMER}
        written = [
            Label(text, language, Kind.FORMER if former and kind is Kind.ALTERNATIVE and key(text) in former else kind)
            for (text, language), kind in found.items()
            if text.strip()
        ]
        return tuple(sorted(written, key=lambda one: (_KINDS.index(one.kind), one.language, one.text)))

    def texts(self, said: Said) -> set[str]:
        """The names alone, of whichever kind and language."""
        return {text for text, _, _ in self._names(said) if text.strip()}

    def _names(self, said: Said) -> Iterator[tuple[str, str, Kind]]:
        for predicate, value in said:
            role = self.roles.get(predicate)
            if isinstance(role, Kind):
                if value[0] == '"':
                    yield *_literal(value), role
            elif role == "label" and value[0] == "<":
                of_label = self.said(value[1:-1])
                kind = Kind.PREFERRED if predicate == _PREFERRED else Kind.ALTERNATIVE
                if any(self._has_end(*each) for each in of_label):
                    kind = Kind.FORMER
                yield from ((*_literal(each), kind) for form, each in of_label if form == _FORM and each[0] == '"')

    def _has_end(self, predicate: str, value: str) -> bool:
        if predicate in _ENDS:
            return True
        if predicate != _TIME or value[0] != "<":
            return False
        return any(each in _ENDS for each, _ in self.said(value[1:-1]))

    def identifiers(self, said: Said) -> list[str]:
        """What it is the same as, and its codes."""
        roles = self.roles
        return sorted({value_of(value) for one, value in said if roles.get(one) == "identifier" and value[0] in '<"'})


def said_of(graph: Iterable[Triple]) -> dict[str, list[tuple[str, str]]]:
    """What a graph says of each thing that has an IRI."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in graph:
        if isinstance(one.subject, NamedNode):
            found[one.subject.value].append((str(one.predicate), str(one.object)))
    return dict(found)


def is_thing(iri: str, said: Said, base: str) -> bool:
    """Whether this is a thing under a base IRI, not a part of one, and not retired."""
    return iri.startswith(base) and "#" not in iri and iri != base and _RETIRED not in said


def value_of(node: str) -> str:
    """The IRI, or the text of a literal."""
    return unescape(split(node)[0][1:-1]) if node[0] == '"' else node[1:-1]


def _literal(value: str) -> tuple[str, str]:
    """The text and the language, "" for none."""
    text, more = split(value)
    language = more[1:].partition("--")[0].lower() if more.startswith("@") else ""
    return unescape(text[1:-1]), language


def _better(one: Kind | None, other: Kind) -> Kind:
    """Of two kinds that a name is said to be: preferred before all, and former rather than just another."""
    return other if one is None else min(one, other, key=_ORDER.index)


_ORDER: Final = (Kind.PREFERRED, Kind.FORMER, Kind.ALTERNATIVE)
