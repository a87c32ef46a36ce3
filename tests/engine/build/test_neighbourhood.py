"""What a site says of a node is told as it is written, wherever it stands."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from tests.conftest import MINIMAL

from mreze.build.neighbourhood import Neighbourhood, neighbourhood
from mreze.graph import SiteGraph, read_site
from mreze.namespaces import RDF_TYPE, term
from mreze.site import open_site

WRITTEN = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<x:a> <x:p> "01"^^xsd:integer, 1, 1.50, "7"^^xsd:byte, "x"@en, "x", <x:b>, _:n .
<x:a> <x:q> "x"@en, <x:b> .
<x:a.b> <x:p> "1"^^xsd:integer .
<x:g> { <x:a> <x:p> <x:b>, "2020-01-01+00:00"^^xsd:date . _:n <x:p> "00"^^xsd:integer . }
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> SiteGraph:
    """A site with such values."""
    site = tmp_path_factory.mktemp("written") / "site"
    shutil.copytree(MINIMAL, site, ignore=shutil.ignore_patterns("releases"))
    (site / "data/bulk/elsewhere.trig").write_text(WRITTEN, "utf-8")
    return read_site(open_site(site))


@pytest.fixture(scope="module")
def known(graph: SiteGraph) -> Iterator[Neighbourhood]:
    """Its neighbourhood."""
    with neighbourhood(graph) as found:
        yield found


def _said(graph: SiteGraph) -> set[Triple]:
    return {one.triple for one in graph.quads("catalog", "ontology", "data")}


def test_what_goes_out_of_a_node(graph: SiteGraph, known: Neighbourhood) -> None:
    """Of any subject of catalogue, ontology and data; of any of its predicates, or of all."""
    said = _said(graph)
    for subject in {one.subject for one in said}:
        assert isinstance(subject, NamedNode | BlankNode)
        expected = {one for one in said if one.subject == subject}
        assert set(known.going_out(subject)) == expected
        for predicate in {one.predicate for one in expected}:
            found = set(known.going_out(subject, predicate))
            assert found == {one for one in expected if one.predicate == predicate}
    assert not set(known.going_out(NamedNode("x:nothing")))


def test_what_comes_into_a_node(graph: SiteGraph, known: Neighbourhood) -> None:
    """A number is another one if it is written in another way."""
    said = _said(graph)
    for one in said:
        assert not isinstance(one.object, Triple)
        expected = {other for other in said if (other.predicate, other.object) == (one.predicate, one.object)}
        assert set(known.coming_in(one.object, one.predicate)) == expected
    assert not set(known.coming_in(Literal("007", datatype=term("xsd:integer")), NamedNode("x:p")))


def test_a_hierarchy_is_of_nodes(graph: SiteGraph, known: Neighbourhood) -> None:
    """All triples of a predicate, but for literals."""
    said = _said(graph)
    assert set(known.hierarchy(RDF_TYPE)) == {one for one in said if one.predicate == RDF_TYPE}
    expected = {one for one in said if one.predicate == NamedNode("x:p") and not isinstance(one.object, Literal)}
    assert set(known.hierarchy(NamedNode("x:p"))) == expected
