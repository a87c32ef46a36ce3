"""A query that finds nothing is told why: what of it the release does not have, or not together."""

from __future__ import annotations

import time
from typing import Any

import pytest
from tests.servers import Served

PREFIX = """
PREFIX ex: <https://minimal.example/data/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
OWN = "https://minimal.example/data/"
EX = OWN + "ontology#"
Reason = tuple[str, str, str | None]
"""Kind, name (or the end of it, after …), what may have been meant."""
YEARS = pytest.mark.engine_cannot("virtuoso", "it compares a year with a number, so that the query finds something")
TRIPLE_TERMS = pytest.mark.engine_cannot("virtuoso", "it reads SPARQL 1.1, which has no triple terms")
MINIMAL: list[Any] = [
    # names
    ("SELECT * { ?s a ex:Brigde }", [("class", EX + "Brigde", EX + "Bridge")]),
    ("SELECT * { ?s a ex:bridge . }", [("class", EX + "bridge", EX + "Bridge")]),
    ("SELECT * { ?s ex:croses ?o }", [("property", EX + "croses", EX + "crosses")]),
    ("SELECT * { ?s ex:crosses/ex:nmae ?o }", [("property", EX + "nmae", None)]),
    ("SELECT * { ?s a ex:Bridge ; schema:name ?n }", [("property", "https://schema.org/name", None)]),
    ("SELECT * { ?s a ex:crosses }", [("class", EX + "crosses", None)]),
    ("SELECT * { ?s ex:Bridge ?o }", [("property", EX + "Bridge", None)]),
    ("SELECT * { VALUES ?c { ex:Brigde ex:Rivver } ?s a ?c }",
     [("class", EX + "Brigde", EX + "Bridge"), ("class", EX + "Rivver", None)]),
    ("SELECT * { { ?s a ex:Brigde } UNION { ?s a ex:Bridg } }",
     [("class", EX + "Brigde", EX + "Bridge"), ("class", EX + "Bridg", EX + "Bridge")]),
    ("SELECT * { { SELECT ?s { ?s ex:opned ?y } } }", [("property", EX + "opned", EX + "opened")]),
    ("SELECT * { ?s a ?c . FILTER (?c = ex:Brigde) }", [("class", EX + "Brigde", EX + "Bridge")]),
    ("ASK { ?s a ex:Brigde }", [("class", EX + "Brigde", EX + "Bridge")]),
    ("CONSTRUCT WHERE { ?s a ex:Brigde }", [("class", EX + "Brigde", EX + "Bridge")]),
    ("SELECT (COUNT(*) AS ?n) { ?s a ex:Brigde }", [("class", EX + "Brigde", EX + "Bridge")]),
    ("SELECT (MAX(?y) AS ?n) { ?s a ex:Brigde ; ex:opened ?y }", [("class", EX + "Brigde", EX + "Bridge")]),
    # namespaces
    ("PREFIX schema: <http://schema.org/> SELECT * { ?s a schema:RiverBodyOfWater }",
     [("prefix", "http://schema.org/", "https://schema.org/")]),
    ("PREFIX s: <http://www.schema.org#> SELECT * { ?s a s:RiverBodyOfWater }",
     [("prefix", "http://www.schema.org#", "https://schema.org/")]),
    (f"PREFIX ex: <{OWN}ontology/> SELECT * {{ ?s a ex:Bridge ; ex:crosses ?r }}", [("prefix", OWN + "ontology/", EX)]),
    ("PREFIX ex: <urn:other:> SELECT * { ?s a ex:Bridge }", [("prefix", "urn:other:", EX)]),
    ("SELECT * { ?s <http://unknown.example/a> ?o }", [("prefix", "http://unknown.example/", None)]),
    # things
    ("SELECT * { <urn:nobody> ?p ?o }", [("iri", "urn:nobody", None)]),
    (f"SELECT * {{ <{OWN}id/bridges/old-brigde> ?p ?o }}",
     [("iri", OWN + "id/bridges/old-brigde", OWN + "id/bridges/old-bridge")]),
    (f"SELECT * {{ ?s ex:crosses <{OWN}id/rivers/Green-River> }}",
     [("iri", OWN + "id/rivers/Green-River", OWN + "id/rivers/green-river")]),
    (f"SELECT * {{ ?s ex:crosses <{OWN}doc/rivers/green-river.html> }}",
     [("iri", OWN + "doc/rivers/green-river.html", OWN + "id/rivers/green-river")]),
    ("SELECT * { ?s ex:crosses <http://minimal.example/data/id/rivers/green-river> }",
     [("iri", "http://minimal.example/data/id/rivers/green-river", OWN + "id/rivers/green-river")]),
    ("SELECT * { ?s ex:crosses <id/rivers/green-river> }",
     [("iri", "{address}id/rivers/green-river", OWN + "id/rivers/green-river")]),
    (f"DESCRIBE <{OWN}id/bridges/nothing-at-all>", [("iri", OWN + "id/bridges/nothing-at-all", None)]),
    # graphs
    ("SELECT * { GRAPH <dataset/x> { ?s ?p ?o } }", [("graph", "{address}dataset/x", None)]),
    ("SELECT * FROM <urn:none> { ?s ?p ?o }", [("graph", "urn:none", None)]),
    (f"SELECT * {{ GRAPH <{OWN}dataset/Bulk> {{ ?s a ex:Bridge }} }}",
     [("graph", OWN + "dataset/Bulk", OWN + "dataset/bulk")]),
    (f"SELECT * {{ GRAPH <{OWN}dataset/bulk> {{ ?s a schema:RiverBodyOfWater }} }}",
     [("class", "https://schema.org/RiverBodyOfWater", None)]),
    ("SELECT * { ?s void:triples ?n }", [("property", "http://rdfs.org/ns/void#triples", None)]),
    (f"SELECT * FROM NAMED <{OWN}dataset/bulk> {{ ?s a ex:Bridge }}", [("graph", "FROM NAMED", "FROM")]),
    (f"SELECT * FROM <{OWN}dataset/bulk> {{ GRAPH ?g {{ ?s a ex:Bridge }} }}", [("graph", "FROM", "FROM NAMED")]),
    (f"SELECT * FROM <{OWN}dataset/bulk> {{ <{OWN}id/bridges/old-bridge> ex:crosses ?r }}",
     [("iri", OWN + "id/bridges/old-bridge", None)]),
    # texts and numbers
    ('SELECT * { ?s ?p "x"@fr }', [("language", "fr", None)]),
    ('SELECT * { ?s ?p ?o FILTER (langMatches(LANG(?o), "fr-CH")) }', [("language", "fr-ch", None)]),
    ('SELECT * { ?s ?p ?o FILTER (LANG(?o) = "EN") }', [("language", "EN", "en")]),
    ('SELECT * { ?s ?p "Old Bridge" }', [("literal", '"Old Bridge"', '"Old Bridge"@en')]),
    ('SELECT * { ?s ?p "Old Bridge"@de }', [("literal", '"Old Bridge"@de', '"Old Bridge"@en')]),
    ('SELECT * { ?s skos:prefLabel "old bridge"@en }', [("literal", '"old bridge"@en', '"Old Bridge"@en')]),
    ('SELECT * { ?s skos:prefLabel ?l FILTER (?l = "Old Bridge") }', [("literal", '"Old Bridge"', '"Old Bridge"@en')]),
    ('SELECT * { VALUES ?l { "Old Bridge" } ?s skos:prefLabel ?l }', [("literal", '"Old Bridge"', '"Old Bridge"@en')]),
    ('SELECT * { ?s ex:opened "1901" }', [("literal", '"1901"', '"1901"^^xsd:gYear')]),
    ("SELECT * { ?s ex:opened 1901 }", [("literal", "1901", '"1901"^^xsd:gYear')]),
    ('SELECT * { ?s ex:opened "3000"^^xsd:gYear }', [("literal", '"3000"^^xsd:gYear', None)]),
    ('SELECT * { ?s ex:opened "Old Bridge" }', [("literal", '"Old Bridge"', None)]),
    # variables
    ("SELECT * { ?b ex:opened ?year . FILTER (?yaer > 3) }", [("variable", "?yaer", "?year")]),
    ("SELECT ?brigde { ?bridge ex:crosses ?river . ?river ex:crosses ?bridge }",
     [("variable", "?brigde", "?bridge"), ("combination", "…ex:crosses ?bridge", None)]),
    # patterns, alone and together
    (f"SELECT * {{ <{OWN}id/rivers/green-river> ex:crosses ?b }}",
     [("pattern", f"<{OWN}id/rivers/green-river> ex:crosses ?b", f"?b ex:crosses <{OWN}id/rivers/green-river>")]),
    ("SELECT * { ?r a schema:RiverBodyOfWater ; ex:opened ?y }", [("combination", EX + "opened", EX + "Bridge")]),
    ("SELECT * { ?s a ex:Bridge ; a schema:RiverBodyOfWater }",
     [("combination", "?s a schema:RiverBodyOfWater", None)]),
    ("SELECT * { ?s ex:crosses [ a ex:Bridge ] }", [("combination", "?s ex:crosses []", None)]),
    pytest.param("SELECT * { ?s ex:opened ?y FILTER (?y > 1900) }", [("condition", "FILTER (?y > 1900)", None)],
                 marks=YEARS),
    ('SELECT * { ?s skos:prefLabel ?l . FILTER (REGEX(?l, "^zzz")) }', [("condition", "…^zzz\"))", None)]),
    ("SELECT * { ?s a ex:Bridge . FILTER NOT EXISTS { ?s ex:crosses ?r } }", [("condition", "…?r }", None)]),
    ("SELECT * { ?s a ex:Bridge MINUS { ?s ex:crosses ?r } }", [("combination", "…?r }", None)]),
    ("SELECT * { ?s a ex:Bridge } LIMIT 0", [("modifier", "LIMIT 0", None)]),
    ("SELECT * { ?s a ex:Bridge } OFFSET 1000", [("modifier", "OFFSET 1000", None)]),
    ("SELECT * { ?s a/rdfs:subClassOf* ex:Structure }",
     [("class", EX + "Structure", None), ("inference", "a/rdfs:subClassOf*", None)]),
    pytest.param("SELECT * { ?s ?p <<( ?a ?b ?c )>> }", [], marks=TRIPLE_TERMS),
]  # fmt: skip
MG = "https://w3id.org/mreze-gradova/ontology#"
NIS = "https://w3id.org/mreze-gradova/"
NAMED = f"""
PREFIX mg: <{MG}>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX time: <http://www.w3.org/2006/time#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
OF_NIS: list[Any] = [
    ("SELECT * { ?m a org:membership }", [("class", "http://www.w3.org/ns/org#membership", "http://www.w3.org/ns/org#Membership")]),
    ('SELECT * { ?x skos:prefLabel "Niš" }', [("literal", '"Niš"', '"Niš"@en')]),
    ('SELECT * { ?x skos:prefLabel "Ниш"@sr }', [("literal", '"Ниш"@sr', '"Ниш"@sr-cyrl')]),
    ('SELECT * { ?x rdfs:label ?l FILTER (LANG(?l) = "sr-Latn") }', [("language", "sr-Latn", "sr-latn")]),
    ('SELECT * { ?x rdfs:label ?l FILTER (LANG(?l) = "sr") }', [("language", "sr", "sr-cyrl")]),
    ('SELECT * { ?x schema:foundingDate "1953" }', [("literal", '"1953"', '"1953"^^xsd:gYear')]),
    ('SELECT * { ?x org:memberDuring/time:hasBeginning/time:inXSDgYear "2003" }',
     [("literal", '"2003"', '"2003"^^xsd:gYear')]),
    pytest.param("SELECT * { ?x schema:foundingDate ?y FILTER (?y > 1950) }",
                 [("condition", "FILTER (?y > 1950)", None)], marks=YEARS),
    (f"SELECT * {{ ?m org:memberOf <{NIS}id/organizations/grad-nis> }}",
     [("pattern", f"?m org:memberOf <{NIS}id/organizations/grad-nis>",
       f"<{NIS}id/organizations/grad-nis> org:memberOf ?m")]),
    (f"SELECT * {{ <{NIS}id/organizations/nalled> ?p ?o }}",
     [("iri", NIS + "id/organizations/nalled", NIS + "id/organizations/naled")]),
    (f"DESCRIBE <{NIS}id/places/Niš>", [("iri", NIS + "id/places/Niš", NIS + "id/places/nis")]),
    (f"DESCRIBE <{NIS}id/places/ниш>", [("iri", NIS + "id/places/ниш", NIS + "id/places/nis")]),
    ("SELECT * { ?d a <http://www.w3.org/ns/dcat#Dataset> }", [("class", "http://www.w3.org/ns/dcat#Dataset", None)]),
    ("SELECT * { ?x a schema:City ; schema:foundingDate ?y }",
     [("combination", "https://schema.org/foundingDate", "http://www.w3.org/ns/org#Organization")]),
    ("SELECT * { ?m <http://www.w3.org/ns/prov#wasDerivedFrom> ?e }",
     [("property", "http://www.w3.org/ns/prov#wasDerivedFrom", MG + "evidence")]),
    ("SELECT * { ?x owl:sameAs ?y . ?y rdfs:label ?l }", [("combination", "?y rdfs:label ?l", None)]),
    ("PREFIX schema: <http://schema.org/> SELECT * { ?x schema:foundingDate ?y ; schema:memberOf ?z }",
     [("prefix", "http://schema.org/", "https://schema.org/")]),
]  # fmt: skip


