"""Blank nodes of a dataset as people read them: their labels depend on the graph alone, in Turtle they stand in place.

Both depend on all statements about blank nodes together: these are held in memory, and given to where they belong.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse, serialize

from mreze.lines import without_graphs
from mreze.sortedlines import Buffer, chunks, find_part
from mreze.turtle import write_named_blocks

BLANK: Final = b"_:"
"""What a blank node starts with."""


@dataclass(frozen=True, slots=True)
class Blanks:
    """What is said of some blank nodes, and of what leads to them."""

    lines: tuple[bytes, ...] = ()
    """The statements that have blank nodes, with the labels that these get: lines of N-Triples, in order."""
    blocks: tuple[tuple[str, str], ...] = ()
    """Turtle of each subject that leads to a blank node, and of blank nodes that stand alone, in their order."""
    used: tuple[tuple[str, str], ...] = ()
    """The prefixes that Turtle needs for all blank nodes of the dataset."""

    def deal(self, chunk_of: Callable[[bytes], int]) -> dict[int, Blanks]:
        """Those of each chunk.

        Args:
            chunk_of: the number of the chunk of a subject.
        """
        lines: defaultdict[int, list[bytes]] = defaultdict(list)
        blocks: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for line in self.lines:
            lines[chunk_of(subject_of(line))].append(line)
        for one in self.blocks:
            blocks[chunk_of(one[0].encode())].append(one)
        return {
            number: Blanks(tuple(own), tuple(blocks[number]), self.used if blocks[number] else ())
            for number, own in lines.items()
        }

    def digested(self) -> bytes:
        """What tells them from others; nothing where there are none."""
        return json.dumps([self.blocks, self.used]).encode() + b"".join(self.lines) if self.lines else b""


def find_blanks(lines: Buffer, prefixes: Mapping[str, str]) -> Blanks:
    """The blank nodes of a dataset.

    Args:
        lines: its sorted N-Quads.
        prefixes: those that Turtle may use.
    """
    if not (lines[:2] == BLANK or find_part(lines, b" _:") >= 0 or find_part(lines, b"\n_:") >= 0):
        return Blanks()
    blank: list[bytes] = []
    beside: list[bytes] = []
    triples = without_graphs(line for chunk in chunks(lines) for line in chunk.splitlines(keepends=True))
    for _, said in groupby(triples, subject_of):
        own = list(said)
        if found := [one for one in own if has_blank(one)]:
            blank += found
            beside += [one for one in own if not has_blank(one)]
    named = _canonical(blank)
    blocks, used = write_named_blocks([*named, *_parsed(beside)], prefixes)
    return Blanks(_sorted(named), tuple(blocks.items()), tuple(used.items()))


def has_blank(line: bytes) -> bool:
    """Whether a line has a blank node as its subject or object."""
    # A text may hold what looks like one.
    return line.startswith(BLANK) or (b" _:" in line and line.split(b" ", 2)[2].startswith(BLANK))


def subject_of(line: bytes) -> bytes:
    """The subject of a line."""
    return line[: line.find(b" ")]


def _canonical(lines: Iterable[bytes]) -> list[Triple]:
    """The triples with labels of blank nodes that depend on the graph alone (https://www.w3.org/TR/rdf-canon/)."""
    graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in _parsed(lines))
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return [one.triple for one in graph]


def _parsed(lines: Iterable[bytes]) -> list[Triple]:
    return [one.triple for one in parse(b".\n".join([*lines, b""]), format=RdfFormat.N_TRIPLES)]


def _sorted(triples: Iterable[Triple]) -> tuple[bytes, ...]:
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    return tuple(sorted(content.splitlines(keepends=True)))
