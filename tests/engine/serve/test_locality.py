"""The page of a place tells what it lies in and who is there."""

from __future__ import annotations

import pyoxigraph as ox

from mreze.serve.locality import Locality, Surveyor
from mreze.serve.store import EmbeddedStore
from mreze.serve.view import Viewer

BASE = "https://example.org/"
DATA = """
@prefix : <https://example.org/id/> .
@prefix ex: <https://example.org/ontology#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
ex:seat rdfs:subPropertyOf ex:basedIn ; rdfs:label "seat"@en .
:town a geo:Feature ; ex:in :land .
:land a schema:Country ; ex:in :world .
:world a schema:Place ; ex:in :land .
:guild rdfs:label "Guild"@en ; ex:seat :town ; ex:basedIn :town .
:council rdfs:label "Council"@en ; ex:place :town ; org:memberOf :guild .
:page dct:spatial :town .
"""


def _locality(name: str) -> Locality:
    store = ox.Store()
    store.load(DATA, format=ox.RdfFormat.TURTLE)
    embedded = EmbeddedStore(store, BASE)
    thing = ox.NamedNode(f"{BASE}id/{name}")
    incoming = embedded.incoming([thing])
    labels = embedded.labels(one for one in {each.subject for each in incoming} if isinstance(one, ox.NamedNode))
    viewer = Viewer(embedded.outgoing([thing]), labels, base=BASE, language="en", root="../../")
    return Surveyor(embedded, viewer).locality(thing.value, incoming)


def test_a_place_tells_who_is_there_in_what_way() -> None:
    """With what they are members of; a way that follows from another is left out, and so is what tells of documents."""
    found = _locality("town")
    told = [
        (one.who.text, [way.text for way in one.how], [each.text for each in one.member_of]) for one in found.residents
    ]
    assert told == [("Council", ["ontology#place"], ["Guild"]), ("Guild", ["ontology#seat"], [])]
    assert found.has_members


def test_what_a_place_lies_in_ends_where_it_began() -> None:
    """The nearest first."""
    assert [one.title for one in _locality("town").within] == [f"{BASE}id/land", f"{BASE}id/world"]


def test_what_is_no_place_has_no_locality() -> None:
    """Whatever points to it."""
    assert _locality("guild") == Locality()
