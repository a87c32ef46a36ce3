"""Tools find examples, prefixes, classes and properties where they look for them.

The SIB editor (https://github.com/sib-swiss/sparql-editor) asks the default graph for examples and prefixes as SHACL
says them, and for VoID; where it gets no VoID there it asks the same of the endpoint's description. Editors without
either list classes and properties. Comunica plans queries by the VoID of the default graph in the description.
"""

from __future__ import annotations

import httpx
import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store
from tests.servers import Served

from mreze.namespaces import PREFIXES

PREFIX = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("rdfs", "sd", "sh", "void", "voidext"))
EXAMPLES = """SELECT DISTINCT ?example ?comment ?text WHERE {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?text
} ORDER BY ?example"""
DECLARED = (
    "SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix"
)
OVERVIEW = """SELECT DISTINCT ?graph ?class ?property ?triples ?end ?datatype WHERE {
  OPTIONAL { ?graph sd:graph ?description . ?description void:classPartition ?part }
  ?part void:class ?class ; void:propertyPartition ?inner .
  ?inner void:property ?property
  OPTIONAL { ?inner void:triples ?triples }
  OPTIONAL {
    { ?inner void:classPartition [ void:class ?end ] }
    UNION { ?inner voidext:datatypePartition [ voidext:datatype ?datatype ] }
  }
}"""
CLASSES = "SELECT DISTINCT ?class WHERE { [] a ?class }"
PROPERTIES = "SELECT DISTINCT ?property WHERE { [] ?property [] }"


def _ask(served: Served, query: str) -> list[dict[str, str]]:
    """Ask as an editor does: by GET, with a parameter that means nothing here."""
    answer = httpx.get(
        served.address + "sparql", params={"ac": "1", "query": PREFIX + query},
        headers={"accept": "application/sparql-results+json"}, timeout=30,
    )  # fmt: skip
    rows = answer.json()["results"]["bindings"]
    return [{name: value["value"] for name, value in row.items()} for row in rows]


def _ask_description(served: Served, query: str) -> list[dict[str, str]]:
    """Ask what the endpoint says of itself."""
    store = Store()
    store.load(served.get("sparql", "application/n-quads, text/turtle;q=0.5").content, format=RdfFormat.N_QUADS)
    solutions = store.query(PREFIX + query)
    assert isinstance(solutions, QuerySolutions)
    names = [one.value for one in solutions.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in solutions]


def test_examples_are_found(own: Served) -> None:
    """Every saved query with its text, in the default graph."""
    rows = _ask(own, EXAMPLES)
    listed = own.get("queries/", "text/turtle").text
    assert len({row["example"] for row in rows}) == listed.count("a sh:SPARQLExecutable") > 20
    for row in rows[:5]:
        assert own.query(row["text"]).status_code == 200
    everywhere = EXAMPLES.replace("WHERE {", "WHERE { GRAPH ?g {").replace("?text\n}", "?text } }")
    assert {row["example"] for row in _ask(own, everywhere)} == {row["example"] for row in rows}


def test_prefixes_are_found(own: Served) -> None:
    """Each once, with the namespace that the site's files bind it to."""
    rows = _ask(own, DECLARED)
    prefixes = {row["prefix"]: row["namespace"] for row in rows}
    assert len(prefixes) == len(rows)
    assert prefixes["mg"] == own.base + "ontology#"
    assert PREFIXES.items() <= prefixes.items()


@pytest.mark.parametrize("of", ["minimal", "own"])
def test_classes_and_their_properties_are_found(of: str, request: pytest.FixtureRequest) -> None:
    """In the description, as the default graph has no VoID; and in the graph that has it, on the endpoint."""
    served: Served = request.getfixturevalue(of)
    assert _ask(served, OVERVIEW) == []
    rows = _ask_description(served, OVERVIEW)
    in_graph = OVERVIEW.replace("WHERE {", f"WHERE {{ GRAPH <{served.base}void> {{", 1) + " }"
    assert {tuple(sorted(row.items())) for row in rows} == {
        tuple(sorted(row.items())) for row in _ask(served, in_graph)
    }
    data = "SELECT DISTINCT ?class ?property { ?thing a ?class ; ?property ?value }"
    queries = (PREFIXES["sh"], PREFIXES["owl"] + "Ontology")
    expected = {(row["class"], row["property"]) for row in _ask(served, data) if not row["class"].startswith(queries)}
    assert {(row["class"], row["property"]) for row in rows if not row["class"].startswith(queries)} == expected
    ends = {(row["property"], row.get("end") or row.get("datatype")) for row in rows}
    label = (PREFIXES["skos"] + "prefLabel", PREFIXES["rdf"] + "langString")
    assert label in ends


def test_the_default_graph_is_described_whole(minimal: Served) -> None:
    """A class or property that its description does not count is in it nowhere: clients leave such patterns out."""
    part = "SELECT DISTINCT ?name { ?service sd:defaultDataset/sd:defaultGraph ?graph . ?graph a sd:Graph ; "
    told = {row["name"] for row in _ask_description(minimal, part + "void:classPartition/void:class ?name }")}
    assert told == {row["class"] for row in _ask(minimal, CLASSES)}
    told = {row["name"] for row in _ask_description(minimal, part + "void:propertyPartition/void:property ?name }")}
    assert told == {row["property"] for row in _ask(minimal, PROPERTIES)}
    spaces = {row["name"] for row in _ask_description(minimal, part + "void:vocabulary ?name }")}
    assert all(any(name.startswith(space) for space in spaces) for name in told)
    assert _ask_description(minimal, part + "void:uriSpace ?name }") == []
