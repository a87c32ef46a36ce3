"""Shapes tell what the properties of a class are called, and in which order they stand."""

from __future__ import annotations

from pyoxigraph import RdfFormat, parse

from mreze.namespaces import PREFIXES
from mreze.serve.fields import UNPLACED, Fields

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in {**PREFIXES, "ex": "https://x.example/"}.items())
SHAPES = """
ex:Bridge a owl:Class , sh:NodeShape ; sh:property ex:a , ex:b , ex:c , ex:d .
ex:Other a sh:NodeShape ; sh:targetClass ex:Structure ; sh:property ex:e .
ex:a sh:path ex:code ; sh:name "code of two"@en .
ex:b sh:path ex:code ; sh:name "code of three"@en .
ex:c sh:path ex:opened ; sh:name "opened"@en , "отворен"@sr-cyrl ; sh:order "x" .
ex:d sh:path ( ex:one ex:two ) ; sh:name "path"@en .
ex:e sh:path ex:code ; sh:name "code"@en ; sh:order 3 .
"""
FIELDS = Fields(quad.triple for quad in parse(HEAD + SHAPES, format=RdfFormat.TURTLE))
BRIDGE, STRUCTURE = "https://x.example/Bridge", "https://x.example/Structure"


def test_a_name_counts_where_the_shapes_agree() -> None:
    """Two names of one property are none, nor is an order that is no number; a longer path is no field."""
    fields = FIELDS.of([BRIDGE])
    assert set(fields) == {"https://x.example/code", "https://x.example/opened"}
    assert fields["https://x.example/code"].names == {}
    assert fields["https://x.example/opened"].names == {"en": "opened", "sr-cyrl": "отворен"}
    assert fields["https://x.example/opened"].place == UNPLACED


def test_of_several_classes_one_that_has_a_name_tells() -> None:
    """A class that no shape is for has no fields."""
    field = FIELDS.of([BRIDGE, STRUCTURE])["https://x.example/code"]
    assert (field.names, field.place) == ({"en": "code"}, 3.0)
    assert FIELDS.of(["https://x.example/Unknown"]) == {}
