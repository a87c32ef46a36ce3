"""What a dataset has lost since the last release: things that are described no more, retired ones, triples.

Only lines that differ are looked at, as between two releases (`mreze.changes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from mreze.changes import Changed, Kind, merge
from mreze.graph import SiteGraph
from mreze.lines import damaged, head, open_dump, read_lines, without_graphs
from mreze.namespaces import RDF_TYPE, term
from mreze.release import Release
from mreze.sortedlines import open_lines

TOMBSTONE: Final = term("as:Tombstone")
_RETIRED: Final = f"> {RDF_TYPE} {TOMBSTONE} ".encode()


@dataclass(frozen=True, slots=True)
class Losses:
    """What is less in a dataset than it was."""

    gone: tuple[str, ...]
    """IRIs of the things that it describes no more, those below the base IRI."""
    things: int
    """How many things fewer it has, retired ones not counted; less than 0 where it has more."""
    triples: int
    """Likewise."""


def losses(graph: SiteGraph, previous: Release, dataset: str) -> Losses:
    """What a dataset of the last release has lost, which may be one that the site has no more.

    Raises:
        ReleaseError: its dump is gone or damaged.
    """
    path = f"dumps/{dataset}.nq"
    spaces = {base: f"{base}id/".encode() for base in (previous.base, graph.site.base)}
    with ExitStack() as stack:
        before = stack.enter_context(open_dump(previous, path))
        here = any(one.name == dataset for one in graph.site.datasets)
        now = stack.enter_context(open_lines(graph.staged(dataset).path)) if here else b""
        try:
            return add_up(merge(before, now, spaces.values()), f"{previous.base}id/", f"{graph.site.base}id/")
        except ValueError as error:
            raise damaged(previous.root / path) from error


def add_up(changes: Iterable[Changed], space: str, own: str) -> Losses:
    """Add up.

    Args:
        changes: from the last release to what the site says.
        space: what IRIs of things of the last release start with.
        own: what those of the site do.
    """
    gone: list[str] = []
    things = triples = 0
    for one in changes:
        triples += len(one.removed) - len(one.added)
        if one.kind in {Kind.REMOVED, Kind.RETIRED} and one.thing.startswith(space):
            things += not _is_retired(one, one.removed)
        elif one.kind in {Kind.CREATED, Kind.RESTORED} and one.thing.startswith(own):
            things -= not _is_retired(one, one.added)
        if one.kind is Kind.REMOVED and one.thing.startswith(space):
            gone.append(one.thing)
    return Losses(tuple(sorted(gone)), things, triples)


def _is_retired(one: Changed, lines: list[bytes]) -> bool:
    """Whether a thing that came or went whole is a tombstone by these lines."""
    return b"<" + one.thing.encode() + _RETIRED in lines


def sizes(release: Release, dataset: str) -> dict[str, int]:
    """How many things a dataset of a release has, retired ones not counted, and how many triples.

    Raises:
        ReleaseError: its dump is gone or damaged.
    """
    space = f"<{release.base}id/".encode()
    things, retired, triples = set[bytes](), set[bytes](), 0
    for own, line in _owned(read_lines(release, f"dumps/{dataset}.nq"), space):
        triples += 1
        if own:
            things.add(own)
            if line == own + _RETIRED:
                retired.add(own)
    return {"things": len(things - retired), "triples": triples}


def _owned(lines: Iterable[bytes], space: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Statements, each with what the lines of its thing start with, if that is below the base IRI."""
    for line in without_graphs(lines):
        yield head(line, (space,)) if line.startswith(space) else b"", line
