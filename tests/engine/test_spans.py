"""Sorted lines are found where they lie, in a file that holds other lines before and after them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mreze.nquads import without_graph
from mreze.sorting import in_order
from mreze.spans import Change, Span, merge_spans, unchanged, write_span

LINES = [f"<{number:03}> x{'y' * (number % 7)}\n".encode() for number in range(200)]
BEFORE, AFTER = b"zzz\n<050> other\n", b"aaa\n<051> other\n"


@pytest.fixture(scope="module")
def span(tmp_path_factory: pytest.TempPathFactory) -> Span:
    """Two hundred lines, between others."""
    path = tmp_path_factory.mktemp("spans") / "lines"
    content = b"".join(LINES)
    path.write_bytes(BEFORE + content + AFTER)
    return Span(path, len(BEFORE), len(content))


@pytest.mark.parametrize("size", [1, 2, 10, 11, 100, 1 << 20])
def test_blocks_are_whole_lines(span: Span, size: int) -> None:
    """Blocks of any size hold these lines and no others."""
    assert [line for block in span.blocks(size) for line in block] == LINES


def test_every_line_is_found(span: Span) -> None:
    """The first one, the last one, all that start alike; none that is outside, or before, between and after."""
    for line in LINES:
        assert list(span.starting_with(line[:6])) == [line]
    assert list(span.starting_with(b"<05")) == LINES[50:60]
    assert list(span.starting_with(b"")) == LINES
    for beginning in (b"!", b"<0505", b"<200>", b"zzz", b"aaa", b"<051> other"):
        assert list(span.starting_with(beginning)) == []


def test_the_ends_are_told(span: Span) -> None:
    """The first and the last line, of one line too, and of none."""
    assert span.ends() == (LINES[0], LINES[-1])
    assert Span(span.path, span.start, len(LINES[0])).ends() == (LINES[0], LINES[0])
    assert Span(span.path, 0, len(BEFORE) - 12).ends() == (b"zzz\n", b"zzz\n")
    assert Span(span.path, 3, 0).ends() == (b"", b"")
    assert list(Span(span.path, 3, 0).starting_with(b"")) == []


RUN = st.lists(st.binary(max_size=3).map(lambda one: one.hex().encode() + b"\n"), max_size=30)
NUMBERS = itertools.count()


def _span(folder: Path, lines: list[bytes]) -> Span:
    return write_span(folder / str(next(NUMBERS)), [in_order(lines)])


def _merged(monkeypatch: pytest.MonkeyPatch, runs: list[tuple[Span, Change]]) -> list[bytes]:
    """In blocks of a few bytes."""
    monkeypatch.setattr("mreze.spans._LEAST", 9)
    monkeypatch.setattr("mreze.spans.ROOM", 9)
    return [line for block in merge_spans(runs) for line in block]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(RUN, max_size=5))
def test_a_merge_is_sorted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: list[list[bytes]]) -> None:
    """Runs that end early, lines that several have."""
    merged = _merged(monkeypatch, [(_span(tmp_path, one), unchanged) for one in runs])
    assert merged == sorted({line for run in runs for line in run})


def test_a_triple_in_two_graphs_comes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that become equal are one, in different blocks and runs too."""
    lines = [f"<s> <p> <{one}> <{graph}> .\n".encode() for one in "abc" for graph in "xyz"]
    runs = [_span(tmp_path, lines[::2]), _span(tmp_path, lines[1:])]
    merged = _merged(monkeypatch, [(one, without_graph) for one in runs])
    assert merged == [b"<s> <p> <a> .\n", b"<s> <p> <b> .\n", b"<s> <p> <c> .\n"]
