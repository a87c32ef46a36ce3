"""A folder of releases: its order, its current one, and what may be taken away."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import MINIMAL
from tests.servers import MREZE, serving

from mreze.errors import ReleaseError
from mreze.release import verify
from mreze.shelf import Hold, Shelf

NAMES = ["2026-11-20", "2026-11-20.2", "2026-11-20.10", "2026-11-21"]
HOLD = """
import pathlib, sys, time
from mreze.shelf import Hold
held = Hold(pathlib.Path(sys.argv[1]))
print(flush=True)
time.sleep(60)
"""


@pytest.fixture
def shelf(minimal_release: Path, tmp_path: Path) -> Shelf:
    """Four releases, of which the newest is current."""
    shelf = Shelf(tmp_path / "releases")
    for name in NAMES:
        (shelf.folder / name).mkdir(parents=True)
        shutil.copy(minimal_release / "manifest.json", shelf.folder / name)
    shelf.switch(NAMES[-1])
    return shelf


@pytest.fixture
def holder(shelf: Shelf) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the oldest release in use."""
    command = [sys.executable, "-c", HOLD, str(shelf.folder / NAMES[0])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_releases_are_in_the_order_of_their_dates(shelf: Shelf) -> None:
    """Within a day they are counted; links and what is not finished are none."""
    (shelf.folder / ".unfinished-1").mkdir()
    (shelf.folder / "2026-11-30").mkdir()
    assert shelf.names() == NAMES
    assert [one.name for one in shelf.releases()] == NAMES
    assert shelf.current() == NAMES[-1]


def test_the_latest_is_the_current_one_that_opens(shelf: Shelf) -> None:
    """An older one that was made current goes before a newer one; one that is damaged gives way to the newest."""
    shelf.switch(NAMES[0])
    assert getattr(shelf.latest(), "name", None) == NAMES[0]
    (shelf.folder / NAMES[0] / "manifest.json").write_text("{")
    assert getattr(shelf.latest(), "name", None) == NAMES[-1]
    (shelf.folder / "current").unlink()
    (shelf.folder / "current").mkdir()
    with pytest.raises(ReleaseError, match="not a symbolic link"):
        shelf.current()
    assert getattr(shelf.latest(), "name", None) == NAMES[-1]
    assert Shelf(shelf.folder / "nowhere").latest() is None


def test_pruning_keeps_the_newest_and_the_current_one(shelf: Shelf) -> None:
    """What was taken away is remembered; the name is never given again."""
    shelf.switch(NAMES[0])
    assert shelf.prune(2) == [NAMES[1]]
    assert shelf.names() == [NAMES[0], *NAMES[2:]]
    assert shelf.removed() == {NAMES[1]}
    shelf.switch(NAMES[-1])
    assert shelf.prune(1) == [NAMES[0], NAMES[2]]
    assert shelf.removed() == set(NAMES[:-1])
    assert sorted(one.name for one in shelf.folder.iterdir()) == [NAMES[-1], "current", "removed"]


def test_a_release_in_use_is_not_removed(shelf: Shelf, holder: subprocess.Popen[str]) -> None:
    """Not before the process that has it ends, even if it is killed outright."""
    assert shelf.prune(1) == NAMES[1:-1]
    assert NAMES[0] in shelf.names()
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert shelf.prune(1) == [NAMES[0]]


def test_what_is_gone_cannot_be_held(shelf: Shelf) -> None:
    """A release that is removed between a look and the next is not opened half."""
    held = Hold(shelf.folder / NAMES[1])
    with pytest.raises(ReleaseError, match="cannot be opened"):
        Hold(shelf.folder / "2026-11-19")
    assert shelf.prune(1) == [NAMES[0], NAMES[2]]
    held.close()
    assert shelf.prune(1) == [NAMES[1]]


def test_a_sound_release_is_verified(minimal_release: Path, tmp_path: Path) -> None:
    """Every byte of its text files counts."""
    shutil.copytree(minimal_release, tmp_path / "2026-11-20")
    (release,) = Shelf(tmp_path).releases()
    verify(release)
    (tmp_path / "2026-11-20" / "void.ttl").write_bytes(release.read("void.ttl").replace(b".", b",", 1))
    with pytest.raises(ReleaseError, match=r"void\.ttl: its sha256"):
        verify(release)


def test_a_build_keeps_what_it_is_told_to_keep(minimal_release: Path, tmp_path: Path) -> None:
    """`--keep 2` of four builds, the first of which is being served: it stays until the server ends."""
    shelf = Shelf(tmp_path)
    first = shutil.copytree(minimal_release, tmp_path / minimal_release.name)
    shelf.switch(first.name)
    command = [*MREZE, "build", str(MINIMAL), "--out", str(tmp_path), "--date", first.name, "--keep", "2"]
    with serving(first, "--workers", "1") as served:
        for _ in range(3):
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            assert shelf.current() == Path(done.stdout.strip()).name
        assert shelf.names() == [first.name, f"{first.name}.3", f"{first.name}.4"]
        assert done.stderr == f"mreze: the release {first.name}.2 made room\n"
        assert served.get("doc/bridges/old-bridge").status_code == 200
    last = subprocess.run(command, check=True, capture_output=True, text=True)
    assert shelf.names() == [f"{first.name}.4", f"{first.name}.5"]
    assert first.name in last.stderr
    refused = subprocess.run([*command[:-1], "0"], check=False, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "at least one stays" in refused.stderr
