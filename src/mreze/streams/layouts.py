"""How graphs of one form are written in Turtle and in JSON-LD: as patterns, into which their nodes are put.

Of things of one class much the same is said, so that most of what is written of one is what was written of another:
which order blocks, properties and names have, and which prefixes they need, is found out once for each form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mreze.jsonld import usable_prefixes
from mreze.streams.jsonld import JsonLdWriter, context
from mreze.streams.names import LocalNames
from mreze.streams.nodes import Kind, Nodes
from mreze.streams.outlines import TYPE, Block, Outline, json_pattern, outlines, turtle_pattern
from mreze.streams.patterns import Pattern

_KEPT: Final = 1 << 17
"""Nodes of forms that are remembered."""
Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How graphs of one form are written; what is put in are all their nodes, in their order."""

    turtle: Pattern
    used: Mapping[str, str]
    """The prefixes that it needs in Turtle, with their namespaces."""
    json: Pattern
    context: str
    """That of JSON-LD."""


class Layouts:
    """Finds out how graphs are written, and remembers it."""

    def __init__(self, prefixes: Mapping[str, str], relative: Mapping[str, str]) -> None:
        """Know the names; the arguments are those of `Nodes`."""
        usable = usable_prefixes(prefixes)
        self._nodes = Nodes(prefixes, relative)
        self._terms = JsonLdWriter(usable, LocalNames(usable, relative, "")).terms
        self._known: dict[tuple[object, ...], Layout] = {}
        self._size = 0

    def find(self, blocks: Sequence[Block], *, inner: bool) -> tuple[Layout, Texts, Texts]:
        """How a graph is written, and its nodes in Turtle and in JSON-LD, which are put in.

        Args:
            blocks: what it says: at least something, without blank nodes, in the order of the subjects.
            inner: whether it has a name.
        """
        nodes = [self._nodes[one] for _, named in blocks for one in named]
        kinds: tuple[Kind, ...]
        kinds, turtle, json = zip(*nodes, strict=True)
        form = (inner, kinds, *[predicates for predicates, _ in blocks])
        layout = self._known.get(form)
        if layout is None:
            layout = self._lay_out(outlines(blocks, kinds), inner=inner)
            self._remember(form, layout, len(nodes))
        return layout, turtle, json

    def shrink(self) -> None:
        """Forget nodes, where they are many."""
        self._nodes.shrink()

    def _remember(self, form: tuple[object, ...], layout: Layout, size: int) -> None:
        self._size += size
        if self._size > _KEPT:
            self._known, self._size = {}, size
        self._known[form] = layout

    def _lay_out(self, graph: Sequence[Outline], *, inner: bool) -> Layout:
        forms = set(graph)
        said = {(predicate, place.kind) for one in forms for predicate, some in one.said.items() for place in some}
        kinds = {*(one.own.kind for one in forms), *(kind for _, kind in said)}
        predicates = {one: self._nodes[one] for one, _ in said if one != TYPE}
        terms = self._terms((predicate, kind.common) for predicate, kind in said)
        return Layout(
            turtle_pattern(graph, {one: turtle for one, (_, turtle, _) in predicates.items()}, inner=inner),
            dict(need for kind in (*kinds, *(kind for kind, _, _ in predicates.values())) for need in kind.turtle),
            json_pattern(graph, terms, inner=inner),
            context(dict(need for kind in kinds for need in kind.json), terms.values()),
        )
