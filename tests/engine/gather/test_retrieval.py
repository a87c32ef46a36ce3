"""A real endpoint with something of Wikidata's shape is asked for candidates, and for what it says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engine.gather.clocks import Hand, settings
from tests.wikidata import sparql_server

from mreze.gather.authorities import GEONAMES, WIKIDATA, Authority, authority
from mreze.gather.described import Description, Named
from mreze.gather.descriptions import Describing
from mreze.gather.model import Endpoint, Point, Thing
from mreze.gather.retrieval import Retrieval, pages
from mreze.gather.session import gathering
from mreze.matching.model import Kind, Label
from mreze.progress import unwatched

ITEMS = Path(__file__).parents[2] / "sites" / "wikidata" / "organizations.ttl"
WD = "http://www.wikidata.org/entity/"
EU = "http://publications.europa.eu/resource/authority/"
FURTHER = f"""
@prefix gn: <http://www.geonames.org/ontology#> . @prefix wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix dc: <http://purl.org/dc/elements/1.1/> . @prefix dct: <http://purl.org/dc/terms/> .
wd:Q900000021 owl:sameAs wd:Q900000022 . wd:Q900000022 owl:sameAs wd:Q900000003 .
wd:Q900000031 rdfs:label "Somewhere"@en ; wdt:P17 _:somebody ; wdt:P856 <https://naled.rs/x> .
<https://sws.geonames.org/900301/> gn:name "Oldbridge" ; gn:alternateName "Стари Мост"@sr ; gn:countryCode "QX" ;
    gn:featureCode <http://www.geonames.org/ontology#P.PPL> ; wgs:lat "43.3" ; wgs:long "21.9" .
<{EU}place/FRA_PAR> skos:prefLabel "Paris"@en , "Париз"@sr ; dc:identifier "FRA_PAR" .
<{EU}place/FRA_OLD> skos:prefLabel "Lutetia"@en ; dct:isReplacedBy <{EU}place/FRA_PAR> .
"""
OLDBRIDGE = "https://sws.geonames.org/900301/"
SCHEMES = ("http", "https")
HERE = "https://site.example/id/"


def _thing(name: str, *labels: Label, types: tuple[str, ...] = (), **said: tuple[str, ...]) -> Thing:
    return Thing(HERE + name, labels, (), types, **said)  # type: ignore[arg-type]  # all of these are tuples of texts


ENERGY = _thing("energy", Label("energy Cities", "fr"), Label("Energie-Cités", "fr", Kind.ALTERNATIVE))
COUNCIL = _thing("council", Label("Stalna konferencija", "en"), homepages=("https://naled.rs",))
BRIDGE = _thing("bridge", Label("Nobody calls it so", "en"), links=(OLDBRIDGE,))
NEAR = replace(
    _thing("near", Label("Nor so", "en"), types=(f"{WD}Q900000107",), countries=(f"{WD}Q900000201", "QX")),
    point=Point(43.31, 21.9),
)


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """A real server, asked as commands ask."""
    folder = tmp_path_factory.mktemp("snapshots")
    with sparql_server(ITEMS.read_text("utf-8"), FURTHER) as address:
        chosen = replace(settings(folder), endpoint=address)
        with gathering(chosen, "test", Hand().clock) as session:
            yield session.endpoint


@pytest.mark.parametrize(
    ("thing", "asked", "found"),
    [
        (ENERGY, WIKIDATA, {f"{WD}Q9000000{number}": ["label"] for number in ("05", "13", "16")}),
        (COUNCIL, WIKIDATA, {f"{WD}Q900000007": ["home page"]}),
        (BRIDGE, WIKIDATA, {f"{WD}Q900000301": ["GeoNames id"]}),
        (NEAR, WIKIDATA, {f"{WD}Q900000301": ["place"], f"{WD}Q900000302": ["place"]}),
        (replace(NEAR, types=()), WIKIDATA, {}),
        (replace(NEAR, countries=("QX",)), WIKIDATA, {}),
        (replace(NEAR, labels=(Label("Стари Мост", "sr-cyrl"),)), GEONAMES, {OLDBRIDGE: ["label"]}),
        (replace(NEAR, labels=(Label("Oldbridge", "en"),)), GEONAMES, {OLDBRIDGE: ["label"]}),
        (NEAR, GEONAMES, {OLDBRIDGE: ["place"]}),
        (_thing("paris", Label("Париз", "sr-cyrl")), authority("eu-place"), {f"{EU}place/FRA_PAR": ["label"]}),
        (_thing("paris", Label("Париз", "sr-cyrl")), authority("eu-country"), {}),
        (_thing("nameless"), WIKIDATA, {}),
    ],
)  # fmt: skip
def test_candidates_are_found(endpoint: Endpoint, thing: Thing, asked: Authority, found: dict[str, list[str]]) -> None:
    """By name in each form and tag, by home page, by GeoNames' number; what none of these finds, by its place."""
    assert Retrieval(endpoint, asked, unwatched).find([thing]) == {thing.iri: found}


