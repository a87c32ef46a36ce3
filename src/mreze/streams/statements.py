"""The statements of sorted N-Quads, ordered as people read them: a thing, then its `#parts`.

Sorted by their bytes, the lines of `<a#part>` and of `<a-2>` stand before those of `<a>`. Without the `>` that ends the
subject they are sorted by its IRI: so they are written in the syntaxes that write block by block.
"""

from __future__ import annotations

from collections.abc import Iterable

from mreze.lines import without_graphs
from mreze.streams.blanks import has_blank, subject_of
from mreze.streams.chunks import Chunk

Block = tuple[str, list[tuple[str, str]]]
"""A subject, and its predicates with their objects, as N-Triples writes them; but an IRI of a subject has no `>`."""


def order_statements(chunk: Chunk, triples: Iterable[bytes]) -> list[Block]:
    """The statements of a chunk, subject by subject.

    Args:
        chunk: whose.
        triples: its lines up to their graph names, each once.
    """
    away = frozenset(chunk.given)
    found = [one for one in triples if subject_of(one) not in away] if away else list(triples)
    found += without_graphs(chunk.taken)
    if chunk.blanks.lines:
        found = [one for one in found if not has_blank(one)] + [one[:-2] for one in chunk.blanks.lines]
    ordered = b"\n".join([line.replace(b"> ", b" ", 1)[:-1] if line[:1] == b"<" else line[:-1] for line in found])
    return _blocks(sorted(ordered.decode().split("\n"))) if found else []


def _blocks(ordered: Iterable[str]) -> list[Block]:
    blocks: list[Block] = []
    subject, said = "", list[tuple[str, str]]()
    for line in ordered:
        own, predicate, value = line.split(" ", 2)
        if own != subject:
            subject, said = own, []
            blocks.append((subject, said))
        said.append((predicate, value))
    return blocks


def read_values(triples: Iterable[bytes]) -> set[tuple[str, str]]:
    """Each predicate with what its values have in common: `<` for IRIs, `_` for blank nodes, else what follows a text.

    That is `@en`, `^^<datatype>`, or nothing.

    Args:
        triples: lines of N-Quads up to their graph names.
    """
    found = set[tuple[bytes, bytes]]()
    for line in triples:
        _, predicate, value = line.split(b" ", 2)
        found.add((predicate, value[value.rindex(b'"') + 1 : -1] if value[:1] == b'"' else value[:1]))
    return {(predicate.decode(), one.decode()) for predicate, one in found}
