"""Sorted lines told subject by subject; no term becomes an object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

Said = Sequence[tuple[bytes, bytes]]
"""Properties and objects of a subject, as N-Triples writes them, sorted by property."""


def by_subject(lines: Iterable[bytes], graphs: Counter[bytes] | None = None) -> Iterator[tuple[bytes, Said]]:
    """The subjects of a graph, each with what is said of it, once.

    Args:
        lines: of N-Quads, each with a graph, sorted.
        graphs: is told how many lines each graph has.
    """
    counts: Counter[bytes] = Counter() if graphs is None else graphs
    last, said = b"", list[tuple[bytes, bytes]]()
    before: tuple[bytes, bytes] | None = None
    run, of = 0, b""  # how many lines in a row have which graph
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        value, graph, _ = rest.rsplit(b" ", 2)
        if graph != of:
            counts[of] += run
            run, of = 0, graph
        run += 1
        if subject != last:
            if said:
                yield last, said
            last, said, before = subject, [], None
        this = predicate, value
        if this != before:
            said.append(this)
            before = this
    if said:
        counts[of] += run
        del counts[b""]
        yield last, said
