"""Both engines find the same in the same data: thing, property, value as written, shape, kind of demand, severity."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize
from tests.engine.shacl.agreement import HARMS, bare, harmed, read, run_fast

from mreze.graph import read_site
from mreze.namespaces import PREFIXES, term
from mreze.shacl import fast, reference
from mreze.shacl.results import RefusedError, Result
from mreze.site import open_site

ROOT = Path(__file__).parents[3]
SHAPES = read(*(ROOT / "shapes").glob("*.ttl"))
GOOD = sorted({*read(*(ROOT / "tests" / "shapes").glob("*/valid-*.ttl"))}, key=str)
PROLOGUE = "".join(f"@prefix {name}: <{PREFIXES[name]}> . " for name in ("rdf", "rdfs", "sh", "xsd"))
PROLOGUE += "@prefix e: <https://e.example/> . "
WRITTEN = {
    "boolean": ["true", "1", "TRUE", "yes", "0"],
    "date": ["2020-01-01", "2020-13-45", "2020-02-30", "2020-1-1", "2020-01-01Z", "2020-01-01+02:00", ""],
    "dateTime": ["2020-01-01T00:00:00", "2020-01-01T00:00:00Z", "2020-01-01T25:00:00", "x"],
    "decimal": ["1", "1.0", "01.50", ".5", "5.", "x"],
    "double": ["1", "1e0", "1.0E0", "INF", "NaN", "abc", "-0"],
    "duration": ["P1Y", "P", "1Y"],
    "gMonth": ["--05", "05", "--13"],
    "gYear": ["2020", "20", "abc", "-0001", "02020", "2020Z", "2020-01"],
    "gYearMonth": ["2020-01", "2020-13", "2020", "2020-01Z"],
    "integer": ["1", "01", "+1", "-0", "1.0", "x", "", "10"],
    "nonNegativeInteger": ["0", "-1", "5", "-0"],
    "positiveInteger": ["0", "1"],
    "string": ["a", "", "1", "Ж\n", "a\tb", 'a"b\\'],
    "anyURI": ["https://e.example/", "%zz", ""],
    "time": ["12:00:00", "25:00:00"],
}
VALUES: list[Literal | NamedNode | BlankNode] = [
    *(Literal(one, datatype=term(f"xsd:{name}")) for name, written in WRITTEN.items() for one in written),
    *(Literal("x", language=tag) for tag in ("en", "en-gb", "sr-cyrl", "sr")),
    Literal("z", datatype=NamedNode("https://e.example/own")),
    NamedNode("https://e.example/i"),
    BlankNode("b"),
]
DEMANDS = [
    *(f"sh:datatype xsd:{name}" for name in WRITTEN),
    "sh:datatype rdf:langString", "sh:datatype e:own", "sh:minCount 1 ; sh:maxCount 0", "sh:class e:C", "sh:class e:D",
    *(f"sh:nodeKind sh:{kind}" for kind in ("IRI", "Literal", "BlankNode", "IRIOrLiteral", "BlankNodeOrLiteral")),
    *(
        f"sh:{parameter} {value}"
        for parameter, end in (("in", "()"), ("hasValue", "  "))
        for one in ("1", '"01"^^xsd:integer', "1.0", '"x"@en', '"a"', "true", "e:i", '"2020-01-01"^^xsd:date')
        for value in [f"{end[0]} {one} {end[1]}"]
    ),
    "sh:minLength 1", "sh:minLength 3", "sh:maxLength 1", "sh:maxLength 4", 'sh:pattern "^[0-9]{4}$"',
    'sh:pattern "^X" ; sh:flags "i"', 'sh:pattern "\\\\d"', 'sh:pattern "ж" ; sh:flags "i"', 'sh:pattern "^https?:"',
    'sh:languageIn ( "en" )', 'sh:languageIn ( "sr" "de" )', "sh:uniqueLang true", "sh:equals e:q", "sh:disjoint e:p",
    "sh:not [ sh:datatype xsd:date ]", "sh:node [ sh:property [ sh:path e:p ; sh:minCount 1 ] ]", "sh:node e:T",
    "sh:or ( [ sh:datatype xsd:integer ] [ sh:datatype xsd:gYear ] )",
    "sh:and ( [ sh:nodeKind sh:Literal ] [ sh:maxLength 2 ] )",
    "sh:xone ( [ sh:datatype xsd:integer ] [ sh:minLength 2 ] )",
    "sh:qualifiedValueShape [ sh:datatype xsd:date ] ; sh:qualifiedMinCount 1",
    "sh:qualifiedValueShape [ sh:nodeKind sh:Literal ] ; sh:qualifiedMaxCount 0", "sh:deactivated true ; sh:in ()",
    'sh:severity sh:Warning ; sh:message "a"@en, "б"@sr-Cyrl ; sh:nodeKind sh:IRI',
    "sh:severity e:own ; sh:minLength 9",
]  # fmt: skip
_KNOWN = {
    # int() takes spaces around a number, Decimal() an exponent: rdflib calls that well-formed, XML Schema does not.
    Literal(" 1", datatype=term("xsd:integer")), Literal("1e3", datatype=term("xsd:decimal")),
    # rdflib's dates are those of Python: no year after 9999, none before 1, no 24:00; XML Schema has them.
    Literal("12020-01-01", datatype=term("xsd:date")), Literal("-0044-03-15", datatype=term("xsd:date")),
    Literal("2020-01-01T24:00:00", datatype=term("xsd:dateTime")),
    # rdflib writes such values of xsd:dateTime otherwise, and takes a day for a moment.
    Literal("2020-01-01", datatype=term("xsd:dateTime")), Literal("2020-01-01T00:00", datatype=term("xsd:dateTime")),
}  # fmt: skip
"""Values whose datatype engines see differently, since rdflib has them wrong."""


def _turtle(written: str) -> list[Triple]:
    return [one.triple for one in parse(PROLOGUE + written, format=RdfFormat.TURTLE)]


def _both(data: list[Triple] | set[Triple], shapes: list[Triple]) -> set[Result]:
    """What both find."""
    found = bare(reference.run(data, shapes))
    assert bare(run_fast(data, shapes)) == found
    return found


DATA: list[Triple] = [
    *(
        Triple(NamedNode(f"https://e.example/s{number}"), NamedNode("https://e.example/p"), value)
        for number, value in enumerate(VALUES)
    ),
    *_turtle("e:s1 e:q true . e:i a e:D . e:D rdfs:subClassOf e:C . e:i e:p e:i, 'b'@en, 'c'@en ."),
]


@pytest.mark.parametrize("demand", DEMANDS)
@pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning")  # rdflib's, of "yes"
def test_a_demand_is_understood_alike(demand: str) -> None:
    """Each kind of demand of SHACL Core, on values of each kind, well and ill written."""
    shapes = _turtle(
        f"e:S sh:targetSubjectsOf e:p ; sh:property e:P . e:P sh:path e:p ; {demand} . e:T sh:nodeKind sh:IRI ."
    )
    assert _both(DATA, shapes) or "deactivated" in demand


@pytest.mark.parametrize("value", sorted(_KNOWN, key=str))
def test_where_they_differ_the_reference_is_wrong(value: Literal) -> None:
    """A difference that goes away is told here."""
    shapes = _turtle(f"e:P sh:targetSubjectsOf e:p ; sh:path e:p ; sh:datatype <{value.datatype.value}> .")
    data = [Triple(NamedNode("https://e.example/s"), NamedNode("https://e.example/p"), value)]
    assert bare(reference.run(data, shapes)) != bare(run_fast(data, shapes))


@pytest.mark.parametrize(
    "path",
    [
        "e:p", "[ sh:inversePath e:p ]", "( e:p e:q )", "[ sh:alternativePath ( e:p e:q ) ]",
        "[ sh:zeroOrMorePath e:p ]", "[ sh:oneOrMorePath e:p ]", "[ sh:zeroOrOnePath e:p ]",
        "( e:p [ sh:inversePath [ sh:oneOrMorePath e:q ] ] )",
        "[ sh:inversePath [ sh:alternativePath ( e:q [ sh:inversePath e:p ] ) ] ]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("target", ["targetClass e:C", "targetNode e:a, e:none", "targetObjectsOf e:p"])
def test_paths_and_targets_lead_to_the_same(path: str, target: str) -> None:
    """Values are those that the path leads to, each once; a path of several is told by none."""
    data = _turtle(
        "e:a a e:D ; e:p e:b, _:c, 1 . e:b e:p e:a ; e:q e:a, 2 . _:c a e:C ; e:q 2, _:c . e:D rdfs:subClassOf e:C ."
    )
    shapes = _turtle(f"[] sh:{target} ; sh:property [ sh:path {path} ; sh:maxCount 1 ; sh:nodeKind sh:Literal ] .")
    for one in _both(data, shapes):
        assert (one.path is None) == ("[" in path or "(" in path)


def test_blank_nodes_keep_their_labels() -> None:
    """Blank things, values and shapes are called in results what they are called in data and shapes; none is new."""
    data = _turtle("_:x a e:C ; e:p _:y . _:y e:p 1 . <urn:a> a e:C ; e:p [] .")
    shapes = _turtle(
        "_:s sh:targetClass e:C ; sh:property _:t ; sh:closed true . _:t sh:path e:p ; sh:nodeKind sh:IRI ."
    )
    found = _both(data, shapes)
    nodes = {node for one in data for node in (one.subject, one.object)} | {one.subject for one in shapes}
    told = {node for one in found for node in (one.focus, one.value, one.shape) if isinstance(node, BlankNode)}
    assert len(told) == 5
    assert told <= nodes


def test_what_only_looks_like_a_blank_node_is_none(tmp_path: Path) -> None:
    """Texts and IRIs with `_:` in them stay what they are; a triple may stand in several files, and so may a node."""
    data = _turtle(
        '<urn:x> a e:C ; e:p "> _:a .", "_:b <c> _:d ", "x\\n_:e <f>", <urn:_:g>, _:h . _:h a e:C ; e:p "_:h"@en .'
    )
    shapes = _turtle("e:S sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:nodeKind sh:BlankNode ] .")
    found = _both(data, shapes)
    assert len(found) == 5
    files = [tmp_path / name for name in ("one", "two")]
    for one in files:
        serialize(data, str(one), format=RdfFormat.N_TRIPLES)
    assert bare(fast.run(files, shapes)) == found


def test_a_class_that_is_a_shape_is_its_own_target() -> None:
    """A shape that is a class too looks at its instances."""
    shapes = _turtle("e:C a rdfs:Class, sh:NodeShape ; sh:property [ sh:path e:p ; sh:minCount 1 ] .")
    assert len(_both(_turtle("e:a a e:C . e:b a e:D . e:D rdfs:subClassOf e:C ."), shapes)) == 2


def test_the_inverse_of_a_sequence_goes_backwards() -> None:
    """The reference goes its steps in the wrong order: who sees both agree here takes this away."""
    data = _turtle("e:a a e:C . e:b e:p e:c . e:c e:q e:a .")
    shapes = _turtle(
        "e:S sh:targetClass e:C ; sh:property [ sh:path [ sh:inversePath ( e:p e:q ) ] ; sh:minCount 1 ] ."
    )
    assert run_fast(data, shapes) == []
    assert len(reference.run(data, shapes)) == 1


@pytest.mark.parametrize("engine", ["pyshacl", "shacl"])
@pytest.mark.parametrize("said", ['sh:path "p"', "sh:path e:p ; sh:minCount 1.5", 'sh:path e:p ; sh:pattern "("'])
def test_bad_shapes_are_refused(engine: str, said: str) -> None:
    """An engine that cannot use shapes says so, in one line."""
    shapes = _turtle(f"e:S sh:targetClass e:C ; sh:property [ {said} ] .")
    run = reference.run if engine == "pyshacl" else run_fast
    with pytest.raises(RefusedError) as caught:
        run(_turtle('e:a a e:C ; e:p "x" .'), shapes)
    assert str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.sampled_from(sorted(HARMS))), min_size=3, max_size=40))
@settings(max_examples=8)
@pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning")  # rdflib's, of "yes"
def test_what_is_wrong_with_good_examples_is_found_alike(harms: list[tuple[int, str]]) -> None:
    """The complete examples of all shapes of this repository's site, together, harmed in many ways."""
    _both(harmed(GOOD, harms), SHAPES)


@pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning")  # rdflib's, of "yes"
def test_what_is_wrong_with_the_site_is_found_alike() -> None:
    """Two thousand statements of this repository's own site, without the rest, one of ten harmed."""
    good = sorted({one.triple for one in read_site(open_site(ROOT)).quads("catalog", "ontology", "data")}, key=str)
    chance = random.Random(1)  # noqa: S311 - no secrets are made here
    torn = chance.sample(good, 2000)
    places = chance.sample(range(len(torn)), len(torn) // 10)
    found = _both(harmed(torn, [(one, chance.choice(sorted(HARMS))) for one in places]), SHAPES)
    assert len({one.shape for one in found}) > 50
    assert len({one.component for one in found}) > 8
