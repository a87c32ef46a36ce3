"""Facts stand with what sources say of them, and with those who say otherwise."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from mreze.namespaces import PREFIXES, RDFS_LABEL, term
from mreze.serve.facts import Fact, Sheet, agree
from mreze.serve.fields import Fields
from mreze.serve.registers import elsewhere
from mreze.serve.view import Viewer

BASE = "https://x.example/"
THING = BASE + "id/a"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in {**PREFIXES, "ex": BASE + "ontology#"}.items())
DATA = """
<a> a ex:Bridge ; rdfs:label "A"@en , "А"@sr-cyrl ; ex:opened "1970"^^xsd:gYear ; ex:river <r1> , <r2> ;
    ex:crosses <r1> , <r2> ; ex:during <a#period> ; ex:count <a#count> ; ex:evidence <a#q1> ;
    dct:description "Short"@en , "Опис, дужи од онога што се показује одмах, и зато склоњен у страну"@sr-cyrl ;
    owl:sameAs <http://www.wikidata.org/entity/Q1> , <https://out.example/x> .
<a#period> a time:ProperInterval ; time:hasBeginning <a#begin> ; time:hasEnd <a#end> .
<a#begin> a time:Instant ; time:inXSDgYear "2003"^^xsd:gYear .
<a#end> a time:Instant ; time:before "2010"^^xsd:gYear .
<a#count> a ex:Count ; schema:value 3 ; ex:evidence <a#q2> ; schema:observationAbout <a> .
<a#c-begin> a rdf:Statement ; rdf:subject <a#begin> ; rdf:predicate time:inXSDgYear ; rdf:object "2003"^^xsd:gYear ;
    ex:rank ex:preferred ; ex:evidence <a#q1> .
<a#c-rival> a rdf:Statement ; rdf:subject <a#begin> ; rdf:predicate time:inXSDgYear ; rdf:object "2005"^^xsd:gYear ;
    ex:rank ex:normal ; ex:evidence <a#q2> ; skos:note "As they remember it."@en , "Како се сећају."@sr-cyrl .
<a#c-month> a rdf:Statement ; rdf:subject <a#begin> ; rdf:predicate time:inXSDgYearMonth ;
    rdf:object "2003-05"^^xsd:gYearMonth ; ex:evidence <a#q2> .
<a#c-none> a rdf:Statement ; rdf:subject <a> ; rdf:predicate ex:seat ; rdf:object ex:nothing .
<a#q1> a oa:SpecificResource ; oa:hasSelector <a#q1-s> ; oa:hasSource <s> ;
    dct:language <http://publications.europa.eu/resource/authority/language/SRP> .
<a#q1-s> a oa:TextQuoteSelector ; oa:exact "од 2003." .
<a#q2> a oa:SpecificResource ; oa:hasSelector <a#q2-s> ; oa:hasSource <s> .
<a#q2-s> a oa:TextQuoteSelector ; oa:exact "since 2005" .
"""
LATE = """
<a#c-late> a rdf:Statement ; rdf:subject <a#begin> ; rdf:predicate time:inXSDgYear ; rdf:object "2006"^^xsd:gYear ;
    ex:rank ex:preferred .
"""
SHAPES = """
<shapes#B> a sh:NodeShape ; sh:targetClass ex:Bridge ; sh:property <shapes#opened> , <shapes#count> .
<shapes#opened> sh:path ex:opened ; sh:name "year opened"@en ; sh:order 2 ; sh:group <shapes#g> .
<shapes#count> sh:path ex:count ; sh:name "counted"@en ; sh:order 1 ; sh:group <shapes#g> .
<shapes#g> a sh:PropertyGroup ; rdfs:label "First of all"@en ; sh:order 0 .
"""


def _triples(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE, base_iri=BASE + "id/")}


def _viewer(language: str = "en") -> Viewer:
    labels = [Triple(NamedNode(f"{BASE}ontology#{one}"), RDFS_LABEL, Literal(one, language="en")) for one in ("seat",)]
    return Viewer(_triples(DATA), labels, base=BASE, language=language, root="../../")


def facts_of(shapes: str = "", language: str = "en") -> list[Fact]:
    """The facts of the thing of these tests."""
    parts = sorted({str(getattr(one.subject, "value", "")) for one in _triples(DATA)} - {THING})
    return Sheet(_viewer(language), Fields(_triples(shapes)), THING, parts).facts()


def _facts(shapes: str = "", language: str = "en") -> dict[str, Fact]:
    return {one.name.text: one for one in facts_of(shapes, language)}


def test_a_moment_is_a_value_with_its_claims_and_rivals() -> None:
    """What a part is nothing but a way to write is folded; a claim that says it more exactly is no rival."""
    fact = _facts()["beginning"]
    assert [one.text for one in fact.context] == ["ontology#during"]
    followed, rival = fact.lines
    assert ([one.text for one in followed.values], followed.rival) == (["2003"], False)
    assert [one.fragment for one in followed.said] == ["c-begin", "c-month"]
    assert [one.text for one in followed.said[1].values] == ["May 2003"]
    assert ([one.text for one in rival.values], rival.rival) == (["2005"], True)
    (said,) = rival.said
    assert (said.quotes[0].words, said.facets[0].values[0].text) == ("since 2005", "ontology#normal")
    assert [one.text for one in said.notes] == ["As they remember it."]
    assert _facts()["end"].lines[0].values[0].text == "before 2010"


def test_a_quote_has_the_language_of_its_words() -> None:
    """The script of Serbian is seen from the words."""
    (line,) = _facts()["ontology#evidence"].lines
    assert [(one.words, one.language) for one in line.quotes] == [("од 2003.", "sr-cyrl")]


def test_what_is_only_claimed_is_a_fact() -> None:
    """A thing of which a source says that it has none of something."""
    (line,) = _facts()["seat"].lines
    assert ([one.text for one in line.values], line.rival) == (["ontology#nothing"], False)


def test_long_texts_in_other_languages_stand_aside() -> None:
    """They are there, folded away; where there is none in the reader's language all are shown."""
    (line,) = _facts()["description"].lines
    assert ([one.text for one in line.values], [one.foreign for one in line.aside]) == (["Short"], ["sr-cyrl"])
    (line,) = _facts(language="de")["description"].lines
    assert (len(line.values), line.aside) == (2, ())


