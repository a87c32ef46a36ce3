"""What is above and below is found at whichever remove, in circles too."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from mreze.hierarchy import above, below

UNDER = NamedNode("https://site.example/under")
A, B, C, D = (NamedNode(f"https://site.example/{name}") for name in "abcd")
GRAPH = [Triple(A, UNDER, B), Triple(B, UNDER, C), Triple(C, UNDER, B), Triple(D, NamedNode("https://x.example/"), A)]


def test_above_and_below() -> None:
    """A relation that goes on leads to all that follow; nothing is above itself, other relations are no matter."""
    assert above(GRAPH, UNDER) == {A: {B, C}, B: {C}, C: {B}}
    assert below(GRAPH, UNDER) == {B: {A, C}, C: {A, B}}
