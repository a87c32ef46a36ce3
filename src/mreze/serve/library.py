"""The saved queries of a release."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mreze.queries import SavedQuery, read_query
from mreze.release import Release

_FOLDER: Final = "queries/"


def all_queries(release: Release) -> list[SavedQuery]:
    """Every one of them."""
    return [read_query(release.root, Path(path)) for path in release.files if path.startswith(_FOLDER)]


def find_query(release: Release, name: str) -> SavedQuery | None:
    """The one of this name, or None."""
    path = f"{_FOLDER}{name}.rq"
    return read_query(release.root, Path(path)) if path in release.files else None
