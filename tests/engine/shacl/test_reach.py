"""What a change reaches is all that a validation may find otherwise: together with what was found before it is all.

Shapes are tried one by one, so that none profits of what another reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse
from tests.engine.shacl.agreement import HARMS, bare, harmed, read, run_fast

from mreze.namespaces import PREFIXES, term
from mreze.shacl import reference
from mreze.shacl.reach import Reach, TooFarError
from mreze.shacl.reads import Reads, find_reads
from mreze.shacl.results import Node, Result

ROOT = Path(__file__).parents[3]
PROLOGUE = "".join(f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("rdf", "rdfs", "sh", "xsd"))
PROLOGUE += "@prefix e: <https://e.example/> . "
TARGETS = (
    "sh:targetClass e:C", "sh:targetNode e:a, e:b, 1", "sh:targetSubjectsOf e:p", "sh:targetObjectsOf e:q",
    "a sh:NodeShape, rdfs:Class",
)  # fmt: skip
PATHS = (
    "e:p", "[ sh:inversePath e:p ]", "( e:p e:q )", "[ sh:alternativePath ( e:p ( e:q e:r ) ) ]",
    "( [ sh:inversePath e:p ] e:q )", "( [ sh:zeroOrOnePath e:p ] [ sh:inversePath e:q ] )",
    "( e:p [ sh:inversePath e:p ] rdf:type )", "( [ sh:alternativePath ( e:p [ sh:inversePath e:q ] ) ] e:r e:p )",
)  # fmt: skip
DEMANDS = (
    "sh:minCount 2", "sh:maxCount 1", "sh:class e:C", "sh:nodeKind sh:IRI", "sh:in ( e:a 1 )", "sh:hasValue e:b",
    "sh:uniqueLang true", 'sh:languageIn ( "en" )', "sh:datatype xsd:integer", "sh:equals e:q", "sh:disjoint e:r",
    "sh:node e:T", "sh:not e:T", "sh:or ( e:T [ sh:class e:D ] )", "sh:and ( e:T [ sh:disjoint e:p ] )",
    "sh:xone ( e:T [ sh:path e:p ; sh:minCount 1 ] )", "sh:qualifiedValueShape e:T ; sh:qualifiedMinCount 2",
    "sh:qualifiedValueShape [ sh:not e:T ] ; sh:qualifiedMaxCount 0", "sh:node [ sh:closed true ; sh:property e:P ]",
    "sh:node [ sh:property [ sh:path e:r ; sh:node e:T ] ]", "sh:class e:C ; sh:deactivated true",
)  # fmt: skip
INNER = (
    "e:T sh:property e:P ; sh:nodeKind sh:IRI . e:P sh:path e:q ; sh:class e:C .",
    "e:T sh:property e:P . e:P sh:path [ sh:inversePath e:r ] ; sh:minCount 1 .",
    "e:T sh:class e:C ; sh:property e:P . e:P sh:path ( e:p e:q ) ; sh:equals e:r .",
)
NODES = ("e:a", "e:b", "e:c", "e:d")
UNIVERSE = [
    *(f"{one} e:{name} {value}" for one in NODES for name in "pqr" for value in (*NODES, "1", '"x"@en', "_:n")),
    *(f"{one} a e:{name}" for one in (*NODES, "_:n") for name in "CDS"),
    "_:n e:q e:a", "_:n e:r 1", 'e:a e:p "y"@en', 'e:b e:p "01"^^xsd:integer', "e:c e:q 01",
]  # fmt: skip
HIERARCHY = "e:D rdfs:subClassOf e:C . e:S rdfs:subClassOf e:D ."
SUBCLASS = term("rdfs:subClassOf")
Run = Callable[[Iterable[Triple], Iterable[Triple]], list[Result]]


def _turtle(written: str) -> list[Triple]:
    return [one.triple for one in parse(PROLOGUE + written, format=RdfFormat.TURTLE)]


def _data(said: Iterable[str]) -> set[Triple]:
    return set(_turtle(HIERARCHY + " ".join(f"{one} ." for one in said)))


@dataclass(frozen=True)
class Known:
    """Neighbours among a few triples."""

    triples: frozenset[Triple]

    def going_out(self, node: NamedNode | BlankNode, predicate: NamedNode | None) -> Iterator[Triple]:
        """Those of a subject."""
        return (one for one in self.triples if one.subject == node and predicate in {None, one.predicate})

    def coming_in(self, node: Node, predicate: NamedNode) -> Iterator[Triple]:
        """Those of an object."""
        return (one for one in self.triples if one.object == node and predicate == one.predicate)


def _in_part(run: Run, old: set[Triple], new: set[Triple], shapes: list[Triple]) -> set[Result]:
    """What is found by looking at what a change reaches alone."""
    reads = find_reads(shapes)
    reach = Reach(Known(frozenset(new)), 1_000_000)
    nodes = reach.affected(reads, old ^ new)
    part = reach.read(reads, nodes) | {one for one in new if one.predicate == SUBCLASS}
    before = {one for one in run(old, shapes) if one.focus not in nodes}
    return bare(before | {one for one in run(part, shapes) if one.focus in nodes})


@st.composite
def _shape(draw: st.DrawFn) -> list[Triple]:
    target, inner = draw(st.sampled_from(TARGETS)), draw(st.sampled_from(INNER))
    demands = draw(st.lists(st.sampled_from(DEMANDS), min_size=1, max_size=2))
    path = draw(st.sampled_from(PATHS))
    if draw(st.integers(0, 5)) == 0:
        return _turtle(f"e:S {target} ; sh:node e:T ; sh:closed true . {inner}")
    properties = " ".join(f"e:S sh:property [ sh:path {path} ; {one} ] ." for one in demands)
    return _turtle(f"e:S {target} . {properties} {inner}")


SAID = st.sets(st.sampled_from(UNIVERSE), min_size=4, max_size=30)
EDITS = st.sets(st.sampled_from(UNIVERSE), min_size=1, max_size=4)


def _part_is_enough(run: Run, shapes: list[Triple], said: set[str], edits: set[str]) -> None:
    old, new = _data(said), _data(said ^ edits)
    assert _in_part(run, old, new, shapes) == bare(run(new, shapes))


@settings(max_examples=150)
@given(shapes=_shape(), said=SAID, edits=EDITS)
def test_a_part_is_enough(shapes: list[Triple], said: set[str], edits: set[str]) -> None:
    """Any shape, data and edit."""
    _part_is_enough(run_fast, shapes, said, edits)


@settings(max_examples=15)
@given(shapes=_shape(), said=SAID, edits=EDITS)
def test_a_part_is_enough_for_the_reference(shapes: list[Triple], said: set[str], edits: set[str]) -> None:
    """It reads no more than the fast engine does."""
    _part_is_enough(reference.run, shapes, said, edits)


SITE = read(*(ROOT / "shapes").glob("*.ttl"))
GOOD = sorted({*read(*(ROOT / "tests" / "shapes").glob("*/valid-*.ttl"))}, key=str)
HARM = st.tuples(st.integers(0, len(GOOD) - 1), st.sampled_from(sorted(HARMS)))


@settings(max_examples=4)
@given(before=st.lists(HARM, max_size=20), after=st.lists(HARM, min_size=1, max_size=5))
def test_a_part_is_enough_for_the_site(before: list[tuple[int, str]], after: list[tuple[int, str]]) -> None:
    """The complete examples of all shapes of this repository's site, harmed, and then harmed more."""
    old, new = harmed(GOOD, before), harmed(GOOD, [*before, *after])
    assert _in_part(run_fast, old, new, SITE) == bare(run_fast(new, SITE))


