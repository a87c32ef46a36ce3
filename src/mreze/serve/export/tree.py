"""The files of a copy, each written once, dated by the release."""

from __future__ import annotations

import datetime
import gzip
import os
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mreze.errors import ReleaseError
from mreze.release import Release

_PACKED: Final = 2_048
"""Bytes from which on a text is there packed too."""
_UNPACKABLE: Final = frozenset({"application/gzip"})


def moment(release: Release) -> int:
    """The time of a release's files, in seconds: midnight of its date (UTC); a second later of the day's second one."""
    day = datetime.datetime.fromisoformat(release.date).replace(tzinfo=datetime.UTC)
    number = release.name.partition(".")[2]
    return int(day.timestamp()) + (int(number) - 1 if number.isdigit() else 0)


@dataclass(slots=True)
class Tree:
    """A folder that is being filled."""

    folder: Path
    moment: int
    earlier: Path | None = None
    """The copy that this one replaces."""
    types: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Content types by extension, by the first part of the path: `doc/`, or the name of a file at the top."""
    count: int = 0
    """How many files were written, packed ones apart."""

    def has(self, name: str) -> bool:
        """Whether a file was written."""
        return (self.folder / name).is_file()

    def write(self, name: str, content: bytes, content_type: str | None) -> None:
        """Write a file, and a packed one beside it where that helps.

        Raises:
            ReleaseError: there is one of this name already.
        """
        target = self._target(name, content_type)
        with target.open("xb") as file:
            file.write(content)
        self._date(target, name)
        if len(content) > _PACKED and content_type and content_type not in _UNPACKABLE:
            packed = target.with_name(target.name + ".gz")
            packed.write_bytes(gzip.compress(content, mtime=0))
            self._date(packed, name + ".gz")

    def copy(self, name: str, file: Path, content_type: str | None) -> None:
        """Copy a file of the release; a packed one is a file of its own there."""
        target = self._target(name, content_type)
        shutil.copyfile(file, target)
        self._date(target, name)

    def _target(self, name: str, content_type: str | None) -> Path:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise ReleaseError(f"/{name}: two things of the site would be this file of a copy. Rename one of them.")
        first, slash, _ = name.partition("/")
        extension = target.suffix.removeprefix(".")
        if content_type and extension:
            self.types[first + slash or name][extension] = content_type
        self.count += 1
        return target

    def _date(self, target: Path, name: str) -> None:
        """Web servers make entity tags of size and time: other bytes than an earlier copy's differ in these too."""
        when = self.moment
        before = self.earlier / name if self.earlier else None
        if before is not None and before.is_file():
            old = before.stat()
            same = old.st_size == target.stat().st_size and int(old.st_mtime) >= when
            if same:
                when = int(old.st_mtime) + (before.read_bytes() != target.read_bytes())
        os.utime(target, (when, when))
