"""The environments of the portals' reading code: virtual environments in the user's cache, made on request.

The readers are large and under the AGPL: they are programs beside mreze, never a part of it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Final

from mreze.errors import ReaderError

_DONE: Final = "done"
_SAID: Final = 800
"""Characters of a failed program's last words that are repeated."""


def environment(reader: str, variables: Mapping[str, str] = os.environ) -> Path:
    """Where a reader's environment is: another one for other pins or another Python."""
    base = Path(variables.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    pins = hashlib.sha256(requirements(reader).read_bytes()).hexdigest()[:8]
    return base / "mreze" / "readers" / f"{reader}-{sys.version_info.major}.{sys.version_info.minor}-{pins}"


def requirements(reader: str) -> Path:
    """The file that pins what a reader needs."""
    return _file("requirements", f"{reader}.txt")


def driver(reader: str) -> Path:
    """The program that lets a reader read."""
    return _file("drivers", f"{reader}.py")


def is_installed(reader: str) -> bool:
    """Whether a reader's environment is there and whole."""
    return (environment(reader) / _DONE).exists()


def install(reader: str) -> None:
    """Make a reader's environment anew.

    Raises:
        ReaderError: the packages cannot be had or do not fit this Python.
    """
    place = environment(reader)
    try:
        venv.create(place, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise ReaderError(f"{place}: cannot be made: {error}. Python needs venv (Debian: python3-venv).") from error
    python = str(place / "bin" / "python")
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(  # noqa: S603 - our own arguments
        [*command, "--requirement", str(requirements(reader))], check=False, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise ReaderError(
            f"{reader}: its packages cannot be installed in {place} with Python {sys.version_info.major}."
            f"{sys.version_info.minor}: {last_words(done.stderr)}"
        )
    (place / _DONE).touch()


def last_words(text: str) -> str:
    """The end of what a program wrote."""
    return text.strip()[-_SAID:]


def _file(folder: str, name: str) -> Path:
    return Path(str(resources.files("mreze.rehearse") / folder / name))
