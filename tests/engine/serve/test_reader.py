"""A query is read as far as an explanation needs it, and never fails in another way than by not being understood."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.serve.explanation.cursor import NotUnderstood
from mreze.serve.explanation.patterns import Query
from mreze.serve.explanation.reader import read_patterns

BASE = "https://example.org/sparql"
PREFIX = "PREFIX ex: <https://example.org/> PREFIX : <#>\n"


def _read(query: str) -> Query:
    return read_patterns(PREFIX + query, BASE)


def _patterns(query: str) -> list[str]:
    return [one.pattern.text for one in _read(query).where.walk() if one.pattern is not None]


@pytest.mark.parametrize(
    ("query", "patterns"),
    [
        ("SELECT * { ?s a ex:C. ?s ex:p ex:o.x. }", ["?s a ex:C", "?s ex:p ex:o.x"]),
        ("SELECT * { ?s a ex:C , ex:D ; ex:p 1 , -2.5 ; }", ["?s a ex:C", "?s a ex:D", "?s ex:p 1", "?s ex:p -2.5"]),
        ("SELECT * { $s ex:p 'a'@en-GB }", ["?s ex:p 'a'@en-GB"]),
        ('SELECT * { ?s ex:p "a\\"b"^^ex:dt , true }', ['?s ex:p "a\\"b"^^ex:dt', "?s ex:p true"]),
        ("SELECT * { ?s ex:p [ ex:q ?v ] }", ["?_1 ex:q ?v", "?s ex:p ?_1"]),
        ("SELECT * { [ ex:q ?v ] . [] ex:r _:b }", ["?_1 ex:q ?v", "?_2 ex:r ?_bb"]),
        ("SELECT * { ?s ex:p (1 [ ex:q 2 ]) }", ["?_1 ex:q 2", "?s ex:p ?_2"]),
        ("SELECT * { ?s ex:p/(ex:q|^ex:r)*/!(a|^ex:t)? ?o }", ["?s ex:p/(ex:q|^ex:r)*/!(a|^ex:t)? ?o"]),
        ("SELECT * { ?s ^ex:p ?o OPTIONAL { ?s ex:q ?v } }", ["?s ^ex:p ?o", "?s ex:q ?v"]),
        ("SELECT * { { ?s ex:p 1 } UNION { ?s ex:q 2 } { ?s ex:r 3 } }", ["?s ex:p 1", "?s ex:q 2", "?s ex:r 3"]),
        ("SELECT * { GRAPH ?g { ?s ex:p 1 } MINUS { ?s ex:q 2 } }", ["?s ex:p 1", "?s ex:q 2"]),
        ("SELECT * { { SELECT ?s { ?s ex:p 1 } LIMIT 1 } }", ["?s ex:p 1"]),
        ("CONSTRUCT { ?a ex:b [ ex:c 1 ] } FROM ex:g WHERE { ?s ex:p 1 }", ["?s ex:p 1"]),
        ("CONSTRUCT WHERE { ?s ex:p 1 }", ["?s ex:p 1"]),
        ("ASK FROM NAMED ex:g { ?s ex:p 1 } # { ?no ex:p 2 }", ["?s ex:p 1"]),
        ("SELECT (COUNT(?s) AS ?n) WHERE { ?s ex:p 1 FILTER (?s > 2 && EXISTS { ?s ex:no 1 }) }", ["?s ex:p 1"]),
    ],
)
def test_patterns_are_found(query: str, patterns: list[str]) -> None:
    """Every triple pattern, apart and in order, however it is written."""
    assert _patterns(query) == patterns


def test_names_are_resolved() -> None:
    """Prefixed names, relative IRIs and escapes give the IRIs that the engine sees."""
    query = _read("BASE <https://other.example/a/> SELECT * { <b> ex:c\\,d :e ; <../f#> 'g' }")
    nodes = [[one.node for one in element.pattern.terms] for element in query.where.elements if element.pattern]
    iris = [[one.value if one is not None else None for one in three] for three in nodes]
    assert iris == [
        ["https://other.example/a/b", "https://example.org/c,d", "https://example.org/sparql#e"],
        ["https://other.example/a/b", "https://other.example/f#", "g"],
    ]


def test_conditions_and_values_are_read() -> None:
    """What FILTER, BIND and VALUES mention, and which variables get a value."""
    query = _read(
        "SELECT ?s (ex:f(?v) AS ?w) { VALUES (?a ?b) { (1 UNDEF) (ex:q 'z'@en) } VALUES ?c { ex:r } "
        "BIND (ex:f(?a) AS ?d) FILTER (LANG(?l) = 'en'@de || ?c IN (ex:x, \"1\"^^ex:dt)) } ORDER BY ?s LIMIT 3"
    )
    values, more, bind, condition = query.where.elements
    assert [[one and one.text for one in row] for row in values.rows] == [["1", None], ["ex:q", "'z'@en"]]
    assert (values.variables, more.variables, bind.variables) == (("a", "b"), ("c",), ("d",))
    assert [one.text for one in bind.terms] == ["?a", "?d"]
    assert [one.text for one in condition.terms] == ["?l", "'en'@de", "?c", "ex:x", '"1"^^ex:dt']
    assert not condition.is_strict
    assert (query.form, query.projected, query.modifiers.strip()) == ("SELECT", ("s", "v", "w"), "ORDER BY ?s LIMIT 3")


def test_what_a_description_names_is_read() -> None:
    """The resources of DESCRIBE, with a group or without; graphs of the dataset are none."""
    assert [one.text for one in _read("DESCRIBE ex:a <b>").resources] == ["ex:a", "<b>"]
    assert [one.text for one in _read("DESCRIBE ex:a ?x FROM ex:g { ?x ex:p 1 }").resources] == ["ex:a"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p <<( ?a ?b ?c )>> }",
        "SELECT * { ?s",
        "",
        "nothing",
        "SELECT * { ?s un:declared 1 }",
        "{" * 9_000,
    ],
)
def test_what_is_not_understood_is_left(query: str) -> None:
    """Triple terms, and what is no query."""
    with pytest.raises(NotUnderstood):
        _read(query)
    with pytest.raises(NotUnderstood):
        _read("SELECT * { " + "?s ex:p 1 . " * 5_000 + "}")


PIECES = """SELECT ASK CONSTRUCT WHERE FILTER GRAPH VALUES BIND OPTIONAL UNION { } ( ) [ ] . ; , ^ / | * + ? ! ?x $y a
ex:p <i> <j 'k' "l "m"@en ^^ 1 -2.5e3 true _:b # AS FROM NAMED PREFIX ex: BASE"""


@given(st.lists(st.sampled_from([*PIECES.split(), "\n"]), max_size=30).map(" ".join))
def test_nothing_breaks_it(query: str) -> None:
    """Whatever the text, it is read or it is not understood."""
    with contextlib.suppress(NotUnderstood):
        read_patterns(query, BASE)
