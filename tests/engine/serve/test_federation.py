"""Which servers a query could ask is known for certain, and only what is allowed is let through."""

from __future__ import annotations

import time

import pytest
from pyoxigraph import RdfFormat, Store

from mreze.errors import Forbidden
from mreze.serve.federation import LONGEST, admit_services, services

BASE = "https://x.example/sparql"
EVIL = "http://127.0.0.1:9/"
"""A port that the engine refuses to ask, saying so: a query that reaches it fails."""
DATA = """<x:s> <x:p> true , 1e0 , "a" , "SERVICE '" , "\\"SERVICE\\"" , <http://x:8> ."""
ASKING = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # why\n # not\r<http://127.0.0.1:9/> # {\n { ?s ?p ?o } }",
    "SELECT * { ?x ?y trueSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?x ?y 1e0SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?x ?y 'a'SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    'SELECT * { ?x ?y \'SERVICE \\\'\', """"SERVICE\\"""" .SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
    "PREFIX e: <http://127.0.0.1:9/> SELECT * { ?x ?y trueSERVICEe: { ?s ?p ?o } }",
    "PREFIX a: <http://good/> PREFIXa: <http://127.0.0.1:9/> SELECT * { SERVICE a: { ?s ?p ?o } }",
    "PREFIX silent: <http://127.0.0.1:9/> SELECT * { SERVICE silent: { ?s ?p ?o } }",
    "PREFIX a: <http://x:8> PREFIX e: <http://127.0.0.1:9/> SELECT * { ?x ?y a:SERVICE e: { ?s ?p ?o } }",
    "BASE <http://127.0.0.1:9/x> SELECT * { SERVICE </> { ?s ?p ?o } }",
    "BASE <http://127.0.0.1:9/x> SELECT * { SERVICE <//127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://127.0.0.1:9\\u002F> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE#>\n<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { FILTER('a'<'>')SERVICE <http://127.0.0.1:9/> { ?s ?p '' } }",
    "SELECT * { FILTER(1<2#>'''\n) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #'''\n}",
    "SELECT * { ?x <http://x/it's>|<x:p> 'a'SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } } }",
    "PREFIX e: <x:> SELECT * { VALUES ?x { e:it\\'s }SERVICE <http://127.0.0.1:9/> { ?s ?p 'x' } }",
]
SILENT = [
    "ASK { FILTER NOT EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "PREFIX silent: <http://good/> PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICEsilent: { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICEsilent: { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://good/> { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
]


@pytest.mark.parametrize("query", ASKING)
def test_every_spelling_that_the_engine_takes_is_found(query: str) -> None:
    """The engine would ask that server, and it is among those that are named."""
    store = Store()
    store.load(DATA.encode(), format=RdfFormat.TURTLE)
    with pytest.raises(OSError, match="port 9"):
        list(store.query(query, base_iri=BASE))  # type: ignore[arg-type]
    assert EVIL in list(services(query, BASE))


@pytest.mark.parametrize("query", SILENT)
def test_those_that_fail_silently_are_found_too(query: str) -> None:
    """The engine takes them for queries, and would not tell."""
    Store().query(query.replace("<http://good/> {", "<http://127.0.0.1:9/> {"), base_iri=BASE)
    assert EVIL in list(services(query, BASE))


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE <x:y> {}" AS ?x) {}',
        "SELECT ('''\n'' SERVICE <x:y> {''' AS ?x) {}",
        "ASK {} # SERVICE <x:y> {",
        "ASK { ?s <http://x/SERVICE> ?o }",
        "PREFIX service: <x:> ASK { GRAPH service:insert { ?s service:a ?o } }",
        "ASK { ?service ?p $service }",
        "SELECT ?service ?x { ?service ?p ?x }",
        "PREFIX e: <x:> ASK { ?s e:service ?o, e:service, _:service . ?x ?y ?z }",
        "ASK { ?s ?p 'a' } # it's a SERVICE <x:y> { 'x' }",
        "PREFIX service: <http://x/service#> ASK { ?s a service:Service ; <http://y/it's> ?x }",
        "ASK { ?s ?p ?o FILTER(?o < 5 && ?o > 1) FILTER(?s != <http://x/service?a=1#b>) }",
    ],
)
def test_the_word_may_stand_elsewhere(query: str) -> None:
    """In strings, comments, IRIs, variables and names it asks nobody."""
    Store().query(query)
    assert list(services(query, BASE)) == []


