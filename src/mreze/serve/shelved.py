"""The stores of other releases, as a process that evaluates queries has them: on disk, opened when one is asked for."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Final

from mreze.errors import ReleaseError
from mreze.release import open_release
from mreze.serve.dataset import Datasets
from mreze.serve.store import on_disk
from mreze.shelf import Hold

_MOST: Final = 2
"""How many a process has open at once."""


class Shelved:
    """The datasets of the release that is served, and of others by their names."""

    def __init__(self, own: Datasets, folder: Path | None) -> None:
        """Prepare.

        Args:
            own: those of the release that is served.
            folder: where others are; None where no query asks for one.
        """
        self._own = own
        self._folder = folder
        self._open: OrderedDict[str, tuple[Hold, Datasets]] = OrderedDict()

    def has(self, name: str) -> bool:
        """Whether nothing need be opened for this release; "" is the one that is served."""
        return not name or name in self._open

    def get(self, name: str) -> Datasets:
        """The datasets of a release that is open."""
        if not name:
            return self._own
        self._open.move_to_end(name)
        return self._open[name][1]

    def open(self, name: str) -> None:
        """Open one; what was asked for longest ago makes room.

        Raises:
            ReleaseError: it is gone, or cannot be opened.
        """
        if self._folder is None:
            raise ReleaseError(f"The release {name} is not served here.")
        root = self._folder / name
        self._open[name] = Hold(root), Datasets(on_disk(open_release(root)))
        while len(self._open) > _MOST:
            self._open.popitem(last=False)
