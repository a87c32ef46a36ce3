"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from mreze.errors import SiteError

_TEMPORARY: Final = ".mreze-new"
"""How names of temporary files end; each has one of its own, since two commands may write at once."""


def replace(path: Path, content: str) -> None:
    """Put a text in the place of a file's, or make the file and its folder; it keeps its mode.

    Raises:
        SiteError: it cannot be written; what was there still is.
    """
    replace_all({path: content})


def replace_all(contents: Mapping[Path, str], before: Mapping[Path, bytes | None] | None = None) -> None:
    """Put texts in the place of those of several files: all are written beside them before the first one changes.

    Args:
        contents: what the files are to say.
        before: what they said when they were read, None where there was none: an editor takes no lock.

    Raises:
        SiteError: one cannot be written, or says something else by now; none is half written.
    """
    beside = {path: path.with_name(f"{path.name}.{secrets.token_hex(4)}{_TEMPORARY}") for path in contents}
    path = Path()
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(beside[path], content)
            if path.exists():
                beside[path].chmod(path.stat().st_mode)
        _demand_unchanged(before or {})
        for path, temporary in beside.items():
            temporary.replace(path)
    except OSError as error:
        raise SiteError(
            f"cannot be written: {error.strerror}.", path=path, remedy="Make the file and its folder writable."
        ) from error
    finally:
        for temporary in beside.values():
            with suppress(OSError):  # it is not there where it could not be written, or has its name now
                temporary.unlink()


def _demand_unchanged(before: Mapping[Path, bytes | None]) -> None:
    for path, content in before.items():
        if (path.read_bytes() if path.exists() else None) != content:
            told = "somebody else has changed it meanwhile; nothing was written."
            raise SiteError(told, path=path, remedy="Say this again.")


def _write(path: Path, content: str) -> None:
    with path.open("xb") as file:
        file.write(content.encode())
        file.flush()
        os.fsync(file.fileno())
