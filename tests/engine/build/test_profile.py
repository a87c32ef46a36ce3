"""A catalogue says itself what harvesters would otherwise have to guess, infer or fetch."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from mreze.build.authorities import describe, is_known
from mreze.build.profile import complete
from mreze.namespaces import RDF_TYPE, RDFS_LABEL, SKOS_PREF_LABEL, term

EU = "http://publications.europa.eu/resource/authority/"
DATASET = NamedNode("https://example.org/dataset/one")
LANGUAGES = ("en", "sr-cyrl", "sr-latn")


def _labels(iri: str, *languages: str) -> dict[str | None, str]:
    return {
        one.object.language: one.object.value
        for one in describe(iri, languages)
        if isinstance(one.object, Literal) and one.predicate == SKOS_PREF_LABEL
    }


@pytest.mark.parametrize(
    ("concept", "languages", "labels"),
    [
        (EU + "data-theme/ENVI", ("en", "sr-latn"), {"en": "Environment", "sr-latn": "Životna sredina"}),
        (EU + "language/SRP", ("de", "sr-cyrl"), {"de": "Serbisch", "sr-cyrl": "српски"}),
        (EU + "country/AUT", ("de", "fr"), {"de": "Österreich", "fr": "Autriche"}),
        (EU + "country/AUT", ("x-klingon",), {"en": "Austria"}),
        (EU + "country/XKX", ("en",), {"en": "Kosovo*"}),
        (EU + "frequency/ANNUAL", ("de",), {"en": "annual"}),
        ("https://www.iana.org/assignments/media-types/text/csv", ("sr-latn",), {"en": "text/csv"}),
        (EU + "data-theme/NONE", ("en",), {}),
        ("https://example.org/theme/x", ("en",), {}),
    ],
)
def test_concepts_are_labelled(concept: str, languages: tuple[str, ...], labels: dict[str, str]) -> None:
    """In the languages of the site where the tables have them, else in English; what no table has is not named."""
    assert _labels(concept, *languages) == labels
    assert is_known(concept) is bool(labels)


def test_no_label_hides_an_iri() -> None:
    """CKAN shows rdfs:label in the place of an IRI: a concept never has one."""
    said = complete([Triple(DATASET, term("dct:license"), NamedNode(EU + "licence/CC0"))], LANGUAGES)
    assert not [one for one in said if one.predicate == RDFS_LABEL]
    assert Triple(NamedNode(EU + "licence/CC0"), RDF_TYPE, term("dct:LicenseDocument")) in said


def test_the_name_of_kosovo_carries_its_note() -> None:
    """The asterisk has its footnote, in every language of the site."""
    noted = [one.object for one in describe(EU + "country/XKX", LANGUAGES) if one.predicate == term("skos:note")]
    assert {one.language for one in noted if isinstance(one, Literal)} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("tag", "plain"), [("sr-cyrl", "sr"), ("sr-latn", None), ("zh-hans", "zh"), ("de", None), ("de-at", None)]
)
def test_the_usual_script_needs_no_saying(tag: str, plain: str | None) -> None:
    """A text in the usual script of its language is there with the plain tag too, which portals look for."""
    said = complete([Triple(DATASET, term("dct:title"), Literal("x", language=tag))], ("en",))
    tags = {one.object.language for one in said if isinstance(one.object, Literal)}
    assert tags == {tag, *([plain] if plain else [])}


def test_a_plain_text_that_is_there_stays_the_only_one() -> None:
    """Where the author wrote a plain one, it is not given a second."""
    own = Triple(DATASET, term("dct:title"), Literal("а", language="sr"))
    said = complete([own, Triple(DATASET, term("dct:title"), Literal("б", language="sr-cyrl"))], ("en",))
    assert [one for one in said if isinstance(one.object, Literal) and one.object.language == "sr"] == [own]


def test_a_period_has_no_name() -> None:
    """Its IRI, which has no page, becomes a blank node; a period that is described elsewhere keeps its IRI."""
    period, elsewhere = NamedNode(DATASET.value + "#period"), NamedNode("https://example.com/antiquity")
    start = Literal("2003-01-01", datatype=term("xsd:date"))
    said = complete(
        [
            Triple(DATASET, term("dct:temporal"), period),
            Triple(period, term("dcat:startDate"), start),
            Triple(DATASET, term("dct:temporal"), elsewhere),
        ],
        LANGUAGES,
    )
    objects = {one.object for one in said if one.predicate == term("dct:temporal")}
    assert elsewhere in objects
    (blank,) = objects - {elsewhere}
    assert isinstance(blank, BlankNode)
    assert {one for one in said if one.subject == blank} == {
        Triple(blank, term("dcat:startDate"), start),
        Triple(blank, RDF_TYPE, term("dct:PeriodOfTime")),
    }
    assert not [one for one in said if period in (one.subject, one.object)]


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(1 2)", "POINT(1 2)"),
        ("POINT(1 2)", "POINT(1 2)"),
        (
            "<http://www.opengis.net/def/crs/EPSG/0/3857> POINT(1 2)",
            "<http://www.opengis.net/def/crs/EPSG/0/3857> POINT(1 2)",
        ),
    ],
)
def test_a_geometry_names_no_usual_system(written: str, published: str) -> None:
    """CRS84 is meant where none is named, so it is left out; another system is not."""
    area = NamedNode(DATASET.value + "#area")
    said = complete([Triple(area, term("dcat:bbox"), Literal(written, datatype=term("geo:wktLiteral")))], LANGUAGES)
    assert {one.object for one in said} == {Literal(published, datatype=term("geo:wktLiteral"))}


def test_a_thing_of_the_data_brings_its_label() -> None:
    """What the catalogue refers to in the data is named in the catalogue: a portal reads nothing else."""
    place = NamedNode("https://example.org/id/places/one")
    asked: list[NamedNode] = []

    def labels(things: Iterable[NamedNode]) -> list[Triple]:
        asked.extend(things)
        return [Triple(place, RDFS_LABEL, Literal("One", language="en"))]

    said = complete([Triple(DATASET, term("dct:spatial"), place)], LANGUAGES, labels)
    assert asked == [place]
    assert {one for one in said if one.subject == place} == {
        Triple(place, SKOS_PREF_LABEL, Literal("One", language="en")),
        Triple(place, RDF_TYPE, term("dct:Location")),
    }
