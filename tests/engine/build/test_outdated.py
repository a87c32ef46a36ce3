"""What of an index is to be made anew follows from what differs, and from who is known by its names."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from mreze.build.entries import read_hierarchy
from mreze.build.outdated import outdated
from mreze.lines import quad_lines
from mreze.namespaces import PREFIXES

BASE = "https://site.example/"
BEFORE = """
    :a rdfs:label "A" ; :in :land ; skosxl:altLabel :l . :l skosxl:literalForm "L" ; time:hasTime :t . :t a :Time .
    :land rdfs:label "Land" ; :size 1 ; :in :world . :world rdfs:label "World" . :b :in :a . :c a :Class .
    :Class rdfs:label "class" ; rdfs:subClassOf :Top . :Top rdfs:label "top" . :named rdfs:subPropertyOf rdfs:label .
    :d :in :far . :far :named "Far" .
"""


def _lines(turtle: str) -> bytes:
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in PREFIXES.items())
    triples = [quad.triple for quad in parse(f"{prefixes} PREFIX : <{BASE}> {turtle}", RdfFormat.TURTLE)]
    return b"".join(
        sorted(quad_lines(Quad(one.subject, one.predicate, one.object, NamedNode(f"{BASE}graph")) for one in triples))
    )


def _outdated(after: str) -> set[str] | None:
    new = _lines(after)
    found = outdated(_lines(BEFORE), new, read_hierarchy(new))
    return None if found is None else {one.decode().removeprefix(f"<{BASE}").removesuffix(">") for one in found}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", set()),
        (":size 1", ":size 2", {"land"}),
        (':land rdfs:label "Land"', ':land rdfs:label "Country"', {"land", "a"}),
        ('"World"', '"Earth"', {"world", "land"}),
        ('"L"', '"M"', {"l", "a", "b"}),
        (":t a :Time", ":t time:hasEnd :e", {"t", "l", "a", "b"}),
        (':far :named "Far"', ':far :named "Farther"', {"far", "d"}),
        (':class rdfs:label "class"', ':class rdfs:label "sort"', set()),
        (':Class rdfs:label "class"', ':Class rdfs:label "sort"', {"Class", "c"}),
        (':Top rdfs:label "top"', ':Top rdfs:label "above"', None),
        ("rdfs:subClassOf :Top", "rdfs:subClassOf :Other", None),
        ("rdfs:subPropertyOf rdfs:label", "rdfs:subPropertyOf skos:altLabel", None),
        (":b :in :a .", "", {"b"}),
        (":b :in :a .", ":b :in :a . :new rdfs:label 'new' ; :in :land .", {"new"}),
        (':world rdfs:label "World" .', "", {"world", "land"}),
    ],
)
def test_only_what_may_be_another_is_made_anew(old: str, new: str, expected: set[str] | None) -> None:
    """What changed, what is known by a name that changed; all where classes or properties stand otherwise."""
    assert old in BEFORE or expected == set()
    assert _outdated(BEFORE.replace(old, new) if old else BEFORE) == expected


def test_where_much_differs_all_is_made_anew() -> None:
    """Nobody looks for what is known by thousands of names."""
    assert _outdated(BEFORE + "".join(f":x{number} :size {number} .\n" for number in range(2_000))) is None


def test_of_many_names_all_that_refer_to_them_are_found() -> None:
    """By one look at each line, where they are more than a few."""
    many = "".join(f":y{number} rdfs:label 'y' . :z{number} :in :y{number} .\n" for number in range(20))
    assert _outdated(BEFORE + many) == {f"{letter}{number}" for letter in "yz" for number in range(20)}
