"""A large site is read and checked about as fast as its triples are loaded elsewhere."""

from __future__ import annotations

from pathlib import Path

from tests.bench.checking import compare


def test_checking_keeps_up_with_loading(tmp_path: Path) -> None:
    """The comparison runs; starting Python takes most of so small a one, so only a very slow check is noticed."""
    ours, theirs = compare(tmp_path, 50_000, 1, 2)
    assert ours[0].megabytes < 400
    assert ours[0].seconds < 10 + 10 * theirs[0].seconds