def test_the_interface_announces_it(minimal: Served) -> None:
    """The shape of an explanation, and of what it is about, stands in the OpenAPI document."""
    document = minimal.get("openapi.json").json()
    schema = document["components"]["schemas"]["Explanation"]
    assert set(schema["required"]) == {"empty", "missing"}
    kinds = set(schema["properties"]["missing"]["items"]["properties"]["kind"]["enum"])
    assert kinds == {kind for one in MINIMAL for kind, _, _ in getattr(one, "values", one)[1]}
    for method in ("get", "post"):
        content = document["paths"]["/sparql"][method]["responses"]["200"]["content"]
        assert content["application/json"]["schema"]["$ref"].endswith("/Explanation")


def _told(served: Served, query: str) -> dict[str, Any]:
    answer = served.query(query, explain="true")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    told: dict[str, Any] = answer.json()
    assert all(set(one) == {"kind", "name", "message", "similar"} and one["message"] for one in told["missing"])
    return told


def _check(served: Served, query: str, expected: list[Reason]) -> None:
    wanted = [(kind, name.replace("{address}", served.address), similar) for kind, name, similar in expected]
    found: list[Reason] = []
    for _ in range(5):  # a second is little for a server behind a server: who asks again is told what was found since
        told = _told(served, query)
        assert told["empty"] is True
        found = [(one["kind"], one["name"], one["similar"]) for one in told["missing"]]
        if _agree(found, wanted):
            return
    assert found == wanted


