"""What nodes, as N-Triples writes them, are written as in Turtle and in JSON-LD, in a document of both forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from mreze.abbreviations import Abbreviation, Abbreviations
from mreze.jsonld import usable_prefixes
from mreze.streams.jsonld import json_text
from mreze.streams.literals import split
from mreze.streams.names import LocalNames
from mreze.streams.turtle import TurtleWriter

Prefixes = tuple[tuple[str, str], ...]
"""Prefixes with their namespaces."""
_KEPT: Final = 1 << 16
"""Nodes that are remembered from document to document."""
_IRI: Final = ('{"@id": ', "}")
"""What stands around an IRI in JSON-LD."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What nodes have in common that are written alike; equal ones are the same object."""

    common: str
    """What their values may have in common with others of a property (`statements.read_values`)."""
    turtle: Prefixes
    """What they need in Turtle."""
    json: Prefixes
    """What they need in JSON-LD."""
    before: str
    """What stands before the text in JSON-LD, where what they have in common is not told once."""
    after: str
    """What stands behind it."""


Node = tuple[Kind, str, str]
"""A node's kind, and what it is written as in Turtle and in JSON-LD."""


class Nodes(dict[str, Node]):
    """Nodes, but blank ones, that were asked for, by what N-Triples writes."""

    def __init__(self, prefixes: Mapping[str, str], relative: Mapping[str, str]) -> None:
        """Know the names.

        Args:
            prefixes: the prefixes that may be used.
            relative: what stands in place of the beginnings of IRIs, each up to a slash, that are written relative to
                the document.
        """
        super().__init__()
        usable = usable_prefixes(prefixes)
        self._relative, self._beginnings = relative, tuple(relative)
        self._abbreviations = Abbreviations(prefixes)
        self._usable = self._abbreviations if usable == prefixes else Abbreviations(usable)
        names = LocalNames(prefixes, {one: f"<{instead}" for one, instead in relative.items()}, ">")
        self._writer = TurtleWriter(prefixes, names)
        self._kind = lru_cache(_KEPT)(Kind)
        self._kind_of = lru_cache(_KEPT)(self._literal_kind)
        self._plain = self._kind("<", (), (), *_IRI)
        self._nameless: set[str] = set()
        """`<` and what IRIs start with, up to their last slash or hash, that are always written in full."""

    def __missing__(self, node: str) -> Node:
        """A node that comes for the first time."""
        # N-Triples lets nothing into an IRI that JSON would escape.
        if node[: _cut(node)] in self._nameless:
            found = (self._plain, node, f'"{node[1:-1]}"')
        else:
            found = self._literal(node) if node[0] == '"' else self._iri(node)
        self[node] = found
        return found

    def shrink(self) -> None:
        """Forget all, where that is much."""
        if len(self) > _KEPT:
            self.clear()
            self._nameless.clear()

    def _iri(self, node: str) -> Node:
        own = node[1:-1]
        if own.startswith(self._beginnings):
            beginning = next(one for one in self._beginnings if own.startswith(one))
            local = self._relative[beginning] + own.removeprefix(beginning)
            return self._plain, f"<{local}>", f'"{local}"'
        found = self._abbreviations.find(own)
        usable = found if self._usable is self._abbreviations else self._usable.find(own)
        kind = self._kind("<", _needed(found), _needed(usable), *_IRI) if found or usable else self._plain
        space = node[: _cut(node)]
        if space and kind is self._plain and self._abbreviations.are_none(space[1:]):
            self._nameless.add(space)
        return kind, found.name if found else node, f'"{usable.name if usable else own}"'

    def _literal(self, node: str) -> Node:
        text, more = split(node)
        turtle = self._writer.literal(node)
        return self._kind_of(more, turtle[0] == '"'), turtle, json_text(text)

    def _literal_kind(self, more: str, quoted: bool) -> Kind:
        """The kind of literals by what follows their text; in Turtle some have no quotes."""
        if more.startswith("^^"):
            of, _, name = self[more[2:]]
            needed = of.turtle if quoted else ()
            return self._kind(more, needed, of.json, f'{{"@type": {name}, "@value": ', "}")
        if more:
            language, _, direction = more[1:].partition("--")
            after = f', "@direction": "{direction}"}}' if direction else "}"
            return self._kind(more, (), (), f'{{"@language": "{language}", "@value": ', after)
        return self._kind("", (), (), "", "")


def _cut(iri: str) -> int:
    """Where what follows the last slash or hash begins."""
    return max(iri.rfind("/"), iri.rfind("#")) + 1


def _needed(found: Abbreviation | None) -> Prefixes:
    return ((found.prefix, found.namespace),) if found else ()
