"""Foreign data that tests may read: shapes and schemas of others, which are no part of the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MISSING = "no foreign data in"
"""What the reason of such a skip begins with: no machine can install them, so it is never a failure."""


def foreign(name: str) -> Path:
    """Foreign data beside the repository, or where MREZE_CONFORMANCE says; without them the test is skipped."""
    folder = Path(os.environ.get("MREZE_CONFORMANCE", ROOT.parent / "shared" / "conformance")) / name
    if not folder.is_dir():
        pytest.skip(f"{MISSING} {folder}")
    return folder
