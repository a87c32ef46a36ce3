"""An editor can complete names: the endpoint tells its prefixes, classes and properties."""

from __future__ import annotations

from typing import Any

from tests.servers import Served

OWN = "https://minimal.example/data/ontology#"


def _terms(server: Served, language: str = "en") -> dict[str, Any]:
    answer = server.get(f"terms.json?lang={language}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    found = answer.json()
    assert isinstance(found, dict)
    return found


def test_the_names_that_a_query_can_use_are_told(minimal: Served) -> None:
    """Prefixes, and the terms that are used, with how often; what is used most comes first."""
    terms = _terms(minimal)
    assert terms["prefixes"]["ex"] == OWN
    classes = {one["iri"]: one["count"] for one in terms["classes"]}
    assert classes[OWN + "Bridge"] > 1
    assert list(classes.values()) == sorted(classes.values(), reverse=True)


def test_every_term_that_is_told_finds_something(own: Served) -> None:
    """No class and no property is offered that the default graph does not have."""
    terms = _terms(own)
    for kind, pattern in (("classes", "?s a ?term"), ("properties", "?s ?term ?o")):
        offered = {one["iri"] for one in terms[kind]}
        query = f"SELECT DISTINCT ?term {{ {pattern} . FILTER (isIRI(?term)) }}"
        rows = own.query(query, "application/sparql-results+json").json()["results"]["bindings"]
        assert offered == {row["term"]["value"] for row in rows}


def test_terms_are_called_what_the_reader_calls_them(own: Served) -> None:
    """Labels are in the language that is asked for, also those of standard vocabularies."""
    membership = "http://www.w3.org/ns/org#Membership"
    labels = {
        language: next(one["label"] for one in _terms(own, language)["classes"] if one["iri"] == membership)
        for language in ("en", "sr-cyrl", "sr-latn")
    }
    assert labels == {"en": "membership", "sr-cyrl": "чланство", "sr-latn": "članstvo"}
