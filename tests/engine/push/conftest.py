"""Releases to push."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mreze.release import Release, open_release

NAMES = ("2026-11-21", "2026-11-22", "2026-11-23")


@pytest.fixture(scope="module")
def releases(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """The minimal site's release, under three names."""
    folder = tmp_path_factory.mktemp("releases")
    for name in NAMES:
        shutil.copytree(minimal_release, folder / name)
    return [open_release(folder / name) for name in NAMES]
