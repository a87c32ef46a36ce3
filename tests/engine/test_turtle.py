"""Turtle in one form: the triples and nothing else decide about the text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, RdfFormat, Triple, parse

from mreze import jsonld, rdfxml, turtle

EX = "https://example.org/"
PREFIXES = {"ex": EX, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "other": "https://other.example/#"}
LOCAL = st.text(alphabet="abcXYZ019-_.~%'()*,;éџ", min_size=1, max_size=8)
IRIS = st.builds(NamedNode, st.sampled_from([EX, EX + "id/", "https://other.example/#", "urn:x:"]).flatmap(
    lambda base: LOCAL.filter(lambda one: "%" not in one).map(lambda local: base + local)
))  # fmt: skip
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cs"])
TEXTS = st.text(alphabet=CHARACTERS, max_size=40)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "sr-cyrl"])),
    st.builds(lambda text, name: Literal(text, datatype=NamedNode(EX + name)), TEXTS, st.sampled_from(["a", "b"])),
    st.integers().map(Literal),
    st.booleans().map(Literal),
)
PREDICATES = st.sampled_from([NamedNode(EX + name) for name in ("p", "q", "label")])
TRIPLES = st.lists(st.builds(Triple, IRIS, PREDICATES, st.one_of(IRIS, LITERALS)), min_size=1, max_size=12)


def _canonical(content: str | bytes, form: RdfFormat) -> set[Triple]:
    dataset = Dataset(parse(content, format=form))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {quad.triple for quad in dataset}


@given(TRIPLES)
def test_what_is_written_is_read_again(triples: list[Triple]) -> None:
    """Any IRI, any literal, any escape goes there and back, and the order they came in is forgotten."""
    text = turtle.write(triples, PREFIXES)
    assert _canonical(text, RdfFormat.TURTLE) == set(triples)
    shuffled = random.sample(triples, len(triples))
    assert turtle.write(shuffled, PREFIXES) == text


@given(TRIPLES)
def test_json_ld_is_read_again(triples: list[Triple]) -> None:
    """The same triples, and the same text for them in any order."""
    text = jsonld.write(triples, PREFIXES)
    assert _canonical(text, RdfFormat.JSON_LD) == set(triples)
    assert jsonld.write(reversed(triples), PREFIXES) == text


def _fits_into_xml(triple: Triple) -> bool:
    """XML 1.0 has no control characters, and reads a carriage return as a line feed."""
    if not isinstance(triple.object, Literal):
        return True
    return all(one in "\t\n" or " " <= one not in "\ufffe\uffff" for one in triple.object.value)


WRITABLE = TRIPLES.map(lambda triples: [one for one in triples if _fits_into_xml(one)])


@given(WRITABLE)
def test_rdf_xml_is_read_again(triples: list[Triple]) -> None:
    """The same triples wherever XML can hold the characters, and the same bytes for them in any order."""
    content = rdfxml.write(triples, PREFIXES)
    assert _canonical(content, RdfFormat.RDF_XML) == set(triples)
    assert rdfxml.write(reversed(triples), PREFIXES) == content


def test_a_change_of_one_fact_is_a_change_of_one_line() -> None:
    """A statement more is a line more, and every other line stays where it was."""
    triples = [Triple(NamedNode(f"{EX}{n}"), NamedNode(EX + "p"), Literal(n)) for n in range(5)]
    before = turtle.write(triples, PREFIXES).splitlines()
    more = Triple(NamedNode(EX + "2"), NamedNode(EX + "points"), NamedNode(EX + "4"))
    after = turtle.write([*triples, more], PREFIXES).splitlines()
    assert [line for line in after if line not in before] == ["    ex:points ex:4 ;"]
    assert len(after) == len(before) + 1


def test_the_form_is_the_house_form() -> None:
    """Used prefixes, blocks by subject, `a` first, one statement a line, a lone dot, escapes where eyes fail."""
    triples = [
        Triple(NamedNode(EX + "b"), NamedNode(EX + "p"), Literal("x\u00a0y", language="sr-cyrl")),
        Triple(NamedNode(EX + "b"), NamedNode(EX + "a"), Literal(3)),
        Triple(NamedNode(EX + "b"), NamedNode(PREFIXES["rdf"] + "type"), NamedNode(EX + "T")),
        Triple(NamedNode(EX + "a"), NamedNode(EX + "p"), BlankNode("x")),
        Triple(BlankNode("x"), NamedNode(EX + "p"), Literal("in")),
    ]
    assert turtle.write(triples, PREFIXES) == (
        "@prefix ex: <https://example.org/> .\n\n"
        'ex:a\n    ex:p [\n        ex:p "in" ;\n    ] ;\n.\n\n'
        'ex:b\n    a ex:T ;\n    ex:a 3 ;\n    ex:p "x\\u00A0y"@sr-cyrl ;\n.\n'
    )


@pytest.mark.parametrize("count", [0, 1, 3])
def test_lists_are_written_as_lists(count: int) -> None:
    """A list of any length is read as the list it was."""
    items = " ".join(f'"{n}"' for n in range(count))
    text = f"@prefix ex: <{EX}> .\n\nex:a\n    ex:p ( {items} ) ;\n.\n"
    triples = {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}
    written = turtle.write(triples, PREFIXES)
    assert _canonical(written, RdfFormat.TURTLE) == _canonical(text, RdfFormat.TURTLE)
    assert "rdf:first" not in written
