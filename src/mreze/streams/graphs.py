"""Write documents of a default graph and named ones, in TriG and in JSON-LD, from statements as N-Triples writes them.

The forms are those of `mreze.turtle` and `mreze.jsonld`: in TriG each named graph has its blocks indented; in JSON-LD a
node or a graph has a line, and each graph a context of its own. Blank nodes stay within their graph.
https://www.w3.org/TR/trig/, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import RdfFormat, Triple, parse, serialize

from mreze.abbreviations import Abbreviations
from mreze.jsonld import document, usable_prefixes
from mreze.streams.jsonld import JsonLdWriter
from mreze.streams.names import LocalNames
from mreze.streams.statements import Block
from mreze.streams.turtle import TurtleWriter
from mreze.turtle import declarations, write_blocks

Statements = Sequence[str]
"""Of one graph, sorted, each once: subject, predicate and object as N-Triples writes them, without the dot."""
_INDENT: Final = "    "


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph that is to be written."""

    blocks: Sequence[Block]
    """In the order of their subjects."""
    blank: Statements = ()
    """All that it says, where there may be blank nodes: these cannot be written block by block."""


def graph(said: Statements) -> Graph:
    """The graph of some statements."""
    if any(one.startswith("_:") or " _:" in one for one in said):  # a text may look like one
        return Graph((), said)
    blocks: list[Block] = []
    last = ""
    for one in said:
        subject, predicate, value = one.split("> ", 2)
        if subject != last:
            last = subject
            blocks.append((subject, []))
        blocks[-1][1].append((predicate + ">", value))
    return Graph(sorted(blocks) if len(blocks) > 1 else blocks)


def statements(triples: Iterable[Triple]) -> tuple[str, ...]:
    """The statements that some triples are."""
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    return tuple(sorted({one.removesuffix(" .") for one in content.decode().split("\n")[:-1]}))


def triples(said: Statements) -> list[Triple]:
    """The triples that some statements are."""
    return [quad.triple for quad in parse("".join(f"{one} .\n" for one in said), format=RdfFormat.N_TRIPLES)]


class TrigGraphs:
    """Writes documents in TriG."""

    def __init__(self, prefixes: Mapping[str, str], relative: Mapping[str, str]) -> None:
        """Know what is written how.

        Args:
            prefixes: the prefixes that may be used.
            relative: what stands in place of the beginnings of IRIs that are written relative to the document.
        """
        self._relative = relative
        self._abbreviations = Abbreviations(prefixes)
        self._names = LocalNames(prefixes, {one: f"<{instead}" for one, instead in relative.items()}, ">")
        self._writer = TurtleWriter(prefixes, self._names)

    def write(self, default: Graph, graphs: Mapping[str, Graph]) -> str:
        """A document.

        Args:
            default: the default graph.
            graphs: the others by their IRIs, in the order in which they are written.
        """
        self._names.used = {}
        blocks = self._blocks(default, "")
        for number, (name, one) in enumerate(graphs.items(), 1):
            inner = "\n".join(self._blocks(one, f"g{number}-"))
            blocks.append(f"<{name}> {{\n{_indented(inner)}}}\n")
        return "\n".join(part for part in (declarations(self._names.used), *blocks) if part)

    def _blocks(self, one: Graph, label: str) -> list[str]:
        if one.blank:
            blocks, used = write_blocks(triples(one.blank), self._abbreviations, self._relative, label)
            self._names.used |= used
            return blocks
        return [self._writer.block(subject, said) for subject, said in one.blocks]


class JsonLdGraphs:
    """Writes documents in JSON-LD."""

    def __init__(self, prefixes: Mapping[str, str], relative: Mapping[str, str]) -> None:
        """Know what is written how; the arguments are those of `TrigGraphs`."""
        self._relative = relative
        usable = usable_prefixes(prefixes)
        self._abbreviations = Abbreviations(usable)
        self._names = LocalNames(usable, relative, "")
        self._writer = JsonLdWriter(usable, self._names)

    def write(self, default: Graph, graphs: Mapping[str, Graph]) -> str:
        """A document; the arguments are those of `TrigGraphs.write`."""
        context, lines = self._graph(default, "")
        for number, (name, one) in enumerate(graphs.items(), 1):
            own, nodes = self._graph(one, f"g{number}-")
            # Each has a context of its own: what all values of a property have in common differs from graph to graph.
            lines.append(f'{{"@context": [null, {own}], "@id": "{name}", "@graph": [{", ".join(nodes)}]}}')
        return f'{{"@context": {context}, "@graph": [\n' + ",\n".join(lines) + "\n]}\n"

    def _graph(self, one: Graph, label: str) -> tuple[str, list[str]]:
        """Its context and its nodes."""
        if one.blank:
            written = document(triples(one.blank), self._abbreviations, self._relative, label)
            nodes = [json.dumps(each, ensure_ascii=False) for each in written["@graph"]]
            return json.dumps(written["@context"], ensure_ascii=False), nodes
        self._names.used = {}
        nodes = self._writer.nodes(one.blocks)
        return self._writer.context(), nodes


def _indented(text: str) -> str:
    """Each line that is not empty, indented."""
    return (_INDENT + text[:-1].replace("\n", f"\n{_INDENT}") + "\n").replace(f"\n{_INDENT}\n", "\n\n") if text else ""
