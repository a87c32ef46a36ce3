"""A reader's environment is the user's, made on request; a reader that fails is told."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from mreze.errors import ReaderError
from mreze.rehearse.environments import driver, environment, install, is_installed, requirements
from mreze.rehearse.portals import READERS
from mreze.rehearse.readers import ask


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def pretended(cache: Path) -> Path:
    """The program that is started as CKAN's Python; a test writes what it does."""
    python = environment("ckan", {"XDG_CACHE_HOME": str(cache)}) / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch(0o755)
    return python


def _becomes(python: Path, script: str) -> None:
    python.write_text(f"#!/bin/sh\n{script}\n", "utf-8")


def test_an_environment_is_in_the_users_cache(cache: Path) -> None:
    """XDG_CACHE_HOME says where; each reader and each set of pins has a place of its own."""
    assert {environment(one).parent for one in READERS} == {cache / "mreze" / "readers"}
    assert len({environment(one) for one in READERS}) == len(READERS)
    assert environment("ckan", {"HOME": "/"}).parts[-4:-1] == (".cache", "mreze", "readers")
    assert not is_installed("ckan")


@pytest.mark.parametrize("reader", list(READERS))
def test_pins_are_exact(reader: str) -> None:
    """Each package has one version, or a reading would change from day to day; the driver is there, too."""
    lines = [one for one in requirements(reader).read_text("utf-8").splitlines() if not one.startswith("#")]
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9a-z.]+", one) for one in lines)
    assert driver(reader).is_file()


@pytest.mark.slow
def test_what_cannot_be_installed_says_so(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a registry the reader stays uninstalled, and its last words are repeated."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(cache / "nothing"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(ReaderError, match=f"cannot be installed in {cache}.* with Python 3.{sys.version_info.minor}"):
        install("ckan")
    assert not is_installed("ckan")


def test_a_reader_is_asked_in_its_own_terms(pretended: Path) -> None:
    """The question goes in as JSON, with nothing of our environment in the way; the answer comes out as JSON."""
    _becomes(
        pretended,
        'test -z "$PYTHONPATH$UDATA_SETTINGS" && test "$PWD" = "$(dirname "$(dirname "$0")")" || exit 1\n'
        'asked=\'{"address": "http://a.example/", "language": "sr", "harvests": 2, "names": ["a"]}\'\n'
        'test "$(cat)" = "$asked" || exit 2\n'
        'echo \'{"versions": {"ckan": "0"}, "names": {"a": null}, "harvests": []}\'',
    )
    answer = ask("ckan", "http://a.example/", "sr", ["a"], 10)
    assert (answer.versions, answer.names, answer.harvests) == ({"ckan": "0"}, {"a": None}, ())


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo 'something broke' >&2; exit 1", "ckan: its program failed: something broke"),
        ("exec sleep 60", "had not read http://a.example/ after 0.2 seconds. Give more: --timeout"),
        ("echo well", "answered something else than asked"),
    ],
)
def test_a_reader_that_fails_is_told(script: str, told: str, pretended: Path) -> None:
    """A reader that breaks, does not end, or answers nonsense is an error with its reason."""
    _becomes(pretended, script)
    with pytest.raises(ReaderError, match=re.escape(told)):
        ask("ckan", "http://a.example/", "sr", [], 0.2 if "sleep" in script else 10)


@pytest.mark.usefixtures("cache")
def test_a_damaged_environment_is_told() -> None:
    """An environment that is gone says how to make it anew."""
    with pytest.raises(ReaderError, match="mreze rehearse --install"):
        ask("udata", "http://a.example/", "sr", [], 10)
