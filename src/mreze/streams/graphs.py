"""Write documents of a default graph and named ones, in TriG and in JSON-LD, from statements as N-Triples writes them.

The forms are those of `mreze.turtle` and `mreze.jsonld`: in TriG each named graph has its blocks indented; in JSON-LD a
node or a graph has a line, and each graph a context of its own. Blank nodes stay within their graph.
https://www.w3.org/TR/trig/, https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from pyoxigraph import RdfFormat, Triple, parse, serialize

from mreze.abbreviations import Abbreviations
from mreze.jsonld import document, usable_prefixes
from mreze.namespaces import RDF_TYPE
from mreze.streams.jsonld import JsonLdWriter, Term, context, json_text, one_or_many
from mreze.streams.literals import split
from mreze.streams.names import LocalNames
from mreze.streams.statements import Block
from mreze.streams.turtle import TurtleWriter
from mreze.turtle import declarations, write_blocks

Statements = Sequence[str]
"""Of one graph, sorted, each once: subject, predicate and object as N-Triples writes them, without the dot."""
_INDENT: Final = "    "
_TYPE: Final = str(RDF_TYPE)
_KEPT: Final = 1 << 16
"""Nodes, and shapes of graphs, that are remembered."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph that is to be written."""

    blocks: Sequence[Block]
    """In the order of their subjects."""
    blank: Statements = ()
    """All that it says, where there may be blank nodes: these cannot be written block by block."""


def graph(said: Statements) -> Graph:
    """The graph of some statements."""
    if any("_:" in one and (one.startswith("_:") or " _:" in one) for one in said):  # a text may look like one
        return Graph((), said)
    blocks: list[Block] = []
    values = list[tuple[str, str]]()
    last = ""
    for one in said:
        subject, predicate, value = one.split("> ", 2)
        if subject != last:
            last, values = subject, []
            blocks.append((subject, values))
        values.append((predicate + ">", value))
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
        self._known: dict[str, str] = {}
        """What nodes of the document are written as."""

    def write(self, default: Graph, graphs: Mapping[str, Graph]) -> str:
        """A document.

        Args:
            default: the default graph.
            graphs: the others by their IRIs, in the order in which they are written.
        """
        self._names.used, self._known = {}, {}
        blocks = self._blocks(default, "")
        for number, (name, one) in enumerate(graphs.items(), 1):
            inner = "\n".join(self._blocks(one, f"g{number}-", _INDENT))
            blocks.append(f"<{name}> {{\n{inner}}}\n")
        return "\n".join(part for part in (declarations(self._names.used), *blocks) if part)

    def _blocks(self, one: Graph, label: str, start: str = "") -> list[str]:
        if one.blank:
            blocks, used = write_blocks(triples(one.blank), self._abbreviations, self._relative, label)
            self._names.used |= used
            return [_indented(one, start) for one in blocks] if start else blocks
        return [self._block(subject, said, start) for subject, said in one.blocks]

    def _block(self, subject: str, said: Iterable[tuple[str, str]], start: str) -> str:
        """One subject, as `mreze.streams.turtle` writes it, with something before each line."""
        known, types, others = self._known, [], []
        for predicate, value in said:
            written = known.get(value) or self._node(value)
            if predicate == _TYPE:
                types.append(f"{start}    a {written} ;\n")
            else:
                others.append(f"{start}    {known.get(predicate) or self._node(predicate)} {written} ;\n")
        types.sort()
        others.sort()
        name = subject + ">"
        return f"{start}{known.get(name) or self._node(name)}\n{''.join(types)}{''.join(others)}{start}.\n"

    def _node(self, node: str) -> str:
        written = self._writer.literal(node) if node[0] == '"' else self._names.name(node) or node
        self._known[node] = written
        return written


class _Value(NamedTuple):
    """What a value is written as in JSON-LD."""

    common: str
    """What it may have in common with others of its property (`statements.common`)."""
    typed: str
    """Where they have that in common, and it is told once."""
    whole: str
    """Where they have not."""
    prefix: str
    namespace: str
    """What the name of it, or of its datatype, needs; empty where that is nothing."""


_Subject = tuple[str, list[str], dict[str, list[_Value]]]
"""A subject, its classes, and its values by property."""


