"""A folder of releases: which there are, which one is current, which are in use, and which were taken away.

releases/
    2026-11-23/ …    the releases, each written once (see release.py)
    current          a symbolic link to the one to serve, switched by one rename; without it the newest is served
    removed          the names of those that were taken away to keep the folder small, one a line
"""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mreze.errors import ReleaseError
from mreze.release import MANIFEST, Release, is_release, newest_release, open_release, release_order
from mreze.storage import remedied

CURRENT: Final = "current"
REMOVED: Final = "removed"
_TRASH: Final = ".removed-"


class Hold:
    """Keeps a release from being removed, until it is closed or the process ends, however that ends.

    It is a lock on the manifest that any number of processes may share; processes that are forked have it too.
    """

    def __init__(self, root: Path) -> None:
        """Take the lock.

        Raises:
            ReleaseError: the release is gone, or is being removed.
        """
        self._descriptor = -1
        path = root / MANIFEST
        try:
            self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            present = path.stat()
        except OSError as error:
            raise ReleaseError(f"{path}: cannot be opened: {error.strerror}. Was the release removed?") from error
        if not os.path.samestat(present, os.fstat(self._descriptor)):
            raise ReleaseError(f"{path}: the release was removed just now.")

    def close(self) -> None:
        """Let go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        """What nobody can use any more holds nothing."""
        self.close()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The releases of a folder, or a single one of them."""

    folder: Path
    only: str | None = None
    """The one release that counts, where the others are nobody's business."""

    def names(self) -> list[str]:
        """The finished releases, in the order of their dates."""
        if self.only is not None:
            return [self.only]
        try:
            found = [one.name for one in self.folder.iterdir() if _is_name(one.name) and not one.is_symlink()]
        except OSError:
            return []
        return sorted((one for one in found if is_release(self.folder / one)), key=release_order)

    def releases(self) -> list[Release]:
        """Those whose manifest can be read, in the order of their dates."""
        found = []
        for name in self.names():
            try:
                found.append(self.open(name))
            except ReleaseError:  # whoever serves it says so
                continue
        return found

    def open(self, name: str) -> Release:
        """Open one of them; see `open_release`."""
        return open_release(self.folder / name)

    def current(self) -> str | None:
        """The name of the release that the link `current` points to; None where there is no such link.

        Raises:
            ReleaseError: it is no link, or points to what is no folder beside it.
        """
        link = self.folder / CURRENT
        try:
            target = self.folder / link.readlink()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ReleaseError(f"{link}: not a symbolic link. Make it one: ln -sfn NAME {link}") from error
        if target.parent.resolve() != self.folder.resolve() or not _is_name(target.name):
            raise ReleaseError(f"{link}: points to {target}, no release beside it. Mend it: ln -sfn NAME {link}")
        return target.name

    def latest(self) -> Release | None:
        """The current release, or the newest where there is no current one that can be opened."""
        try:
            name = self.current()
            return newest_release(self.folder) if name is None else self.open(name)
        except ReleaseError:
            return newest_release(self.folder)

    def switch(self, name: str) -> None:
        """Make a release the current one: whoever looks sees the old one or the new one.

        Raises:
            ReleaseError: the link cannot be written.
        """
        link, aside = self.folder / CURRENT, self.folder / f".{CURRENT}-{os.getpid()}"
        try:
            aside.unlink(missing_ok=True)
            aside.symlink_to(name)
            aside.replace(link)
        except OSError as error:
            remedy = remedied(error, "Remove it by hand.")
            told = f"{link}: cannot be switched to {name}: {error.strerror}. {remedy} Then: ln -sfn {name} {link}"
            raise ReleaseError(told) from error

    def removed(self) -> frozenset[str]:
        """The names of the releases that were there and were taken away."""
        try:
            return frozenset((self.folder / REMOVED).read_text("utf-8").split()) if self.only is None else frozenset()
        except OSError:
            return frozenset()

    def prune(self, keep: int) -> list[str]:
        """Take away all but the newest releases; the current one and what a server has in use stay.

        Args:
            keep: how many stay in any case; at least 1.

        Returns:
            The names of those that were taken away.

        Raises:
            ReleaseError: one cannot be removed.
        """
        for left in self.folder.glob(f"{_TRASH}*"):  # an interrupted removal
            shutil.rmtree(left, ignore_errors=True)
        names = self.names()
        spared = {*names[-keep:], self.current()}
        return [one for one in names if one not in spared and self._remove(one)]

    def _remove(self, name: str) -> bool:
        """Take a release away unless it is in use; a server that opens it now finds it whole, or not at all."""
        root = self.folder / name
        try:
            with (root / MANIFEST).open("rb") as manifest:
                fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
                with (self.folder / REMOVED).open("a", encoding="utf-8") as names:
                    names.write(f"{name}\n")
                trash = self.folder / f"{_TRASH}{name}"
                root.rename(trash)
                shutil.rmtree(trash)
        except BlockingIOError:
            return False
        except OSError as error:
            raise ReleaseError(
                f"{error.filename or root}: the release cannot be removed: {error.strerror}. Remove it by hand."
            ) from error
        return True


def _is_name(name: str) -> bool:
    return not name.startswith(".") and name not in {CURRENT, REMOVED, ""}