def _agree(found: list[Reason], wanted: list[Reason]) -> bool:
    """Whether they are the same; of a name that begins with …, the end is wanted."""
    return len(found) == len(wanted) and all(
        (one[0], one[2]) == (kind, similar) and (one[1].endswith(name[1:]) if name.startswith("…") else one[1] == name)
        for one, (kind, name, similar) in zip(found, wanted, strict=True)
    )


@pytest.mark.parametrize(("query", "expected"), MINIMAL)
def test_what_is_missing_is_named(minimal: Served, query: str, expected: list[Reason]) -> None:
    """Names, namespaces, graphs, texts, variables, patterns, conditions; each with what may have been meant."""
    _check(minimal, PREFIX + query, expected)


@pytest.mark.parametrize(("query", "expected"), OF_NIS)
def test_it_is_named_on_real_data(own: Served, query: str, expected: list[Reason]) -> None:
    """What people get wrong about this repository's own data."""
    _check(own, NAMED + query, expected)


def test_the_address_of_a_page_is_known(own: Served) -> None:
    """Who copies the address from the browser is told the identifier."""
    query = f"SELECT * {{ <{own.address}doc/organizations/naled> ?p ?o }}"
    assert _told(own, query)["missing"][0]["similar"] == NIS + "id/organizations/naled"


