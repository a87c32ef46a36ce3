"""`mreze export` writes a copy whole or not at all, and nothing over what is not its own."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.conftest import MINIMAL
from tests.copies import copied, export
from tests.servers import MREZE

from mreze.serve.export.place import MARKER

URL = ("--public-url", "https://data.example.org/")


@pytest.fixture(scope="module")
def earlier(minimal_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, for copying."""
    return copied(minimal_release, tmp_path_factory.mktemp("earlier") / "copy", URL[1])


@pytest.fixture
def copy(earlier: Path, tmp_path: Path) -> Path:
    """A copy that a test may replace."""
    return shutil.copytree(earlier, tmp_path / "copy")


def _written(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*"))


@pytest.mark.parametrize(
    ("url", "said"),
    [([], "--public-url"), (["--public-url", "data.example.org"], "no http(s) address"),
     (["--public-url", "ftp://data.example.org/"], "no http(s) address"),
     (["--public-url", "https://data.example.org/?a=b"], "no http(s) address")],
)  # fmt: skip
def test_an_address_is_needed(minimal_release: Path, tmp_path: Path, url: list[str], said: str) -> None:
    """Without one, or with one that is none, nothing is written."""
    done = export(minimal_release, tmp_path / "copy", *url)
    assert done.returncode == 2
    assert said in done.stderr
    assert _written(tmp_path) == []


def test_a_copy_lies_outside_of_what_it_copies(minimal_release: Path, tmp_path: Path) -> None:
    """Not in a site, not in a release, not around the release."""
    site = shutil.copytree(MINIMAL, tmp_path / "site")
    release = shutil.copytree(minimal_release, tmp_path / "around" / "2026-11-24")
    (tmp_path / "around" / MARKER).parent.mkdir()
    (tmp_path / "around" / MARKER).write_text("{}")
    before = _written(tmp_path)
    for folder, said in (
        (site / "public", "lies in a site"),
        (release / "public", "lies in a release"),
        (tmp_path / "around", "holds the release"),
    ):
        done = export(release, folder, *URL)
        assert done.returncode == 2, done.stderr
        assert said in done.stderr
    assert _written(tmp_path) == before


def test_what_is_no_copy_is_left_alone(minimal_release: Path, tmp_path: Path) -> None:
    """A folder with anything else in it, or a file, is refused; an empty folder is taken."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear friends")
    (tmp_path / "file").write_text("no folder")
    for name, said in (("full", "not empty"), ("file", "not a folder")):
        done = export(minimal_release, tmp_path / name, *URL)
        assert done.returncode == 2
        assert said in done.stderr
    assert (tmp_path / "full" / "letter.txt").read_text() == "dear friends"
    (tmp_path / "empty").mkdir()
    assert (copied(minimal_release, tmp_path / "empty", URL[1]) / MARKER).is_file()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["empty", "file", "full"]


def test_an_earlier_copy_is_replaced_whole(copy: Path, minimal_release: Path, tmp_path: Path) -> None:
    """What it had and the new one has not is gone; nothing is left beside it; what differs has another time."""
    (copy / "doc" / "stale.ttl").write_text("")
    before = (copy / "catalog.ttl").stat()
    kept = (copy / "ontology.ttl").stat()
    copied(minimal_release, copy, "https://elsewhere.org.uk/")
    assert not (copy / "doc" / "stale.ttl").exists()
    after = (copy / "catalog.ttl").stat()
    assert after.st_size == before.st_size
    assert after.st_mtime > before.st_mtime
    assert (copy / "ontology.ttl").stat().st_mtime == kept.st_mtime
    assert [one.name for one in tmp_path.iterdir()] == ["copy"]


def test_a_failure_leaves_what_was_there(copy: Path, minimal_release: Path, tmp_path: Path) -> None:
    """A release that lacks a dump cannot be copied: the earlier copy stays, and nothing half-written does."""
    before = (copy / "catalog.ttl").stat().st_ino
    damaged = shutil.copytree(minimal_release, tmp_path / "damaged" / minimal_release.name)
    (damaged / "dumps" / "bulk.csv").unlink()
    done = export(damaged, copy, *URL)
    assert done.returncode == 1
    assert "bulk.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert (copy / "catalog.ttl").stat().st_ino == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy", "damaged"]


def test_a_full_disk_leaves_what_was_there(copy: Path, minimal_release: Path, tmp_path: Path) -> None:
    """A file that cannot be written whole is told, and nothing half-written stays."""
    before = (copy / "catalog.ttl").stat().st_ino
    command = shlex.join([*MREZE, "export", str(minimal_release), str(copy), *URL])
    done = subprocess.run(["sh", "-c", f"ulimit -f 16; {command}"], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "the copy could not be written: File too large. Nothing was changed." in done.stderr
    assert (copy / "catalog.ttl").stat().st_ino == before
    assert [one.name for one in tmp_path.iterdir()] == ["copy"]


def test_a_parent_that_is_a_file_is_told(minimal_release: Path, tmp_path: Path) -> None:
    """With what the system says, and what to do."""
    (tmp_path / "file").write_text("")
    done = export(minimal_release, tmp_path / "file" / "copy", *URL)
    assert done.returncode == 2
    assert "Name another folder." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_site_is_built_first(tmp_path: Path) -> None:
    """And what was written is told: where, how many files, of which release."""
    site = shutil.copytree(MINIMAL, tmp_path / "site")
    done = export(site, tmp_path / "copy", *URL)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{tmp_path / 'copy'}: ")
    assert (site / "releases").is_dir()
