"""Property paths of SHACL are read and followed as the specification says, as far as they may lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph
from rdflib.namespace import SH

from mreze.paths import BadPath, Path, read_path, statements
from mreze.serve.reconcile.paths import Exhausted, TooMany, Walk
from mreze.serve.store import EmbeddedStore, Value

BASE = "https://paths.example/"
PREFIXES = f"""
@prefix : <{BASE}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
"""
DATA = """
:a :p :b , :c ; :q "a" .
:b :p :d ; :q "b"@en ; :r :a .
:c :p :d ; :q 7 .
:d :p :a ; :r _:blank .
_:blank :q "hidden" .
:loop :p :loop .
"""
PATHS = [
    ":p",
    "[ sh:inversePath :p ]",
    "( :p :p )",
    "( :p :q )",
    "( :p [ sh:inversePath :p ] )",
    "[ sh:inversePath ( :p :p :r ) ]",
    "[ sh:alternativePath ( :p :q ) ]",
    "[ sh:alternativePath ( [ sh:inversePath :r ] ( :p :r ) ) ]",
    "[ sh:zeroOrMorePath :p ]",
    "[ sh:oneOrMorePath :p ]",
    "[ sh:zeroOrOnePath :p ]",
    "( [ sh:oneOrMorePath ( :p :p ) ] :q )",
    "( :p [ sh:zeroOrMorePath [ sh:alternativePath ( :p :r ) ] ] :q )",
    "[ sh:inversePath [ sh:zeroOrOnePath ( :p :p ) ] ]",
]
BAD = {
    '"p"': "is no path",
    "()": "is no path",
    "[]": "blank node without",
    "[ sh:alternativePath () ]": "is empty",
    "[ sh:alternativePath :p ]": "has no end",
    "[ rdf:first :p ]": "has no end",
    "( :p [ :unknown :p ] )": "blank node without",
    "[ sh:inversePath " * 25 + ":p" + " ]" * 25: "too deeply",
    "( " + ":p " * 25 + ")": "more than 20 parts",
}


def _read(text: str) -> Path:
    triples = [one.triple for one in parse(f"{PREFIXES} :x sh:path {text} .", format=RdfFormat.TURTLE)]
    said = statements(triples)
    return read_path(said[NamedNode(BASE + "x"), NamedNode(str(SH.path))], said)


@pytest.fixture(scope="module")
def store() -> Store:
    """A few nodes, in circles and with blank ones."""
    found = Store()
    found.extend(Quad(*one.triple) for one in parse(PREFIXES + DATA, format=RdfFormat.TURTLE))
    return found


@pytest.mark.parametrize("text", PATHS)
def test_a_path_leads_where_sparql_says(store: Store, text: str) -> None:
    """From every node, as another program writes the path and another engine follows it."""
    shapes = Graph().parse(data=f"{PREFIXES} :x sh:path {text} .", format="turtle")
    written = shacl_path_to_sparql_path(ShapesGraph(shapes), next(shapes.objects(None, SH.path)))
    path = _read(text)
    led = 0
    for name in ("a", "b", "c", "d", "loop"):
        start = NamedNode(BASE + name)
        rows = store.query(f"SELECT DISTINCT ?end {{ {start} {written} ?end }}")
        found = Walk(EmbeddedStore(store, BASE), 100).follow([start], path)
        assert len(found) == len(set(found))
        assert set(found) == {row["end"] for row in rows}  # type: ignore[union-attr]  # a SELECT has rows
        led += len(found)
    assert led > 0


@pytest.mark.parametrize("text", PATHS)
def test_from_many_starts_a_path_leads_where_it_leads_from_each(store: Store, text: str) -> None:
    """All are followed at once: the store is asked for each step, not for each start."""
    path, names = _read(text), ("a", "b", "c", "d", "loop", "none")
    starts = {name: [NamedNode(BASE + name)] for name in names}
    one, many = _Counting(store), _Counting(store)
    found = Walk(many).follow_each(starts, path)
    assert {name: set(ends) for name, ends in found.items()} == {
        name: set(Walk(one).follow(nodes, path)) for name, nodes in starts.items()
    }
    assert many.asked <= one.asked / 2


class _Counting(EmbeddedStore):
    """Counts how often it is asked where properties lead."""

    def __init__(self, store: Store) -> None:
        super().__init__(store, BASE)
        self.asked = 0

    def along(
        self, nodes: Iterable[Value], way: NamedNode, most: int, *, backwards: bool = False
    ) -> Iterator[tuple[Value, Value]]:
        """Count."""
        self.asked += 1
        return super().along(nodes, way, most, backwards=backwards)


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_path_is_told(text: str) -> None:
    """The error says what is wrong with it."""
    with pytest.raises(BadPath, match=BAD[text]):
        _read(text)


def test_a_list_without_end_is_no_path() -> None:
    """It comes back to its own beginning."""
    first, rest, node = (
        NamedNode(f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{one}") for one in ("first", "rest", "x")
    )
    head = BlankNode()
    with pytest.raises(BadPath, match="no end"):
        read_path(head, {(head, first): node, (head, rest): head})


@pytest.mark.parametrize("text", [":p", "( :p :q )", "[ sh:alternativePath ( :q :p ) ]", "[ sh:zeroOrMorePath :p ]"])
def test_no_path_leads_further_than_it_may(text: str) -> None:
    """A node more than allowed stops it, wherever on the way."""
    wide = Store()
    node, p = NamedNode(BASE + "a"), NamedNode(BASE + "p")
    wide.extend(Quad(node, p, NamedNode(f"{BASE}{number}")) for number in range(11))
    wide.add(Quad(NamedNode(BASE + "0"), NamedNode(BASE + "q"), Literal("end")))
    with pytest.raises(TooMany):
        Walk(EmbeddedStore(wide, BASE), 10).follow([node], _read(text))
    assert Walk(EmbeddedStore(wide, BASE), 12).follow([node], _read(text))
    starts = {"hub": [node], "other": [NamedNode(BASE + "0")]}
    assert list(Walk(EmbeddedStore(wide, BASE), 10).follow_each(starts, _read(text))) == ["other"]


def test_all_ways_together_lead_no_further_than_they_may(store: Store) -> None:
    """What one client has visited counts, also where nothing is found in the end."""
    walk, path = Walk(EmbeddedStore(store, BASE), left=12), _read("( :p :p :nothing )")
    for _ in range(3):  # two neighbours, and of each the same one
        assert walk.follow([NamedNode(BASE + "a")], path) == []
    with pytest.raises(Exhausted):
        walk.follow([NamedNode(BASE + "a")], path)