def test_a_query_that_finds_something_is_told_what_it_misses(minimal: Served) -> None:
    """A misspelt property in an OPTIONAL; nothing where all is well."""
    told = _told(minimal, PREFIX + "SELECT * { ?s a ex:Bridge OPTIONAL { ?s ex:opned ?y } }")
    assert (told["empty"], [one["similar"] for one in told["missing"]]) == (False, [EX + "opened"])
    told = _told(minimal, PREFIX + "SELECT * { ?s a ex:Bridge . FILTER (EXISTS { ?s ex:crosses ?r }) } LIMIT 3")
    assert told == {"empty": False, "missing": []}
    assert _told(minimal, "SELECT (0 AS ?nothing) {}")["empty"] is False


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * { ?s a ex:Bridge }", "Begin with PREFIX ex: <https://minimal.example/data/ontology#>"),
        ("PREFIX ex: <x:> SELECT * { ?s ex:p/schema:name ?o }", "Begin with PREFIX schema: <https://schema.org/>"),
        ('ASK { ?s ?p "2007"^^xsd:gYear }', "The prefix xsd: is not declared"),
        ("SELECT * { ?s dcterms:title ?o }", "PREFIX dcterms: <http://purl.org/dc/terms/>"),
        ("SELECT * { ?s shcema:name ?o }", "Did you mean schema:"),
        ("SELECT * { ?s zzz:name ?o }", "none of that name"),
        ("SELECT (geof:dimension(1) AS ?x) {}", "PREFIX geof:"),
    ],
)
def test_an_undeclared_prefix_is_named(minimal: Served, query: str, says: str) -> None:
    """The error says which prefix it is and how to declare it: by the protocol, for an explanation, and on the page."""
    for answer in (minimal.query(query), minimal.query(query, explain="true")):
        assert answer.status_code == 400
        assert says in answer.json()["detail"]
    page = minimal.query(query, "text/html")
    assert page.status_code == 400
    assert says.partition("<")[0] in page.text
    assert "not declared" not in minimal.query("SELECT * { ?s a }").text


