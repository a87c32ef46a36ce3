"""Write documents of a default graph and named ones, in TriG and in JSON-LD, from statements as N-Triples writes them.

The forms are those of `mreze.turtle` and `mreze.jsonld`: in TriG each named graph has its blocks indented; in JSON-LD a
node or a graph has a line, and each graph a context of its own. Blank nodes stay within their graph.
https://www.w3.org/TR/trig/, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from pyoxigraph import RdfFormat, Triple, parse, serialize

from mreze.abbreviations import Abbreviations
from mreze.jsonld import document, usable_prefixes
from mreze.streams.layouts import Layouts
from mreze.streams.outlines import Block
from mreze.turtle import declarations, write_blocks

Statements = str
"""Of one graph, sorted, each once, with a line feed between them: as N-Triples writes them, without the dot."""
_INDENT: Final = "    "


class Graph(NamedTuple):
    """A graph that is to be written."""

    blocks: Sequence[Block]
    """In the order of their subjects."""
    blank: Statements = ""
    """All that it says, where there may be blank nodes: these cannot be written block by block."""


class Documents(NamedTuple):
    """The same in both syntaxes."""

    trig: str
    json_ld: str


_Written = tuple[str, Mapping[str, str], str, str]
"""A graph in Turtle, the prefixes that it needs there, its nodes in JSON-LD, and their context."""


def graph(said: Statements) -> Graph:
    """The graph of some statements."""
    if "_:" in said and (said.startswith("_:") or " _:" in said or "\n_:" in said):  # a text may look like one
        return Graph((), said)
    rows = [one.split(" ", 2) for one in said.split("\n")]
    if rows[0][0] == rows[-1][0]:
        return Graph([_block(rows)])
    return Graph(ordered(_block(list(some)) for _, some in groupby(rows, itemgetter(0))))


def _block(rows: Sequence[Sequence[str]]) -> Block:
    """The block of statements with one subject."""
    subjects, predicates, values = zip(*rows, strict=True)
    return predicates, (subjects[0], *values)


def ordered(blocks: Iterable[Block]) -> list[Block]:
    """The blocks in the order of the IRIs of their subjects."""
    return sorted(blocks, key=lambda one: one[1][0][:-1])


def statements(triples: Iterable[Triple]) -> Statements:
    """The statements that some triples are."""
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    return "\n".join(sorted({one.removesuffix(" .") for one in content.decode().split("\n")[:-1]}))


def triples(said: Statements) -> list[Triple]:
    """The triples that some statements are."""
    lines = said.replace("\n", " .\n") + " .\n" if said else ""
    return [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]


class GraphWriter:
    """Writes documents."""

    def __init__(self, prefixes: Mapping[str, str], relative: Mapping[str, str]) -> None:
        """Know what is written how.

        Args:
            prefixes: the prefixes that may be used.
            relative: what stands in place of the beginnings of IRIs that are written relative to the document.
        """
        self._relative = relative
        self._abbreviations = Abbreviations(prefixes)
        self._usable = Abbreviations(usable_prefixes(prefixes))
        self._layouts = Layouts(prefixes, relative)

    def write(self, default: Graph, graphs: Mapping[str, Graph]) -> Documents:
        """A document.

        Args:
            default: the default graph, which says something.
            graphs: the others by their IRIs, in the order in which they are written.
        """
        self._layouts.shrink()
        turtle, needed, nodes, own = self._write(default, "")
        used, blocks, lines = dict(needed), [turtle], [nodes]
        for number, (name, graph) in enumerate(graphs.items(), 1):
            turtle, needed, nodes, context = self._write(graph, f"g{number}-")
            used.update(needed)
            blocks.append(f"<{name}> {{\n{turtle}}}\n")
            # Each has a context of its own: what all values of a property have in common differs from graph to graph.
            lines.append(f'{{"@context": [null, {context}], "@id": "{name}", "@graph": [{nodes}]}}')
        head = declarations(used)
        return Documents(
            "\n".join([head, *blocks] if head else blocks),
            f'{{"@context": {own}, "@graph": [\n' + ",\n".join(lines) + "\n]}\n",
        )

    def _write(self, graph: Graph, label: str) -> _Written:
        """A graph; those with names have a label, with which those of their blank nodes start."""
        if graph.blank:
            return self._with_blank_nodes(triples(graph.blank), label)
        layout, turtle, json_ld = self._layouts.find(graph.blocks, inner=bool(label))
        return layout.turtle.fill(turtle), layout.used, layout.json.fill(json_ld), layout.context

    def _with_blank_nodes(self, said: Sequence[Triple], label: str) -> _Written:
        blocks, used = write_blocks(said, self._abbreviations, self._relative, label)
        written = document(said, self._usable, self._relative, label)
        nodes = [json.dumps(each, ensure_ascii=False) for each in written["@graph"]]
        return (
            "\n".join(_indented(one) for one in blocks) if label else "\n".join(blocks),
            used,
            (", " if label else ",\n").join(nodes),
            json.dumps(written["@context"], ensure_ascii=False),
        )


def _indented(block: str) -> str:
    """A block with something before each of its lines, of which none is empty."""
    return _INDENT + block[:-1].replace("\n", f"\n{_INDENT}") + "\n"
