"""Who changes the tables of a site keeps others out, and is told."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from mreze.errors import SiteError
from mreze.gather import files
from mreze.gather.lock import NOTE, locked


def test_another_command_is_told_who_has_the_lock(tmp_path: Path) -> None:
    """And what to do; afterwards nothing is left, and the lock is free."""
    with locked(tmp_path, "links apply"):
        with pytest.raises(SiteError) as caught, locked(tmp_path, "links accept", patience=0):
            pytest.fail("two at once")
        told = str(caught.value)
        assert told.startswith(f"{tmp_path}: mreze links apply (process {os.getpid()}, since ")
        assert told.endswith("nothing was changed. Wait until it has ended, or end it, and say this again.")
    assert list(tmp_path.iterdir()) == []
    with locked(tmp_path, "links accept", patience=0):
        assert (tmp_path / NOTE).read_text("utf-8").startswith("mreze links accept (")


def test_another_command_waits(tmp_path: Path) -> None:
    """For as long as it has patience."""
    order: list[str] = []

    def second() -> None:
        with locked(tmp_path, "links accept"):
            order.append("second")

    waiting = threading.Thread(target=second)
    with locked(tmp_path, "links apply"):
        waiting.start()
        waiting.join(0.1)
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]


def test_trouble_ends_the_lock(tmp_path: Path) -> None:
    """An error within passes, and the next one has the lock at once."""
    with pytest.raises(OSError, match="within"), locked(tmp_path, "links apply"):
        raise OSError("within")
    with locked(tmp_path, "links accept", patience=0):
        pass


def test_who_has_it_may_be_unknown(tmp_path: Path) -> None:
    """Where the note cannot be written or read, the lock holds nevertheless."""
    (tmp_path / NOTE).mkdir()
    with (
        locked(tmp_path, "links apply"),
        pytest.raises(SiteError, match="another command is changing the tables"),
        locked(tmp_path, "links accept", patience=0),
    ):
        pytest.fail("two at once")


def test_what_cannot_be_locked_is_told(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(SiteError, match=r"none: cannot be locked: No such file"), locked(tmp_path / "none", "x"):
        pytest.fail("there is nothing")


def test_what_an_editor_saved_meanwhile_stays(tmp_path: Path) -> None:
    """Of several files none is written then, and no temporary one is left."""
    one, other = tmp_path / "a.tsv", tmp_path / "b.tsv"
    one.write_bytes(b"1")
    for read in ({one: b"0"}, {one: None}, {one: b"1", other: b""}):
        with pytest.raises(SiteError, match=r"somebody else has changed it meanwhile; nothing was written\. Say this"):
            files.replace_all({one: "2", other: "2"}, read)
    assert [path.name for path in tmp_path.iterdir()] == ["a.tsv"]
    files.replace_all({one: "2", other: "2"}, {one: b"1", other: None})
    assert (one.read_text("utf-8"), other.read_text("utf-8")) == ("2", "2")


def test_temporary_files_are_not_shared(tmp_path: Path) -> None:
    """One that another command has just written, or left behind, is no matter; a file keeps its mode."""
    path = tmp_path / "a.tsv"
    (tmp_path / "a.tsv.mreze-new").mkdir()
    files.replace(path, "1")
    path.chmod(0o640)
    files.replace(path, "2")
    assert (path.read_text("utf-8"), path.stat().st_mode & 0o777) == ("2", 0o640)
    assert {one.name for one in tmp_path.iterdir()} == {"a.tsv", "a.tsv.mreze-new"}
