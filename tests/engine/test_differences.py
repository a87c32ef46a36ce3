"""What only one of two dumps has is what the plain comparison of their sets tells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.differences import differences

QUAD = st.tuples(st.integers(0, 120), st.integers(0, 2), st.integers(1, 3))
"""A subject, a value and how many graphs say so."""


def _dump(quads: set[tuple[int, int, int]]) -> bytes:
    lines = {f"<s:{s}> <p:> <o:{o}> <g:{graph}> .\n" for s, o, graphs in quads for graph in range(graphs)}
    return "".join(sorted(lines)).encode()


@given(st.sets(QUAD, max_size=300), st.sets(QUAD), st.sets(QUAD))
def test_differences_are_those_of_the_sets(
    common: set[tuple[int, int, int]], older: set[tuple[int, int, int]], newer: set[tuple[int, int, int]]
) -> None:
    """Each statement that one alone has is told once, in order, whatever graphs it stands in; and where it stands."""
    old, new = _dump(common | older), _dump(common | newer)
    told = list(differences(old, new))
    before, after = ({line.rpartition(b"<g")[0] for line in one.splitlines()} for one in (old, new))
    assert [(one.triple, one.is_old) for one in told] == sorted((one, one in before) for one in before ^ after)
    assert all(
        (old if one.is_old else new)[one.old if one.is_old else one.new :].startswith(one.triple) for one in told
    )


@pytest.mark.parametrize("damage", [b"b c d e .\na b c d .\n", b"a b c d .\nb b c d\n", b"a b c d", b"\n", b"a .\n"])
def test_what_differs_and_is_no_sorted_dump_is_refused(damage: bytes) -> None:
    """Lines out of order, cut off or without a graph are no dump."""
    for old, new in ((damage, b""), (b"", damage)):
        with pytest.raises(ValueError, match=r"stands where it cannot|not found"):
            list(differences(old, new))