def test_many_are_asked_for_at_once(endpoint: Endpoint) -> None:
    """Things share questions, and each gets what is its own."""
    found = Retrieval(endpoint, WIKIDATA, unwatched).find([ENERGY, COUNCIL, BRIDGE, NEAR])
    assert {one.removeprefix(HERE): len(items) for one, items in found.items()} == {
        "energy": 3, "council": 1, "bridge": 1, "near": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "written"),
    [
        (
            "https://www.naled.rs/",
            {f"{scheme}://{host}naled.rs{end}" for scheme in SCHEMES for host in ("", "www.") for end in ("", "/")},
        ),
        (
            "http://x.example/a?b=c",
            {f"{scheme}://{host}x.example/a?b=c" for scheme in SCHEMES for host in ("", "www.")},
        ),
        ("ftp://x.example/", {"ftp://x.example/"}),
        ("http://[", {"http://["}),
        ("", {""}),
    ],
)  # fmt: skip
def test_a_home_page_is_written_in_many_ways(address: str, written: set[str]) -> None:
    """Scheme, www and a last slash are as people please; what is no web address is left alone."""
    assert set(pages(address)) == written


def _describe(endpoint: Endpoint, *items: str, asked: Authority = WIKIDATA) -> dict[str, Description]:
    describing = Describing(endpoint, asked, ["", "en", "fr", "sr", "sr-el"], unwatched)
    return dict(describing.read(items, [f"{WD}Q43229", "https://elsewhere.example/type"]).items)


def test_an_item_is_described(endpoint: Endpoint) -> None:
    """Names, types with what they are narrower than, country with its code, and what else is said."""
    assert _describe(endpoint, f"{WD}Q900000005")[f"{WD}Q900000005"] == Description(
        iri=f"{WD}Q900000005",
        labels=(
            Label("Energy Cities", "en"), Label("Energy Cities", "fr"), Label("Energie-Cités", "fr", Kind.ALTERNATIVE),
        ),
        description="European association of cities",
        types=(Named(f"{WD}Q900000102", "network of cities"),),
        kinds=frozenset({f"{WD}Q43229"}),
        countries=(Named(f"{WD}Q142", "France", "FR"),),
        point=Point(47.24, 6.02),
        homepages=("https://energy-cities.eu/",),
    )  # fmt: skip


def test_an_item_that_was_merged_is_described_as_the_other(endpoint: Endpoint) -> None:
    """A chain of mergers leads on; what is there no more is not described."""
    describing = Describing(endpoint, WIKIDATA, ["en", "fr"], unwatched)
    found = describing.read([f"{WD}Q900000021", f"{WD}Q900000099"], [])
    assert set(found.items) == {f"{WD}Q900000003"}
    assert found.merged == {f"{WD}Q900000021": f"{WD}Q900000003", f"{WD}Q900000022": f"{WD}Q900000003"}


def test_an_unknown_value_and_another_globe_are_no_values(endpoint: Endpoint) -> None:
    """A country that nobody knows is none; a point on the Moon is not on the Earth."""
    found = _describe(endpoint, f"{WD}Q900000031", f"{WD}Q900000304")
    assert found[f"{WD}Q900000031"].countries == ()
    assert found[f"{WD}Q900000304"].point is None


def test_other_authorities_say_it_in_their_words(endpoint: Endpoint) -> None:
    """GeoNames has codes of countries and two numbers; tables of the EU have codes and say what replaced what."""
    place = _describe(endpoint, OLDBRIDGE, asked=GEONAMES)[OLDBRIDGE]
    assert (place.countries, place.point) == ((Named("QX", "QX", "QX"),), Point(43.3, 21.9))
    assert [one.text for one in place.labels] == ["Oldbridge", "Стари Мост"]
    table = _describe(endpoint, f"{EU}place/FRA_OLD", asked=authority("eu-place"))
    assert {one: said.codes for one, said in table.items()} == {f"{EU}place/FRA_PAR": ("FRA_PAR",)}
    assert table[f"{EU}place/FRA_PAR"].countries == (Named("FRA", "FRA", "FRA"),)
