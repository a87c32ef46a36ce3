"""Dumps of statements: what a chunk of them is in each syntax, and what stands around the chunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mreze.formats import CSV, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TURTLE
from mreze.lines import without_graphs
from mreze.streams.blanks import Blanks
from mreze.streams.chunks import Chunk
from mreze.streams.jsonld import JsonLdWriter, Term, context
from mreze.streams.rdfxml import END, RdfXmlWriter, start
from mreze.streams.statements import Block, order_statements, read_values
from mreze.streams.table import HEAD, rows
from mreze.streams.turtle import TurtleWriter
from mreze.turtle import declarations

Terms = Mapping[str, Term]
"""How JSON-LD writes the values of each property."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a chunk is in one syntax."""

    content: bytes
    used: Mapping[str, str]
    """The prefixes that it needs, with their namespaces."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the chunks of a dump, and between those that are not empty."""

    head: str = ""
    between: str = ""
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A chunk that was read."""

    lines: list[bytes]
    triples: list[bytes]
    """The lines up to their graph names, each once."""
    blocks: list[Block]
    blanks: Blanks

    def texts(self, prefixes: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
        """The chunk in every syntax in which it depends on nothing else, by extension.

        Raises:
            ValueError: there is something that RDF/XML cannot say.
        """
        turtle, xml = TurtleWriter(prefixes), RdfXmlWriter(prefixes)
        table = rows(line.decode() for line in self.lines)
        yield N_QUADS.extension, Text(b"".join(self.lines), {})
        yield N_TRIPLES.extension, Text(b".\n".join([*self.triples, b""]), {})
        yield CSV.extension, Text("".join(table).encode(), {})
        yield TURTLE.extension, Text(turtle.body(self.blocks, self.blanks).encode(), turtle.used)
        yield RDF_XML.extension, Text(xml.body(self.blocks).encode(), xml.used)

    def json_ld(self, prefixes: Mapping[str, str], terms: Terms) -> Text:
        """The chunk in JSON-LD, which depends on how values are written in the whole dataset."""
        writer = JsonLdWriter(prefixes)
        return Text(writer.body(self.blocks, terms).encode(), writer.used)


def read_chunk(chunk: Chunk) -> Reading:
    """Read a chunk."""
    lines = chunk.lines()
    triples = list(without_graphs(lines))
    return Reading(lines, triples, order_statements(chunk, triples), chunk.blanks)


def values_of(chunk: Chunk) -> set[tuple[str, str]]:
    """What the values of each property of a chunk have in common (`read_values`)."""
    return read_values(without_graphs([*chunk.lines(), *chunk.taken]))


def terms_of(values: Iterable[tuple[str, str]], prefixes: Mapping[str, str]) -> Terms:
    """How JSON-LD writes the values of each property of a dataset, by what they have in common (`read_values`)."""
    return JsonLdWriter(prefixes).terms(values)


def frame(extension: str, used: Mapping[str, str], terms: Terms) -> Frame:
    """What stands around the chunks of a dump.

    Args:
        extension: of the syntax.
        used: the prefixes that its chunks need.
        terms: how JSON-LD writes the values of each property.
    """
    if extension == TURTLE.extension:
        return Frame(declarations(used))
    if extension == JSON_LD.extension:
        return Frame(f'{{"@context": {context(used, terms.values())}, "@graph": [', ",", "\n]}\n")
    if extension == RDF_XML.extension:
        return Frame(start(used), "", END)
    return Frame(HEAD) if extension == CSV.extension else Frame()
