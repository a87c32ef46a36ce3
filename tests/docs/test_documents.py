"""What the documentation says is so."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from tests.servers import MREZE, Served

from mreze.cli import COMMANDS, main
from mreze.queries import read_query

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(ROOT.glob("*.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link names a file, and every anchor a heading of it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if not target.startswith("http"):
            name, _, anchor = target.partition("#")
            other = ROOT / name if name else path
            assert other.exists(), target
            assert not anchor or anchor in _anchors(other), target


def test_checks_point_to_a_heading() -> None:
    """The `see` of every check names a heading of CONTRIBUTING.md."""
    for path in sorted((ROOT / "queries" / "checks").glob("*.rq")):
        see = read_query(ROOT, path.relative_to(ROOT)).see
        assert see
        name, _, anchor = see.partition("#")
        assert anchor in _anchors(ROOT / name), path


def test_the_readme_begins_with_the_two_commands() -> None:
    """scripts/serve and scripts/test come first, and exist."""
    commands = re.findall(r"^ {4}(\S+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert commands[:2] == ["scripts/serve", "scripts/test"]
    assert all((ROOT / one).stat().st_mode & 0o111 for one in commands[:2])
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 50


def test_the_readme_names_every_command() -> None:
    """The commands of the README are those of `mreze --help`."""
    named = set(re.findall(r"^ {4}mreze (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert named == {one.name for one in COMMANDS}


def test_the_program_names_its_commands() -> None:
    """`mreze --help` lists them all and ends with 0."""
    done = subprocess.run([*MREZE, "--help"], check=True, capture_output=True, text=True)
    assert set(re.findall(r"^ {4}(\w+) ", done.stdout, re.MULTILINE)) == {one.name for one in COMMANDS}


@pytest.mark.parametrize("command", [one.name for one in COMMANDS])
def test_every_command_helps(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`mreze COMMAND --help` tells its arguments and ends with 0."""
    with pytest.raises(SystemExit, match=r"\A0\Z"):
        main([command, "--help"])
    assert "usage: mreze " + command in capsys.readouterr().out


def test_curl_commands_of_the_readme_answer(own: Served) -> None:
    """The addresses that the README shows are there."""
    for address in re.findall(r"http://127\.0\.0\.1:8000/(\S*)", (ROOT / "README.md").read_text("utf-8")):
        answer = own.client.get(own.address + address, follow_redirects=True)
        assert answer.status_code == 200, address


def test_the_lockfiles_pin_every_dependency() -> None:
    """Each dependency of pyproject.toml has a version with hashes."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = [re.match(r"[\w-]+", one)[0].lower() for one in project["project"]["dependencies"]]  # type: ignore[index]
    tools = [re.match(r"[\w-]+", one)[0].lower() for one in project["dependency-groups"]["dev"]]  # type: ignore[index]
    for name, wanted in (("requirements.lock", runtime), ("requirements-dev.lock", runtime + tools)):
        lock = (ROOT / name).read_text("utf-8")
        pinned = set(re.findall(r"^([\w.-]+)==\S+.*\\$", lock, re.MULTILINE))
        assert set(wanted) <= pinned
        assert lock.count("--hash=sha256:") >= len(pinned)


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one).strip().lower().replace(" ", "-") for one in headings}
