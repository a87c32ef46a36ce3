"""A copy takes the place of an earlier one, on systems that cannot exchange folders too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mreze.errors import ReleaseError
from mreze.serve.export import place


@pytest.fixture(params=[True, False], ids=["exchanged", "moved"])
def target(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An earlier copy, on a system that can exchange folders in one step, or cannot."""
    if not request.param:
        monkeypatch.setattr(place, "_exchange", lambda *_: False)
    folder = tmp_path / "copy"
    folder.mkdir()
    (folder / "old").write_text("old")
    return folder


def test_a_whole_copy_replaces_the_earlier_one(target: Path) -> None:
    """And nothing is left beside it."""
    with place.written_aside(target) as aside:
        (aside / "new").write_text("new")
        assert (target / "old").exists()
    assert [one.name for one in target.iterdir()] == ["new"]
    assert list(target.parent.iterdir()) == [target]


def test_a_copy_that_fails_leaves_the_earlier_one(target: Path) -> None:
    """Whatever the reason is."""
    with pytest.raises(ReleaseError, match="Nothing was changed"), place.written_aside(target) as aside:
        raise OSError(28, "No space left on device", str(aside / "new"))
    with pytest.raises(KeyboardInterrupt), place.written_aside(target):
        raise KeyboardInterrupt
    assert [one.name for one in target.iterdir()] == ["old"]
    assert list(target.parent.iterdir()) == [target]


def test_what_a_killed_export_left_is_cleared(target: Path) -> None:
    """But not what another one is writing now."""
    dead, alive = (target.parent / f".unfinished-export-{number}" for number in (2**22 + 1, os.getppid()))
    dead.mkdir()
    alive.mkdir()
    with place.written_aside(target):
        assert not dead.exists()
        assert alive.exists()
