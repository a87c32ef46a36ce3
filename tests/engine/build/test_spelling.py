"""Lexical forms of XSD, and the terms that vocabularies have."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Triple

from mreze.build.spelling import is_valid
from mreze.build.vocabularies import vocabularies
from mreze.namespaces import PREFIXES, RDF_TYPE, term

XSD = PREFIXES["xsd"]


@pytest.mark.parametrize(
    ("value", "datatype", "valid"),
    [
        ("2026-02-28", "date", True),
        ("2026-02-29", "date", False),
        ("2024-02-29Z", "date", True),
        ("2026-2-1", "date", False),
        ("soon", "date", False),
        ("2007", "gYear", True),
        ("-0044", "gYear", True),
        ("7", "gYear", False),
        ("2007-13", "gYearMonth", False),
        ("2026-11-23T25:00:00Z", "dateTime", True),
        ("true", "boolean", True),
        ("True", "boolean", False),
        ("1,5", "decimal", False),
        ("-1", "nonNegativeInteger", False),
        ("-0", "nonNegativeInteger", True),
        ("0", "positiveInteger", False),
        ("INF", "double", True),
        ("12\n", "integer", False),
        ("http://a b", "anyURI", False),
        ("anything", "string", True),
    ],
)
def test_forms_of_datatypes(value: str, datatype: str, *, valid: bool) -> None:
    """A literal is judged by the lexical form of its datatype."""
    assert is_valid(value, XSD + datatype) is valid


def test_other_datatypes_are_not_judged() -> None:
    """What mreze does not know is taken as it is."""
    assert is_valid("x", "https://example.org/datatype")


def test_terms_of_known_namespaces_are_known() -> None:
    """A term, a typo with what was meant, a namespace that nobody knows, rdf:_1."""
    known = vocabularies([], PREFIXES)
    assert not known.is_unknown(term("skos:prefLabel").value)
    assert known.is_unknown(term("skos:preflabel").value)
    assert known.similar(term("skos:preflabel").value) == "skos:prefLabel"
    assert known.similar(term("skos:qqqq").value) is None
    assert not known.is_unknown("https://elsewhere.example/x")
    assert not known.is_unknown(term("rdf:_12").value)
    assert known.is_unknown(term("rdf:_0").value)


def test_a_site_s_own_ontology_counts() -> None:
    """What the ontology defines is known, in its namespace nothing else is."""
    own = "https://example.org/ontology"
    triples = [
        Triple(NamedNode(own), RDF_TYPE, term("owl:Ontology")),
        Triple(NamedNode(own + "#Bridge"), RDF_TYPE, term("owl:Class")),
    ]
    known = vocabularies(triples, {**PREFIXES, "ex": own + "#"})
    assert not known.is_unknown(own + "#Bridge")
    assert known.is_unknown(own + "#Brigde")
    assert known.similar(own + "#Brigde") == "ex:Bridge"
