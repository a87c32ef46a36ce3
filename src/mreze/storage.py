"""What the machine refuses to whoever writes and opens files: told with where, and with what helps."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mreze.errors import StorageError

_ROOM: Final = "Make room there"
_REMEDIES: Final = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: f"{_ROOM}, as this user has no more",
    errno.EFBIG: "Allow larger files (ulimit -f)",
    errno.EMFILE: "Allow more open files: ulimit -n 4096",
    errno.ENFILE: "Close other programs, or allow more open files on this machine (fs.file-max)",
    errno.ENOMEM: "Close other programs, or let fewer processes work: --jobs 1",
    errno.EACCES: "Let this user write there",
    errno.EPERM: "Let this user write there",
    errno.EROFS: "Let it be written to",
    errno.ENOTDIR: "Look at this path",
    errno.ENOENT: "Look at this path",
    errno.EIO: "The disk has trouble: look at the system's log",
}
_REFUSALS: Final = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS}
)
"""What is never the fault of a file that is read."""
_ELSEWHERE: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EFBIG})
"""What is the same in every folder."""
_DESCRIPTORS: Final = "file descriptors"
"""What the embedded engine says where too few files may be open."""
_PLACE: Final = re.compile(r"While [^/]*: (/[^:]+)")
"""Where RocksDB says what it was doing, and to which file."""
TEMPORARY: Final = "TMPDIR=DIR"
"""How another folder for temporary files is named."""


def is_refused(error: OSError) -> bool:
    """Whether the machine refuses, whichever file it is about."""
    return _code(error) in _REFUSALS


def pass_on(error: Exception) -> None:
    """Raise an error again if the machine refuses: it says nothing of what was read."""
    if isinstance(error, OSError) and is_refused(error):
        raise error


def refusal(error: OSError, place: Path | str, instead: str = "", doing: str = "") -> StorageError:
    """The error for people.

    Args:
        error: what came; the embedded engine tells the reason in words only.
        place: where that was, if the error does not say, or names what is in it.
        instead: the option that names another place.
        doing: what could not be done.
    """
    code, told = _code(error), str(error)
    where = _PLACE.search(told)
    named = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else where[1] if where else ""
    path = str(place) if not named or (place and Path(place) in Path(named).parents) else named
    reason = error.strerror or (os.strerror(code) if code is not None else told)
    remedy = _REMEDIES.get(code or 0, "Try again")
    other = f", or name another folder: {instead}" if instead and code not in _ELSEWHERE else ""
    return StorageError(": ".join(one for one in (path, doing, f"{reason.rstrip('.')}. {remedy}{other}.") if one))


def remedied(error: Exception, usual: str) -> str:
    """What helps against an error of what is read: the usual, but where the machine refuses."""
    code = _code(error) if isinstance(error, OSError) else None
    return f"{_REMEDIES[code]}." if code in _REFUSALS else usual


@contextmanager
def storing(place: Path | str, instead: str = "", doing: str = "") -> Iterator[None]:
    """Where files are written; see `refusal` for what it is told.

    Raises:
        StorageError: one cannot be.
    """
    try:
        yield
    except BrokenPipeError:  # whoever reads what is printed has gone
        raise
    except OSError as error:
        raise refusal(error, place, instead, doing) from error


@contextmanager
def storing_aside() -> Iterator[None]:
    """The same, in the folder for temporary files."""
    with storing(os.environ.get("TMPDIR") or tempfile.gettempdir(), TEMPORARY):
        yield


def _code(error: OSError) -> int | None:
    """The number of the reason, also where there are only words."""
    if error.errno:
        return error.errno
    told = str(error)
    if _DESCRIPTORS in told:
        return errno.EMFILE
    return next((code for code in _REMEDIES if os.strerror(code) in told), None)
