"""The programs that people use read what is served: rdflib, SPARQLWrapper, pandas, requests, curl."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pandas
import pytest
import requests
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import ORG, RDF, SDO, SKOS
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
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
DIRECT = "Content-Type: application/sparql-query"
CITY = "https://w3id.org/mreze-gradova/id/organizations/grad-nis"
OF_THE_CITY = f"?m a <http://www.w3.org/ns/org#Membership> ; <http://www.w3.org/ns/org#member> <{CITY}>"
MEMBERSHIPS = f"SELECT ?m WHERE {{ {OF_THE_CITY} }} ORDER BY ?m"
CONSTRUCTED = f"CONSTRUCT {{ ?m a <http://www.w3.org/ns/org#Membership> }} WHERE {{ {OF_THE_CITY} }}"


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
    wrapper.setQuery(CONSTRUCTED)
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
    constructed = graph.query(CONSTRUCTED)
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
    assert len(list(graph.objects(dataset, URIRef(dct + "title")))) == 4  # with the plain `sr` that portals look for
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


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("encoding", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_sends_queries_in_each_way(own: Served, method: str, encoding: str) -> None:
    """ASK, DESCRIBE and a graph of its own choice, by GET, in forms and as bodies, with the Accept of each format."""
    wrapper = SPARQLWrapper(own.address + "sparql", defaultGraph=own.base + "dataset/nis")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(encoding)
    wrapper.setQuery("ASK { ?m a <http://www.w3.org/ns/org#Membership> }")
    for form in (JSON, XML):
        wrapper.setReturnFormat(form)
        answer = wrapper.query()
        assert f"sparql-results+{form}" in answer.info()["content-type"]
        assert b"true" in answer.response.read()
    wrapper.setQuery(f"DESCRIBE <{own.base}id/organizations/b40>")
    for form in (RDFXML, TURTLE, N3, JSONLD):
        wrapper.setReturnFormat(form)
        found = wrapper.queryAndConvert()
        graph = found if isinstance(found, Graph) else Graph().parse(data=found, format=form)  # type: ignore[arg-type]
        assert (URIRef(own.base + "id/organizations/b40"), RDF.type, ORG.Organization) in graph
    wrapper.setQuery("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    wrapper.setReturnFormat(TSV)
    found = wrapper.queryAndConvert()
    assert isinstance(found, bytes)
    assert len(found.split(b"\n")) == 2


def test_rdflib_asks_the_endpoint_from_a_query_of_its_own(own: Served) -> None:
    """SERVICE in a query over a graph of somebody's machine joins what it has with what we have."""
    graph = Graph()
    ljubljana = URIRef("https://elsewhere.example/ljubljana")
    graph.add((ljubljana, ORG.memberOf, URIRef(own.base + "id/organizations/ecad")))
    found = graph.query(
        f"""PREFIX org: <http://www.w3.org/ns/org#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?member ?label {{
          ?member org:memberOf ?network .
          SERVICE <{own.address}sparql> {{ ?network skos:prefLabel ?label . FILTER (langMatches(lang(?label), "en")) }}
        }}"""
    )
    ((member, label),) = [tuple(row) for row in found]  # type: ignore[arg-type]
    assert member == ljubljana
    assert "Drugs" in str(label)


def test_rdflib_as_a_store_names_graphs(own: Served) -> None:
    """A SPARQLStore sends its query by GET, in a form, and as a body; a Dataset over it asks for one graph."""
    for method in ("GET", "POST", "POST_FORM"):
        store = SPARQLStore(own.address + "sparql", method=method, context_aware=True)
        graph = Graph(store, identifier=URIRef(own.base + "dataset/nis"))
        assert len(list(graph.query(MEMBERSHIPS))) == len(NETWORKS)
        assert len(set(graph.subjects(RDF.type, ORG.Membership))) == len(NETWORKS)


def test_pandas_reads_a_query(own: Served) -> None:
    """An address with a query and the format is a table."""
    query = f"SELECT ?m ?year {{ ?m <http://www.w3.org/ns/org#member> <{CITY}> }} ORDER BY ?m"
    address = own.address + "sparql?" + urlencode({"query": query, "format": "csv"})
    table = pandas.read_csv(address)
    assert list(table.columns) == ["m", "year"]
    assert {one.rpartition("-")[2] for one in table["m"]} <= {one.rpartition("-")[2] for one in NETWORKS}
    assert table["year"].isna().all()
    tabs = pandas.read_csv(own.address + "sparql?" + urlencode({"query": MEMBERSHIPS, "format": "tsv"}), sep="\t")
    assert len(tabs) == len(NETWORKS)


def test_a_notebook_keeps_its_connection(own: Served) -> None:
    """A thousand small lookups of one session, each with its own answer, over one connection."""
    with requests.Session() as session:
        for number in range(1_000):
            query = f"SELECT ({number} AS ?n) {{}}"
            answer = session.get(own.address + "sparql", params={"query": query}, headers={"Accept": "text/csv"})
            assert answer.text.split() == ["n", str(number)]
        (pool,) = session.get_adapter(own.address).poolmanager.pools._container.values()  # type: ignore[attr-defined]
        assert pool.num_connections == 1


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl (Debian: curl)")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--get", "--data-urlencode", "query={query}"], "200 application/sparql-results+json"),
        (["--data-urlencode", "query={query}"], "200 application/sparql-results+json"),
        (["--data-urlencode", "query={query}", "--http1.0"], "200 application/sparql-results+json"),
        (["--data-binary", "{query}", "-H", DIRECT], "200 application/sparql-results+json"),
        (["--data-binary", "@{file}", "-H", DIRECT], "200 application/sparql-results+json"),
        (["-X", "QUERY", "-d", "{query}", "-H", DIRECT], "200 application/sparql-results+json"),
        (["-F", "query={query}"], "415 application/problem+json"),
        (["--data-binary", "{query}"], "400 application/problem+json"),
        (["-T", "{file}"], "405 application/problem+json"),
        (["--get", "--data-urlencode", "query={query}", "-H", "Accept: text/csv"], "200 text/csv"),
        (["--get", "--data-urlencode", "query={query}", "-H", "Accept:"], "200 application/sparql-results+json"),
        (["-I", "{address}?query=ASK%7B%7D"], "200 application/sparql-results+json"),
        (["--data-urlencode", "update=DROP ALL"], "403 application/problem+json"),
        (["--compressed", "-H", "Expect: 100-continue", "-d", "query={query}"], "200 application/sparql-results+json"),
    ],
)  # fmt: skip
def test_curl_asks_in_every_way(own: Served, tmp_path: Path, options: list[str], expected: str) -> None:
    """What people type into a terminal."""
    file = tmp_path / "query.rq"
    file.write_text(MEMBERSHIPS, "utf-8")
    given = {"query": MEMBERSHIPS, "file": str(file), "address": own.address + "sparql"}
    command = ["curl", "-sS", "-o", str(tmp_path / "out"), "-w", "%{http_code} %{content_type}"]
    command += [one.format(**given) for one in options]
    done = subprocess.run([*command, own.address + "sparql"], check=True, capture_output=True, text=True)
    assert done.stdout.startswith(expected)
    if expected.startswith("200") and "-I" not in options:
        content = (tmp_path / "out").read_text("utf-8")
        assert content.count("/memberships/") == len(NETWORKS)
