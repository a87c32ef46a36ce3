"""How many nodes a shape applies to."""

from __future__ import annotations

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from mreze.build.census import Scope, take_census
from mreze.build.targets import Aims, read_shapes
from mreze.lines import quad_lines
from mreze.namespaces import RDF_TYPE

SHAPES = """
PREFIX ex: <https://e.example/> PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
ex:ByClass sh:targetClass ex:Place . ex:Implicit a rdfs:Class , sh:NodeShape .
ex:ByNode sh:targetNode ex:nowhere , ex:a .
ex:Subjects sh:targetSubjectsOf ex:over . ex:Objects sh:targetObjectsOf ex:over .
ex:Twice sh:targetClass ex:Bridge ; sh:targetSubjectsOf ex:over .
"""


def test_every_kind_of_target_is_counted() -> None:
    """Classes with what is below them, nodes that nobody describes, either end of a property, none of them twice."""
    shapes = read_shapes(one.triple for one in parse(SHAPES, format=RdfFormat.TURTLE))
    scope = Scope("https://e.example/", shapes.by_subject())
    said = """PREFIX ex: <https://e.example/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    ex:a a ex:Bridge ; ex:over ex:r . ex:b a ex:Bridge . ex:c ex:over ex:r . ex:d a ex:Implicit .
    ex:Bridge rdfs:subClassOf ex:Built . ex:Built rdfs:subClassOf ex:Place ."""
    quads = [
        Quad(one.subject, one.predicate, one.object, NamedNode("x:graph"))
        for one in parse(said, format=RdfFormat.TURTLE)
    ]
    place = NamedNode("https://e.example/Place")
    catalog = [Quad(NamedNode(f"https://e.example/{one}"), RDF_TYPE, place, NamedNode("x:graph")) for one in "az"]
    whole, cataloged = (take_census(sorted(quad_lines(one)), scope) for one in (quads, catalog))
    aims = Aims(shapes, [whole], cataloged)
    shape = "https://e.example/".__add__
    assert aims.sizes() == {
        shape("ByClass"): 3,
        shape("ByNode"): 2,
        shape("Implicit"): 1,
        shape("Objects"): 1,
        shape("Subjects"): 2,
        shape("Twice"): 3,
    }
    of = b"".join(b"<https://e.example/%s> <x:p> <x:o> <x:g> .\n" % one for one in (b"c", b"none", b"r"))
    assert aims.sizes_of([take_census(of.splitlines(keepends=True), scope)]) == {
        shape("Objects"): 1,
        shape("Subjects"): 1,
        shape("Twice"): 1,
    }
