"""What the machine refuses is told with where it was and what helps."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from mreze.errors import MrezeError, StorageError
from mreze.storage import is_refused, pass_on, refusal, storing, storing_aside

ROCKS = "IO error: No space left on device: While appending to file: /there/store/9.sst: No space left on device"
LARGE = "IO error: While appending to file: /there/store/9.sst: File too large"
FEW = "Oxigraph needs at least 96 file descriptors when reserving 48 descriptors for non-RocksDB usage, only 8 allowed."
TOLD = [
    (
        OSError(errno.ENOSPC, "No space left on device"),
        True,
        "/here: No space left on device. Make room there, or name",
    ),
    (OSError(errno.ENOSPC, "No space left on device", "/there/x"), True, "/there/x: No space left"),
    (OSError(errno.ENOSPC, "No space left on device", b"/there/x"), True, "/there/x: No space left"),
    (OSError(errno.ENOSPC, "No space left on device", "/here/aside/x"), True, "/here: No space left"),
    (
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        True,
        "as this user has no more, or name another folder: --out DIR.",
    ),
    (OSError(errno.EFBIG, "File too large"), True, "/here: File too large. Allow larger files (ulimit -f)."),
    (
        OSError(errno.EMFILE, "Too many open files", "/there"),
        True,
        "/there: Too many open files. Allow more open files:",
    ),
    (OSError(errno.EROFS, "Read-only file system", "/there"), True, "/there: Read-only file system. Let it be written"),
    (PermissionError(errno.EACCES, "Permission denied", "/there"), False, "Let this user write there, or name another"),
    (OSError(errno.EIO, "Input/output error"), False, "The disk has trouble: look at the system's log, or name"),
    (OSError("what nobody knows."), False, "/here: what nobody knows. Try again, or name another folder: --out DIR."),
    (OSError(ROCKS), True, "/there/store/9.sst: No space left on device. Make room there, or name"),
    (OSError(LARGE), True, "/there/store/9.sst: File too large. Allow larger files (ulimit -f)."),
    (OSError("No space left on device (os error 28)"), True, "/here: No space left on device. Make room there"),
    (OSError(FEW), True, "/here: Too many open files. Allow more open files: ulimit -n 4096."),
]


@pytest.mark.parametrize(("error", "refused", "told"), TOLD)
def test_it_is_told_where_and_what_helps(error: OSError, refused: bool, told: str) -> None:
    """By its number or, where the embedded engine has none, by its words."""
    assert told in str(refusal(error, Path("/here"), "--out DIR"))
    assert is_refused(error) is refused


def test_what_could_not_be_done_stands_before_the_reason() -> None:
    """And no place where there is none."""
    error = OSError(errno.ENOSPC, "No space left on device")
    assert str(refusal(error, "", doing="not written")) == "not written: No space left on device. Make room there."


def test_what_is_wrong_with_a_file_is_no_refusal() -> None:
    """Only what says nothing of the file is raised again."""
    pass_on(ValueError("x"))
    pass_on(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    error = OSError(errno.EMFILE, "Too many open files")
    with pytest.raises(OSError, match="Too many") as raised:
        pass_on(error)
    assert raised.value is error


def test_the_folder_for_temporary_files_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With what names another one; other errors pass, as does a reader that has gone."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with pytest.raises(StorageError, match=rf"{tmp_path}: No space left on device\. Make room .*: TMPDIR=DIR\."):
        _raise(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    for error in (BrokenPipeError(errno.EPIPE, "Broken pipe"), MrezeError("x")):
        with pytest.raises(type(error)):
            _raise(error)
    with storing("/here"):
        pass


def _raise(error: Exception) -> None:
    with storing_aside():
        raise error
