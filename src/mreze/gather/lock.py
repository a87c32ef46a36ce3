"""One command at a time changes the tables of a site: what is read, worked on and written loses nobody else's work.

The lock is on the site's folder (flock), so it ends with the process that holds it, however that ends. Who has it is
told in a file beside, which is there only meanwhile. A person's editor takes no lock.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from mreze.errors import SiteError

NOTE: Final = ".mreze-lock"
"""Name of the file that tells who has the lock, in the site's folder."""
_PATIENCE: Final = 10.0
_PAUSE: Final = 0.05


@contextmanager
def locked(root: Path, command: str, patience: float = _PATIENCE) -> Iterator[None]:
    """Keep other commands from changing the tables of a site.

    Args:
        root: the site's folder.
        command: who keeps them, as a person calls it: links accept.
        patience: how many seconds to wait for another command.

    Raises:
        SiteError: another one does not end in that time, or the folder cannot be locked; says who, and what to do.
    """
    descriptor = -1
    try:
        try:
            descriptor = os.open(root, os.O_RDONLY)
            _take(descriptor, root, patience)
        except OSError as error:
            remedy = "Make it readable, on a file system that has locks."
            raise SiteError(f"cannot be locked: {error.strerror}.", path=root, remedy=remedy) from error
        with _told(root / NOTE, command):
            yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _take(descriptor: int, root: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise _held(root) from None
            time.sleep(_PAUSE)
        else:
            return


def _held(root: Path) -> SiteError:
    """Who has the lock; a note that cannot be read names nobody."""
    who = "another command"
    with suppress(OSError, UnicodeDecodeError):
        who = (root / NOTE).read_text("utf-8").strip() or who
    message = f"{who} is changing the tables of the site; nothing was changed."
    return SiteError(message, path=root, remedy="Wait until it has ended, or end it, and say this again.")


@contextmanager
def _told(note: Path, command: str) -> Iterator[None]:
    """Tell who has the lock, as long as it lasts; where nothing can be written, nobody is told."""
    with suppress(OSError):
        note.write_text(
            f"mreze {command} (process {os.getpid()}, since {datetime.now().astimezone():%H:%M:%S})\n", "utf-8"
        )
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink()
