"""What is written nearly like an address is found."""

from __future__ import annotations

import pytest

from mreze.serve.nearby import PLACES, alike

WANTED = [
    ("querys", ["queries/"]),
    ("QUERIES", ["queries/"]),
    ("catalogue.ttl", ["catalog.html"]),
    ("dump", ["dumps/"]),
    ("guide", ["guides/"]),
    ("release", ["releases/"]),
    ("x", []),
    ("", []),
    (".html", []),
]


@pytest.mark.parametrize(("wanted", "expected"), WANTED)
def test_names_are_compared_without_case_and_extension(wanted: str, expected: list[str]) -> None:
    """The nearest first; what is too far is left out."""
    assert alike(wanted, PLACES)[:1] == expected
