"""Every shape has an example that trips it and nothing else; the repository's own site trips none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from pyshacl.helper.path_helper import shacl_path_to_sparql_path
from pyshacl.shapes_graph import ShapesGraph
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef, Variable
from rdflib.namespace import SH
from rdflib.term import Node
from tests.engine.shacl.agreement import bare, read, run_fast

from mreze.graph import read_site
from mreze.namespaces import PREFIXES
from mreze.shacl import reference
from mreze.site import open_site
from mreze.validation import to_rdflib, validate

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
EXAMPLES = sorted(FOLDER.glob("*/*.ttl"))
LANGUAGES = {"en", "sr-cyrl", "sr-latn"}
ONTOLOGY = "https://w3id.org/mreze-gradova/ontology#"
SHAPE = "https://w3id.org/mreze-gradova/shapes#"
ACCOMPANYING = {
    "dct:Location": "a place of an authority table, which the catalogue only names",
    "foaf:Organization": "a publisher is a foaf:Agent, which has the shape",
    "geo:Feature": "demanded by the shapes of places and countries",
    "mg:AsOfBasis": "a term of the ontology: shape Term",
    "mg:Certainty": "a term of the ontology: shape Term",
    "mg:Comparator": "a term of the ontology: shape Term",
    "mg:Counted": "a term of the ontology: shape Term",
    "mg:Grounds": "a term of the ontology: shape Term",
    "mg:Network": "a kind of organization",
    "mg:NameBasis": "a term of the ontology: shape Term",
    "mg:Rank": "a term of the ontology: shape Term",
    "prov:Activity": "demanded by the shapes of events and programmes",
    "prov:Entity": "demanded by the shape of sources",
    "schema:GovernmentOrganization": "a kind of organization",
    "schema:ItemList": "demanded by the shape of lists of members",
    "schema:Observation": "demanded by the shape of member counts",
    "schema:Organization": "demanded by the shape of organizations",
    "sf:Point": "demanded by the shape of geometries",
    "skosxl:Label": "demanded by the shape of dated names",
    "vcard:Organization": "a contact is a vcard:Kind, which has the shape",
    "void:Dataset": "a dataset is a dcat:Dataset, which has the shape",
}
"""Classes that only go with another one."""


def _read(path: Path) -> Graph:
    return to_rdflib(quad.triple for quad in parse(path.read_bytes(), format=RdfFormat.TURTLE))


SHAPES = Graph()
for _path in sorted((ROOT / "shapes").glob("*.ttl")):
    SHAPES += _read(_path)
_STATED = sorted(SHAPES.subjects(RDF.type, SH.PropertyShape), key=str)
PROPERTY_SHAPES = [one for one in _STATED if not str(one).startswith(ONTOLOGY)]
DERIVED = [one for one in _STATED if str(one).startswith(ONTOLOGY)]
"""Terms whose values are found on request: their shapes only say how."""
NODE_SHAPES = sorted(SHAPES.subjects(RDF.type, SH.NodeShape), key=str)


TRIPLES = read(*(ROOT / "shapes").glob("*.ttl"))


def _tripped(data: Graph) -> set[str]:
    results = validate(data, SHAPES)
    return {str(one).removeprefix(SHAPE) for one in results.objects(None, SH.sourceShape)}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_example_trips_what_its_name_says(path: Path) -> None:
    """`valid-*` trips nothing, `invalid-<shape>` exactly that shape, among all shapes together; both engines agree."""
    verdict, _, name = path.stem.partition("-")
    found = bare(reference.run(read(path), TRIPLES))
    assert {str(one.shape) for one in found} == ({f"<{SHAPE}{name}>"} if verdict == "invalid" else set())
    assert bare(run_fast(read(path), TRIPLES)) == found


@pytest.mark.parametrize("shape", PROPERTY_SHAPES, ids=lambda shape: str(shape).removeprefix(SHAPE))
def test_a_property_shape_is_whole(shape: Node) -> None:
    """It has an example that trips it, a node shape that asks for it, one path, and a severity."""
    name = str(shape).removeprefix(SHAPE)
    assert [one for one in EXAMPLES if one.stem == f"invalid-{name}"]
    assert len(list(SHAPES.subjects(SH.property, shape))) == 1
    assert len(list(SHAPES.objects(shape, SH.path))) == 1
    assert SHAPES.value(shape, SH.severity) in {SH.Violation, SH.Warning}


@pytest.mark.parametrize("shape", PROPERTY_SHAPES, ids=lambda shape: str(shape).removeprefix(SHAPE))
def test_a_property_shape_speaks_three_languages(shape: Node) -> None:
    """Its name and its message are there once in each language."""
    for predicate in (SH.name, SH.message):
        assert sorted(getattr(one, "language", "") for one in SHAPES.objects(shape, predicate)) == sorted(LANGUAGES)


@pytest.mark.parametrize("term", DERIVED, ids=lambda term: str(term).removeprefix(ONTOLOGY))
def test_a_derived_property_is_a_term_with_a_way(term: Node) -> None:
    """It is a datatype property of the ontology that no data state, and its path leads from some things to values."""
    graph = to_rdflib(quad.triple for quad in read_site(open_site(ROOT)).quads("data", "ontology"))
    assert (term, RDF.type, OWL.DatatypeProperty) in graph
    assert isinstance(term, URIRef)
    assert not list(graph.subject_objects(term))
    path = shacl_path_to_sparql_path(ShapesGraph(SHAPES), SHAPES.value(term, SH.path))
    found = graph.query(f"SELECT ?value {{ ?thing {path} ?value }}")
    assert {type(one[Variable("value")]) for one in found.bindings} == {Literal}
    assert not list(SHAPES.subjects(SH.property, term))


@pytest.mark.parametrize("shape", NODE_SHAPES, ids=lambda shape: str(shape).removeprefix(SHAPE))
def test_a_node_shape_is_labelled_in_three_languages(shape: Node) -> None:
    """Its label is there once in each language."""
    assert sorted(getattr(one, "language", "") for one in SHAPES.objects(shape, RDFS.label)) == sorted(LANGUAGES)


def test_a_concept_in_a_list_needs_names() -> None:
    """A concept whose labels are left out trips the shape of things, though it has no other class."""
    listed = _read(FOLDER / "concept" / "valid-in-list.ttl")
    for predicate, shape in ((RDFS.label, "Thing-label"), (SKOS.prefLabel, "Thing-name")):
        nameless = Graph()
        nameless += listed
        nameless.remove((None, predicate, None))
        assert _tripped(nameless) == {shape}


@pytest.mark.parametrize(
    "iri",
    [
        "https://www.wikidata.org/wiki/Q1", "http://www.wikidata.org/entity/q1", "https://www.wikidata.org/entity/Q1",
        "http://wikidata.org/entity/Q1", "http://www.wikidata.org/entity/P31", "https://www.geonames.org/1/",
        "http://sws.geonames.org/1/", "https://sws.geonames.org/1", "https://sws.geonames.org/1/about.rdf",
        "https://publications.europa.eu/resource/authority/country/SWE",
        "http://publications.europa.eu/resource/authority/country/SWE/",
    ],
)  # fmt: skip
def test_a_link_in_another_form_is_told(iri: str) -> None:
    """Addresses of pages, another scheme, host or case, and a slash more or less name no thing of an authority."""
    linked = _read(FOLDER / "concept" / "valid-complete.ttl")
    thing = linked.value(predicate=RDF.type, object=SKOS.Concept)
    assert thing
    for predicate in (OWL.sameAs, SKOS.exactMatch, URIRef("https://schema.org/sameAs")):
        linked.add((thing, predicate, URIRef(iri)))
    assert _tripped(linked) == {"LinkedSame-same", "LinkedConcept-match", "LinkedElsewhere-same"}


@pytest.mark.parametrize("point", ["POINT(180.5 1)", "POINT(200 1)", "POINT(1 90.5)", "POINT(1,5 2)", "POINT(1)"])
def test_a_point_off_the_globe_is_told(point: str) -> None:
    """Degrees past 180 and 90, commas and lone numbers are no coordinates."""
    text = (FOLDER / "geometry" / "valid-complete.ttl").read_bytes()
    moved = re.sub(rb"POINT\(.*?\)", point.encode(), text)
    assert moved != text
    quads = parse(moved, format=RdfFormat.TURTLE)
    assert _tripped(to_rdflib(quad.triple for quad in quads)) == {"Geometry-coordinates"}


def test_every_class_of_the_data_has_a_shape() -> None:
    """What a thing of the site is, some node shape targets, or it only goes with what has one."""
    graph = to_rdflib(quad.triple for quad in read_site(open_site(ROOT)).quads("catalog", "data", "ontology"))
    targets = set(SHAPES.objects(None, SH.targetClass))
    names = {iri: f"{prefix}:" for prefix, iri in (PREFIXES | {"mg": ONTOLOGY}).items()}
    bare = {one for one in graph.objects(None, RDF.type) if isinstance(one, URIRef) and one not in targets}
    split = (re.fullmatch(r"(.*[#/])(.*)", str(one)) for one in bare)
    assert {names[one[1]] + one[2] for one in split if one} == set(ACCOMPANYING)


def test_the_site_trips_nothing() -> None:
    """Catalogue, ontology and data of this repository conform."""
    quads = read_site(open_site(ROOT)).quads("catalog", "data", "ontology")
    assert _tripped(to_rdflib({quad.triple for quad in quads})) == set()


def test_there_is_a_valid_example_of_each_file() -> None:
    """Each file of shapes that targets something has a folder with a complete, conforming example."""
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        targets = {SH.targetClass, SH.targetSubjectsOf} & set(_read(path).predicates())
        assert bool(targets) == (FOLDER / path.stem / "valid-complete.ttl").exists(), path
