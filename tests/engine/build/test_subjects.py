"""What sorted lines say is told subject by subject."""

from __future__ import annotations

from collections import Counter

from mreze.build.subjects import by_subject


def test_a_statement_in_two_graphs_is_one() -> None:
    """It counts once, and in each graph."""
    graphs: Counter[bytes] = Counter()
    lines = [b'<x:s> <x:p> "a b" <x:g> .\n', b'<x:s> <x:p> "a b" <x:h> .\n', b"_:b <x:p> _:c <x:g> .\n"]
    assert list(by_subject(lines, graphs)) == [(b"<x:s>", [(b"<x:p>", b'"a b"')]), (b"_:b", [(b"<x:p>", b"_:c")])]
    assert graphs == {b"<x:g>": 2, b"<x:h>": 1}
