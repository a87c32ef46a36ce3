"""A map of one place says in which country that is."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mreze.serve.exchange import Request
from mreze.serve.gallery.sights import sights
from mreze.serve.gallery.whereabouts import whereabouts
from mreze.serve.pages import Reader
from mreze.serve.pictures.atlas import open_globe
from mreze.serve.store import EmbeddedStore

BASE = "https://example.org/"
DATA = """
@prefix : <https://example.org/id/> .
@prefix ex: <https://example.org/ontology#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
:told rdfs:label "Told"@en ; geo:hasGeometry [ geo:asWKT "POINT(2.4 48.9)"^^geo:wktLiteral ] ; ex:in :land .
:land a schema:Country ; rdfs:label "Utopia"@en , "Утопија"@sr-cyrl .
:seen rdfs:label "Seen"@en ; geo:hasGeometry [ geo:asWKT "POINT(2.4 48.9)"^^geo:wktLiteral ] .
:guild ex:seat :told .
:both ex:seat :told ; ex:other :far .
:far geo:hasGeometry [ geo:asWKT "POINT(20 40)"^^geo:wktLiteral ] .
:sea rdfs:label "Sea"@en ; geo:hasGeometry [ geo:asWKT "POINT(0 0)"^^geo:wktLiteral ] .
"""


@pytest.mark.parametrize(
    ("thing", "language", "expected"),
    [
        ("told", "en", "Told, Utopia"),
        ("told", "sr-cyrl", "Told, Утопија"),
        ("guild", "en", "Told, Utopia"),
        ("seen", "en", "Seen, France"),
        ("seen", "sr-latn", "Seen, Francuska"),
        ("both", "en", ""),
        ("sea", "en", ""),
    ],
)
def test_one_place_is_named_with_its_country(thing: str, language: str, expected: str) -> None:
    """That which the data name before the one whose shape is around the point."""
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)
    embedded, atlas = EmbeddedStore(store, BASE), open_globe().atlas
    assert atlas is not None
    rows = sights(embedded, f"{BASE}id/{thing}", 400)
    reader = Reader(Request("GET", "/", "", {}, "http://127.0.0.1/"), language)
    assert whereabouts(embedded, BASE, reader, atlas, rows) == expected
