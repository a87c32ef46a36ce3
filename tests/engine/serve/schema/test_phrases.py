"""What shapes demand, in words."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from mreze.serve.exchange import Request
from mreze.serve.pages import Reader
from mreze.serve.schema.demands import paths_of, read_demand, read_loose, read_shapes
from mreze.serve.schema.phrases import Phrase, Speaker
from mreze.serve.schema.said import Said
from mreze.serve.view import Viewer

PREFIXES = """
PREFIX ex: <https://e.example/> PREFIX s: <https://e.example/shapes#> PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX schema: <https://schema.org/>
"""
IT = NamedNode("https://e.example/shapes#it")


def _read(turtle: str) -> tuple[Said, Speaker]:
    triples: set[Triple] = {one.triple for one in parse(PREFIXES + turtle, format=RdfFormat.TURTLE)}
    viewer = Viewer(triples, (), base="https://e.example/", language="en", root="./")
    reader = Reader(Request("GET", "shapes", "", {}, "http://127.0.0.1/"), "en")
    said = Said(triples)
    return said, Speaker(said, viewer, reader)


def _told(phrases: tuple[Phrase, ...]) -> list[str]:
    found = []
    for one in phrases:
        parts = " / ".join(", ".join(_told(part)) for part in one.parts)
        values = ", ".join(value.text for value in one.values)
        found.append(": ".join(text for text in (one.text, values, parts) if text))
    return found


DEMANDS = {
    "sh:datatype xsd:gYear": ["of the type: xsd:gYear"],
    "sh:class foaf:Person": ["things of the class: foaf:Person"],
    "sh:nodeKind sh:IRI": ["identifiers (IRIs)"],
    "sh:nodeKind sh:Literal": ["texts, numbers or dates"],
    "sh:in (1 2 ex:x)": ["one of: 1, 2, x"],
    'sh:languageIn ("en" "sr-latn")': ["in the languages: en, sr-Latn"],
    "sh:uniqueLang true": ["one in each language"],
    "sh:uniqueLang false": [],
    'sh:pattern "^[0-9]+$"': ["written as: ^[0-9]+$"],
    "sh:minLength 3 ; sh:maxLength 5": ["characters, at least: 3", "characters, at most: 5"],
    "sh:minInclusive 0 ; sh:maxExclusive 9": ["not less than: 0", "less than: 9"],
    "sh:equals foaf:name": ["the same values as: name"],
    "sh:or ([sh:datatype xsd:date] [sh:datatype xsd:gYear])": [
        "one of these: of the type: xsd:date / of the type: xsd:gYear"
    ],
    "sh:not [sh:path foaf:name ; sh:datatype xsd:date]": ["not this: name, of the type: xsd:date"],
    "sh:node s:other": ["as demanded by: shapes#other"],
    "sh:xone (s:other)": ["exactly one of these: as demanded by: shapes#other"],
    "sh:qualifiedMaxCount 1 ; sh:qualifiedValueShape [sh:hasValue ex:x]": ["of this kind at most 1: among them: x"],
    "ex:own 7": ["https://e.example/own: 7"],
    'sh:message "m" ; sh:severity sh:Warning ; sh:minCount 1': [],
}


@pytest.mark.parametrize("demand", DEMANDS)
def test_a_demand_is_said_in_words(demand: str) -> None:
    """Every part of SHACL Core has its words; what has none is shown as it is written, so nothing is lost."""
    _, speaker = _read(f"s:it {demand} .")
    assert _told(speaker.demand(IT)) == DEMANDS[demand]


PATHS = {
    "foaf:name": "name",
    "[sh:inversePath foaf:name]": "←\u00a0name",
    "(foaf:name schema:url)": "name → address on the web",
    "[sh:alternativePath (foaf:name schema:url)]": "name | address on the web",
    "([sh:zeroOrOnePath foaf:name] [sh:alternativePath (schema:url foaf:name)])": "name? → (address on the web | name)",
    "[sh:oneOrMorePath [sh:zeroOrMorePath foaf:name]]": "name*+",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_shown_with_the_names_of_its_steps(path: str) -> None:
    """As people read it, from left to right."""
    said, speaker = _read(f"s:it sh:path {path} .")
    found = read_demand(said, IT).path
    assert found is not None
    assert "".join(one.text for one in speaker.path(found)) == PATHS[path]


COUNTS = {
    "": "",
    "sh:minCount 0": "",
    "sh:minCount 2": "at least 2",
    "sh:maxCount 1": "at most 1",
    "sh:minCount 1 ; sh:maxCount 1": "exactly 1",
    "sh:minCount 1 ; sh:maxCount 3": "1 to 3",
    "sh:maxCount 0": "none",
}


@pytest.mark.parametrize("limits", COUNTS)
def test_cardinality_is_said_in_words(limits: str) -> None:
    """From both limits, either, or none."""
    said, speaker = _read(f"s:it sh:path foaf:name ; {limits} .")
    assert speaker.count(read_demand(said, IT)) == COUNTS[limits]


def test_shapes_are_read_with_targets_and_demands() -> None:
    """A class that is a shape is its own target; a shape of a property that nobody has stands alone."""
    said, _ = _read(
        """s:a sh:targetClass ex:A ; sh:property s:a-name, [ sh:path ex:b ; sh:severity sh:Info ; sh:order 3 ] .
        s:a-name sh:path [sh:alternativePath (foaf:name rdfs:label)] ; sh:severity sh:Warning .
        s:a-name sh:order 2.5 . ex:C a sh:NodeShape, rdfs:Class . ex:far a sh:PropertyShape ; sh:path (ex:b ex:c) ."""
    )
    kind, shape = read_shapes(said)
    assert kind.targets == (("sh:targetClass", NamedNode("https://e.example/C")),)
    assert [one.severity for one in shape.demands] == ["violation", "warning", "remark"]
    assert [one.node for one in read_loose(said, (kind, shape))] == [NamedNode("https://e.example/far")]
    path = next(one.path for one in shape.demands if one.severity == "warning")
    assert path is not None
    assert {one.value.rpartition("/")[2].rpartition("#")[2] for one in paths_of(said, path)} == {"name", "label"}


def test_a_list_that_bites_its_tail_ends() -> None:
    """Shapes are data: nothing in them keeps a page from being made."""
    said, speaker = _read(
        """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        s:it sh:in s:list ; sh:or s:list . s:list rdf:first 1 ; rdf:rest s:list ."""
    )
    assert _told(speaker.demand(IT))[0] == "one of: 1"
    assert len(said.members(NamedNode("https://e.example/shapes#list"))) == 1
