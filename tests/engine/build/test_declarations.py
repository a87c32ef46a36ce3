"""The saved queries as RDF: as editors of other endpoints read them, in terms that there are."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from mreze.build.contents import Contents, placed
from mreze.build.vocabularies import vocabularies
from mreze.graph import read_site
from mreze.namespaces import RDF_TYPE, term
from mreze.site import open_site

MINIMAL = Path(__file__).parents[2] / "sites" / "minimal"
BASE = "https://minimal.example/data/"


@pytest.fixture(scope="module")
def contents() -> Contents:
    """What a release of the minimal site holds."""
    return Contents(read_site(open_site(MINIMAL)))


def _of(contents: Contents, subject: str) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for one in contents.described_queries:
        if one.subject == NamedNode(BASE + subject):
            found.setdefault(one.predicate.value.rpartition("#")[2].rpartition("/")[2], set()).add(one.object)
    return found


def test_a_query_is_described(contents: Contents) -> None:
    """Kind, text without its header, question, prefixes, endpoint, and how many rows it gave."""
    said = _of(contents, "queries/opened-since")
    assert said["type"] == {term("sh:SPARQLExecutable"), term("sh:SPARQLSelectExecutable")}
    (text,) = said["select"]
    assert isinstance(text, Literal)
    assert text.value.startswith("PREFIX ex:")
    assert Literal("Which bridges were opened since a year, for example 1900?", language="en") in said["label"]
    assert Literal("Das Jahr selbst zählt mit.", language="de") in said["comment"]
    assert said["prefixes"] == {NamedNode(BASE + "queries")}
    assert said["target"] == {NamedNode("https://location.invalid/sparql")}
    assert said["rows"] == {Literal(6)}
    assert said["parameter"] == {NamedNode(BASE + "queries/opened-since#parameter-since")}


def test_a_parameter_is_described_as_in_shacl(contents: Contents) -> None:
    """The local name of the path is that of the variable; datatype or class, default or example, in order."""
    since = _of(contents, "queries/opened-since#parameter-since")
    assert since["type"] == {term("sh:Parameter")}
    assert since["path"] == {NamedNode(BASE + "queries/opened-since#since")}
    assert since["datatype"] == {term("xsd:integer")}
    assert since["defaultValue"] == {Literal(1900)}
    assert since["optional"] == {Literal(True)}
    assert since["name"] == {Literal("first year", language="en"), Literal("erstes Jahr", language="de")}
    river = _of(contents, "queries/crossing#parameter-river")
    assert river["class"] == {term("schema:RiverBodyOfWater")}
    assert river["nodeKind"] == {term("sh:IRI")}
    assert river["optional"] == {Literal(False)}
    assert river["example"] == {NamedNode(BASE + "id/rivers/green-river")}
    assert "defaultValue" not in river
    assert _of(contents, "queries/crossing#parameter-language")["order"] == {Literal(1)}
    assert _of(contents, "queries/is-called#parameter-name")["language"] == {Literal("de")}


def test_forms_have_their_kinds(contents: Contents) -> None:
    """ASK and CONSTRUCT too."""
    assert term("sh:SPARQLAskExecutable") in _of(contents, "queries/is-called")["type"]
    assert "construct" in _of(contents, "queries/described")


def test_every_term_is_spelt_right(contents: Contents) -> None:
    """No validator would say: each term is in the list of its vocabulary."""
    known = vocabularies((quad.triple for quad in contents.graph.quads("ontology")), contents.prefixes)
    terms = {one.predicate for one in contents.described_queries} | {
        one.object
        for one in contents.described_queries
        if one.predicate == RDF_TYPE and isinstance(one.object, NamedNode)
    }
    assert {one.value for one in terms if known.is_unknown(one.value)} == set()


def test_the_default_graph_has_them_with_the_endpoint_under_the_base() -> None:
    """Until a server says where it is."""
    triple = Triple(NamedNode("urn:q"), term("schema:target"), NamedNode("https://location.invalid/sparql"))
    other = Triple(NamedNode("urn:q"), term("schema:target"), NamedNode("https://location.example/sparql"))
    assert list(placed([triple, other], BASE)) == [
        Triple(triple.subject, triple.predicate, NamedNode(BASE + "sparql")), other,
    ]  # fmt: skip
