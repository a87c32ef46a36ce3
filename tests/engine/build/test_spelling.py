"""The terms that vocabularies have."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from mreze.build.vocabularies import vocabularies
from mreze.namespaces import PREFIXES, RDF_TYPE, term


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
