"""The statements of sorted N-Quads, ordered as people read them: a thing, then its `#parts`.

Sorted by their bytes, the lines of `<a#part>` and of `<a-2>` stand before those of `<a>`. Without the `>` that ends the
subject they are sorted by its IRI; so that is how they are written aside, for the syntaxes that write block by block.
Blank nodes get labels that depend on the graph alone; only statements about them are held in memory for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse, serialize

from mreze.lines import without_graphs
from mreze.sorting import sort_lines

Block = tuple[str, list[tuple[str, str]]]
"""A subject, and its predicates with their objects, as N-Triples writes them; but an IRI of a subject has no `>`."""


def triple_lines(quads: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of N-Triples, each once, that sorted lines of N-Quads hold."""
    return (line + b".\n" for line in without_graphs(quads))


def order_statements(quads: Path, target: Path) -> None:
    """Write the triples of a file of sorted N-Quads in the order of their subjects, for `read_blocks`."""
    blank: list[bytes] = []
    with quads.open("rb") as file:
        named = _named(without_graphs(file), blank)
        sort_lines(chain(named, (_ordered(one) for one in chain.from_iterable(_canonical(blank)))), target)


def read_blocks(path: Path) -> Iterator[Block]:
    """What `order_statements` wrote, subject by subject."""
    subject, said = "", list[tuple[str, str]]()
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            own, predicate, value = line[:-1].split(" ", 2)
            if own != subject:
                if said:
                    yield subject, said
                subject, said = own, []
            said.append((predicate, value))
    if said:
        yield subject, said


def read_values(path: Path) -> Iterator[tuple[str, str]]:
    """Each predicate with what its values have in common: `<` for IRIs, `_` for blank nodes, else what follows a text.

    That is `@en`, `^^<datatype>`, or nothing. Each pair comes once.
    """
    found: set[tuple[str, str]] = set()
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            _, predicate, value = line[:-1].split(" ", 2)
            found.add((predicate, common(value)))
    yield from found


def common(value: str) -> str:
    """What an object may have in common with others; see `read_values`."""
    return value[value.rindex('"') + 1 :] if value[0] == '"' else value[0]


def mentions_blank_nodes(path: Path) -> bool:
    """Whether there may be any in what `order_statements` wrote: a text may look like one."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return False
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            return content[:2] == b"_:" or content.find(b" _:") >= 0 or content.find(b"\n_:") >= 0


def _named(lines: Iterable[bytes], blank: list[bytes]) -> Iterator[bytes]:
    """The lines without blank nodes, ordered; those that may have any are put aside."""
    for line in lines:
        if line.startswith(b"_:") or b" _:" in line:
            blank.append(line + b".\n")
        else:
            yield line.replace(b"> ", b" ", 1)[:-1] + b"\n"


def _ordered(line: bytes) -> bytes:
    shorter = line.replace(b"> ", b" ", 1) if line.startswith(b"<") else line
    return shorter.removesuffix(b" .\n") + b"\n"


def _canonical(lines: list[bytes]) -> Iterator[list[bytes]]:
    """The lines with labels of blank nodes that depend on the graph alone (https://www.w3.org/TR/rdf-canon/)."""
    if not lines:
        return
    quads = parse(b"".join(lines), format=RdfFormat.N_TRIPLES)
    graph = Dataset(Quad(one.subject, one.predicate, one.object) for one in quads)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    content = serialize((one.triple for one in graph), format=RdfFormat.N_TRIPLES)
    assert content is not None  # noqa: S101 - no output was given, so the bytes come back
    yield content.splitlines(keepends=True)
