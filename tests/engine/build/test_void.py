"""The description of a release says what counting by SPARQL says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, RdfFormat, Store

from mreze.build.release import Built, build_release
from mreze.namespaces import PREFIXES

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
BASE = "https://minimal.example/data/"
PREFIX = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("rdf", "sd", "void", "voidext"))
GRAPHS = {
    "void#default": [],
    "dataset/bulk": [BASE + "dataset/bulk", "https://elsewhere.example/graph"],
    "dataset/crossings": [BASE + "dataset/crossings"],
    "void#ontology": [BASE + "ontology"],
    "void#all": [BASE + name for name in ("dataset/bulk", "dataset/crossings", "ontology")]
    + ["https://elsewhere.example/graph"],
}
"""Whose triples a description counts; none means the default graph."""
COUNTED = {
    "SELECT ?n { ?d void:triples ?n }": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?n { ?d void:distinctSubjects ?n }": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
    "SELECT ?n { ?d void:distinctObjects ?n }": "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
    "SELECT ?n { ?d void:properties ?n }": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    "SELECT ?n { ?d void:classes ?n }": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
    "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }": (
        "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c"
    ),
    """SELECT ?p ?n ?a ?b { ?d void:propertyPartition
    [ void:property ?p ; void:triples ?n ; void:distinctSubjects ?a ; void:distinctObjects ?b ] }""": (
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?a) (COUNT(DISTINCT ?o) AS ?b) { ?s ?p ?o } GROUP BY ?p"
    ),
    "SELECT ?t ?n { ?d voidext:datatypePartition [ voidext:datatype ?t ; void:triples ?n ] }": (
        "SELECT ?t (COUNT(*) AS ?n) { ?s ?p ?o . FILTER (isLiteral(?o)) BIND (DATATYPE(?o) AS ?t) } GROUP BY ?t"
    ),
    "SELECT ?l ?n { ?d voidext:languagePartition [ voidext:language ?l ; void:triples ?n ] }": (
        "SELECT ?l (COUNT(*) AS ?n) { ?s ?p ?o . FILTER (LANG(?o) != '') BIND (LANG(?o) AS ?l) } GROUP BY ?l"
    ),
}
"""What is said of ?d, and how it is counted."""
LINKED = {
    """SELECT ?c ?p ?n { ?d void:classPartition [ void:class ?c ; void:propertyPartition
    [ void:property ?p ; void:triples ?n ] ] }""": ("SELECT ?c ?p (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o } GROUP BY ?c ?p"),
    """SELECT ?c ?p ?e ?n { ?d void:classPartition [ void:class ?c ; void:propertyPartition
    [ void:property ?p ; void:classPartition [ void:class ?e ; void:triples ?n ] ] ] }""": (
        "SELECT ?c ?p ?e (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . ?o a ?e } GROUP BY ?c ?p ?e"
    ),
    """SELECT ?c ?p ?t ?n { ?d void:classPartition [ void:class ?c ; void:propertyPartition
    [ void:property ?p ; voidext:datatypePartition [ voidext:datatype ?t ; void:triples ?n ] ] ] }""": (
        """SELECT ?c ?p ?t (COUNT(*) AS ?n) { ?s a ?c ; ?p ?o . FILTER (isLiteral(?o)) BIND (DATATYPE(?o) AS ?t) }
        GROUP BY ?c ?p ?t"""
    ),
}
"""The same for what the things of a class say."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A release of the minimal site, for looking at only."""
    return build_release(MINIMAL, tmp_path_factory.mktemp("releases"), "2026-11-23")


@pytest.fixture(scope="module")
def described(built: Built) -> Store:
    """What void.ttl says."""
    store = Store()
    store.load(path=built.folder / "void.ttl", format=RdfFormat.TURTLE, base_iri=BASE)
    return store


def _rows(store: Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(PREFIX + query)
    assert isinstance(solutions, QuerySolutions)
    return sorted(tuple(one.value for one in row) for row in solutions)


def _merged(built: Built, graphs: list[str]) -> Store:
    disk, memory = Store.read_only(str(built.folder / "store")), Store()
    names: list[NamedNode | DefaultGraph] = [*map(NamedNode, graphs)]
    for graph in names or [DefaultGraph()]:
        memory.extend(Quad(*one.triple) for one in disk.quads_for_pattern(None, None, None, graph))
    return memory


@pytest.mark.parametrize("dataset", GRAPHS)
def test_a_description_counts_right(built: Built, described: Store, dataset: str) -> None:
    """Sizes and partitions of the datasets, the ontology, the whole and the default graph."""
    triples = _merged(built, GRAPHS[dataset])
    for said, counted in {**COUNTED, **(LINKED if dataset == "void#all" else {})}.items():
        expected = _rows(triples, counted)
        assert expected
        assert _rows(described, said.replace("?d ", f"<{BASE}{dataset}> ")) == expected, said


def test_every_vocabulary_is_named(built: Built, described: Store) -> None:
    """A client that finds a property in none of the vocabularies takes it for absent."""
    for dataset, graphs in GRAPHS.items():
        named = {row[0] for row in _rows(described, f"SELECT ?v {{ <{BASE}{dataset}> void:vocabulary ?v }}")}
        used = _rows(_merged(built, graphs), "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }")
        assert all(any(row[0].startswith(one) for one in named) for row in used)


def test_every_graph_is_described(built: Built, described: Store) -> None:
    """Its name, its count, its title and licence; of one that a file names also the dataset that it is part of."""
    store = Store.read_only(str(built.folder / "store"))
    counts = {
        (graph.value, str(sum(1 for _ in store.quads_for_pattern(None, None, None, graph))))
        for graph in store.named_graphs()
        if isinstance(graph, NamedNode)
    }
    named = f"<{BASE}void#graphs> sd:namedGraph ?g . ?g a sd:NamedGraph ; sd:name ?g ; sd:graph ?d . ?d a sd:Graph ; "
    dct = "PREFIX dct: <http://purl.org/dc/terms/> "
    assert set(_rows(described, f"SELECT ?g ?n {{ {named} void:triples ?n }}")) == counts
    for name in ("dct:title", "dct:license"):
        assert {row[0] for row in _rows(described, f"{dct} SELECT ?g {{ {named} {name} ?x }}")} == {
            name for name, _ in counts
        }
    elsewhere = f"{dct} SELECT ?whole {{ <https://elsewhere.example/graph> sd:graph [ dct:isPartOf ?whole ] }}"
    assert _rows(described, elsewhere) == [(BASE + "dataset/bulk",)]


def test_only_wholes_are_datasets(described: Store) -> None:
    """Whoever lists the datasets of a description does not get a thousand parts."""
    found = {row[0] for row in _rows(described, "SELECT ?d { ?d a void:Dataset }")}
    assert found == {BASE + name for name in GRAPHS}


def test_the_parts_of_the_whole_are_shared(described: Store) -> None:
    """What the default graph has no more of than the whole is one part of both."""
    parts = "SELECT ?part {{ <{}> void:propertyPartition ?part }}"
    whole = set(_rows(described, parts.format(BASE + "void#all")))
    default = set(_rows(described, parts.format(BASE + "void#default")))
    assert len(whole & default) > 5
    assert any("#default-property-sh-prefix" in row[0] for row in default - whole)
