"""Where the statements of a release lie sorted while it is written: each dataset is a file, and so is the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from mreze.build.writer import share
from mreze.lines import quad_lines
from mreze.sorting import merge_files, sort_lines

WHOLE: Final = "all"
"""The name of the datasets and the ontology together."""
ONTOLOGY: Final = "ontology"
"""The name of the ontology; no dataset can have it."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A folder of sorted statements."""

    folder: Path

    def quads(self, name: str) -> Path:
        """The N-Quads of a dataset, sorted by their bytes; each has a graph."""
        return self.folder / f"{name}.nq"

    def put(self, name: str, quads: Iterable[Quad]) -> None:
        """Sort the quads of a dataset."""
        sort_lines(quad_lines(quads), self.quads(name))

    def take(self, name: str, staged: Path) -> None:
        """Take over the quads of a dataset, which lie sorted elsewhere, in a file that nobody changes."""
        share(staged, self.quads(name))

    def merge(self, name: str, parts: Iterable[str]) -> None:
        """Make a whole of parts that are there."""
        with self.quads(name).open("wb") as file:
            file.writelines(merge_files([self.quads(one) for one in parts]))
