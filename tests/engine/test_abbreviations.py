"""IRIs have prefixed names where a prefix fits and the rest is a name."""

from __future__ import annotations

import pytest

from mreze.abbreviations import Abbreviations

PREFIXES = {
    "a": "https://a.example/",
    "b": "https://a.example/b/",
    "c": "https://a.example/b/c_",
    "d": "https://a.example/d#",
    "e": "urn:e:",
    "f": "https://a.example/d#",
    "g": "https://a.example/b/c_d",
}


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("https://a.example/x", "a:x"),
        ("https://a.example/b/x", "b:x"),
        ("https://a.example/b/c_x", "c:x"),
        ("https://a.example/b/c_dx", "g:x"),
        ("https://a.example/b/c_d", "c:d"),
        ("https://a.example/b/c_", "b:c_"),
        ("https://a.example/b/c/x", None),
        ("https://a.example/d#x-1.y", "d:x-1.y"),
        ("https://a.example/d#x.", None),
        ("https://a.example/d#", None),
        ("https://a.example/", None),
        ("https://a.example/ж", "a:ж"),
        ("urn:e:x", "e:x"),
        ("urn:e:x/y", None),
        ("https://other.example/x", None),
        ("x", None),
    ],
)
def test_the_longest_namespace_wins(iri: str, name: str | None) -> None:
    """Of those after which a name is left, whatever they end with; of equal ones the first prefix of the alphabet."""
    found = Abbreviations(PREFIXES).find(iri)
    assert (found.name if found else None) == name
    if found:
        assert found.namespace == PREFIXES[found.prefix]


@pytest.mark.parametrize(
    ("space", "none"),
    [
        ("https://a.example/", False),
        ("https://a.example/b/", False),
        ("https://a.example/b/c_/", False),  # it starts with a namespace that ends otherwise
        ("https://a.example/other/", True),
        ("https://a.example/d#", False),
        ("https://", False),  # one that ends otherwise starts with it
        ("https://other.example/", True),
    ],
)
def test_where_there_are_no_names(space: str, none: bool) -> None:
    """It is known of all IRIs that have the same up to their last slash or hash."""
    assert Abbreviations(PREFIXES).are_none(space) == none
    if none:
        assert Abbreviations(PREFIXES).find(space + "x") is None
