"""Where the machine gives no more, a command says on one line where and what helps; what was there stays as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import MINIMAL

from mreze import cli
from mreze.build.workers import workers
from mreze.build.writer import unfinished
from mreze.errors import StorageError
from mreze.release import open_release, verify

_SCRIPT = """
import contextlib, io, json, resource, sys
from mreze.cli import main

for what, most, *command in json.loads(sys.argv[1]):
    limit = getattr(resource, what)
    usual = resource.getrlimit(limit)
    said = io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
        resource.setrlimit(limit, (most, usual[1]))
        status = main(command)
        resource.setrlimit(limit, usual)
    print(json.dumps([status, said.getvalue()]))
"""
"""Runs commands one after the other in one process, each within a limit."""
LIMITS = [
    ("RLIMIT_FSIZE", 0, "File too large. Allow larger files (ulimit -f)."),
    ("RLIMIT_FSIZE", 40_000, "File too large. Allow larger files (ulimit -f)."),
    ("RLIMIT_NOFILE", 64, "Too many open files. Allow more open files: ulimit -n 4096."),
]
"""What a build may have: no file, too small a one for the store, too few at once for that."""


def _run(commands: Sequence[Sequence[object]], temporary: Path) -> list[tuple[int, str]]:
    environment = os.environ | {"TMPDIR": str(temporary)}
    command = [sys.executable, "-c", _SCRIPT, json.dumps(commands)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    return [(status, said) for status, said in map(json.loads, done.stdout.splitlines())]


def test_a_build_past_a_limit_leaves_what_there_was(tmp_path: Path) -> None:
    """Each says where and what helps; the release before is whole, nothing is half there, the next one works."""
    out, aside = tmp_path / "releases", tmp_path / "aside"
    aside.mkdir()
    build = ["build", str(MINIMAL), "--out", str(out), "--date", "2999-01-01"]
    free = ("RLIMIT_NOFILE", 4_096, *build)
    first, *refused, check, last = _run(
        [free, *((*one[:2], *build) for one in LIMITS), ("RLIMIT_FSIZE", 2_000, "check", str(MINIMAL)), free], aside
    )
    assert (first, last) == ((0, ""), (0, ""))
    for (status, said), (_, _, told) in zip(refused, LIMITS, strict=True):
        assert (status, said) == (1, f"mreze: {out}: the release could not be written: {told}\n")
    assert check == (1, f"mreze: {aside}: File too large. Allow larger files (ulimit -f).\n")
    assert {one.name for one in out.iterdir()} == {"2999-01-01", "2999-01-01.2", "current", ".cache"}
    assert list(aside.iterdir()) == []
    for name in ("2999-01-01", "2999-01-01.2"):
        verify(open_release(out / name))


def _refuse(task: int) -> int:
    raise OSError(28, f"No space left on device for {task}")


def test_a_process_that_is_refused_room_is_told_of(tmp_path: Path) -> None:
    """What a worker could not write is an error of the build."""
    with (
        pytest.raises(StorageError, match=f"{tmp_path}: the release could not be written: No space left.*--out DIR"),
        unfinished(tmp_path),
        workers(2, 1 << 30) as hands,
    ):
        list(hands.each(_refuse, range(2)))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BrokenProcessPool("x"), "mreze: a process was ended, or got no more memory."),
        (MemoryError(), "mreze: a process was ended, or got no more memory."),
        (OSError(28, "No space left on device", "/somewhere/x"), "mreze: /somewhere/x: No space left on device. Make"),
    ],
)
def test_what_nobody_expected_is_one_line(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whichever command it stops."""

    def run(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr("mreze.cli._run", run)
    monkeypatch.setattr("mreze.cli._let_go", lambda: None)
    assert cli.main(["check"]) == 1
    assert capfd.readouterr().err.startswith(said)


def test_what_cannot_be_printed_is_told() -> None:
    """Where the output goes to a full disk."""
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "mreze", "check", str(MINIMAL)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (1, "mreze: No space left on device. Make room there.\n")
