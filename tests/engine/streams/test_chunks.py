"""Chunks are cut where the content says; whatever is cut, the dumps are the same."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.engine.streams.test_dump import join

from mreze.formats import DUMPS, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, Format
from mreze.namespaces import PREFIXES
from mreze.sorting import sort_lines
from mreze.streams import chunks
from mreze.streams.chunks import Chunk, read_chunks

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks end at every other subject or so."""
    monkeypatch.setattr(chunks, "_LEAST", 1)
    monkeypatch.setattr(chunks, "_ONE_IN", 2)


def _put(path: Path, lines: list[str]) -> Path:
    sort_lines((one.encode() for one in lines), path)
    return path


def _line(subject: str, value: str = '"a"') -> str:
    return f"{subject} {LABEL} {value} <x:g> .\n"


def _cut(path: Path) -> list[Chunk]:
    return read_chunks(path, PREFIXES)


NUMBERED = [f"<x:c{number}>" for number in range(130)] + ["<x:c1#part>", "<x:c1-2>", "<x:c>", "<x:c12/d>"]


def _with_blank_nodes() -> list[str]:
    """Two hundred things, some of which lead to blank nodes, of which some lead on, and two stand alone."""
    lines = [_line(one) for one in NUMBERED]
    lines += [_line(one, f"_:b{number}") for number, one in enumerate(NUMBERED) if number % 5 == 0]
    lines += [_line(f"_:b{number}", f"_:c{number}") for number in range(0, 130, 10)]
    lines += [_line(f"_:c{number}", f'"{number}"') for number in range(0, 130, 10)]
    return [
        *lines,
        _line("_:alone", "_:alone"),
        _line("_:shared"),
        _line("<x:y>", "_:shared"),
        _line("<x:z>", "_:shared"),
    ]


@pytest.mark.parametrize(
    "lines", [[_line(one) for one in NUMBERED], _with_blank_nodes(), []], ids=["named", "blank", "none"]
)
@pytest.mark.parametrize("form", DUMPS, ids=lambda form: form.name)
def test_what_is_cut_reads_like_one(
    tmp_path: Path, request: pytest.FixtureRequest, lines: list[str], form: Format
) -> None:
    """A thing stands before those whose names it begins, though these are lines before it, and chunks end between."""
    path = _put(tmp_path / "quads", lines)
    whole = join(path, form)
    assert len(_cut(path)) <= 1
    request.getfixturevalue("small")
    assert join(path, form) == whole
    assert len(_cut(path)) > 20 or not lines


@pytest.mark.usefixtures("small")
def test_chunks_are_all_lines(tmp_path: Path) -> None:
    """One after the other they are the file; each tells the digest of its lines; no subject is in two of them.

    Blank nodes stay together.
    """
    path = _put(tmp_path / "quads", _with_blank_nodes())
    cut = [one.lines() for one in _cut(path)]
    assert [hashlib.sha256(b"".join(one)).digest() for one in cut] == [one.said for one in _cut(path)]
    assert b"".join(line for one in cut for line in one) == path.read_bytes()
    subjects = [{line.split(b" ")[0] for line in one} for one in cut]
    assert sum(map(len, subjects)) == len(set().union(*subjects))
    assert sum(1 for one in subjects if any(name.startswith(b"_:") for name in one)) == 1


@pytest.mark.usefixtures("small")
def test_a_change_stays_where_it_is(tmp_path: Path) -> None:
    """Of a hundred chunks only those change in which something does."""
    lines = [_line(f"<x:{number:04}>") for number in range(1000)]
    before = {one.digest for one in _cut(_put(tmp_path / "before", lines))}
    after = {
        one.digest for one in _cut(_put(tmp_path / "after", [*lines, _line("<x:0500>", '"b"'), _line("<x:0700x>")]))
    }
    assert len(before) > 100
    assert 1 <= len(after - before) <= 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(some.lists(some.text("a1-/:", max_size=4), max_size=24), some.randoms(use_true_random=False))
def test_any_names_are_ordered(tmp_path: Path, names: list[str], chance: random.Random) -> None:
    """Whichever names begin with others, Turtle, JSON-LD and RDF/XML have them in the order of the names."""
    lines = [_line(f"<x:{one}>", chance.choice(['"a"', "<x:a>", "_:b", f"_:{chance.randrange(3)}"])) for one in names]
    path = _put(tmp_path / "quads", lines)
    whole = {form: join(path, form) for form in (TURTLE, JSON_LD, RDF_XML, N_TRIPLES)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "_LEAST", 1)
        patch.setattr(chunks, "_ONE_IN", 1)
        assert {form: join(path, form) for form in whole} == whole