def test_an_explanation_speaks_the_readers_language(own: Served) -> None:
    """`lang` or Accept-Language choose; what is not known is English."""
    query = NAMED + "SELECT * { ?m a org:membership }"
    said = {
        lang: own.query(query, explain="true", lang=lang).json()["missing"][0]["message"]
        for lang in ("en", "sr-cyrl", "sr-latn")
    }
    assert said["en"].startswith("Nothing in this release")
    assert said["sr-cyrl"].startswith("Ништа")
    assert said["sr-latn"].startswith("Ništa")
    header = {"accept-language": "sr-Latn, en;q=0.5"}
    asked = own.client.get(own.address + "sparql", params={"query": query, "explain": "true"}, headers=header)
    assert asked.json()["missing"][0]["message"] == said["sr-latn"]


def test_people_are_told_on_the_page(minimal: Served) -> None:
    """An empty result, or a no, comes with the reasons; another one without."""
    empty = minimal.query(PREFIX + "SELECT * { ?s a ex:Brigde }", "text/html", lang="en").text
    assert "Why is it empty?" in empty
    assert f"Did you mean &lt;{EX}Bridge&gt;?" in empty
    text = minimal.query(PREFIX + 'SELECT * { ?s ?p "Old Bridge" }', "text/html", lang="en").text
    assert "Did you mean &#34;Old Bridge&#34;@en?" in text
    assert "Why is it empty?" in minimal.query(PREFIX + "ASK { ?s a ex:Brigde }", "text/html", lang="en").text
    assert "Why is it empty?" not in minimal.query(PREFIX + "SELECT * { ?s a ex:Bridge }", "text/html").text
    assert "Why is it empty?" not in minimal.query(PREFIX + "ASK { ?s a ex:Bridge }", "text/html").text


@TRIPLE_TERMS
def test_where_nothing_is_missing_people_are_told_that(minimal: Served) -> None:
    """The parts are there, only not together."""
    assert "only not together" in minimal.query("SELECT * { ?s ?p <<( ?a ?b ?c )>> }", "text/html", lang="en").text


def test_an_explanation_takes_a_second_at_most(minimal: Served) -> None:
    """Where parts of the query run for hours, what was found by then is told, and the server goes on."""
    product = " ".join(f"?a{one} ?b{one} ?c{one} ." for one in range(12))
    condition = "FILTER (?a0 = ?c11 && ?a0 != ?c11)"
    query = f"{PREFIX} SELECT * {{ ?s a ex:Bridge . {product} {condition} ?s ex:croses ?o }}"
    begun = time.monotonic()
    told = _told(minimal, query)
    assert [one["similar"] for one in told["missing"]] == [EX + "crosses"]
    query = f"{PREFIX} SELECT * {{ {{ SELECT * {{ ?s a ex:Bridge . {product} {condition} }} }} }} LIMIT 0"
    told = _told(minimal, query)
    assert told["empty"]
    assert {one["kind"] for one in told["missing"]} <= {"pattern"}  # an engine may see in time that it finds nothing
    assert time.monotonic() - begun < 5
    assert minimal.query("ASK {}").json()["boolean"] is True
