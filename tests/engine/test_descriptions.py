"""A graph is taken apart so that what is said of one thing does not depend on what is said of others."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, Triple, parse

from mreze.descriptions import describe

BASE = "@base <https://a.example/> . @prefix : <https://a.example/id/x/> . "


def _triples(written: str) -> list[Triple]:
    return [one.triple for one in parse(BASE + written, format=RdfFormat.TURTLE)]


def test_parts_belong_to_their_thing_only_where_things_have_parts() -> None:
    """`#part` below the space of things is of the thing; elsewhere it is a thing of its own: a term."""
    found = describe(_triples(":a :p 1 . <id/x/a#part> :p 2 . <ontology#T> :p 3 ."), "https://a.example/id/")
    assert {iri: len(said) for iri, said in found.items()} == {
        "https://a.example/id/x/a": 2,
        "https://a.example/ontology#T": 1,
    }
    assert len(describe(_triples(":a :p 1 . <id/x/a#part> :p 2 ."))) == 2


@pytest.mark.parametrize(
    "written",
    [
        ":a :p [ :q 1 ; :r [ :q 2 ] ] .",
        f":a :p ( {' '.join(map(str, range(2000)))} ) .",
        ":a :p [ :q 1 ], [ :q 2 ] . :b :p [ :q 1 ] .",
    ],
    ids=["nested", "list", "shared"],
)
def test_blank_nodes_are_named_after_what_is_said_of_them(written: str) -> None:
    """What is said elsewhere, by blank nodes too, changes no name; what is said of the node itself does."""
    alone = describe(_triples(written))
    among = describe(_triples(":aa :p [ :q [ :q 5 ] ] . [ :q 77 ] :p 2 ." + written))
    own = alone["https://a.example/id/x/a"]
    assert among["https://a.example/id/x/a"] == own
    assert len(own) == len(_triples(written)) - written.count(":b ") * 2
    other = describe(_triples(written.replace(":q 1 ", ":q 3 ").replace("( 0 ", "( 1 ")))
    assert other["https://a.example/id/x/a"] != own


def test_blank_nodes_in_a_circle_make_a_graph_equal_to_itself() -> None:
    """Their names are those of the canonical graph, whatever they were called."""
    written = ":a :p _:x . _:x :p _:y . _:y :p _:x ; :q 1 ."
    assert describe(_triples(written)) == describe(_triples(written.replace("_:x", "_:z")))
    assert describe(_triples(written)) != describe(_triples(written.replace(":q 1", ":q 2")))
