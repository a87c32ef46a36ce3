"""A description as rows: in the reader's language, with every part shown once."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from mreze.namespaces import PREFIXES
from mreze.serve.view import Row, Viewer
from mreze.serve.wording import CLASSES, PROPERTIES, shorten, wording

BASE = "https://x.example/"
DATA = """
<a> a org:Organization ; rdfs:label "A"@en , "А"@sr-cyrl ; skos:prefLabel "A"@en , "А"@sr-cyrl ;
    ex:evidence <a#q> ; org:memberDuring <a#period> ; org:memberOf <b> ; foaf:homepage <https://out.example/ж> .
<a#q> a oa:SpecificResource ; oa:hasSelector <a#q-s> ; oa:hasSource <s> .
<a#q-s> a oa:TextQuoteSelector ; oa:exact "the <words>" .
<a#period> a time:ProperInterval ; time:hasBeginning <a#begin> .
<a#begin> a time:Instant ; time:inXSDgYear "2007"^^xsd:gYear .
<a#claim> a rdf:Statement ; rdf:subject <a> ; rdf:predicate org:memberOf ; rdf:object <b> ; ex:rank ex:best ;
    ex:evidence <a#q> .
<a#lonely> a ex:Thing ; ex:value 3 .
"""
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in {**PREFIXES, "ex": BASE + "ontology#"}.items())
TRIPLES = {quad.triple for quad in parse(HEAD + DATA, format=RdfFormat.TURTLE, base_iri=BASE + "id/")}
PARTS = [f"{BASE}id/a#{name}" for name in ("begin", "claim", "lonely", "period", "q", "q-s")]
LABEL, PREFERRED = NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(PREFIXES["skos"] + "prefLabel")


def _viewer(language: str = "en") -> Viewer:
    labels = [
        Triple(NamedNode(BASE + "id/b"), LABEL, Literal("Б", language="sr-cyrl")),
        Triple(NamedNode(BASE + "ontology#evidence"), LABEL, Literal("proof", language="en")),
    ]
    return Viewer(TRIPLES, labels, base=BASE, language=language, root="../../", query="?lang=en")


def _row(rows: tuple[Row, ...], name: str) -> Row:
    return next(row for row in rows if row.name.text == name)


def test_names_come_in_the_reader_s_language() -> None:
    """Of terms from the table or the site, of things from their labels; another language is marked."""
    part = _viewer().part(BASE + "id/a")
    assert [kind.text for kind in part.kinds] == ["organization"]
    name = _row(part.rows, "name")
    assert [(value.text, value.foreign) for value in name.values] == [("A", None), ("А", "sr-cyrl")]
    member = _row(part.rows, "member of").values[0]
    assert (member.text, member.foreign, member.href) == ("Б", "sr-cyrl", "../../doc/b?lang=en")
    assert _viewer("sr-cyrl").label(BASE + "id/a").text == "А"


def test_equal_labels_are_shown_once() -> None:
    """rdfs:label is left out where it says what skos:prefLabel says."""
    names = [row.name.text for row in _viewer().part(BASE + "id/a").rows]
    assert names.count("name") == 1
    assert "label" not in names


def test_parts_stand_where_they_are_pointed_from() -> None:
    """A period is unfolded in its row, a quote is its words and its source."""
    rows = _viewer().part(BASE + "id/a").rows
    period = _row(rows, "time of membership").values[0].part
    assert period is not None
    begin = period.rows[0].values[0].part
    assert begin is not None
    assert begin.rows[0].values[0].text == "2007"
    quote = _row(rows, "proof").values[0].quote
    assert quote is not None
    assert (quote.words, quote.source.text, quote.id) == ("the <words>", "id/s", "q")


def test_every_part_is_shown_and_each_anchor_once() -> None:
    """What neither a row nor a claim leads to stands at the end; a quote shown twice has its anchor once."""
    viewer = _viewer()
    viewer.part(BASE + "id/a")
    again = _row(viewer.part(BASE + "id/a#claim").rows, "proof").values[0].quote
    assert again is not None
    assert again.id == ""
    assert [part.id for part in viewer.others(BASE + "id/a", PARTS)] == ["lonely"]


def test_a_thing_has_a_name_in_each_language() -> None:
    """The one in the language of the page comes first; equal ones of two properties are one."""
    assert [(one.text, one.foreign) for one in _viewer("sr-cyrl").names(BASE + "id/a")] == [("А", None), ("A", "en")]


def test_a_blank_name_is_none() -> None:
    """The next property tells, else the end of the IRI."""
    blank = [Triple(NamedNode(BASE + f"id/{one}"), PREFERRED, Literal(" \u200b", language="en")) for one in "bc"]
    viewer = _viewer()
    viewer.learn(blank)
    assert [viewer.link(BASE + f"id/{one}").text for one in "bc"] == ["Б", "id/c"]
    assert viewer.names(BASE + "id/c") == []


def test_links_are_safe() -> None:
    """Only http(s) is linked, letters beyond ASCII are encoded."""
    viewer = _viewer()
    assert viewer.link("https://out.example/ж").href == "https://out.example/%D0%B6"
    assert viewer.link("javascript:alert(1)").href == ""
    assert viewer.link(BASE + "ontology#evidence").href == "../../ontology?lang=en#evidence"


def test_the_tables_name_terms_that_there_are() -> None:
    """Each key is a prefixed name of a known namespace, and has words."""
    for name in (*PROPERTIES, *CLASSES):
        prefix, _, local = name.partition(":")
        assert shorten(PREFIXES[prefix] + local) == name
        assert wording(name)["en"]
    assert wording("ex:none") == {}
    assert shorten("https://unknown.example/x") is None
