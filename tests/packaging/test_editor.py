"""The query editor is in what is installed, is made of what stands in the repository, and talks to this host only."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any, Final

import hatch_build
import pytest

ROOT: Final = Path(__file__).parents[2]
STATIC: Final = Path("src/mreze/serve/static")
SOURCES: Final = Path("src/mreze/serve/editor")
BUNDLE: Final = {"editor.js", "editor.js.gz", "editor.css", "editor.css.gz", "editor.licenses.txt"}
HOST: Final = re.compile(
    r"(?:https?:|wss?:)?//[\w.-]+\.\w+[^\"'`<>\\\s)]*|\b[\w-]+\.(?:cc|com|dev|es|eu|io|net|org)\b(?![(\w$=])[^\"'`<>\\\s)]*"
)
NAMES: Final = {"http://www.w3.org/2000/svg"}
"""What looks like an address and is a name: nobody asks for it."""


def _built(folder: Path, target: str, out: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(out)]
    subprocess.run(command, check=True, cwd=folder, capture_output=True)
    return next(one for one in out.iterdir() if one.suffix in {".whl", ".gz"})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, unpacked."""
    folder = tmp_path_factory.mktemp("archive")
    with tarfile.open(_built(ROOT, "sdist", folder / "packed")) as packed:
        packed.extractall(folder, filter="data")
    return next(one for one in folder.iterdir() if one.name.startswith("mreze-"))


def test_the_bundles_are_made_of_the_sources_as_they_are() -> None:
    """scripts/setup has brought them up to date, all of them."""
    assert all(hatch_build.is_fresh(ROOT, one) for one in hatch_build.BUNDLES)
    assert {one.name for one in (ROOT / STATIC).glob("editor.*")} == BUNDLE


def test_a_wheel_has_the_bundle_and_not_its_sources(tmp_path: Path) -> None:
    """Who installs a wheel has the editor, and needs no Node."""
    with zipfile.ZipFile(_built(ROOT, "wheel", tmp_path)) as wheel:
        names = set(wheel.namelist())
        assert {f"mreze/serve/static/{one}" for one in BUNDLE | {"site.css"}} <= names
        assert {f"mreze/serve/pictures/world.{one}" for one in ("json", "licenses.txt")} <= names
        assert not [one for one in names if re.search(r"/(?:editor|atlas)/|node_modules|\.mjs$", one)]
        script = wheel.read("mreze/serve/static/editor.js")
    assert script == (ROOT / STATIC / "editor.js").read_bytes()


def test_a_source_archive_builds_a_wheel_without_node(archive: Path, tmp_path: Path) -> None:
    """It has sources and bundle; as they fit, building asks for no Node and runs none."""
    assert (archive / SOURCES / "package-lock.json").exists()
    assert not list(archive.rglob("node_modules"))
    assert _hook(archive).dependencies() == []
    with zipfile.ZipFile(_built(archive, "wheel", tmp_path)) as wheel:
        assert "mreze/serve/static/editor.js" in wheel.namelist()
    assert not (archive / "build").exists()


def test_a_change_of_the_sources_makes_a_new_bundle(archive: Path, packages: Path, tmp_path: Path) -> None:
    """Whatever file of them changes, the bundle is made anew, with Node as a requirement of that build."""
    root = tmp_path / "changed"
    shutil.copytree(archive, root)
    assert hatch_build.is_fresh(root)
    before = (root / STATIC / "editor.css").read_text("utf-8")
    style = root / SOURCES / "editor.css"
    style.write_text(style.read_text("utf-8") + ".of-today { color: inherit }\n", "utf-8")
    assert not hatch_build.is_fresh(root)
    assert _hook(root).dependencies() == [hatch_build.NODE]
    shutil.copytree(packages, root / "build" / "editor", ignore=shutil.ignore_patterns("out"))
    hatch_build.bundle(root)
    assert hatch_build.is_fresh(root)
    after = (root / STATIC / "editor.css").read_text("utf-8")
    assert ".of-today" in after
    assert ".of-today" not in before


def test_a_new_yasqe_that_would_ask_other_hosts_stops_the_build(archive: Path, packages: Path, tmp_path: Path) -> None:
    """What is cut out of it must be there; else the build says what it misses."""
    root = tmp_path / "newer"
    shutil.copytree(archive, root)
    shutil.copytree(packages, root / "build" / "editor", ignore=shutil.ignore_patterns("out"))
    yasqe = root / "build/editor/node_modules/@zazuko/yasqe/build/yasqe.esm.js"
    yasqe.write_text(yasqe.read_text("utf-8").replace("https://dbpedia.org/sparql", "https://other.example/"), "utf-8")
    (root / STATIC / "editor.js").unlink()
    with pytest.raises(subprocess.CalledProcessError):
        hatch_build.bundle(root)
    assert not (root / STATIC / "editor.js").exists()


@pytest.mark.parametrize("name", ["editor.js", "editor.css", "pictures.css", "site.css", "icon.svg"])
def test_no_file_names_another_host(name: str) -> None:
    """No address of another host is left in what a browser loads, and nothing in it is evaluated from a text."""
    text = (ROOT / STATIC / name).read_text("utf-8")
    assert set(HOST.findall(text)) <= NAMES
    assert not re.findall(r"\beval\(|\bFunction\(|new Function|importScripts|sendBeacon|XMLHttpRequest|WebSocket", text)
    assert not re.findall(r"@import|url\((?!\"?data:)", text)


@pytest.mark.parametrize("made", hatch_build.BUNDLES, ids=lambda one: one.main)
def test_the_lockfile_pins_what_is_bundled(made: hatch_build.Bundle) -> None:
    """Every package has a version and a digest, and none says where it comes from."""
    lock = (ROOT / made.sources / "package-lock.json").read_text("utf-8")
    assert lock.count('"integrity": "sha512-') == lock.count('"node_modules/')
    assert '"resolved"' not in lock
    wanted = (ROOT / made.sources / "package.json").read_text("utf-8")
    assert not re.findall(r'"[\^~<>*]', wanted)


def test_node_has_one_version() -> None:
    """Development and builds bundle with the same Node."""
    assert f'"{hatch_build.NODE}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_licences_are_told() -> None:
    """What is bundled is named with its licence, as the licences ask."""
    told = (ROOT / STATIC / "editor.licenses.txt").read_text("utf-8")
    for name in ("@zazuko/yasqe 4.6.2 (MIT)", "codemirror 5.", "lodash-es", "Permission is hereby granted"):
        assert name in told
    shapes = (ROOT / hatch_build.ATLAS.result / "world.licenses.txt").read_text("utf-8")
    for name in ("world-atlas 2.0.2 (ISC)", "Natural Earth", "Permission to use, copy"):
        assert name in shapes


def test_the_shapes_of_maps_are_small() -> None:
    """Of the whole world, with all that is to be known of its borders."""
    assert (ROOT / hatch_build.ATLAS.result / hatch_build.ATLAS.main).stat().st_size < 200_000


def _hook(root: Path) -> hatch_build.EditorHook:
    nothing: Any = None
    return hatch_build.EditorHook(str(root), {}, nothing, nothing, "", "wheel")
