"""Write a release folder so that it is there whole or not at all.

Files are written into a folder of their own beside the releases; one rename makes it a release. Whatever interrupts the
work, the releases that were there before are untouched, and the next build clears what was left behind.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mreze.errors import ReleaseError
from mreze.release import Release, ReleaseFile, digest
from mreze.storage import refusal

UNFINISHED: Final = ".unfinished-"
_MOST_IN_A_DAY: Final = 10_000
_INSTEAD: Final = "--out DIR"


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

    def keep(self, release: Release, path: str) -> None:
        """Take over a file of another release, which stays the same file on disk where that is possible.

        Raises:
            ReleaseError: it is gone, or not what that release's manifest lists.
        """
        listed, source = release.files.get(path), release.root / path
        if listed is None or not source.is_file() or digest(source) != listed.sha256:
            raise ReleaseError(f"{source}: not what the manifest lists. Restore the release from a copy.")
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(source)
        except OSError:  # another disk, or one that has no links
            shutil.copyfile(source, target)
        self.files.append(listed)


def write_file(folder: Path, path: str, content: bytes) -> ReleaseFile:
    """Write a file of a release, in whichever process; there is none yet."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
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
        shutil.rmtree(folder, ignore_errors=True)


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
    _sync(writer.folder)
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


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
