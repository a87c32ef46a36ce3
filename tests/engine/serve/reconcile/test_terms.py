"""Classes and properties are found by IRI or prefixed name, and the error for others has what is near."""

from __future__ import annotations

import pytest

from mreze.errors import BadRequest
from mreze.serve.reconcile.suggest import Page, suggest_terms
from mreze.serve.reconcile.terms import Term, read_term, tell_apart

PREFIXES = {"ex": "https://data.example/ontology#"}
BRIDGE = Term(PREFIXES["ex"] + "Bridge", {"en": "bridge", "sr-cyrl": "мост"}, "ex:Bridge", count=3)
RIVER = Term(PREFIXES["ex"] + "GreenRiver", {"en": "green river"}, "ex:GreenRiver", {"en": "It flows."}, count=5)
UNUSED = Term(PREFIXES["ex"] + "Ford", {}, "ex:Ford", broader=(BRIDGE.iri,))
TERMS = {one.iri: one for one in (RIVER, BRIDGE, UNUSED)}


@pytest.mark.parametrize("name", [BRIDGE.iri, f"<{BRIDGE.iri}>", "ex:Bridge", " ex:Bridge "])
def test_a_term_is_found(name: str) -> None:
    """However a client writes it."""
    assert read_term(name, TERMS, PREFIXES, "q0.type", "type") is BRIDGE


@pytest.mark.parametrize(
    ("name", "near"),
    [("ex:Brigde", BRIDGE), ("bridge", BRIDGE), ("Мост", BRIDGE), ("http://data.example/ontology#Bridge", BRIDGE)],
)
def test_what_is_near_is_told(name: str, near: Term) -> None:
    """By IRI, name or label."""
    with pytest.raises(BadRequest) as raised:
        read_term(name, TERMS, PREFIXES, "q0.type", "type")
    assert raised.value.detail.startswith(f"q0.type: there is no type {name!r} here. Near to it: <")
    assert f"<{near.iri}>" in raised.value.detail


def test_an_unknown_name_can_be_anything() -> None:
    """The error can be written."""
    for name in ("", "\ud800", ":", "<>", "x" * 10_000):
        with pytest.raises(BadRequest) as raised:
            read_term(name, TERMS, PREFIXES, "q0.type", "type")
        assert len(raised.value.detail.encode()) < 1_000


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("мос", BRIDGE),
        ("mos", BRIDGE),
        ("river", RIVER),
        ("greenr", RIVER),
        ("EX:", RIVER),
        ("ford", UNUSED),
        (UNUSED.iri, UNUSED),
    ],
)  # fmt: skip
def test_a_term_is_suggested(prefix: str, first: Term) -> None:
    """By the beginning of its label in either script, of a word of it, of its name or of its IRI."""
    found = suggest_terms(TERMS, Page(prefix, 0, 10), "en", "things")["result"]
    assert found[0]["id"] == first.iri


def test_a_suggestion_says_what_the_term_is() -> None:
    """Its description, how often it is used, and what is above it; without a prefix only those in use."""
    everything = suggest_terms(TERMS, Page("", 0, 10), "en", "things")["result"]
    assert [one["name"] for one in everything] == ["green river", "bridge"]
    assert everything[0]["description"] == "It flows. things: 5"
    [ford] = suggest_terms(TERMS, Page("ford", 0, 10), "sr-cyrl", "things")["result"]
    assert ford["broader"] == [{"id": BRIDGE.iri, "name": "мост", "lang": "sr-Cyrl"}]
    assert suggest_terms(TERMS, Page("", 1, 1), "en", "things")["result"] == everything[1:]


def test_terms_that_are_called_alike_are_told_apart() -> None:
    """By their prefixed names, only where another is called so, and only in the language in which it is."""
    role = Term("http://www.w3.org/ns/org#Role", {"en": "role", "sr-cyrl": "својство"}, "org:Role")
    kind = Term("http://www.w3.org/2002/07/owl#ObjectProperty", {"en": "property", "sr-cyrl": "својство"}, "owl:OP")
    alone = Term("https://data.example/x", {"en": "bridge"})
    role, kind, alone = tell_apart([role, kind, alone])
    assert (role.title("en"), role.title("sr-cyrl")) == ("role", "својство (org:Role)")
    assert (kind.title("en"), kind.title("sr-cyrl")) == ("property", "својство (owl:OP)")
    assert alone.title("en") == "bridge"
    assert role.name("sr-cyrl") == "својство"
    nameless = tell_apart([alone, Term("https://data.example/y", {"en": "bridge"})])
    assert [one.title("en") for one in nameless] == [
        "bridge (https://data.example/x)",
        "bridge (https://data.example/y)",
    ]
