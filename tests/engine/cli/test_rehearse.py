"""`mreze rehearse`: what it reads, what it tells, and its exit status, which is a gate."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.engine.rehearse.site import Page, site

from mreze.cli import main
from mreze.rehearse.environments import environment

CATALOG = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<http://data.example/a> a dcat:Dataset ; dct:title "A"@en ; dct:identifier "a" .
"""
PACKAGE = {"title": "A", "extras": [{"key": "identifier", "value": "a"}]}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache without readers."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def served() -> Iterator[str]:
    """A small site."""
    with site({"/catalog.ttl": Page(CATALOG.encode(), headers={"Mreze-Release": "2026-01-01"})}) as address:
        yield address


def _install_ckan(package: Mapping[str, object], key: str = "http://data.example/a") -> None:
    """A reader that answers always the same."""
    harvest = {"errors": [], "services": [], "datasets": [{"key": key, "product": package, "errors": []}]}
    answer = {"versions": {}, "names": {}, "harvests": [harvest, harvest]}
    python = environment("ckan") / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text(f"#!/bin/sh\ncat <<'END'\n{json.dumps(answer)}\nEND\n", "utf-8")
    python.chmod(0o755)
    (environment("ckan") / "done").touch()


def test_without_readers_it_says_how_to_install_them(served: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each reader that cannot read says what it lacks; the points are counted without any."""
    assert main(["rehearse", served]) == 1
    out = capsys.readouterr().out
    assert "ckan did not read it: its reading code is not installed: mreze rehearse --install --reader ckan\n" in out
    assert "shapes did not read it: name the Turtle files" in out
    assert re.search(r"mqa: \d+ arrive, \d+ lost, 0 not read, \d+ of 375 points\n", out)


def test_a_reader_that_was_named_must_be_there(served: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Who names a reader is not told that nothing was lost because it did not read."""
    assert main(["rehearse", served, "--reader", "udata"]) == 2
    assert "udata cannot read: its reading code is not installed" in capsys.readouterr().err


def test_nothing_lost_is_zero(served: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where all arrives the gate is open."""
    _install_ckan(PACKAGE)
    assert main(["rehearse", served, "--reader", "ckan"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{served}catalog.ttl, release 2026-01-01, read by portals in en\n")
    assert "ckan: 3 arrive, 0 lost, 0 not read" in out
    assert out.endswith("Nothing is lost.\n")


def test_something_lost_is_one(served: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A loss closes the gate; JSON tells what and why."""
    _install_ckan({**PACKAGE, "title": "B"})
    assert main(["rehearse", f"{served}catalog.ttl", "--format", "json", "--reader", "ckan"]) == 1
    report = json.loads(capsys.readouterr().out)
    lost = [one for verdict in report["verdicts"] for one in verdict["lost"]]
    assert lost == [{"what": "dct:title", "why": "it does not arrive as it was written"}]
    assert (report["lost"], report["release"], report["skipped"]) == (1, "2026-01-01", {})


def test_what_was_lost_since_is_told(cache: Path, served: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Against a saved report what arrived then and is gone now closes the gate, though nothing of today is lost."""
    _install_ckan(PACKAGE)
    saved = cache / "report.json"
    assert main(["rehearse", served, "--reader", "ckan", "--save", str(saved)]) == 0
    assert main(["rehearse", served, "--reader", "ckan", "--against", str(saved)]) == 0
    capsys.readouterr()
    _install_ckan({"title": "A", "extras": []})
    fewer = CATALOG.replace(' ; dct:identifier "a"', "")
    with site({"/catalog.ttl": Page(fewer.encode())}) as address:
        assert main(["rehearse", address, "--reader", "ckan", "--against", str(saved)]) == 1
    out = capsys.readouterr().out
    assert "lost since: dct:identifier, http://data.example/a, ckan\n" in out
    assert out.endswith("Lost: 0; lost since: 1.\n")


def test_a_release_is_served_while_it_is_read(minimal_release: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A release, and the one that it is held against, are each served for as long as it takes; nothing went between."""
    main(["rehearse", str(minimal_release), "--against", str(minimal_release), "--reader", "fair"])
    out = capsys.readouterr().out
    assert re.match(rf"http://127.0.0.1:\d+/catalog.ttl, release {minimal_release.name}, read", out)
    assert "fair: " in out
    assert "lost since: " not in out.removesuffix("lost since: 0.\n")


def test_a_folder_that_is_nothing_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `mreze serve` cannot serve is told as such."""
    assert main(["rehearse", str(tmp_path)]) == 1
    assert f"{tmp_path}: cannot be served, so nothing of it was rehearsed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["nowhere"], 2, "nowhere: neither an http(s) address nor a folder"),
        (["--timeout", "0", "."], 2, "0 is no number above 0"),
        (["{site}", "--against", "none.json"], 2, "none.json: No such file"),
        (["{site}", "--save", "/nowhere/report.json"], 2, "/nowhere/report.json: No such file"),
        (["{site}", "--shapes", "/nowhere"], 2, "/nowhere: there are no shapes here"),
        (["{site}none.ttl"], 1, "none.ttl: answered 404, not 200"),
    ],
)
def test_what_cannot_be_done_says_why(
    arguments: list[str], status: int, told: str, served: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong argument is 2, a catalogue that cannot be read is 1; both say what to do."""
    try:
        found = main(["rehearse", *(one.replace("{site}", served) for one in arguments)])
    except SystemExit as error:
        found = int(error.code or 0)
    assert found == status
    assert told in capsys.readouterr().err
