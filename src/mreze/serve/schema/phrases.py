"""What a shape demands, in words: a text and the terms it is about, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from mreze.namespaces import term
from mreze.serve.pages import Reader, html_language, interface_text
from mreze.serve.schema.demands import Demand
from mreze.serve.schema.said import Node, Said
from mreze.serve.view import Value, Viewer
from mreze.serve.wording import shorten

_NODE_KINDS: Final = {
    term("sh:IRI"): "identifiers (IRIs)",
    term("sh:Literal"): "texts, numbers or dates",
    term("sh:BlankNode"): "nodes without an identifier",
    term("sh:BlankNodeOrIRI"): "things",
    term("sh:BlankNodeOrLiteral"): "no identifiers",
    term("sh:IRIOrLiteral"): "identifiers, texts, numbers or dates",
}
_WITH_VALUES: Final = {
    "sh:datatype": "of the type",
    "sh:class": "things of the class",
    "sh:hasValue": "among them",
    "sh:minInclusive": "not less than",
    "sh:maxInclusive": "not more than",
    "sh:minExclusive": "more than",
    "sh:maxExclusive": "less than",
    "sh:minLength": "characters, at least",
    "sh:maxLength": "characters, at most",
    "sh:pattern": "written as",
    "sh:node": "as demanded by",
    "sh:equals": "the same values as",
    "sh:disjoint": "no value of",
    "sh:lessThan": "less than",
    "sh:lessThanOrEquals": "not more than",
}
_WITH_LISTS: Final = {"sh:in": "one of", "sh:languageIn": "in the languages"}
_WITH_SHAPES: Final = {"sh:or": "one of these", "sh:xone": "exactly one of these", "sh:and": "all of these"}
PHRASES: Final = frozenset(
    {*_NODE_KINDS.values(), *_WITH_VALUES.values(), *_WITH_LISTS.values(), *_WITH_SHAPES.values()}
)
"""The words that are handed on."""
_TOLD_ELSEWHERE: Final = frozenset(
    term(one)
    for one in (
        "sh:name", "sh:description", "sh:message", "sh:severity", "sh:path", "sh:minCount", "sh:maxCount", "sh:flags",
        "sh:order", "sh:group", "sh:property", "sh:nodeKind", "sh:uniqueLang", "sh:not", "sh:qualifiedValueShape",
        "sh:qualifiedMinCount", "sh:qualifiedMaxCount", "sh:targetClass", "sh:targetNode", "sh:targetSubjectsOf",
        "sh:targetObjectsOf", "sh:deactivated", "rdfs:label", "rdfs:comment", "rdfs:isDefinedBy", "skos:prefLabel",
        *_WITH_VALUES, *_WITH_LISTS, *_WITH_SHAPES,
    )
)  # fmt: skip
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words, what they are about, and what they consist of."""

    text: str
    values: tuple[Value, ...] = ()
    parts: tuple[tuple[Phrase, ...], ...] = ()
    code: bool = False


