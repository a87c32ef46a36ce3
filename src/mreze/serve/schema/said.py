"""Triples by subject and property."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.namespaces import RDF_TYPE, term
from mreze.texts import Text

Node = NamedNode | BlankNode | Literal | Triple


class Said:
    """What a graph says of what; values come in an order that depends on the graph alone."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: defaultdict[Node, defaultdict[NamedNode, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: defaultdict[tuple[NamedNode, Node], list[NamedNode]] = defaultdict(list)
        for one in sorted(triples, key=str):
            self._values[one.subject][one.predicate].append(one.object)
            if isinstance(one.subject, NamedNode):
                self._subjects[one.predicate, one.object].append(one.subject)

    def __contains__(self, node: Node) -> bool:
        """Whether anything is said of it."""
        return node in self._values

    def values(self, node: Node, name: str | NamedNode) -> list[Node]:
        """The values of a property of a thing; the property by its IRI or its prefixed name."""
        predicate = term(name) if isinstance(name, str) else name
        return self._values[node].get(predicate, []) if node in self._values else []

    def iris(self, node: Node, *names: str) -> list[NamedNode]:
        """Those values of some properties that are IRIs, each once."""
        found = (one for name in names for one in self.values(node, name))
        return list(dict.fromkeys(one for one in found if isinstance(one, NamedNode)))

    def texts(self, node: Node, name: str) -> Text:
        """The values that are texts, by language."""
        found = (one for one in self.values(node, name) if isinstance(one, Literal))
        return {one.language or "": one.value for one in found}

    def first(self, node: Node, name: str) -> str | None:
        """The first value that is a literal, as it is written."""
        return next((one.value for one in self.values(node, name) if isinstance(one, Literal)), None)

    def members(self, node: Node) -> list[Node]:
        """The members of a list; of a list that bites its own tail each once."""
        found, seen = [], {node}
        while rest := self.values(node, "rdf:rest"):
            found += self.values(node, "rdf:first")[:1]
            node = rest[0]
            if node in seen:
                break
            seen.add(node)
        return found

    def subjects(self, name: str, value: Node) -> list[NamedNode]:
        """The things with an IRI that have a value of a property."""
        return self._subjects.get((term(name), value), [])

    def of(self, *kinds: str) -> list[NamedNode]:
        """The things with an IRI that are of one of some classes."""
        return sorted({one for kind in kinds for one in self.subjects("rdf:type", term(kind))}, key=str)

    def is_of(self, node: Node, kind: str) -> bool:
        """Whether something is of a class."""
        return term(kind) in self.values(node, "rdf:type")

    def named(self) -> list[NamedNode]:
        """Everything with an IRI of which something is said."""
        return [one for one in self._values if isinstance(one, NamedNode)]

    def predicates(self, node: Node) -> list[NamedNode]:
        """The properties that something has, but for its class."""
        return [one for one in self._values.get(node, {}) if one != RDF_TYPE]