BENCH = read(ROOT / "tests" / "bench" / "shapes.ttl")


@pytest.mark.parametrize(
    ("old", "new", "nodes"),
    [
        ("e:d a schema:City . e:l org:member e:d .", "e:l org:member e:d .", "d l"),
        ("e:x a org:Organization .", "e:x a e:Other .", "x"),
        ("e:x schema:foundingDate '1990'^^xsd:gYear .", "", "m x"),
        ("e:x rdfs:label 'x'@en .", "e:x rdfs:label 'y'@en .", "x"),
        ("e:x rdfs:comment 'x'@en .", "", ""),
        ("e:m org:organization e:x .", "", "m"),
        ("", "e:m org:organization e:x . e:x a org:Organization ; schema:foundingDate 1 .", "m x"),
    ],
)
def test_things_from_which_a_change_is_read(old: str, new: str, nodes: str) -> None:
    """The thing itself, and what refers to it where a shape looks there."""
    rest = "e:m a org:Membership ; org:member e:c . e:c a schema:City . e:n a org:Membership . "
    rest += "" if "org:organization" in old + new else "e:m org:organization e:x . "
    prologue = "".join(f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("org", "schema"))
    before, after = (set(_turtle(prologue + rest + one)) for one in (old, new))
    found = Reach(Known(frozenset(after)), 100).affected(find_reads(BENCH), before ^ after)
    assert sorted(str(one).strip("<>").rpartition("/")[2] for one in found) == nodes.split()


def test_what_reaches_far_is_given_up() -> None:
    """A thing that thousands refer to would have all of these validated: that is no part any more."""
    data = _data(f"e:t{number} e:p e:a" for number in range(100)) | _data(["e:a a e:C"])
    reads: Reads = find_reads(_turtle("e:S sh:targetSubjectsOf e:p ; sh:path e:p ; sh:class e:C ."))
    known, changed = Known(frozenset(data)), _data(["e:a a e:C"])
    assert len(Reach(known, 200).affected(reads, changed)) > 100
    with pytest.raises(TooFarError):
        Reach(known, 50).affected(reads, changed)
    with pytest.raises(TooFarError):
        Reach(known, 20).read(reads, [NamedNode("https://e.example/t1")])


def test_a_way_through_a_triple_is_not_followed() -> None:
    """Triple terms are no nodes of the data that SHACL looks at."""
    data = _data(["e:a e:p <<( e:b e:q e:c )>>"])
    reads = find_reads(_turtle("e:S sh:targetSubjectsOf e:p ; sh:path ( e:p e:q ) ; sh:minCount 1 ."))
    with pytest.raises(TooFarError):
        Reach(Known(frozenset(data)), 100).read(reads, [NamedNode("https://e.example/a")])
