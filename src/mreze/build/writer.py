"""Write a release folder so that it is there whole or not at all.

Files are written into a folder of their own beside the releases; one rename makes it a release, when all of it is on
the disk. Whatever interrupts the work, the releases that were there before are untouched, and the next build clears
what was left behind.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mreze.build.workers import Workers
from mreze.errors import ReleaseError
from mreze.release import Release, ReleaseFile, digest
from mreze.storage import refusal

UNFINISHED: Final = ".unfinished-"
_MOST_IN_A_DAY: Final = 10_000
_LINKS: Final = 100
"""How many files are taken over together."""
_WAITING: Final = 16
"""How many files are waited for together."""
_INSTEAD: Final = "--out DIR"
_DUMPS: Final = "dumps"
"""The folder of a release that they are in."""
_PATIENCE: Final = (0.05, 0.2, 1.0, 0.0)
"""Seconds between attempts to remove a folder; the next build removes what is left."""


@dataclass(slots=True)
class ReleaseWriter:
    """A release folder that is being written."""

    folder: Path
    files: list[ReleaseFile] = field(default_factory=list)

    def write(self, path: str, content: bytes, *, listed: bool = True) -> ReleaseFile:
        """Write one file; `listed` ones are named in the manifest."""
        written = write_file(self.folder, path, content)
        if listed:
            self.files.append(written)
        return written

    def take(self, *files: ReleaseFile) -> None:
        """Name files in the manifest that are in the folder already."""
        self.files += files

    def keep(self, release: Release, paths: Sequence[str], hands: Workers) -> None:
        """Take over files of another release, which stay the same files on disk where that is possible.

        Args:
            release: the other one.
            paths: of the files, relative to it.
            hands: who looks at them.

        Raises:
            ReleaseError: one is gone, or not what that release's manifest lists.
        """
        files = [release.files[one] for one in paths if one in release.files]
        tasks = [_Links(release.root, self.folder, files[at : at + _LINKS]) for at in range(0, len(files), _LINKS)]
        made = {one for some in hands.each(_Links.make, tasks) for one in some}
        if lost := next((one for one in paths if one not in made), None):
            raise ReleaseError(f"{release.root / lost}: not what the manifest lists. Restore the release from a copy.")
        self.files += files


@dataclass(frozen=True, slots=True)
class _Links:
    """Files of a release to make ones of another, in whichever process."""

    source: Path
    release: Path
    files: Sequence[ReleaseFile]

    def make(self) -> list[str]:
        """Take over those that are what is listed; return their paths."""
        return [one.path for one in self.files if link_file(self.source, self.release, one)]


def link_file(source: Path, release: Path, listed: ReleaseFile) -> bool:
    """Make a file of another release one of this one, the same on disk where that is possible, in whichever process.

    Args:
        source: the folder of the other release.
        release: the folder of this one, which has no such file yet.
        listed: the file as the other one's manifest lists it.

    Returns:
        Whether it is there, and is what is listed.
    """
    origin, target = source / listed.path, release / listed.path
    if not origin.is_file() or digest(origin) != listed.sha256:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    share(origin, target)
    return True


def share(path: Path, target: Path) -> None:
    """Make a file that nobody changes stand in a second place: the same on disk, or a copy where there are no links."""
    try:
        target.hardlink_to(path)
    except OSError:  # another disk, or one that has no links
        shutil.copyfile(path, target)


def write_file(folder: Path, path: str, content: bytes) -> ReleaseFile:
    """Write a file of a release, in whichever process; there is none yet. `finish` sees that it is on the disk."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(content)
    return ReleaseFile(path, len(content), hashlib.sha256(content).hexdigest())


@contextmanager
def unfinished(releases: Path) -> Iterator[ReleaseWriter]:
    """A folder to write a release in; it is removed again unless `finish` renamed it.

    Raises:
        StorageError: the folder of releases cannot be written to, or there is no room, now or while it is written.
    """
    folder = releases / f"{UNFINISHED}{os.getpid()}"
    try:
        releases.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(releases)
        folder.mkdir()
    except OSError as error:
        raise refusal(error, releases, _INSTEAD, "no release can be written here") from error
    try:
        yield ReleaseWriter(folder)
    except OSError as error:
        raise refusal(error, releases, _INSTEAD, "the release could not be written") from error
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    for wait in _PATIENCE:  # the engine may write there a little longer where it was interrupted
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(wait)


def free_name(releases: Path, date: str, taken: Collection[str] = ()) -> str:
    """The name of the next release of a date: `<date>`, or `<date>.2` where that is taken.

    Args:
        releases: the folder.
        date: the release's.
        taken: names that must not come again: of releases that were there once.

    Raises:
        ReleaseError: there are too many releases of that date.
    """
    names = (date if number == 1 else f"{date}.{number}" for number in range(1, _MOST_IN_A_DAY))
    name = next((one for one in names if not (releases / one).exists() and one not in taken), None)
    if name is None:
        raise ReleaseError(f"{releases}: there are {_MOST_IN_A_DAY} releases of {date} already. Remove some.")
    return name


def finish(writer: ReleaseWriter, name: str) -> Path:
    """Make the folder the release of that name: one rename; none that is there is overwritten.

    Returns:
        The release's folder.

    Raises:
        ReleaseError: there is one of that name by now; what this one says of the release before it would be wrong.
    """
    releases = writer.folder.parent
    _sync_all(writer.folder)
    target = releases / name
    try:
        if target.exists():
            raise FileExistsError
        writer.folder.rename(target)
    except OSError as error:
        if target.exists():
            raise ReleaseError(f"{target}: another build was quicker. Build again: mreze build SITE") from error
        raise
    _sync(releases)
    return target


def _clear_leftovers(releases: Path) -> None:
    for folder in releases.glob(f"{UNFINISHED}*"):
        number = folder.name.removeprefix(UNFINISHED)
        if not (number.isdigit() and _is_running(int(number))):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def _sync_all(folder: Path) -> None:
    """Wait until a folder is on the disk, with all in it but files that another release has too: those are there."""
    found = [folder, *folder.rglob("*")]
    # Who waits for files one after the other waits for the disk's journal each time: for thousands of pages, seconds.
    with ThreadPoolExecutor(_WAITING) as pool:
        for _ in pool.map(_sync, filter(_may_be_new, found)):
            pass


def _may_be_new(path: Path) -> bool:
    """Whether no earlier release has it; a dump with a second name may be what the cache keeps as lines."""
    return path.is_dir() or path.stat().st_nlink == 1 or path.parent.name == _DUMPS


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
