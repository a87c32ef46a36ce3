"""Write JSON-LD that a person can read, and whose text depends on the triples alone.

Flattened, with the context inlined (nothing to fetch): keys are prefixed names, texts in languages are language maps,
and what a predicate's values have in common (being IRIs, a datatype) is said once, in the context.
https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, Triple

from mreze.abbreviations import Abbreviations
from mreze.namespaces import RDF_TYPE, term

_XSD_STRING: Final = term("xsd:string")
_GEN_DELIMS: Final = ":/?#[]@"
Node = NamedNode | BlankNode | Literal
Object = dict[str, Any]


def write(triples: Iterable[Triple | Quad], prefixes: Mapping[str, str]) -> str:
    """Return the triples as JSON-LD; of quads the graph name is left out."""
    return (
        json.dumps(document(triples, Abbreviations(usable_prefixes(prefixes)), {}), ensure_ascii=False, indent=1) + "\n"
    )


def document(
    triples: Iterable[Triple | Quad], abbreviations: Abbreviations, relative: Mapping[str, str], label: str = ""
) -> Object:
    """Return a graph as an object, with its context.

    Args:
        triples: the graph; of quads the graph name is left out.
        abbreviations: the prefixed names that may be used.
        relative: what stands in place of the beginnings of IRIs that are written relative to the document.
        label: what the labels of blank nodes start with, where the document has other graphs.
    """
    return _Writer(triples, abbreviations, relative, label).document()


def usable_prefixes(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Those that JSON-LD 1.1 takes without further ado: their IRIs end with a gen-delim."""
    return {prefix: iri for prefix, iri in prefixes.items() if iri[-1:] in _GEN_DELIMS}


class _Writer:
    """One document, or one graph of a document, being written."""

    def __init__(
        self,
        triples: Iterable[Triple | Quad],
        abbreviations: Abbreviations,
        relative: Mapping[str, str],
        label: str,
    ) -> None:
        self.relative = relative
        self.label = label
        self.abbreviations = abbreviations
        self.used: dict[str, str] = {}
        self.nodes: dict[NamedNode | BlankNode, dict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in _labelled(triples):
            if isinstance(quad.subject, Triple) or isinstance(quad.object, Triple):
                raise TypeError("a triple term cannot be written in JSON-LD 1.1")
            self.nodes[quad.subject][quad.predicate].append(quad.object)
        self.terms = self.find_terms()

    def document(self) -> Object:
        """The document, with its context."""
        graph = [self.node(subject) for subject in sorted(self.nodes, key=_key)]
        terms = {
            self.shorten(predicate.value): definition for predicate, definition in self.terms.items() if definition
        }
        context = {**dict(sorted(self.used.items())), **dict(sorted(terms.items()))}
        return {"@context": context, "@graph": graph}

    def find_terms(self) -> dict[NamedNode, Object]:
        """What all values of a predicate have in common."""
        values: dict[NamedNode, list[Node]] = defaultdict(list)
        for predicates in self.nodes.values():
            for predicate, objects in predicates.items():
                values[predicate] += objects
        return {
            predicate: self.definition(predicate, values[predicate]) for predicate in values if predicate != RDF_TYPE
        }

    def definition(self, predicate: NamedNode, values: list[Node]) -> Object:
        literals = [one for one in values if isinstance(one, Literal)]
        if not literals:
            return {"@id": self.shorten(predicate.value), "@type": "@id"}
        if len(literals) < len(values):
            return {}
        if all(one.language is not None and one.direction is None for one in literals):
            return {"@id": self.shorten(predicate.value), "@container": "@language"}
        datatypes = {one.datatype for one in literals}
        if len(datatypes) == 1 and _XSD_STRING not in datatypes and literals[0].language is None:
            return {"@id": self.shorten(predicate.value), "@type": self.shorten(datatypes.pop().value)}
        return {}

    def node(self, subject: NamedNode | BlankNode) -> Object:
        predicates = self.nodes[subject]
        written: Object = {"@id": self.identifier(subject)}
        if types := predicates.get(RDF_TYPE):
            written["@type"] = _one_or_many(
                sorted(self.identifier(one) for one in types if not isinstance(one, Literal))
            )
        rest = {self.shorten(one.value): self.values(one, predicates[one]) for one in predicates if one != RDF_TYPE}
        return written | dict(sorted(rest.items()))

    def values(self, predicate: NamedNode, objects: list[Node]) -> Any:
        definition = self.terms[predicate]
        if definition.get("@container") == "@language":
            by_language: dict[str, list[str]] = defaultdict(list)
            for one in objects:
                assert isinstance(one, Literal)  # noqa: S101 - the definition says so
                by_language[one.language or "@none"].append(one.value)
            return {language: _one_or_many(sorted(texts)) for language, texts in sorted(by_language.items())}
        return _one_or_many(sorted((self.value(one, definition) for one in objects), key=_sortable))

    def value(self, node: Node, definition: Object) -> Any:
        if not isinstance(node, Literal):
            return self.identifier(node) if "@type" in definition else {"@id": self.identifier(node)}
        if "@type" in definition or (node.datatype == _XSD_STRING and node.language is None):
            return node.value
        if node.language is not None:
            direction = {"@direction": str(node.direction)} if node.direction is not None else {}
            return {"@language": node.language, "@value": node.value, **direction}
        return {"@type": self.shorten(node.datatype.value), "@value": node.value}

    def identifier(self, node: NamedNode | BlankNode) -> str:
        return self.shorten(node.value) if isinstance(node, NamedNode) else f"_:{self.label}{node.value}"

    def shorten(self, iri: str) -> str:
        for beginning, instead in self.relative.items():
            if iri.startswith(beginning):
                return f"{instead}{iri.removeprefix(beginning)}"
        found = self.abbreviations.known(iri)
        if found is None:
            return iri
        self.used[found.prefix] = found.namespace
        return found.name


def _labelled(triples: Iterable[Triple | Quad]) -> Dataset:
    """The triples, each once, with labels of blank nodes that depend on the graph alone."""
    graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in triples)
    if any(isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode) for quad in graph):
        graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return graph


def _one_or_many(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _sortable(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _key(subject: NamedNode | BlankNode) -> tuple[bool, str]:
    return isinstance(subject, BlankNode), subject.value