@pytest.mark.parametrize(
    "query",
    ["ASK { SERVICE ?x {} }", "ASK { SERVICE SILENT $x{} }", f"PREFIX e: <x:> ASK {{ SERVICE e:{'e' * 600} {{}} }}"],
)
def test_a_variable_leaves_it_open(query: str) -> None:
    """Whatever is allowed, this is not; nor is a name without an end."""
    assert list(services(query, BASE)) == [None]
    with pytest.raises(Forbidden, match="found out"):
        admit_services(query, BASE, ["http://"])


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("https://a.example/sparql", True),
        ("HTTPS://A.example/sparql/x?y=z#w", True),
        ("https://a.example/spar", False),
        ("https://a.example/sparql/../admin", False),
        ("https://a.example/sparql/%2E%2e/admin", False),
        ("https://a.example/sparql/.", False),
        ("https://a.example.evil/sparql", False),
        ("https://a.example@evil.example/sparql", False),
        ("https://evil.example/?https://a.example/sparql", False),
        ("http://a.example/sparql", False),
        ("https:a.example/sparql", False),
        ("https:/a.example/sparql", False),
        ("https:///a.example/sparql", False),
        ("https://a.example:443/sparql", False),
        ("urn:https://a.example/sparql", False),
        ("https://b.example/", True),
        ("https://b.example", False),
    ],
)
def test_what_may_be_asked_begins_as_it_is_allowed(name: str, allowed: bool) -> None:
    """Scheme, host and path: no other host, and no way out of the path."""
    query = f"ASK {{ SERVICE <{name}> {{ ?s ?p ?o }} }}"
    prefixes = ["https://a.example/sparql", "https://b.example/"]
    if allowed:
        assert admit_services(query, BASE, prefixes)
    else:
        with pytest.raises(Forbidden, match="is not allowed here"):
            admit_services(query, BASE, prefixes)


def test_one_that_is_not_allowed_is_enough() -> None:
    """All that a query asks must be allowed, one inside another too."""
    query = "ASK { SERVICE <https://a.example/x> { SERVICE <https://evil.example/> { ?s ?p ?o } } }"
    with pytest.raises(Forbidden, match="evil"):
        admit_services(query, BASE, ["https://a.example/"])
    assert not admit_services("ASK {}", BASE, ["https://a.example/"])
    with pytest.raises(Forbidden, match="no other server"):
        admit_services(query, BASE, [])


def test_a_query_with_service_has_a_limit() -> None:
    """Longer ones are refused; those that only have the word in an IRI are not."""
    filler = "\n" + "#" * LONGEST
    with pytest.raises(Forbidden, match="32,768"):
        list(services("ASK { trueSERVICE <https://a.example/> {} }" + filler, BASE))
    assert list(services("ASK { ?s <http://x/service> ?o }" + filler, BASE)) == []


@pytest.mark.parametrize(
    "part",
    ["SERVICE#", "SERVICE<", "SERVICE ", "SERVICE:", "SERVICEx", "SERVICE<#>", "SERVICE#\n", "<'<\"", "<\\'>'", "'''<",
     "SERVICE?x ", "SERVICE\\", "SERVICE SILENT", "<#>", "\"'<>#\n"],
)  # fmt: skip
def test_no_text_takes_long(part: str) -> None:
    """As long as one may be, of what is read in many ways."""
    query = ("PREFIX : <x:> SERVICE " + part * LONGEST)[:LONGEST]
    begun = time.process_time()
    list(services(query, BASE))
    assert time.process_time() - begun < 1
