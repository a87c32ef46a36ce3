"""Which lines of a site's datasets are others than in the last release, as long as these are few."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from mreze.graph import SiteGraph
from mreze.release import Release, find_damage
from mreze.sortedlines import Buffer, line_at, open_lines, skip_alike
from mreze.storage import pass_on

_MOST: Final = 0.1
"""The share of the bytes of all lines that may differ: to load all is quicker than to tell a store of more."""
_FEW: Final = 1 << 16
"""Bytes that may differ in any case."""


@dataclass(slots=True)
class Differing:
    """Lines of N-Quads; each with the name of the dataset that has or had it."""

    gone: list[tuple[str, bytes]] = field(default_factory=list)
    new: list[tuple[str, bytes]] = field(default_factory=list)


@dataclass(frozen=True)
class Comparison:
    """A site beside its last release."""

    graph: SiteGraph
    previous: Release | None
    """None where there is none, or where nothing of it may be used."""

    @cached_property
    def differing(self) -> Differing | None:
        """What of the datasets differs; None where that is much, or cannot be told, which costs time only.

        Raises:
            OSError: the machine refuses.
        """
        try:
            return None if self.previous is None else find_differing(self.graph, self.previous)
        except (OSError, KeyError) as error:
            pass_on(error)
            return None


def find_differing(graph: SiteGraph, previous: Release) -> Differing | None:
    """Compare the datasets with those of a release; None where they differ much, or a dump is damaged.

    Raises:
        OSError: a dump cannot be read.
    """
    names = dict.fromkeys([*(one.name for one in previous.datasets), *(one.name for one in graph.site.datasets)])
    present = {one.name for one in graph.site.datasets}
    found = Differing()
    with ExitStack() as stack:
        pairs = []
        for name in names:
            path = _dump(previous, name)
            if path is not None and find_damage(previous.root, previous.files[path]):
                return None
            old = stack.enter_context(open_lines(previous.root / path)) if path else b""
            new = stack.enter_context(open_lines(graph.staged(name).path)) if name in present else b""
            pairs.append((name, old, new))
        left = max(_FEW, int(_MOST * sum(len(new) for _, _, new in pairs)))
        for name, old, new in pairs:
            for line, is_old in differing_lines(old, new):
                left -= len(line)
                (found.gone if is_old else found.new).append((name, line))
                if left < 0:
                    return None
    return found


def _dump(previous: Release, name: str) -> str | None:
    return f"dumps/{name}.nq" if any(one.name == name for one in previous.datasets) else None


def differing_lines(old: Buffer, new: Buffer) -> Iterator[tuple[bytes, bool]]:
    """The lines that only one of two sorted files has, each with whether that is the old one."""
    i = j = 0
    while True:
        alike = skip_alike(old, i, new, j)
        i, j = i + alike, j + alike
        left, right = line_at(old, i), line_at(new, j)
        if not left and not right:
            return
        if left and (not right or left < right):
            yield left, True
            i += len(left)
        else:
            yield right, False
            j += len(right)
