"""A release folder is there whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mreze.build.workers import Workers
from mreze.build.writer import UNFINISHED, finish, free_name, share, unfinished, write_file
from mreze.errors import ReleaseError, StorageError
from mreze.release import MANIFEST, Release, ReleaseFile, manifest, open_release


def test_a_finished_release_has_its_files_and_nothing_else(tmp_path: Path) -> None:
    """What was written is in the folder of the date, with its size and digest known."""
    with unfinished(tmp_path) as writer:
        written = writer.write("dumps/x.nt", b"content")
        folder = finish(writer, "2026-01-02")
    assert folder == tmp_path / "2026-01-02"
    assert (folder / "dumps/x.nt").read_bytes() == b"content"
    assert (written.bytes, written.sha256) == (7, hashlib.sha256(b"content").hexdigest())
    assert [path.name for path in tmp_path.iterdir()] == ["2026-01-02"]


def test_a_release_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files and folders, whoever wrote them; not what another release has too, which was waited for then.

    A dump has two names where the cache keeps its lines.
    """
    synced: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").readlink()))
    with unfinished(tmp_path) as writer:
        writer.write("a", b"a")
        writer.write("feed/a", b"page")
        first = open_release(_with_manifest(finish(writer, "2026-01-02"), writer.files))
    synced.clear()
    with unfinished(tmp_path) as writer:
        folder = writer.folder
        writer.keep(first, ["feed/a"], Workers(None))
        write_file(folder, "feed/b", b"by another process")
        (tmp_path / "lines").write_bytes(b"lines")
        (folder / "dumps").mkdir()
        share(tmp_path / "lines", folder / "dumps/a.nq")
        (folder / "store").mkdir()
        (folder / "store/1.sst").write_bytes(b"by a store")
        finish(writer, "2026-01-03")
    *waited, last = synced
    assert last == tmp_path
    names = ("dumps", "dumps/a.nq", "feed", "feed/b", "store", "store/1.sst")
    assert sorted(waited) == [folder, *(folder / one for one in names)]


@pytest.mark.parametrize("damage", ["gone", "other", "unlisted"])
def test_what_is_not_as_it_was_listed_is_not_taken_over(tmp_path: Path, damage: str) -> None:
    """The error names the first such file, of however many."""
    with unfinished(tmp_path) as writer:
        paths = [f"feed/{number}" for number in range(250)]
        files = [writer.write(one, one.encode()) for one in paths if (damage, one) != ("unlisted", "feed/120")]
        first = open_release(_with_manifest(finish(writer, "2026-01-02"), files))
    if damage == "gone":
        (first.root / "feed/120").unlink()
    elif damage == "other":
        (first.root / "feed/120").write_bytes(b"other")
    with unfinished(tmp_path) as writer:
        writer.keep(first, paths[:100], Workers(None))
        assert (writer.folder / "feed/99").samefile(first.root / "feed/99")
        assert [one.path for one in writer.files] == paths[:100]
        with pytest.raises(ReleaseError, match="feed/120: not what the manifest lists"):
            writer.keep(first, paths[100:], Workers(None))


def test_what_cannot_be_put_on_the_disk_is_no_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails is told of, and nothing is left."""

    def fail(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError, match=r"the release could not be written: Input/output error"):
        _release(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_second_release_of_a_day_gets_a_number(tmp_path: Path) -> None:
    """No release is overwritten: the second one of a day is `<date>.2`."""
    names = []
    for content in (b"1", b"2", b"3"):
        with unfinished(tmp_path) as writer:
            writer.write("x", content)
            names.append(finish(writer, free_name(tmp_path, "2026-01-02")).name)
    assert names == ["2026-01-02", "2026-01-02.2", "2026-01-02.3"]
    assert (tmp_path / "2026-01-02" / "x").read_bytes() == b"1"


def test_a_build_that_another_one_overtook_is_refused(tmp_path: Path) -> None:
    """What it says of the release before it is no longer true; the one that is there stays."""
    with unfinished(tmp_path) as writer:
        (tmp_path / "2026-01-02").mkdir()
        with pytest.raises(ReleaseError, match="another build was quicker"):
            finish(writer, "2026-01-02")
    assert list((tmp_path / "2026-01-02").iterdir()) == []
    assert [path.name for path in tmp_path.iterdir()] == ["2026-01-02"]


def _with_manifest(folder: Path, files: list[ReleaseFile]) -> Path:
    release = Release(
        folder, "2026-01-02", "https://example.org/", (), {}, "", (), {}, {}, {one.path: one for one in files}, ""
    )
    (folder / MANIFEST).write_bytes(manifest(release))
    return folder


def _release(releases: Path) -> None:
    with unfinished(releases) as writer:
        writer.write("x", b"content")
        finish(writer, "2026-01-02")


def _write_half(releases: Path, error: BaseException) -> None:
    with unfinished(releases) as writer:
        writer.write("x", b"half")
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), RuntimeError("boom")])
def test_an_interrupted_build_leaves_nothing(tmp_path: Path, error: BaseException) -> None:
    """Whatever interrupts the writing, the folder of releases is as it was."""
    with unfinished(tmp_path) as writer:
        writer.write("x", b"first")
        finish(writer, "2026-01-02")
    with pytest.raises(type(error)):
        _write_half(tmp_path, error)
    assert [path.name for path in tmp_path.iterdir()] == ["2026-01-02"]
    assert (tmp_path / "2026-01-02" / "x").read_bytes() == b"first"


def test_the_next_build_clears_what_a_killed_one_left(tmp_path: Path) -> None:
    """The folder of a process that is gone is removed, that of one that runs is not."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for process in (dead.pid, os.getppid()):
        (tmp_path / f"{UNFINISHED}{process}").mkdir()
    with unfinished(tmp_path) as writer:
        finish(writer, "2026-01-02")
    assert {path.name for path in tmp_path.iterdir()} == {"2026-01-02", f"{UNFINISHED}{os.getppid()}"}


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The error names the folder and the option that mends it."""
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(StorageError, match=r"file/releases: no release can be written here: .*--out DIR"),
        unfinished(tmp_path / "file" / "releases"),
    ):
        pytest.fail("nothing can be written there")
