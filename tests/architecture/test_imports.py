"""The engine's modules import in one direction, and each half is free of the other."""

from __future__ import annotations

import ast
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"
LAYERS = ["cli", "build doctor serve gather push rehearse", ""]
"""From the top; a package on one line is blind to the others of it; what is named nowhere is the bottom."""
BOTTOM = frozenset({"errors", "namespaces", "formats"})


def _module(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {_module(path): path for path in SOURCE.rglob("*.py")}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return {_known(name) for name in found if name.partition(".")[0] == "mreze"}


def _known(name: str) -> str:
    while name not in MODULES:
        name = name.rpartition(".")[0]
    return name


ARROWS = {name: _imports(path) - {name} for name, path in MODULES.items()}


def _layer(module: str) -> int:
    package = f"{module}..".split(".")[1]
    return next((level for level, names in enumerate(LAYERS) if package in names.split()), len(LAYERS) - 1)


def test_there_is_no_circle() -> None:
    """The modules can be put in an order in which each imports only what stands before it."""
    try:
        order = list(TopologicalSorter(ARROWS).static_order())
    except CycleError as error:
        pytest.fail(f"modules import each other: {error.args[1]}")
    assert len(order) == len(MODULES)


def test_imports_point_down() -> None:
    """Nothing imports from a layer above; build, doctor, serve, gather, push and rehearse are blind to each other."""
    upward = []
    for module, imported in ARROWS.items():
        for other in imported:
            same_package = module.split(".")[1:2] == other.split(".")[1:2]
            if _layer(other) < _layer(module) or (_layer(other) == _layer(module) == 1 and not same_package):
                upward.append((module, other))
    assert not [arrow for arrow in upward if arrow != ("mreze.__main__", "mreze.cli")]


def test_the_bottom_knows_nobody() -> None:
    """errors, namespaces and formats import nothing of mreze but one another."""
    for name in BOTTOM:
        assert {one.rpartition(".")[2] for one in ARROWS[f"mreze.{name}"]} <= BOTTOM


def test_no_import_hides_in_a_function() -> None:
    """A circle is not dodged by importing late."""
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                late = [one for one in ast.walk(node) if isinstance(one, ast.Import | ast.ImportFrom)]
                assert not late, f"{name}.{node.name}"


def test_serving_needs_neither_rdflib_nor_pyshacl() -> None:
    """All of serve/ and its command can be imported without them, and without build/."""
    names = [name for name in MODULES if name.startswith(("mreze.serve", "mreze.cli.serve"))]
    program = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print([name for name in sys.modules if name.partition('.')[0] in "
        "('rdflib', 'pyshacl', 'SPARQLWrapper', 'rich') "
        "or name.startswith(('mreze.build', 'mreze.rehearse'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_nothing_happens_at_import() -> None:
    """Importing every module prints nothing, opens no socket, starts no thread and reads no environment of its own."""
    # urllib3, which requests brings, binds a socket at import to see whether there is IPv6: that is not ours.
    program = (
        "import importlib, os, socket, sys, threading, requests\n"
        "def refuse(*_: object, **__: object) -> None: raise SystemExit('something happened at import')\n"
        "socket.socket.bind = socket.socket.connect = refuse\n"
        f"for name in {[one for one in MODULES if one != 'mreze.__main__']!r}: importlib.import_module(name)\n"
        "assert threading.active_count() == 1\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
