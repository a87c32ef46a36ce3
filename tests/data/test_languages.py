"""Everything is told in English and in Serbian, and the Serbian of both scripts is one text."""

from __future__ import annotations

from collections import defaultdict

import pytest
from pyoxigraph import Literal, NamedNode
from tests.data.graph import BASE, MG, everything, nis, term

from mreze.namespaces import RDF_TYPE
from mreze.transliteration import to_latin

LANGUAGES = {"en", "sr-cyrl", "sr-latn"}
ONE_SCRIPT = {
    "rdf:object": "a claim is about the text of its source, in the script of that source",
    "skosxl:literalForm": "a dated name stands in the script in which its source gives it",
    "dct:title": "a page keeps the title that it has (catalogue and ontology have theirs in three languages)",
}
"""Predicates whose Serbian text need not be there in both scripts, each with its reason."""
NOT_TRANSLITERATED: dict[str, str] = {}
"""Cyrillic text and its Latin form, where that is not what the table of the orthography gives. There is none so far:
names that are Latin in both scripts (Energy Cities, ECAD) stand in Latin letters in the Cyrillic text, and stay."""


def things() -> list[NamedNode]:
    """What has a page of its own: the subjects of the dataset that are no parts of others."""
    subjects = {quad.subject for quad in nis().quads if isinstance(quad.subject, NamedNode)}
    return sorted((one for one in subjects if "#" not in one.value), key=str)


def serbian(script: str) -> dict[tuple[str, str], set[str]]:
    """The Serbian texts in one script, by subject and predicate."""
    excused = {term(name) for name in ONE_SCRIPT}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for quad in everything().quads:
        literal = quad.object
        if not isinstance(literal, Literal) or literal.language != script or not isinstance(quad.subject, NamedNode):
            continue
        if quad.predicate not in excused or quad.subject.value == BASE + "catalog":
            found[quad.subject.value, quad.predicate.value].add(literal.value)
    return found


def test_every_thing_has_its_three_names() -> None:
    """rdfs:label and skos:prefLabel of a thing are the same texts, one in each language of the site."""
    graph = nis()
    for one in things():
        labels = graph.objects(one, "rdfs:label")
        assert sorted(label.language or "" for label in labels if isinstance(label, Literal)) == sorted(LANGUAGES), one
        assert labels == graph.objects(one, "skos:prefLabel"), one


@pytest.mark.parametrize("name", ["rdfs:label", "skos:definition", "skos:example"])
def test_every_term_is_told_in_three_languages(name: str) -> None:
    """A term of the vocabulary has its label, its definition and an example in each language of the site."""
    graph = everything()
    terms = {
        quad.subject
        for quad in graph.quads
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(MG)
    }
    assert terms
    for one in sorted(terms, key=str):
        texts = graph.objects(one, name)
        assert {text.language for text in texts if isinstance(text, Literal)} == LANGUAGES, one


def test_latin_is_the_transliteration_of_cyrillic() -> None:
    """What is said in Serbian is said in both scripts, and the Latin text is the Cyrillic one letter for letter."""
    cyrillic, latin = serbian("sr-cyrl"), serbian("sr-latn")
    assert sorted(cyrillic.keys() ^ latin.keys()) == []
    for place, texts in sorted(cyrillic.items()):
        assert {NOT_TRANSLITERATED.get(text, to_latin(text)) for text in texts} == latin[place], place


def test_no_letter_is_of_the_wrong_script() -> None:
    """A word of a Cyrillic text is not half Latin, and a Latin text has no Cyrillic letter."""
    for place, texts in serbian("sr-cyrl").items():
        for word in (word for text in texts for word in text.replace("-", " ").split()):
            letters = [one for one in word if one.isalpha()]
            assert len({_is_cyrillic(one) for one in letters}) <= 1, (place, word)
    for place, texts in serbian("sr-latn").items():
        assert not any(_is_cyrillic(one) for text in texts for one in text), place


def test_prose_is_told_in_every_language() -> None:
    """A note, a definition, a purpose or an aim is there in each language of the site or not at all."""
    found: dict[tuple[str, str], set[str | None]] = defaultdict(set)
    prose = {term(name) for name in ("skos:note", "skos:definition", "org:purpose", "mg:aim", "dct:description")}
    for quad in everything().quads:
        if quad.predicate in prose and isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            found[quad.subject.value, quad.predicate.value].add(quad.object.language)
    assert {place: tags for place, tags in found.items() if tags != LANGUAGES} == {}


def test_language_tags_are_written_small() -> None:
    """Language tags are lower-case in the files, where the engines could not agree on them otherwise."""
    for quad in everything().quads:
        if isinstance(quad.object, Literal) and quad.object.language:
            assert quad.object.language == quad.object.language.lower()


def test_classes_are_written_out() -> None:
    """Every subject says what it is: nothing is left to inference."""
    typed = {quad.subject for quad in everything().quads if quad.predicate == RDF_TYPE}
    assert {str(quad.subject) for quad in everything().quads if quad.subject not in typed} == set()


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u04ff"
