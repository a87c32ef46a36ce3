"""What can be found by name is what the data say, whatever words the site uses for it."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from mreze.build.entries import Things, read_hierarchy
from mreze.lines import quad_lines
from mreze.matching.model import Entry, Kind, Label
from mreze.namespaces import PREFIXES

BASE = "https://site.example/id/"
PREFIX = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in PREFIXES.items())
ONTOLOGY = """
    ex:officialName rdfs:subPropertyOf ex:anyName . ex:anyName rdfs:subPropertyOf rdfs:label .
    ex:nickname rdfs:subPropertyOf skos:altLabel . ex:number rdfs:subPropertyOf dct:identifier .
    ex:City rdfs:subClassOf ex:Town . ex:Town rdfs:subClassOf ex:Place, schema:Place .
    ex:Circle rdfs:subClassOf ex:Round . ex:Round rdfs:subClassOf ex:Circle .
    ex:City rdfs:label "city"@en .
"""


def _entries(turtle: str) -> dict[str, Entry]:
    text = f"{PREFIX} PREFIX ex: <https://site.example/ontology#> PREFIX : <{BASE}> {ONTOLOGY} {turtle}"
    triples = [quad.triple for quad in parse(text, RdfFormat.TURTLE)]
    # A triple that stands in two graphs is one statement.
    quads = [
        Quad(one.subject, one.predicate, one.object, NamedNode(f"https://site.example/{name}"))
        for one in triples
        for name in "ab"
    ]
    lines = sorted(set(quad_lines(quads)))
    whole = b"".join(lines)
    return {one.iri.removeprefix(BASE): one for one in Things(BASE, whole, read_hierarchy(whole)).entries(lines)}


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ('rdfs:label "A"@en', Label("A", "en")),
        ('skos:prefLabel "A"@sr-Cyrl', Label("A", "sr-cyrl")),
        ('schema:name "A"', Label("A", "")),
        ('foaf:name "A"', Label("A", "")),
        ('dct:title "A"', Label("A", "")),
        ('ex:officialName "A"', Label("A", "")),
        ('skos:altLabel "A"', Label("A", "", Kind.ALTERNATIVE)),
        ('skos:hiddenLabel "A"', Label("A", "", Kind.ALTERNATIVE)),
        ('schema:alternateName "A"', Label("A", "", Kind.ALTERNATIVE)),
        ('ex:nickname "A"', Label("A", "", Kind.ALTERNATIVE)),
        ('skosxl:prefLabel [ skosxl:literalForm "A" ]', None),
        ('skosxl:prefLabel ex:name . ex:name skosxl:literalForm "A"', Label("A", "")),
        ('skosxl:altLabel ex:name . ex:name skosxl:literalForm "A"', Label("A", "", Kind.ALTERNATIVE)),
        (
            'skosxl:altLabel ex:name . ex:name skosxl:literalForm "A" ; schema:endDate "1990"',
            Label("A", "", Kind.FORMER),
        ),
        (
            'skosxl:altLabel ex:n . ex:n skosxl:literalForm "A" ; time:hasTime ex:t . ex:t time:hasEnd ex:e',
            Label("A", "", Kind.FORMER),
        ),
        ('rdfs:label " "', None),
        ("rdfs:label :b", None),
        ('rdfs:comment "A"', None),
    ],
)
def test_a_name_is_what_the_vocabulary_says(said: str, label: Label | None) -> None:
    """Names stand under the usual properties, what the ontology puts under them, and in SKOS-XL."""
    assert _entries(f":a a ex:City . :a {said} .")["a"].labels == ((label,) if label else ())


def test_a_name_comes_once_and_as_the_best_it_is() -> None:
    """Preferred before all; a name that is known as a former one is that in every language it is written in."""
    entry = _entries(
        """
        :a rdfs:label "B"@en ; skos:prefLabel "B"@en ; skos:altLabel "B"@en, "Ц"@sr-cyrl, "C"@sr-latn, "D" ;
        skosxl:altLabel <#c> . <#c> skosxl:literalForm "C"@sr-latn ; schema:validThrough "1990" .
    """.replace("<#c>", "ex:c")
    )["a"]
    assert entry.labels == (
        Label("B", "en"),
        Label("D", "", Kind.ALTERNATIVE),
        Label("Ц", "sr-cyrl", Kind.FORMER),
        Label("C", "sr-latn", Kind.FORMER),
    )


def test_classes_go_up_to_the_top() -> None:
    """A thing is of the classes that it is said to be of, and of all above; of its own only the narrowest are told."""
    ex = "https://site.example/ontology#"
    entry = _entries(":a a ex:City, ex:Town . :b a ex:Circle . :c a ex:Unheard . :d rdfs:label 'no class' .")
    assert entry["a"].types == (ex + "City",)
    assert set(entry["a"].classes) == {ex + "City", ex + "Town", ex + "Place", PREFIXES["schema"] + "Place"}
    assert entry["b"].types
    assert set(entry["b"].classes) == {ex + "Circle", ex + "Round"}
    assert entry["c"].classes == (ex + "Unheard",)
    assert entry["d"].classes == ()


def test_identifiers_are_links_and_codes() -> None:
    """What a thing is the same as, and its codes, identify it; what it is merely near to does not."""
    entry = _entries("""
        :a owl:sameAs <https://other.example/1> ; schema:sameAs <https://other.example/2> ; skos:notation "RS-20" ;
        skos:exactMatch <https://other.example/3> ; ex:number 42 ; skos:closeMatch <https://other.example/4> .
    """)["a"]
    assert entry.identifiers == ("42", "RS-20", *(f"https://other.example/{number}" for number in (1, 2, 3)))


def test_context_is_what_a_thing_refers_to() -> None:
    """Names and codes of what a thing refers to, and of its classes, are known with it; its own are not."""
    entry = _entries("""
        :a a ex:City ; rdfs:label "Own" ; ex:country :land ; ex:self :a .
        :land rdfs:label "Србија"@sr-cyrl, "Serbia"@en ; skos:notation "RS" ; owl:sameAs <https://other.example/land> .
    """)["a"]
    assert entry.context == ("city", "rs", "serbia", "srbija")


def test_what_is_indexed_is_what_has_an_address() -> None:
    """Things under the base are entries, named or not; parts, what is elsewhere and what is retired are none."""
    found = _entries(
        """
        :a ex:p 1 . ex:part rdfs:label "part" . <https://other.example/b> rdfs:label "elsewhere" .
        :old a as:Tombstone ; rdfs:label "retired" . :b/c rdfs:label "deep" .
    """.replace(":b/c", f"<{BASE}b/c>")
    )
    assert list(found) == ["a", "b/c"]
