"""The saved queries of a release."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from mreze.queries import SavedQuery, read_query
from mreze.release import Release

_FOLDER: Final = "queries/"


def all_queries(release: Release) -> list[SavedQuery]:
    """Every one of them."""
    return [_read(release.root, path) for path in release.files if path.startswith(_FOLDER)]


def find_query(release: Release, name: str) -> SavedQuery | None:
    """The one of this name, or None."""
    path = f"{_FOLDER}{name}.rq"
    return _read(release.root, path) if path in release.files else None


@lru_cache(maxsize=1_024)
def _read(root: Path, path: str) -> SavedQuery:
    """A release never changes: what was read once need not be read again."""
    return read_query(root, Path(path))
