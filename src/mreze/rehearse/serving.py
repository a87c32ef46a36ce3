"""Serve a release or a site for as long as it is read: `mreze serve` on a free port of this machine."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mreze.errors import ReleaseError

_ENDING: Final = 15
"""Seconds that a server has for ending."""
_LINE: Final = re.compile(r"mreze: serving \S+ at (http://\S+/) ")


@contextmanager
def serving(source: Path) -> Iterator[str]:
    """The address of the server that serves a release, a folder of releases, or a site.

    Raises:
        ReleaseError: it cannot be served; the server has said why on stderr.
    """
    command = [sys.executable, "-m", "mreze", "serve", str(source), "--port", "0", "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program
    try:
        if process.stdout is None:
            raise ReleaseError(f"{source}: cannot be served")
        found = _LINE.match(process.stdout.readline())
        if found is None:
            raise ReleaseError(f"{source}: cannot be served, so nothing of it was rehearsed")
        yield found[1]
    finally:
        process.terminate()
        process.wait(timeout=_ENDING)
        if process.stdout is not None:
            process.stdout.close()
