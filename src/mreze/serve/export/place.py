"""Where a copy is written: aside, then put in its place by one rename; nothing else is ever overwritten."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mreze.errors import ReleaseError, UsageError
from mreze.release import Release, is_release
from mreze.serve.export.names import OWN
from mreze.site import CATALOG

MARKER: Final = f"{OWN}/export.json"
"""The file that makes a folder a copy, which the next one may replace."""
_UNFINISHED: Final = ".unfinished-export-"
_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2  # https://man7.org/linux/man-pages/man2/rename.2.html


def check_place(folder: Path, release: Release) -> Path:
    """The absolute path of a folder to write a copy of a release to.

    Raises:
        UsageError: it holds something else, or lies in a site or in a release.
    """
    target = folder.resolve()
    for one in (target, *target.parents):
        if (one / CATALOG).is_file() or is_release(one):
            what = "a site" if (one / CATALOG).is_file() else "a release"
            raise UsageError(f"{folder}: lies in {what} ({one}). Name a folder elsewhere.")
    if release.root.resolve().is_relative_to(target):
        raise UsageError(f"{folder}: holds the release that is to be copied ({release.root}). Name another folder.")
    if target.exists() and not target.is_dir():
        raise UsageError(f"{folder}: not a folder. Name another one.")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise UsageError(f"{folder}: not empty, and not written by mreze export. Name another folder, or empty it.")
    return target


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A folder to fill, beside the target; it takes its place when the block ends well, and else is removed.

    Raises:
        UsageError: the folder cannot be written to.
        ReleaseError: a file could not be written, or read.
    """
    aside = target.parent / f"{_UNFINISHED}{os.getpid()}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(target.parent)
        aside.mkdir()
    except OSError as error:
        raise UsageError(f"{target.parent}: cannot be written to: {error.strerror}. Name another folder.") from error
    try:
        yield aside
        _put(aside, target)
    except OSError as error:
        where = str(error.filename or target).replace(str(aside), str(target))
        raise ReleaseError(f"{where}: the copy could not be written: {error.strerror}. Nothing was changed.") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _clear_leftovers(parent: Path) -> None:
    """Remove what an export left that was killed."""
    for folder in parent.glob(f"{_UNFINISHED}*"):
        number = folder.name.removeprefix(_UNFINISHED)
        if number.isdigit() and not Path(f"/proc/{number}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def _put(aside: Path, target: Path) -> None:
    if not target.exists():
        aside.rename(target)
    elif not _exchange(aside, target):  # then `aside` is the earlier copy, and is removed
        earlier = aside.with_name(aside.name + ".earlier")
        target.rename(earlier)
        try:
            aside.rename(target)
        except OSError:
            earlier.rename(target)
            raise
        shutil.rmtree(earlier, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)
