"""What is counted of pieces adds up to what is counted of the whole, also from files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.build.census import Census, Scope, take_census
from mreze.build.numbers import portray
from mreze.build.records import read_census, write_census
from mreze.build.statistics import add_up, count_different, count_links
from mreze.build.targets import Aims, read_shapes

SCOPE = Scope("https://e.example/", frozenset({b"<https://e.example/p0>"}))
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NODES = st.integers(0, 5).map("<https://e.example/id/t{}>".format) | st.sampled_from(
    ["_:b", "<https://a.example/x#y>"]
)
_VALUES = _NODES | st.sampled_from(['"a"', '"а б"@sr-cyrl', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'])
_SAID = st.tuples(_NODES, st.integers(0, 2).map("<https://e.example/p{}>".format), _VALUES)
_TYPED = st.tuples(_NODES, st.just(TYPE), st.integers(0, 2).map("<https://e.example/C{}>".format))
_BELOW = st.tuples(_NODES, st.just("<http://www.w3.org/2000/01/rdf-schema#subClassOf>"), _NODES)
_LINKED = st.tuples(_NODES, st.just("<http://www.w3.org/2002/07/owl#sameAs>"), _NODES)
_LINES = st.lists(
    st.tuples(_SAID | _TYPED | _BELOW | _LINKED, st.sampled_from("gh")).map(
        lambda it: f"{' '.join(it[0])} <x:{it[1]}> .\n".encode()
    )
)


def _read(folder: Path, lines: list[bytes]) -> Census:
    write_census(folder / "census", take_census(lines, SCOPE))
    return read_census(folder / "census")


@given(_LINES)
def test_parts_add_up(tmp_path_factory: pytest.TempPathFactory, drawn: list[bytes]) -> None:
    """Each subject by itself, written and read, gives the numbers of all at once."""
    folder = tmp_path_factory.mktemp("census")
    lines = sorted(set(drawn))
    subjects = sorted({one.partition(b" ")[0] for one in lines})
    whole = [take_census(lines, SCOPE)]
    parts = [_read(folder, [one for one in lines if one.startswith(subject + b" ")]) for subject in subjects]
    assert add_up(parts) == add_up(whole)
    assert portray(parts) == portray(whole)
    shapes, nothing = read_shapes([]), take_census([], SCOPE)
    one, other = Aims(shapes, whole, nothing), Aims(shapes, parts, nothing)
    assert one.kinds == other.kinds
    assert count_links(parts, other.kinds) == count_links(whole, one.kinds)
    assert (one.sizes(), one.sizes_of(whole)) == (other.sizes(), other.sizes_of(parts))


@given(st.lists(st.lists(st.integers(0, (1 << 64) - 1) | st.integers(0, 5)).map(sorted)))
def test_numbers_are_told_apart(several: list[list[int]]) -> None:
    """Those of all lists together are counted once each."""
    assert count_different(several) == len({one for numbers in several for one in numbers})


def test_many_numbers_are_told_apart() -> None:
    """They are looked at in ranges, and none is at a bound twice or never."""
    many = range(0, 1 << 64, 1 << 44)
    assert count_different([many, [0, 1, 1 << 63], many]) == len(many) + 1
