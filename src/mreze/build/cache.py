"""What a build keeps for the next one: artefacts by the digest of all that they are made of.

<releases>/.cache/
    lock                      held by the build that uses it; another one at the same time goes without, and a check
    <engine>/                 what this engine made; what others made goes with the next build that is finished
        <kind>/<key>.<digest> an artefact, and the digest of its own bytes

An entry that is lost or damaged only costs time. What a finished build did not use is removed.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from mreze.build.inputs import engine_digest

CACHE: Final = ".cache"
"""The folder's name, beside the releases."""
_LOCK: Final = "lock"
_SHORT: Final = 16
"""Digits of the engine's digest that name its folder."""


@dataclass(slots=True)
class Cache:
    """A folder of artefacts, or none: then nothing is found and nothing kept."""

    folder: Path | None = None
    fresh: bool = False
    """Whether nothing that others made is found; what is kept from now on is there for the next build."""
    frozen: bool = False
    """Whether nothing is kept."""
    _used: dict[Path, None] = field(default_factory=dict)
    _listed: dict[str, dict[str, list[Path]]] = field(default_factory=dict)
    """What there is, by kind and key, as far as somebody asked."""

    def find(self, kind: str, key: str) -> Path | None:
        """The artefact, a file that nobody changes; None where there is none that is whole.

        Args:
            kind: a folder's name.
            key: a digest, as `mreze.keeping.key_of` makes it.
        """
        for path in self._entries(kind, key):
            if path in self._used:
                return path
            if not self.fresh and _is_whole(path):
                self._used[path] = None
                return path
        return None

    def keep(self, kind: str, key: str, path: Path) -> Path:
        """Take a file over, in the place of what had the key.

        Returns:
            Where it is from now on: where it was, if it cannot be kept.
        """
        if self.folder is None or self.frozen:
            return path
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            target = self.folder / kind / f"{key}.{digest}"
            target.parent.mkdir(parents=True, exist_ok=True)
            _move(path, target)
            for other in self._entries(kind, key):
                if other != target:
                    other.unlink(missing_ok=True)
        except OSError:  # a full disk, for one: what is not kept is made again
            return path
        self._listed[kind][key] = [target]
        self._used[target] = None
        return target

    def clear(self) -> None:
        """Remove what was not used."""
        if self.folder is None:
            return
        for path in self.folder.parent.iterdir():
            if path.is_dir() and path != self.folder:
                shutil.rmtree(path, ignore_errors=True)
        for path in self.folder.glob("*/*") if self.folder.is_dir() else ():
            if path not in self._used:
                with suppress(OSError):
                    path.unlink()

    def _entries(self, kind: str, key: str) -> list[Path]:
        if kind not in self._listed:
            self._listed[kind] = {}
            for path in sorted((self.folder / kind).glob("*.*")) if self.folder else ():
                self._listed[kind].setdefault(path.stem, []).append(path)
        return self._listed[kind].get(key, [])


@contextmanager
def open_cache(releases: Path, *, fresh: bool = False) -> Iterator[Cache]:
    """The cache of a folder of releases, as long as it is used; an empty one where another build has it.

    Args:
        releases: the folder.
        fresh: whether nothing that earlier builds made is to be found.
    """
    folder = releases / CACHE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("ab")
    except OSError:
        yield Cache()
        return
    with lock:
        yield Cache(folder / engine_digest()[:_SHORT], fresh) if _locked(lock) else Cache()


@contextmanager
def look_into_cache(releases: Path) -> Iterator[Cache]:
    """The cache of a folder of releases for who builds nothing: nothing is kept in it, nor made where there is none."""
    folder = releases / CACHE
    try:
        lock = (folder / _LOCK).open("rb")
    except OSError:
        yield Cache()
        return
    with lock:
        known = Cache(folder / engine_digest()[:_SHORT], frozen=True)
        yield known if _locked(lock, fcntl.LOCK_SH) else Cache()


def _locked(lock: IO[bytes], how: int = fcntl.LOCK_EX) -> bool:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == path.suffix.removeprefix(".")
    except OSError:
        return False


def _move(path: Path, target: Path) -> None:
    try:
        path.replace(target)
    except OSError:  # another disk
        aside = target.with_name(f".{target.name}-{os.getpid()}")
        try:
            shutil.copyfile(path, aside)
            aside.replace(target)
            path.unlink()
        finally:
            aside.unlink(missing_ok=True)
