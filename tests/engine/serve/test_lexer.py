"""What kind of SPARQL a text is, whatever stands in its strings, comments and names; and soon, however long it is."""

from __future__ import annotations

import time

import pytest

from mreze.serve import lexer
from mreze.serve.template import template


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT DATA {}", True),
        ("insertdata{}", True),
        ("PREFIX x: <x:>\n# SELECT\nDELETE WHERE { ?s ?p ?o }", True),
        ("BASE <http://x/#SELECT> LOAD <y>", True),
        ("CLEARSILENTALL", True),
        ("WITH <g> DELETE { ?s ?p ?o } WHERE {}", True),
        ("SELECT * { ?s ?p 'INSERT' }", False),
        ("PREFIX insert: <x:> SELECT * { ?s insert:delete ?o }", False),
        ("PREFIX insert:<x:>ASK{}", False),
        ("ASK{?INSERT ?p ?o}", False),
        ("# DROP ALL\nASK {}", False),
        ("ASK { ?s <http://x/> 'LOAD', '''\nCLEAR''' }", False),
        ("Without a word of SPARQL", False),
        ("", False),
    ],
)
def test_updates_are_told_from_queries(text: str, expected: bool) -> None:
    """By the first word that says it, glued to the next or not; the engine takes both."""
    assert lexer.is_update(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT (RAND() AS ?x) {}", True),
        ("SELECT (1+rand # why not\n () AS ?x) {}", True),
        ("SELECT (STRUUID() AS ?x) {}", True),
        ("ASK { FILTER(?a<1+NOW()) }", True),
        ("SELECT ?rand { ?now <x:uuid> 'RAND' }", False),
        ("PREFIX now: <x:> SELECT * { ?s now:here ?o }", False),
        ("CONSTRUCT { _:x ?p ?o } WHERE { ?s ?p ?o }", True),
        ("CONSTRUCT { [] ?p ?o } WHERE { ?s ?p ?o }", True),
        ("CONSTRUCT { ?s ?p (1 2) } WHERE { ?s ?p ?o }", True),
        ("CONSTRUCT { << ?s ?p ?o >> ?p ?o } WHERE { ?s ?p ?o }", True),
        ("CONSTRUCT { ?s ?p '[' } WHERE { ?s ?p [] FILTER(?p != 1) }", False),
        ("SELECT * { ?s ?p [] . _:x ?p (1 2) }", False),
        ("SELECT * { ?construct ?p [] }", False),
    ],
)
def test_what_cannot_be_kept_is_known(text: str, expected: bool) -> None:
    """Chance, time, and blank nodes that are made anew; not those that a pattern looks for."""
    assert lexer.differs_each_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("PREFIX ask: <x:> select * {}", "SELECT"), ("ASKFROM<g>{}", "ASK"), ("DROP ALL", None), ("?", None)],
)
def test_the_form_of_a_query(text: str, expected: str | None) -> None:
    """The first word that names one."""
    assert lexer.form(text) == expected


def test_tokens_end_where_they_end_in_sparql() -> None:
    """A dot ends a triple, not a name; a quote in a name opens no string; what is not closed ends somewhere."""
    text = "ex:a.b. true.FROM <http://x/it's#> ex:it\\'s ex:. ?x _:b.SERVICE 'a\nWORD \"\"\"b WORD"
    assert list(lexer.tokens(text)) == [
        ("prefixed", "ex:a.b"),
        ("word", "true"),
        ("word", "FROM"),
        ("iri", "<http://x/it's#>"),
        ("prefixed", "ex:it\\'s"),
        ("prefixed", "ex:"),
        ("variable", "?x"),
        ("blank", "_:b.SERVICE"),
        ("string", "'a"),
        ("word", "WORD"),
        ("long", '"""b WORD'),
    ]


@pytest.mark.parametrize(
    "part",
    ['\\"', "a.", "a-", "ц.", '"""\\', "'''\"", "<a", "1.", "1a", " ", "RAND ", "#", "ex:.", "_:.", "<\\u0041", "{|"],
)
def test_no_text_takes_long(part: str) -> None:
    """Two hundred thousand characters of what once took time in proportion to the square of their number."""
    text = "ASK {} INSERT RAND(CONSTRUCT " + part * (200_000 // len(part))
    begun = time.process_time()
    lexer.is_update(text)
    lexer.differs_each_time(text)
    list(lexer.tokens(text))
    template(text)
    assert time.process_time() - begun < 3
