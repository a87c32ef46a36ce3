"""What a judge is given."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.rehearse.verdict import Answer, Harvested

CATALOGUE = """
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<http://a.example/catalog> a dcat:Catalog ; dcat:dataset <http://a.example/b>, <http://a.example/a> .
<http://a.example/a> a dcat:Dataset ; dct:title "A"@en, "А"@sr-cyrl ; dcat:contactPoint [ a dcat:Resource ] .
<http://a.example/b> a dcat:Dataset .
"""


def harvested(turtle: str) -> Harvested:
    """A catalogue of which nothing else can be fetched."""

    def fetch(method: str, address: str, headers: Mapping[str, str]) -> Answer:
        raise AssertionError(f"{method} {address} {headers}")

    triples = tuple(Triple(*one.triple) for one in parse(turtle, RdfFormat.TURTLE))
    return Harvested("http://a.example/catalog.ttl", triples, fetch)


def test_what_is_said_is_found_by_subject() -> None:
    """Objects come in the order of reading; what is not said is an empty list, of a literal as well."""
    catalogue = harvested(CATALOGUE)
    a = NamedNode("http://a.example/a")
    assert [getattr(one, "value", "") for one in catalogue.objects(a, "dct:title")] == ["A", "А"]
    assert catalogue.objects(a, "dct:issued") == []
    assert catalogue.objects(catalogue.objects(a, "dct:title")[0], "dct:title") == []
    contact = catalogue.objects(a, "dcat:contactPoint")[0]
    assert [one.value for one in catalogue.properties(contact)] == ["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]


def test_datasets_and_the_catalogue_are_found() -> None:
    """Datasets are sorted; a catalogue without a name is called by its address."""
    assert [one.value for one in harvested(CATALOGUE).datasets] == ["http://a.example/a", "http://a.example/b"]
    assert harvested(CATALOGUE).catalogue == "http://a.example/catalog"
    assert harvested("").catalogue == "http://a.example/catalog.ttl"
