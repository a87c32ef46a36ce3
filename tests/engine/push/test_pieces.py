"""Graphs in pieces."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.errors import ReleaseError
from mreze.push.pieces import cut, dumped, list_graphs, open_graphs
from mreze.release import open_release

A, B, C = (b"<urn:%s> <urn:p> <urn:o> .\n" % one for one in (b"a", b"b", b"c"))
FROM, TO = b"_:x <urn:p> <urn:o> .\n", b"<urn:a> <urn:p> _:x .\n"
NOT = b'<urn:a> <urn:p> " _:x" .\n'


@pytest.mark.parametrize(
    ("lines", "size", "pieces"),
    [
        ([], 10, []),
        ([A, B, C], 1000, [(3, A + B + C)]),
        ([A, B, C], 1, [(1, A), (1, B), (1, C)]),
        ([A, B, C], len(A) + 1, [(2, A + B), (1, C)]),
        ([A, FROM, B, TO, NOT], 1, [(1, A), (1, B), (1, NOT), (2, FROM + TO)]),
        ([FROM], 1, [(1, FROM)]),
    ],
)
def test_lines_are_cut_into_pieces(lines: list[bytes], size: int, pieces: list[tuple[int, bytes]]) -> None:
    """Those with blank nodes stay together."""
    assert list(cut(lines, size)) == pieces


def test_a_release_has_graphs(minimal_release: Path) -> None:
    """Each has as many lines as it counts triples; the default graph comes first."""
    release = open_release(minimal_release)
    store = open_graphs(release)
    graphs = list_graphs(release, store)
    assert graphs[0].there == f"{release.base}releases/{release.name}/default"
    assert {one.there for one in graphs} >= {
        f"{release.base}releases/{release.name}/{one}" for one in ("void", "catalog")
    }
    for one in graphs:
        with dumped(store, one) as lines:
            assert sum(1 for _ in lines) == one.triples > 0


def test_a_store_that_is_none_is_told(tmp_path: Path, minimal_release: Path) -> None:
    """Before anything is sent."""
    (tmp_path / "manifest.json").write_bytes((minimal_release / "manifest.json").read_bytes())
    with pytest.raises(ReleaseError, match="Build the release again"):
        open_graphs(open_release(tmp_path))