class Speaker:
    """Says what shapes demand."""

    def __init__(self, said: Said, viewer: Viewer, reader: Reader) -> None:
        self._said, self._viewer, self._reader = said, viewer, reader

    def count(self, demand: Demand) -> str:
        """How many values there are to be; nothing where any number will do."""
        least, most = demand.least, demand.most
        if most is None:
            return interface_text(self._reader, "at least {count}", count=least) if least else ""
        if least == most:
            return (
                interface_text(self._reader, "exactly {count}", count=most)
                if most
                else interface_text(self._reader, "none")
            )
        return (
            interface_text(self._reader, "{least} to {most}", least=least, most=most)
            if least
            else interface_text(self._reader, "at most {count}", count=most)
        )

    def path(self, path: Node) -> tuple[Value, ...]:
        """The way to the values: properties, linked, and signs between them."""
        return tuple(self._path(path, 0))

    def demand(self, node: Node, depth: int = 0) -> tuple[Phrase, ...]:
        """What is demanded of the values."""
        return tuple(self._phrases(node, depth)) if depth < _DEEPEST else ()

    def _phrases(self, node: Node, depth: int) -> Iterator[Phrase]:
        said = self._said
        for kind in said.iris(node, "sh:nodeKind"):
            yield Phrase(interface_text(self._reader, _NODE_KINDS.get(kind, "sh:nodeKind")))
        for name, words in _WITH_VALUES.items():
            if found := said.values(node, name):
                yield Phrase(interface_text(self._reader, words), self._values(found), code=name == "sh:pattern")
        for name, words in _WITH_LISTS.items():
            for one in said.values(node, name):
                yield Phrase(interface_text(self._reader, words), self._listed(name, said.members(one)))
        if said.first(node, "sh:uniqueLang") == "true":
            yield Phrase(interface_text(self._reader, "one in each language"))
        yield from self._nested(node, depth)
        for predicate in said.predicates(node):
            if predicate not in _TOLD_ELSEWHERE:
                name = shorten(predicate.value) or predicate.value
                yield Phrase(name, self._values(said.values(node, predicate)))

    def _nested(self, node: Node, depth: int) -> Iterator[Phrase]:
        said = self._said
        for name, words in _WITH_SHAPES.items():
            for one in said.values(node, name):
                yield Phrase(interface_text(self._reader, words), parts=self._parts(said.members(one), depth))
        if denied := said.values(node, "sh:not"):
            yield Phrase(interface_text(self._reader, "not this"), parts=self._parts(denied, depth))
        if qualified := said.values(node, "sh:qualifiedValueShape"):
            least, most = said.first(node, "sh:qualifiedMinCount"), said.first(node, "sh:qualifiedMaxCount")
            words = interface_text(self._reader, "of this kind at most {count}", count=most) if most else ""
            words = words or interface_text(self._reader, "of this kind at least {count}", count=least or 0)
            yield Phrase(words, parts=self._parts(qualified, depth))

    def _parts(self, nodes: Iterable[Node], depth: int) -> tuple[tuple[Phrase, ...], ...]:
        return tuple(one for one in (self._part(node, depth + 1) for node in nodes) if one)

    def _part(self, node: Node, depth: int) -> tuple[Phrase, ...]:
        """A shape within a shape: with its path and those of its properties."""
        if isinstance(node, NamedNode):
            return (Phrase(interface_text(self._reader, "as demanded by"), (self._viewer.link(node.value),)),)
        found = self.demand(node, depth)
        for path in self._said.values(node, "sh:path"):
            found = (Phrase("", self.path(path)), *found)
        for one in self._said.values(node, "sh:property"):
            found += self._part(one, depth + 1)
        return found

    def _listed(self, name: str, members: Iterable[Node]) -> tuple[Value, ...]:
        if name == "sh:languageIn":
            return tuple(Value(html_language(one.value)) for one in members if isinstance(one, Literal))
        return self._values(members)

    def _values(self, nodes: Iterable[Node]) -> tuple[Value, ...]:
        return tuple(self._viewer.value("", one) for one in nodes)

    def _path(self, path: Node, depth: int) -> Iterator[Value]:
        said = self._said
        if isinstance(path, NamedNode):
            yield self._viewer.link(path.value)
        elif depth > _DEEPEST * 2:
            yield Value("…")
        elif inverse := said.values(path, "sh:inversePath"):
            yield Value("←\u00a0")
            yield from self._path(inverse[0], depth + 1)
        elif alternatives := said.values(path, "sh:alternativePath"):
            yield from self._joined(said.members(alternatives[0]), " | ", depth)
        elif steps := said.members(path):
            yield from self._joined(steps, " → ", depth)
        else:
            yield from self._repeated(path, depth)

    def _repeated(self, path: Node, depth: int) -> Iterator[Value]:
        signs = {"sh:zeroOrOnePath": "?", "sh:zeroOrMorePath": "*", "sh:oneOrMorePath": "+"}
        for name, sign in signs.items():
            for one in self._said.values(path, name)[:1]:
                yield from self._path(one, depth + 1)
                yield Value(sign)

    def _joined(self, paths: list[Node], sign: str, depth: int) -> Iterator[Value]:
        if depth and len(paths) > 1:
            yield Value("(")
        for number, one in enumerate(paths):
            if number:
                yield Value(sign)
            yield from self._path(one, depth + 1)
        if depth and len(paths) > 1:
            yield Value(")")
