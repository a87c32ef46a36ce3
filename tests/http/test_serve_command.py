"""`mreze serve`: what it serves, and how it says that it cannot."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from tests.conftest import MINIMAL
from tests.servers import MREZE, serving

from mreze.shelf import Shelf


def _fail(*arguments: str) -> tuple[int, str]:
    done = subprocess.run([*MREZE, "serve", *arguments], check=False, capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the minimal site."""
    return Path(shutil.copytree(MINIMAL, tmp_path / "site", ignore=shutil.ignore_patterns("releases")))


def test_a_site_is_built_and_served(site: Path) -> None:
    """A site's folder is checked, built and served; the next time it is not built again."""
    for _ in range(2):
        with serving(site) as served:
            assert served.get("doc/bridges/old-bridge").status_code == 200
        assert len(Shelf(site / "releases").names()) == 1


def test_the_newest_of_a_folder_of_releases_is_served(minimal_release: Path, tmp_path: Path) -> None:
    """Of several releases the latest is served, counted within the day."""
    first = shutil.copytree(minimal_release, tmp_path / "releases" / minimal_release.name)
    for number in (2, 9, 10):
        shutil.copytree(first, first.with_name(f"{first.name}.{number}"))
    with serving(first.parent) as served:
        assert served.get("healthz").headers["mreze-release"] == f"{first.name}.10"
    with serving(first) as served:
        assert served.get("healthz").headers["mreze-release"] == first.name


def test_violations_stop_it(site: Path) -> None:
    """A site with a violation is not served: the report is on stderr, the exit status 1."""
    (site / "data/crossings/bridges/broken.ttl").write_text("this is not Turtle", "utf-8")
    status, said = _fail(str(site), "--port", "0")
    assert status == 1
    assert "broken.ttl:1: violation [syntax]" in said
    assert "nothing was built" in said


def test_what_is_no_site_is_named(tmp_path: Path) -> None:
    """A folder that is neither site nor release ends with 2 and says what to do."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        status, said = _fail(str(folder))
        assert status == 2
        assert f"{folder}: neither a site" in said
        assert "mreze new DIR" in said


def test_a_port_that_is_taken_is_named(minimal_release: Path) -> None:
    """A second server on the same port ends with 2 and says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        status, said = _fail(str(minimal_release), "--port", port)
    assert status == 2
    assert said == f"mreze: --port {port}: something listens there already. Name another one, or 0.\n"


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--port", "70000", "0 to 65535"),
        ("--port", "x", "invalid int value"),
        ("--host", "203.0.113.1", "--host 203.0.113.1"),
        ("--workers", "0", "not between 1 and 1024"),
        ("--timeout", "-1", "no number above 0"),
        ("--timeout", "nan", "no number above 0"),
        ("--public-url", "data.example.org", "no http(s) address"),
        ("--public-url", "https://data.example.org/?x", "no http(s) address"),
    ],
)
def test_a_wrong_option_is_named(minimal_release: Path, option: str, value: str, says: str) -> None:
    """A value that cannot be is refused with exit status 2, before anything is loaded."""
    status, said = _fail(str(minimal_release), option, value)
    assert status == 2
    assert says in said


def test_a_damaged_release_is_named(minimal_release: Path, tmp_path: Path) -> None:
    """Without its store, or with a broken manifest, a release is not served, and the message says what to do."""
    release = tmp_path / "2026-11-24"
    shutil.copytree(minimal_release, release)
    shutil.rmtree(release / "store")
    status, said = _fail(str(release), "--port", "0")
    assert status == 1
    assert "store cannot be opened" in said
    (release / "manifest.json").write_text("{", "utf-8")
    status, said = _fail(str(release), "--port", "0")
    assert status == 1
    assert "manifest.json: cannot be read" in said


def test_a_dump_that_is_gone_is_never_a_short_200(minimal_release: Path, tmp_path: Path) -> None:
    """A file that vanished after the start is trouble of the server: 503, and the others are still served."""
    release = tmp_path / "2026-11-24"
    shutil.copytree(minimal_release, release)
    with serving(release) as served:
        (release / "dumps" / "all.nt").unlink()
        answer = served.get("dumps/all.nt", accept_encoding="identity")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert served.get("dumps/all.nq").status_code == 200
