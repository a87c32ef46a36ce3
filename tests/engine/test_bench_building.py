"""What the benchmark of building measures is what it says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.bench import gate
from tests.bench.footprint import run
from tests.bench.generate import Size, write
from tests.bench.releases import write_releases

from mreze.changes import Kind, compare
from mreze.release import open_release

SHAPES = Path(gate.__file__).parent / "shapes.ttl"


def test_memory_of_children_counts() -> None:
    """A process that starts another holds what both hold; what fails is told."""
    hold = "import time; kept = bytearray(64 << 20); time.sleep(0.6)"
    start = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hold!r}]); print('done')"
    found = run([sys.executable, "-c", start])
    assert found.peak > 64
    assert found.seconds > 0.6
    assert found.said == "done\n"
    with pytest.raises(RuntimeError, match=r"ended with 1: .*no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_the_graph_conforms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both engines find nothing in it, since a build of it must come to its end."""
    write(tmp_path / "graph.nt", Size(1_000))
    for engine in ("pyshacl", "shacl"):
        gate.main(engine, str(tmp_path / "graph.nt"), str(SHAPES))
        assert capsys.readouterr().out == "0 graph.nt\n"


def test_releases_differ_by_labels(tmp_path: Path) -> None:
    """Some or many labels of things are other ones, and nothing else."""
    releases = {name: open_release(path) for name, path in write_releases(tmp_path, Size(20_000)).items()}
    few, many = (list(compare(releases["first"], releases[name])) for name in ("few", "many"))
    assert 0 < len(few) < len(many) / 50
    assert {one.kind for one in (*few, *many)} == {Kind.UPDATED}
    assert all(len(one.added) == len(one.removed) for one in many)
