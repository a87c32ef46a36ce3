"""A dump of statements in one syntax, as pieces that a file is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from mreze.formats import CSV, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TURTLE
from mreze.streams.jsonld import JsonLdWriter
from mreze.streams.rdfxml import RdfXmlWriter
from mreze.streams.statements import triple_lines
from mreze.streams.table import table
from mreze.streams.turtle import TurtleWriter

PIECE: Final = 1 << 18
"""About how long a piece is: characters, or bytes."""


class Writer(Protocol):
    """Writes a syntax whose head is known when its body is written."""

    def head(self) -> str:
        """What stands before the body, once that is written."""

    def body(self, statements: Path) -> Iterator[str]:
        """What follows, from a file of ordered statements."""


_WRITERS: Final[dict[str, Callable[[Mapping[str, str]], Writer]]] = {
    TURTLE.extension: TurtleWriter,
    JSON_LD.extension: JsonLdWriter,
    RDF_XML.extension: RdfXmlWriter,
}


def dump(extension: str, quads: Path, ordered: Path, prefixes: Mapping[str, str], spool: Path) -> Iterator[bytes]:
    """The pieces of a dump; the same statements always give the same bytes.

    Args:
        extension: of the syntax.
        quads: sorted lines of N-Quads, each with a graph.
        ordered: the same, as `order_statements` writes them.
        prefixes: the prefixes that may be used.
        spool: a file to write to meanwhile; it is not left there.
    """
    if extension == CSV.extension:
        with quads.open(encoding="utf-8", newline="\n") as text:
            yield from (one.encode() for one in pieces(table(text)))
    elif extension in {N_QUADS.extension, N_TRIPLES.extension}:
        with quads.open("rb") as file:
            yield from _joined(triple_lines(file)) if extension == N_TRIPLES.extension else _read(quads)
    else:
        yield from _headed(_WRITERS[extension](prefixes), ordered, spool)


def pieces(texts: Iterable[str]) -> Iterator[str]:
    """Texts put together to pieces that are worth a call."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def _headed(writer: Writer, ordered: Path, spool: Path) -> Iterator[bytes]:
    try:
        with spool.open("wb") as file:
            file.writelines(one.encode() for one in pieces(writer.body(ordered)))
        yield writer.head().encode()
        yield from _read(spool)
    finally:
        spool.unlink(missing_ok=True)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _joined(lines: Iterator[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
