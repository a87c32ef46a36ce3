"""Data blocks are found where they stand, read by the engine, and written anew from terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from mreze.datablocks import Term, data_blocks, replace, resolve, rows, used, write
from mreze.namespaces import PREFIXES

QUERY = """\
#+ summary: "VALUES ?z { 1 }
PREFIX ex: <https://example.org/> # VALUES ?k { 2 }
SELECT ?a WHERE {
  VALUES ?year { 2010 2020 }
  values (?s ?p) { (ex:a <https://example.org/values#x>) }
  ?s ex:values ?a .
  FILTER (?a < ?year && STR(?a) != "VALUES ?l { 1 }")
  BIND (1 AS ?m)
}
"""


def _evaluate(query: str) -> list[tuple[Term | None, ...]]:
    solutions = Store().query(query)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(one if isinstance(one, Term) else None for one in row) for row in solutions]


def test_blocks_are_found_and_nothing_else() -> None:
    """Not in comments, strings, IRIs and prefixed names."""
    assert [one.names for one in data_blocks(QUERY)] == [("year",), ("s", "p")]


def test_the_engine_reads_a_block() -> None:
    """With the prefixes of the query; UNDEF is nothing."""
    first, second = data_blocks(QUERY)
    assert rows(QUERY, first) == [(Literal(2010),), (Literal(2020),)]
    assert rows(QUERY, second) == [(NamedNode("https://example.org/a"), NamedNode("https://example.org/values#x"))]
    free = "SELECT ?x { VALUES ?x { UNDEF } }"
    assert rows(free, data_blocks(free)[0]) == [(None,)]


def test_variables_outside_of_blocks_and_what_the_query_assigns() -> None:
    """A variable that only a block has is not used; one after AS is assigned."""
    assert used(QUERY) == {"a": False, "s": False, "year": False, "m": True}
    assert "x" not in used("SELECT * { VALUES ?x { 1 } ?s ?p ?o }")


def test_terms_take_the_place_of_what_stood_there() -> None:
    """In a block of several variables the others keep theirs; the rest of the text is untouched."""
    replaced = replace(QUERY, {"year": Literal(1999), "p": NamedNode("https://example.org/q")})
    assert "VALUES ?year { 1999 }\n" in replaced
    assert "VALUES (?s ?p) { (<https://example.org/a> <https://example.org/q>) }\n" in replaced
    assert replaced.replace("1999", "2010 2020").splitlines()[5:] == QUERY.splitlines()[5:]
    assert replace(QUERY, {}) == QUERY
    assert replace(QUERY, {"other": Literal("x")}) == QUERY


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "sr-cyrl"]))
def test_no_text_breaks_out_of_its_block(text: str, language: str) -> None:
    """Whatever a client sends comes back as the one term that it is."""
    value = Literal(text, language=language) if language else Literal(text)
    query = 'SELECT ?x { VALUES ?x { "default" } }'
    assert _evaluate(replace(query, {"x": value})) == [(value,)]
    assert _evaluate(replace("SELECT ?x ?y { VALUES (?x ?y) { (1 2) } }", {"x": value})) == [(value, Literal(2))]


@pytest.mark.parametrize(
    "value",
    ['" } UNION { ?s ?p ?o } #', "\\", '\\"', "'''", "\n}", "\x00", "<urn:x>", "UNDEF", "?x", "$year", "#", "\r"],
)
def test_attempts_to_break_out(value: str) -> None:
    """The attempts that everybody tries."""
    assert _evaluate(replace("SELECT ?x { VALUES ?x { 1 } }", {"x": Literal(value)})) == [(Literal(value),)]


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (Literal(2010), "2010"),
        (Literal(-7), "-7"),
        (Literal(True), "true"),
        (Literal("true"), '"true"'),
        (Literal("x", language="sr-Cyrl"), '"x"@sr-cyrl'),
        (NamedNode("urn:x"), "<urn:x>"),
        (None, "UNDEF"),
    ],
)
def test_terms_are_written_as_people_would(term: Term | None, written: str) -> None:
    """Whole numbers and truth values plain, all others with what makes them what they are."""
    assert write(term) == written
    assert term is None or _evaluate(f"SELECT ?x {{ VALUES ?x {{ {written} }} }}") == [(term,)]


def test_a_number_of_another_form_keeps_its_datatype() -> None:
    """SPARQL would read `+7` as a sum."""
    integer = PREFIXES["xsd"] + "integer"
    assert write(Literal("+7", datatype=NamedNode(integer))) == f'"+7"^^<{integer}>'


@pytest.mark.parametrize(
    ("name", "iri"),
    [
        ("ex:a", "https://example.org/a"),
        ("<urn:x>", "urn:x"),
        ("org:Membership", PREFIXES["org"] + "Membership"),
        ("none:a", None),
        ("ex:a ex:b", None),
        ("} {", None),
        ("1", None),
        ("", None),
    ],
)
def test_names_are_resolved_by_the_query_s_prefixes(name: str, iri: str | None) -> None:
    """Else by those that mreze knows; what is no one name is nothing."""
    assert resolve(QUERY, name) == (None if iri is None else NamedNode(iri))
