"""A vocabulary is read: terms by kind, and what leads where."""

from __future__ import annotations

from pyoxigraph import NamedNode, RdfFormat, parse

from mreze.serve.schema.demands import read_shapes
from mreze.serve.schema.said import Said
from mreze.serve.schema.vocabulary import ANYTHING, Relation, read_relations, read_terms

PREFIXES = """
PREFIX ex: <https://e.example/o#> PREFIX s: <https://e.example/shapes#> PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
"""
VOCABULARY = """
<https://e.example/o> a owl:Ontology .
ex:Bridge a owl:Class . ex:Code a rdfs:Datatype . ex:steel a ex:Material .
ex:stated a owl:ObjectProperty ; rdfs:domain ex:Bridge ; rdfs:range ex:River .
ex:shaped a owl:ObjectProperty .
ex:wide a owl:ObjectProperty .
ex:code a owl:DatatypeProperty ; rdfs:domain ex:Bridge ; rdfs:range ex:Code .
ex:plain a rdf:Property ; rdfs:domain ex:Bridge ; rdfs:range xsd:gYear .
""".replace("rdf:Property", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#Property>")
SHAPES = """
s:b sh:targetClass ex:Bridge ; sh:property [ sh:path ex:shaped ; sh:class ex:Town ], [ sh:path ex:wide ] .
s:all sh:targetClass ex:A, ex:B, ex:C ; sh:property [ sh:path ex:wide ] .
"""


def _said(turtle: str) -> Said:
    return Said(one.triple for one in parse(PREFIXES + turtle, format=RdfFormat.TURTLE))


def _ex(*names: str) -> tuple[NamedNode, ...]:
    return tuple(NamedNode("https://e.example/o#" + one) for one in names)


def test_terms_stand_under_their_kind() -> None:
    """Each once; the vocabulary itself is no term, and what is of no kind is a value."""
    found = read_terms(_said(VOCABULARY), NamedNode("https://e.example/o"))
    assert found == {
        "Classes": list(_ex("Bridge")),
        "Properties": list(_ex("code", "plain", "shaped", "stated", "wide")),
        "Datatypes": list(_ex("Code")),
        "Values": list(_ex("steel")),
    }


def test_domain_and_range_are_those_stated_or_those_that_shapes_ask_for() -> None:
    """What is asked of many classes is drawn as one that anything may have."""
    said, shaped = _said(VOCABULARY), _said(SHAPES)
    relations = read_relations(said, _ex("stated", "shaped", "wide", "code", "plain"), read_shapes(shaped), shaped)
    stated, by_shape, wide, code, plain = relations
    assert stated == Relation(_ex("stated")[0], _ex("Bridge"), _ex("River"), leads=True)
    assert by_shape == Relation(_ex("shaped")[0], _ex("Bridge"), _ex("Town"), leads=True)
    assert wide == Relation(_ex("wide")[0], (NamedNode(ANYTHING),), (), leads=True)
    assert (code.leads, plain.leads) == (False, False)
