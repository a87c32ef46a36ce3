"""Runs of sorted lines become one, in order, each line once, whatever the blocks they are read in."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mreze import sorting
from mreze.nquads import without_graph
from mreze.sorting import in_order, merge, sort_into, unchanged
from mreze.spans import Span

LINES = st.lists(st.binary(max_size=3).map(lambda one: one.hex().encode() + b"\n"), max_size=30)
NUMBERS = itertools.count()


def _span(folder: Path, lines: list[bytes]) -> Span:
    return sort_into(folder / str(next(NUMBERS)), [in_order(b"".join(lines))])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(LINES, max_size=5))
def test_a_merge_is_what_sorting_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: list[list[bytes]]
) -> None:
    """Blocks of a few bytes, runs that end early, lines that several have."""
    monkeypatch.setattr(sorting, "_LEAST", 9)
    monkeypatch.setattr(sorting, "ROOM", 9)
    merged = [line for block in merge([(_span(tmp_path, one), unchanged) for one in runs]) for line in block]
    assert merged == sorted({line for run in runs for line in run})


def test_a_triple_in_two_graphs_comes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that become equal are one, in different blocks and runs too."""
    monkeypatch.setattr(sorting, "_LEAST", 9)
    monkeypatch.setattr(sorting, "ROOM", 9)
    lines = [f"<s> <p> <{one}> <{graph}> .\n".encode() for one in "abc" for graph in "xyz"]
    runs = [_span(tmp_path, lines[::2]), _span(tmp_path, lines[1:])]
    merged = [line for block in merge([(one, without_graph) for one in runs]) for line in block]
    assert merged == [b"<s> <p> <a> .\n", b"<s> <p> <b> .\n", b"<s> <p> <c> .\n"]
