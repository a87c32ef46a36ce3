"""Write an index of things that come one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from mreze.matching.model import Entry
from mreze.matching.portions import put_together, write_portion


def write_index(folder: Path, entries: Iterable[Entry], base: str, prefixes: Mapping[str, str]) -> int:
    """Write an index of things.

    Args:
        folder: where; it is made.
        entries: the things; one after the other, so that there may be many.
        base: the IRI that ids are relative to, `<base>id/` of the site.
        prefixes: namespaces that identifiers may be written with, by prefix.

    Returns:
        How many things there are.
    """
    folder.mkdir(parents=True)
    return put_together(folder, [write_portion(folder, entries)], base, prefixes, "")
