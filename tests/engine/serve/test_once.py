"""What is made once, and the index that is opened so."""

from __future__ import annotations

import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest

from mreze.errors import NotFound, Unavailable
from mreze.matching.model import Wanted
from mreze.release import MANIFEST, open_release
from mreze.serve.once import Once
from mreze.serve.service import Service


def _service(folder: Path) -> Service:
    unused = cast("Any", None)
    return Service(open_release(folder), unused, unused, unused, unused)


@pytest.fixture
def copy(minimal_release: Path, tmp_path: Path) -> Path:
    """A release that may be spoilt."""
    return Path(shutil.copytree(minimal_release, tmp_path / "2026-11-23"))


def test_it_is_made_once() -> None:
    """However many ask at once, one makes it and all get the same."""
    made: list[object] = []

    def make() -> object:
        time.sleep(0.02)
        made.append(object())
        return made[-1]

    once: Once[object] = Once()
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: once.get(make), range(32)))
    assert len(made) == 1
    assert set(got) == set(made)


def test_what_failed_is_tried_again() -> None:
    """What could not be made is not kept."""
    once: Once[int] = Once()
    with pytest.raises(ZeroDivisionError):
        once.get(lambda: 1 // 0)
    assert once.get(lambda: 1) == 1


def test_a_release_has_an_index(minimal_release: Path) -> None:
    """What is in a release is found by name, and the index is opened once."""
    service = _service(minimal_release)
    assert service.index.find(Wanted("alte bruecke"))[0].entry.iri.endswith("/id/bridges/old-bridge")
    assert service.index is service.index


def test_a_release_of_before_has_none(copy: Path) -> None:
    """A release that was built before there were indexes says so: nothing is wrong with it."""
    content = json.loads((copy / MANIFEST).read_bytes())
    del content["indexed"]
    (copy / MANIFEST).write_text(json.dumps(content))
    shutil.rmtree(copy / "index")
    with pytest.raises(NotFound, match="before there were indexes"):
        _ = _service(copy).index


def test_a_lost_index_is_trouble(copy: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A release that should have an index and has none cannot answer; only the log says what is gone, and where."""
    (copy / "index").rename(copy / "lost")
    service = _service(copy)
    with pytest.raises(Unavailable, match="cannot be opened") as caught:
        _ = service.index
    assert str(copy) not in str(caught.value)
    assert f"{copy}/index: there is no index.json" in caplog.text
    (copy / "lost").rename(copy / "index")
    assert service.index.find(Wanted("Old Bridge"))
