"""What graphs are called at a server that holds several releases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.remote.graphnames import GraphNames

NAMES = GraphNames("https://example.org/site/", "2026-11-23.2")
ROOT = "https://example.org/site/releases/2026-11-23.2/"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("", "default"),
        ("https://example.org/site/dataset/x", "dataset/x"),
        ("https://example.org/site/ontology", "ontology"),
        ("https://example.org/other", "graph/https%3A%2F%2Fexample.org%2Fother"),
        ("https://example.org/site/", "graph/https%3A%2F%2Fexample.org%2Fsite%2F"),
        ("https://example.org/site/default", "graph/https%3A%2F%2Fexample.org%2Fsite%2Fdefault"),
        ("https://example.org/site/graph/x", "graph/https%3A%2F%2Fexample.org%2Fsite%2Fgraph%2Fx"),
        ("https://example.org/site/a b>", "graph/https%3A%2F%2Fexample.org%2Fsite%2Fa%20b%3E"),
        ("urn:Ниш", "graph/urn%3A%D0%9D%D0%B8%D1%88"),
    ],
)
def test_a_graph_has_a_name_there(here: str, there: str) -> None:
    """A graph of the site keeps its path; any other is there whole; both ways."""
    assert NAMES.there(here) == ROOT + there
    assert NAMES.here(ROOT + there) == here


def test_graphs_of_others_have_none_here() -> None:
    """Another release's, the pointer, and what somebody else keeps in the same server."""
    others = ("https://example.org/site/releases", "https://example.org/site/releases/2026-11-23/default", "urn:x")
    assert [NAMES.here(one) for one in others] == [None, None, None]


@given(st.one_of(st.text(), st.text().map(NAMES.base.__add__)))
def test_names_lead_back(name: str) -> None:
    """Whatever a graph is called, its name there leads back to it, and to nothing else."""
    assert NAMES.here(NAMES.there(name)) == name
