"""What a release is built on is laid beside the checks, and is the same whoever helps."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from mreze.build import groundwork, workers
from mreze.build.contents import Contents
from mreze.build.groundwork import Groundwork, lay, laying
from mreze.build.stage import ONTOLOGY, WHOLE, Stage
from mreze.build.workers import Workers
from mreze.graph import read_site
from mreze.site import open_site
from mreze.sorting import merge_files

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
NAMES = ("bulk", "crossings", ONTOLOGY, WHOLE)


def _laid(contents: Contents, folder: Path, hands: Workers) -> Groundwork:
    folder.mkdir()
    return lay(contents, Stage(folder), hands)


def test_everything_is_cut_and_the_whole_is_all_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks are the lines of what they are of; processes that help make the same."""
    monkeypatch.setattr(workers, "_WORTH", 0)
    contents = Contents(read_site(open_site(MINIMAL)))
    alone = _laid(contents, tmp_path / "alone", Workers(None))
    with workers.workers(2, 1) as hands:
        helped = _laid(contents, tmp_path / "helped", hands)
    assert set(alone.chunks) == set(NAMES)
    for name in NAMES:
        lines = [line for one in alone.chunks[name] for line in one.lines()]
        assert b"".join(lines) == alone.stage.quads(name).read_bytes()
        assert [one.digest for one in alone.chunks[name]] == [one.digest for one in helped.chunks[name]]
    parts = [alone.stage.quads(one) for one in NAMES if one != WHOLE]
    assert alone.stage.quads(WHOLE).read_bytes() == b"".join(merge_files(parts))
    assert alone.documents.path is not None
    assert helped.documents.path is not None
    assert alone.documents.path.read_bytes() == helped.documents.path.read_bytes()
    assert alone.documents.path.read_bytes().count(b"\n") == alone.documents.triples > alone.documents.things > 0


def test_it_is_done_when_it_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stops the checks: nobody writes into a folder that is removed."""
    begun, done = Event(), Event()

    def slowly(*_: object) -> None:
        begun.set()
        assert not done.wait(0.2)
        done.set()

    monkeypatch.setattr(groundwork, "lay", slowly)
    contents = Contents(read_site(open_site(MINIMAL)))

    def check() -> None:
        begun.wait()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), laying(contents, Stage(tmp_path), Workers(None)):
        check()
    assert done.is_set()
