"""Names of parts of graphs."""

from __future__ import annotations

from mreze.build.graphs import fragment


def test_names_of_parts_differ() -> None:
    """Two terms never have one name."""
    prefixes = {"a": "x:a#", "a-b": "x:b#"}
    assert fragment("x:b#c", prefixes) != fragment("x:a#b-c", prefixes)
