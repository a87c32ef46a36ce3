"""Who matches against a release whose index is damaged, or that has none, is told so: never that nothing is like it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.servers import serving

ASKING = (
    "reconcile?queries=" + json.dumps({"a": {"query": "Old Bridge"}}),
    "reconcile/1.0/suggest/entity?prefix=old",
    "reconcile/suggest/entity?prefix=old",
)


@pytest.fixture
def copy(minimal_release: Path, tmp_path: Path) -> Path:
    """A release that may be spoilt."""
    return Path(shutil.copytree(minimal_release, tmp_path / minimal_release.name))


def test_a_damaged_index_is_503(copy: Path) -> None:
    """What cannot be opened is the server's trouble: a retry may help, and everything else is answered."""
    terms = next((copy / "index").glob("*.term"))
    terms.write_bytes(terms.read_bytes()[:-1])
    with serving(copy) as served:
        for path in ASKING:
            answer = served.get(path, "application/json")
            assert answer.status_code == 503, path
            assert "index" in answer.json()["detail"]
            assert str(copy) not in answer.text  # where it lies is nobody's business
        assert served.get("doc/bridges/old-bridge.ttl").status_code == 200


def test_a_release_from_before_there_were_indexes_is_404(copy: Path) -> None:
    """An old release has no index and never will: that is said, and everything else is answered."""
    content = json.loads((copy / "manifest.json").read_bytes())
    del content["indexed"]
    (copy / "manifest.json").write_text(json.dumps(content))
    shutil.rmtree(copy / "index")
    with serving(copy) as served:
        for path in ASKING:
            answer = served.get(path, "application/json")
            assert answer.status_code == 404, path
            assert "before there were indexes" in answer.json()["detail"]
        assert served.get("doc/bridges/old-bridge.ttl").status_code == 200