def test_properties_with_the_same_values_are_one_fact() -> None:
    """Two vocabularies say the same."""
    fact = _facts()["ontology#crosses"]
    assert [one.text for one in fact.also] == ["ontology#river"]


def test_names_and_links_elsewhere_are_no_facts() -> None:
    """Names stand above, other registers below, called by name where they are known."""
    facts = _facts()
    assert not {"name", "label", "same as"} & facts.keys()
    (row,) = elsewhere(_viewer(), THING)
    assert [one.text for one in row.values] == ["Wikidata: Q1", "https://out.example/x"]


def test_the_shapes_give_names_order_and_groups() -> None:
    """What no shape places stands below."""
    facts = list(_facts(SHAPES).values())
    placed = [one for one in facts if one.group]
    assert [one.name.text for one in placed] == ["counted", "year opened"]
    assert {one.group for one in placed} == {"First of all"}
    (line,) = placed[0].lines
    part = line.values[0].part
    assert part is not None
    assert [row.name.text for row in part.rows] == ["value"]
    assert [one.words for one in line.quotes] == ["since 2005"]


RANKS = """
<shapes#C> a sh:NodeShape ; sh:targetClass rdf:Statement ; sh:property <shapes#rank> .
<shapes#rank> sh:path ex:rank ; sh:in ( ex:normal ex:preferred ) ; sh:order 1 .
"""


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        (RANKS, ["c-rival", "c-late"]),
        (RANKS.replace("ex:normal ex:preferred", "ex:preferred ex:normal"), ["c-late", "c-rival"]),
    ],
)
def test_claims_stand_in_the_order_of_the_shapes(ranks: str, expected: list[str]) -> None:
    """What the shape names first stands first; what it does not know stands last."""
    found = _triples(LATE)
    viewer = Viewer(found | _triples(DATA), (), base=BASE, language="en", root="../../")
    parts = sorted({str(getattr(one.subject, "value", "")) for one in found | _triples(DATA)} - {THING})
    facts = Sheet(viewer, Fields(_triples(ranks)), THING, parts).facts()
    fact = next(one for one in facts if one.name.text == "beginning")
    assert [said.fragment for line in fact.lines if line.rival for said in line.said] == expected


def test_what_the_best_claim_says_more_exactly_stands_first() -> None:
    """The plain value is told as the less exact form of it, beside whoever says just that."""
    ranked = """
    <shapes#R> a sh:NodeShape ; sh:targetClass rdf:Statement ; sh:property <shapes#rank> .
    <shapes#rank> sh:path ex:rank ; sh:order 1 ; sh:in ( ex:preferred ex:normal ) .
    """
    more = """
    <a> ex:opened "1953"^^xsd:gYear .
    <a#o-1> a rdf:Statement ; rdf:subject <a> ; rdf:predicate ex:opened ; rdf:object "1953"^^xsd:gYear ;
        ex:rank ex:normal .
    <a#o-2> a rdf:Statement ; rdf:subject <a> ; rdf:predicate ex:opened ; rdf:object "1953-04"^^xsd:gYearMonth ;
        ex:rank ex:preferred .
    """
    viewer = Viewer(_triples(more), (), base=BASE, language="en", root="../../")
    (fact,) = Sheet(viewer, Fields(_triples(ranked)), THING, [f"{THING}#o-1", f"{THING}#o-2"]).facts()
    (line,) = fact.lines
    assert [one.text for one in line.values] == ["April 1953", "less exactly: 1953"]
    assert [(one.id, [value.text for value in one.values]) for one in line.said] == [("o-2", []), ("o-1", ["1953"])]


@pytest.mark.parametrize(
    ("claimed", "followed", "expected"),
    [
        (("2003", "gYear"), ("2003", "gYear"), True),
        (("2003-05", "gYearMonth"), ("2003", "gYear"), True),
        (("2003", "gYear"), ("2003-05-01", "date"), True),
        (("2005", "gYear"), ("2003", "gYear"), False),
        (("20", "integer"), ("2003", "integer"), False),
    ],
)
def test_dates_agree_where_one_begins_the_other(
    claimed: tuple[str, str], followed: tuple[str, str], expected: bool
) -> None:
    """Numbers do not."""
    one, other = (Literal(text, datatype=term(f"xsd:{kind}")) for text, kind in (claimed, followed))
    assert agree(one, other) is expected
