"""What a dataset holds, in the last release and in the site: which things, which of them retired, how many triples."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mreze.graph import SiteGraph
from mreze.lines import head, read_lines, without_graphs
from mreze.namespaces import RDF_TYPE, term
from mreze.release import Release

TOMBSTONE: Final = term("as:Tombstone")


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a dataset holds."""

    things: frozenset[str]
    """IRIs of the things that it describes, those below the base IRI."""
    retired: frozenset[str]
    """Those of them that are tombstones."""
    triples: int

    @property
    def sizes(self) -> dict[str, int]:
        """How much there is of what can be lost."""
        return {"things": len(self.things - self.retired), "triples": self.triples}


def published(release: Release, dataset: str) -> Inventory:
    """What a dataset of a release holds.

    Raises:
        ReleaseError: its dump is gone or damaged.
    """
    return _inventory(read_lines(release, f"dumps/{dataset}.nq"), release.base)


def held(graph: SiteGraph, dataset: str) -> Inventory:
    """What a dataset of a site holds."""
    return _inventory(graph.staged(dataset).lines(), graph.site.base)


def _inventory(lines: Iterable[bytes], base: str) -> Inventory:
    space = f"<{base}id/".encode()
    ending = f" {RDF_TYPE} {TOMBSTONE} ".encode()
    things, retired, triples = set(), set(), 0
    last = b""
    for line in without_graphs(lines):
        triples += 1
        if not line.startswith(space):
            continue
        own = head(line, (space,))
        if own != last:
            things.add(own[1:].decode())
            last = own
        if line == own + b">" + ending:
            retired.add(own[1:].decode())
    return Inventory(frozenset(things), frozenset(retired), triples)