class JsonLdGraphs:
    """Writes documents in JSON-LD."""

    def __init__(self, prefixes: Mapping[str, str], relative: Mapping[str, str]) -> None:
        """Know what is written how; the arguments are those of `TrigGraphs`."""
        self._relative = relative
        usable = usable_prefixes(prefixes)
        self._abbreviations = Abbreviations(usable)
        self._names = LocalNames(usable, relative, "")
        self._writer = JsonLdWriter(usable, self._names)
        self._terms = lru_cache(_KEPT)(self._writer.terms)
        self._contexts: dict[tuple[object, ...], str] = {}
        self._known: dict[str, _Value] = {}

    def write(self, default: Graph, graphs: Mapping[str, Graph]) -> str:
        """A document; the arguments are those of `TrigGraphs.write`."""
        if max(len(self._known), len(self._contexts)) > _KEPT:
            self._known, self._contexts = {}, {}
        own, lines = self._graph(default, "")
        for number, (name, one) in enumerate(graphs.items(), 1):
            inner, nodes = self._graph(one, f"g{number}-")
            # Each has a context of its own: what all values of a property have in common differs from graph to graph.
            lines.append(f'{{"@context": [null, {inner}], "@id": "{name}", "@graph": [{", ".join(nodes)}]}}')
        return f'{{"@context": {own}, "@graph": [\n' + ",\n".join(lines) + "\n]}\n"

    def _graph(self, one: Graph, label: str) -> tuple[str, list[str]]:
        """Its context and its nodes."""
        if one.blank:
            written = document(triples(one.blank), self._abbreviations, self._relative, label)
            nodes = [json.dumps(each, ensure_ascii=False) for each in written["@graph"]]
            return json.dumps(written["@context"], ensure_ascii=False), nodes
        shape, used = dict[tuple[str, str], None](), dict[str, str]()
        read = [self._read(subject, said, shape, used) for subject, said in one.blocks]
        told = tuple(shape)
        terms = self._terms(told)
        key = (told, *sorted(used))
        if key not in self._contexts:
            self._contexts[key] = context(used, terms.values())
        return self._contexts[key], [_node(each, terms) for each in read]

    def _read(
        self, subject: str, said: Iterable[tuple[str, str]], shape: dict[tuple[str, str], None], used: dict[str, str]
    ) -> _Subject:
        """One subject; puts there what its values have in common with others, and the prefixes that it needs."""
        known, types, values = self._known, list[str](), dict[str, list[_Value]]()
        own = known.get(subject + ">") or self._value(subject + ">")
        if own.prefix:
            used[own.prefix] = own.namespace
        for predicate, value in said:
            found = known.get(value) or self._value(value)
            common, typed, _, prefix, namespace = found
            shape[predicate, common] = None
            if prefix:
                used[prefix] = namespace
            if predicate == _TYPE and common == "<":
                types.append(typed)
            elif predicate in values:
                values[predicate].append(found)
            else:
                values[predicate] = [found]
        return own.typed, types, values

    def _value(self, node: str) -> _Value:
        """A node that comes for the first time."""
        if node[0] != '"':
            name, prefix, namespace = self._names.found(node)
            # N-Triples lets nothing into an IRI that JSON would escape.
            typed = f'"{node[1:-1] if name is None else name}"'
            value = _Value("<", typed, f'{{"@id": {typed}}}', prefix or "", namespace)
        else:
            value = self._literal(node)
        self._known[node] = value
        return value

    def _literal(self, node: str) -> _Value:
        text, more = split(node)
        written = json_text(text)
        if more.startswith("^^"):
            of = self._value(more[2:])
            return _Value(more, written, f'{{"@type": {of.typed}, "@value": {written}}}', of.prefix, of.namespace)
        if not more:
            return _Value(more, written, written, "", "")
        language, _, direction = more[1:].partition("--")
        last = f', "@direction": "{direction}"' if direction else ""
        return _Value(more, written, f'{{"@language": "{language}", "@value": {written}{last}}}', "", "")


def _node(subject: _Subject, terms: Mapping[str, Term]) -> str:
    """One subject, as `mreze.streams.jsonld` writes it."""
    own, types, values = subject
    rest = [f"{terms[one].key}: {_written(terms[one], found)}" for one, found in values.items()]
    rest.sort()
    kinds = [f'"@type": {one_or_many(types)}'] if types else []
    return "{" + ", ".join([f'"@id": {own}', *kinds, *rest]) + "}"


def _written(term: Term, values: Sequence[_Value]) -> str:
    """The values of a property."""
    if term.languages:
        texts: dict[str, list[str]] = {}
        for one in values:
            texts.setdefault(one.common[1:], []).append(one.typed)
        return "{" + ", ".join(f'"{language}": {one_or_many(texts[language])}' for language in sorted(texts)) + "}"
    return one_or_many([one.typed if term.common else one.whole for one in values])


def _indented(block: str, start: str) -> str:
    """A block with something before each of its lines, of which none is empty."""
    return start + block[:-1].replace("\n", f"\n{start}") + "\n"
