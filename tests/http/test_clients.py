"""The programs that people use read what is served: rdflib, SPARQLWrapper, pandas, requests."""

from __future__ import annotations

import io

import pandas
import pytest
import requests
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import ORG, RDF, SDO, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, POST, TURTLE, XML, SPARQLWrapper
from tests.servers import Served

# rdflib's own parsers and SPARQLWrapper still use what rdflib has deprecated.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
]
NETWORKS = {"avec", "b40", "ecad", "energy-cities", "ire", "lhc", "naled", "skgo"}
FOUNDED = {
    "avec": "1997", "b40": "2021", "ecad": "1994", "energy-cities": "1990", "ire": "2004", "lhc": "1994",
    "naled": "2006", "skgo": "1953",
}  # fmt: skip
MEMBERSHIPS = "SELECT ?m WHERE { ?m a <http://www.w3.org/ns/org#Membership> } ORDER BY ?m"


@pytest.mark.parametrize(
    "path", ["memberships/nis-ecad", "organizations/b40", "places/nis", "countries/serbia", "sources/mreze-gradova"]
)
def test_rdflib_follows_an_identifier(own: Served, path: str) -> None:
    """`Graph().parse(".../id/…")` gives the description, whichever syntax rdflib asks for."""
    graph = Graph().parse(f"{own.address}id/{path}")
    thing = URIRef(f"{own.base}id/{path}")
    assert len(list(graph.objects(thing, SKOS.prefLabel))) == 3
    for form in ("turtle", "nt", "json-ld", "xml"):
        assert isomorphic(Graph().parse(f"{own.address}id/{path}", format=form), graph)


def test_the_eight_memberships_come_with_all_that_was_asked_for(own: Served) -> None:
    """The CSV dump: organization, country, seat or explicitly none, founding year, member since."""
    table = pandas.read_csv(own.address + "dumps/nis.csv", dtype=str, keep_default_na=False)
    table.index = pandas.Index([one.rpartition("/")[2] for one in table["organization"]])
    assert set(table.index) == NETWORKS
    assert len(table) == len(NETWORKS)
    assert dict(table["founded"]) == FOUNDED
    assert table.loc["b40", "seat"] == "none"
    assert table.loc["ecad", "member_since"] == "2007-05"
    assert table.loc["energy-cities", "member_since"] == "2003"
    assert set(table["country"]) == {"Austria", "France", "Japan", "Serbia", "Sweden", "Türkiye"}
    assert set(table["certainty"]) <= {"explicit", "implied", "inferred"}


def test_sparqlwrapper_reads_every_form(own: Served) -> None:
    """SELECT in JSON, XML and CSV, CONSTRUCT in Turtle and JSON-LD, by GET and by POST."""
    wrapper = SPARQLWrapper(own.address + "sparql")
    wrapper.setQuery(MEMBERSHIPS)
    wrapper.setReturnFormat(JSON)
    rows = wrapper.queryAndConvert()["results"]["bindings"]  # type: ignore[index, call-overload]
    assert len(rows) == len(NETWORKS)
    wrapper.setReturnFormat(XML)
    assert len(wrapper.queryAndConvert().getElementsByTagName("result")) == len(NETWORKS)  # type: ignore[union-attr]
    wrapper.setReturnFormat(CSV)
    wrapper.setMethod(POST)
    lines = wrapper.queryAndConvert().decode().split()  # type: ignore[union-attr]
    assert len(lines) == len(NETWORKS) + 1
    wrapper.setQuery("CONSTRUCT WHERE { ?m a <http://www.w3.org/ns/org#Membership> }")
    for form in (TURTLE, JSONLD):
        wrapper.setReturnFormat(form)
        found = wrapper.queryAndConvert()
        graph = found if isinstance(found, Graph) else Graph().parse(data=found, format=form)  # type: ignore[arg-type]
        assert len(graph) == len(NETWORKS)


def test_rdflib_queries_the_endpoint_as_a_store(own: Served) -> None:
    """SPARQLStore sends one Accept for all forms and understands what comes."""
    graph = Graph(SPARQLStore(own.address + "sparql"))
    assert len(list(graph.query(MEMBERSHIPS))) == len(NETWORKS)
    assert graph.query("ASK { ?m a <http://www.w3.org/ns/org#Membership> }").askAnswer
    constructed = graph.query("CONSTRUCT WHERE { ?m a <http://www.w3.org/ns/org#Membership> }")
    assert len(list(constructed)) == len(NETWORKS)
    city = URIRef(own.base + "id/organizations/grad-nis")
    members = {str(one).rpartition("/")[2] for one in graph.objects(city, ORG.memberOf)}
    assert members == NETWORKS


def test_the_dumps_are_one_graph_in_six_syntaxes(own: Served) -> None:
    """What rdflib reads of each dump of the dataset is the same."""
    graphs = {form: Graph().parse(f"{own.address}dumps/nis.{end}", format=form) for end, form in
              (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld"))}  # fmt: skip
    quads = Dataset().parse(own.address + "dumps/nis.nq", format="nquads")
    triples = {(s, p, o) for s, p, o, _ in quads.quads()}
    assert triples == set(graphs["nt"])
    assert all(set(graph) == triples for graph in graphs.values())
    assert (None, RDF.type, ORG.Membership) in graphs["turtle"]


def test_a_dump_can_be_streamed(own: Served) -> None:
    """Requests takes it in pieces; every line is whole."""
    with requests.get(own.address + "dumps/all.nt", stream=True, timeout=30) as answer:
        lines = [line for line in answer.iter_lines() if line]
    assert len(lines) == len(set(lines))
    assert all(line.endswith(b" .") for line in lines)
    assert len(Graph().parse(io.BytesIO(b"\n".join(lines)), format="nt")) == len(lines)


def test_the_catalogue_is_what_a_harvester_reads(own: Served) -> None:
    """`*/*` without following redirects: a dataset with its identifier, title and six files."""
    answer = requests.get(own.address + "catalog", headers={"Accept": "*/*"}, allow_redirects=False, timeout=30)
    graph = Graph().parse(data=answer.content, format=answer.headers["content-type"].partition(";")[0])
    dcat, dct = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
    dataset = URIRef(own.base + "dataset/nis")
    assert graph.value(dataset, URIRef(dct + "identifier")) == Literal("nis")
    assert len(list(graph.objects(dataset, URIRef(dct + "title")))) == 3
    assert len(list(graph.objects(dataset, URIRef(dcat + "distribution")))) == 6


def test_plain_triples_answer_the_simple_questions(own: Served) -> None:
    """Membership, seat and founding are one triple each, for whoever does not read claims."""
    graph = Graph().parse(own.address + "dumps/nis.ttl")
    mg = "https://w3id.org/mreze-gradova/ontology#"
    ecad, b40 = (URIRef(f"{own.base}id/organizations/{name}") for name in ("ecad", "b40"))
    assert graph.value(ecad, URIRef(mg + "seat")) == URIRef(own.base + "id/places/stockholm")
    assert graph.value(b40, URIRef(mg + "seat")) is None
    assert {str(graph.value(URIRef(f"{own.base}id/organizations/{name}"), SDO.foundingDate)) for name in NETWORKS} == {
        *FOUNDED.values()
    }
