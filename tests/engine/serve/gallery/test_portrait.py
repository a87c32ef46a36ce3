"""What the pictures of a thing show is found by standard terms, whatever the site is about."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from mreze.serve.gallery.dates import dates
from mreze.serve.gallery.portrait import around
from mreze.serve.gallery.sights import sights
from mreze.serve.store import EmbeddedStore

BASE = "https://example.org/"
DATA = """
@prefix : <https://example.org/id/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/ontology#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

ex:seat rdfs:subPropertyOf ex:basedIn .
:north geo:hasGeometry <https://example.org/id/north#point> ; ex:in :land .
<https://example.org/id/north#point> geo:asWKT "POINT(20 50)"^^geo:wktLiteral .
:south geo:hasGeometry [ geo:asWKT "POINT(21 40)"^^geo:wktLiteral ] ; ex:in :land .
:land a schema:Country ; dct:source :atlas .
:atlas a schema:WebPage ; ex:read "2026"^^xsd:gYear .
:guild ex:basedIn :north ; ex:seat :north ; dct:source :atlas ; schema:foundingDate "1994"^^xsd:gYear .
:town ex:place :south ; org:memberOf :guild .
:town-guild a org:Membership ; org:member :town ; org:organization :guild ;
  org:memberDuring <https://example.org/id/town-guild#period> .
<https://example.org/id/town-guild#period> time:hasBeginning <https://example.org/id/town-guild#begin> ;
  time:hasEnd <https://example.org/id/town-guild#end> .
<https://example.org/id/town-guild#begin> time:inXSDgYear "2003"^^xsd:gYear .
<https://example.org/id/town-guild#end> time:inXSDDate "2010-05-01"^^xsd:date .
<https://example.org/id/town-guild#claim> rdf:subject <https://example.org/id/town-guild#begin> ;
  rdf:predicate time:inXSDgYear ; rdf:object "2005"^^xsd:gYear .
:village-guild a org:Membership ; org:member :village ; org:organization :guild ;
  org:memberDuring <https://example.org/id/village-guild#period> .
<https://example.org/id/village-guild#period> time:hasBeginning <https://example.org/id/village-guild#begin> .
<https://example.org/id/village-guild#begin> time:before <https://example.org/id/village-guild#known> .
<https://example.org/id/village-guild#known> time:inXSDDate "2001-02-03"^^xsd:date .
<https://example.org/id/guild#month> rdf:subject :guild ; rdf:predicate schema:foundingDate ;
  rdf:object "1994-04"^^xsd:gYearMonth .
<https://example.org/id/guild#rival> rdf:subject :guild ; rdf:predicate schema:foundingDate ;
  rdf:object "1987"^^xsd:gYear .
:fair schema:organizer :guild ; schema:startDate "2007-05-01"^^xsd:date ; schema:endDate "2007-05-03"^^xsd:date .
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    """A guild, its members, and where they are."""
    found = ox.Store()
    found.load(DATA, format=ox.RdfFormat.TURTLE)
    return EmbeddedStore(found, BASE)


def _told(row: dict[str, object]) -> dict[str, str]:
    return {name: str(getattr(one, "value", "")).removeprefix(f"{BASE}id/") for name, one in row.items()}


@pytest.mark.parametrize(
    ("thing", "seen"),
    [
        ("north", [("north", None, None)]),
        ("guild", [("guild", "seat", "north"), ("town", "member", "south")]),
        ("town", [("town", "place", "south"), ("guild", "memberOf", "north")]),
        ("town-guild", [("town", "member", "south"), ("guild", "organization", "north")]),
        ("land", [("north", None, None), ("south", None, None)]),
        ("atlas", []),
        ("fair", []),
    ],
)
def test_where_a_thing_is(store: EmbeddedStore, thing: str, seen: list[tuple[str, str | None, str | None]]) -> None:
    """Itself, by its seat, its place or its members; each once, by the narrowest property; never by its sources."""
    rows = [_told(dict(one)) for one in sights(store, f"{BASE}id/{thing}", 100)]
    found = [(one["thing"], one.get("kind", "").rpartition("#")[2] or None, one.get("place")) for one in rows]
    assert found == seen
    assert all(one["point"].startswith("POINT(") for one in rows)


def test_a_hub_has_no_more_than_is_drawn(store: EmbeddedStore) -> None:
    """What is beyond is left out."""
    assert len(sights(store, f"{BASE}id/land", 1)) == 1
    assert len(dates(store, f"{BASE}id/guild", "joined", 2)) == 2


FOUNDED = [
    {"thing": "guild", "date": "1987", "standing": "otherwise", "detail": "guild#rival"},
    {"thing": "guild", "date": "1994-04"},
]
TOWN = {"date": "2003", "until": "2010-05-01", "detail": "town-guild"}
OTHERWISE = {"date": "2005", "standing": "otherwise", "detail": "town-guild"}


@pytest.mark.parametrize(
    ("thing", "happened"),
    [
        (
            "guild",
            [
                *FOUNDED,
                {"thing": "village", "date": "2001-02-03", "standing": "before", "detail": "village-guild"},
                {"thing": "town", **TOWN},
                {"thing": "town", **OTHERWISE},
                {"thing": "fair", "date": "2007-05-01", "until": "2007-05-03"},
            ],
        ),
        ("town", [*FOUNDED, {"thing": "guild", **TOWN}, {"thing": "guild", **OTHERWISE}]),
        ("town-guild", [{"thing": "town-guild", **TOWN}, {"thing": "town-guild", **OTHERWISE}, *FOUNDED]),
        ("north", FOUNDED),
        ("land", []),
        ("atlas", []),
    ],
)
def test_when_what_happened(store: EmbeddedStore, thing: str, happened: list[dict[str, str]]) -> None:
    """As precise as the sources, with who says otherwise and with bounds; dates of documents are no history."""
    rows = [_told(dict(one)) for one in dates(store, f"{BASE}id/{thing}", "joined", 100)]
    assert [{name: text for name, text in one.items() if name != "kind"} for one in rows] == happened


@pytest.mark.parametrize(
    ("places", "corners"),
    [
        ([(21.9, 43.3)], ((10.0, 40.0), (30.0, 50.0))),
        ([(21.9, 43.3), (6.0, 47.2)], ((0.0, 40.0), (30.0, 50.0))),
        ([(0.0, -88.0)], ((-10.0, -90.0), (10.0, -80.0))),
        ([(-170.0, 0.0), (170.0, 0.0)], ()),
        ([(float(one), 0.0) for one in range(9)], ()),
    ],
)
def test_maps_of_few_places_end_where_others_do(
    places: list[tuple[float, float]], corners: tuple[tuple[float, float], ...]
) -> None:
    """So what is cut of the world for one is there for the next; many, or all around the world, fill their own map."""
    assert around(places) == corners
