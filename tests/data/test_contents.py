"""The data say what was found out: the facts that people ask for first, and those that are easily got wrong."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode
from tests.data.graph import BASE, MG, Graph, nis, slug, term, thing, value

EIGHT = ("avec", "b40", "ecad", "energy-cities", "ire", "lhc", "naled", "skgo")
WIKIDATA = "http://www.wikidata.org/entity/"
BASED_IN = {
    "avec": ("secretariat", "arles", "france"),
    "b40": ("secretariat", "istanbul", "turkiye"),
    "ecad": ("seat", "stockholm", "sweden"),
    "energy-cities": ("seat", "besancon", "france"),
    "ire": ("seat", "salzburg", "austria"),
    "lhc": ("secretariat", "kyoto", "japan"),
    "naled": ("seat", "belgrade", "serbia"),
    "skgo": ("seat", "belgrade", "serbia"),
}
FOUNDED = {
    "avec": {"1997": "normal"},
    "b40": {"2021-11": "normal"},
    "ecad": {"1994-04": "preferred", "1994": "normal"},
    "energy-cities": {"1990": "normal"},
    "ire": {"2004": "preferred", "2004-12-10": "normal", "2004-12-21": "normal"},
    "lhc": {"1994": "preferred", "1987": "normal"},
    "naled": {"2006-06": "preferred", "2006-03": "normal"},
    "skgo": {"1953-04": "preferred", "1953": "normal"},
}
CERTAINTY = {name: "implied" if name in {"lhc", "skgo"} else "explicit" for name in EIGHT}
WIKIDATA_IDS = {
    "countries/austria": "Q40",
    "countries/france": "Q142",
    "countries/japan": "Q17",
    "countries/serbia": "Q403",
    "countries/sweden": "Q34",
    "countries/turkiye": "Q43",
    "places/arles": "Q48292",
    "places/belgrade": "Q3711",
    "places/besancon": "Q37776",
    "places/istanbul": "Q406",
    "places/kyoto": "Q34600",
    "places/nis": "Q129259",
    "places/salzburg": "Q34713",
    "places/stockholm": "Q1754",
}
PAGE_COUNTS = {
    "b40": {("memberCities", "exactly", "52"), ("countries", "exactly", "11")},
    "energy-cities": {("representedAuthorities", "moreThan", "1000"), ("countries", "exactly", "30")},
    "ire": {("members", "moreThan", "150")},
}


def slugs(graph: Graph, subject: str, predicate: str) -> list[str]:
    """The slugs of what a predicate of a thing leads to."""
    return [slug(one) for one in graph.objects(thing(subject), predicate)]


def test_there_are_exactly_eight_memberships() -> None:
    """The memberships are those of the city in the eight networks of its page."""
    graph = nis()
    memberships = graph.of_class("org:Membership")
    assert [slug(one) for one in memberships] == [f"nis-{name}" for name in EIGHT]
    for one in memberships:
        assert [slug(member) for member in graph.objects(one, "org:member")] == ["grad-nis"]
        assert "nis-" + slug(graph.one(one, "org:organization")) == slug(one)


@pytest.mark.parametrize("predicate", ["org:memberOf", "schema:memberOf"])
def test_the_short_form_agrees(predicate: str) -> None:
    """The city is a member, in one triple, of exactly what its memberships name."""
    assert slugs(nis(), "organizations/grad-nis", predicate) == list(EIGHT)


@pytest.mark.parametrize("name", EIGHT)
def test_how_certain_a_membership_is(name: str) -> None:
    """The page states six memberships in words and only implies those in the League and in SKGO."""
    certainty = nis().one(thing(f"memberships/nis-{name}"), "mg:certainty")
    assert value(certainty).removeprefix(MG) == CERTAINTY[name]


def test_ecad_was_joined_in_may_2007_in_istanbul() -> None:
    """The city joined ECAD in May 2007, a month without a day, at the 14th Mayors' Conference in Istanbul."""
    graph = nis()
    begin = thing("memberships/nis-ecad#begin")
    month = Literal("2007-05", datatype=term("xsd:gYearMonth"))
    assert graph.objects(begin, "time:inXSDgYearMonth") == [month]
    assert slugs(graph, "memberships/nis-ecad", "mg:joinedAt") == ["ecad-mayors-conference-14"]
    assert graph.objects(thing("events/ecad-mayors-conference-14"), "schema:startDate") == [month]
    assert slugs(graph, "events/ecad-mayors-conference-14", "schema:location") == ["istanbul"]


def test_only_these_memberships_have_a_known_beginning() -> None:
    """Four beginnings are known; that of AVEC only by a day by which the membership existed."""
    graph = nis()
    dated = {}
    for membership in graph.of_class("org:Membership"):
        for period in graph.objects(membership, "org:memberDuring"):
            assert isinstance(period, NamedNode)
            begin = graph.one(period, "time:hasBeginning")
            assert isinstance(begin, NamedNode)
            assert graph.objects(period, "time:hasEnd") == []
            dates = [
                date
                for predicate in ("time:inXSDgYear", "time:inXSDgYearMonth", "time:inXSDDate")
                for date in graph.values(begin, predicate)
            ]
            dated[slug(membership)] = dates
    assert dated == {"nis-avec": [], "nis-ecad": ["2007-05"], "nis-energy-cities": ["2003"], "nis-lhc": ["2009"]}
    known_by = graph.one(thing("memberships/nis-avec#begin"), "time:before")
    assert isinstance(known_by, NamedNode)
    assert graph.values(known_by, "time:inXSDDate") == ["2016-10-05"]


def test_both_beginnings_at_energy_cities_are_kept() -> None:
    """2003 is preferred to 2005, and neither is hidden."""
    claims = nis().claims("memberships/nis-energy-cities#begin", "time:inXSDgYear")
    assert claims == {"2003": "preferred", "2005": "normal"}


def test_the_city_is_a_full_member_of_avec_alone() -> None:
    """Only of AVEC a source says what kind of member the city is."""
    graph = nis()
    roles = {name: slugs(graph, f"memberships/nis-{name}", "org:role") for name in EIGHT}
    assert roles == {name: ["full-member" if name == "avec" else "member"] for name in EIGHT}


@pytest.mark.parametrize("name", EIGHT)
def test_where_an_organization_is_based(name: str) -> None:
    """Each organization has a seat or a secretariat, and the country of that place."""
    graph = nis()
    relation, place, country = BASED_IN[name]
    found = {one: slugs(graph, f"organizations/{name}", f"mg:{one}") for one in ("seat", "secretariat")}
    assert found == {"seat": [], "secretariat": []} | {relation: [place]}
    assert slugs(graph, f"organizations/{name}", "mg:basedIn") == [place]
    assert slugs(graph, f"organizations/{name}", "mg:country") == [country]
    assert slugs(graph, f"places/{place}", "mg:country") == [country]


def test_b40_has_explicitly_no_seat() -> None:
    """Of B40 it is claimed that it has no seat, which is more than that none is known."""
    assert nis().claims("organizations/b40", "mg:seat") == {MG + "noValue": "normal"}
    assert nis().objects(thing("organizations/b40"), "mg:seat") == []


@pytest.mark.parametrize("name", EIGHT)
def test_when_an_organization_was_founded(name: str) -> None:
    """The plain year is that of the best claim; claims that disagree are kept and ranked."""
    claims = FOUNDED[name]
    assert nis().claims(f"organizations/{name}", "schema:foundingDate") == claims
    best = [date for date, rank in claims.items() if rank == "preferred"] or list(claims)
    years = {Literal(date[:4], datatype=term("xsd:gYear")) for date in best}
    assert set(nis().objects(thing(f"organizations/{name}"), "schema:foundingDate")) == years


def test_avec_changed_its_name_in_niska_banja() -> None:
    """AVEC has a former and a present name, and the change is a dated event that made no new organization."""
    graph = nis()
    renaming = thing("events/avec-renaming")
    assert graph.values(renaming, "schema:startDate") == ["2016-05-20"]
    assert slugs(graph, "events/avec-renaming", "schema:location") == ["nis"]
    assert renaming not in graph.of_class("org:ChangeEvent")
    edges = {}
    for name in graph.objects(thing("organizations/avec"), "skosxl:altLabel"):
        assert isinstance(name, NamedNode)
        period = graph.one(name, "time:hasTime")
        assert isinstance(period, NamedNode)
        text = value(graph.one(name, "skosxl:literalForm"))
        edges[text] = [bool(graph.objects(period, edge)) for edge in ("time:hasBeginning", "time:hasEnd")]
    assert edges == {
        "Alliance de Villes Européennes de Culture": [False, True],
        "Alliance de Villes Euro-méditerranéennes de Culture": [True, False],
    }


def test_the_league_came_out_of_a_council() -> None:
    """The one change of organizations is that of the council of 1987 into the League of 1994."""
    graph = nis()
    assert graph.of_class("org:ChangeEvent") == [thing("events/lhc-establishment")]
    assert slugs(graph, "events/lhc-establishment", "org:originalOrganization") == ["historical-cities-council"]
    assert slugs(graph, "events/lhc-establishment", "org:resultingOrganization") == ["lhc"]


def test_the_numbers_of_the_page() -> None:
    """The numbers that the page gives are there as it means them, dated by the day on which it was read."""
    graph = nis()
    found: dict[str, set[tuple[str, str, str]]] = {}
    for count in graph.of_class("mg:MemberCount"):
        quote = graph.objects(count, "mg:evidence")[0]
        assert isinstance(quote, NamedNode)
        if slug(graph.one(quote, "oa:hasSource")) != "mreze-gradova":
            continue
        parts = (graph.one(count, "mg:counted"), graph.one(count, "mg:comparator"), graph.one(count, "schema:value"))
        counted, comparator, number = (value(part).removeprefix(MG) for part in parts)
        found.setdefault(slug(graph.one(count, "schema:observationAbout")), set()).add((counted, comparator, number))
        assert graph.values(count, "mg:asOf") == ["2026-11-23"]
        assert graph.objects(count, "mg:asOfBasis") == [term("mg:dayOfReading")]
    assert found == PAGE_COUNTS


def test_wikidata_ids_are_those_that_were_found() -> None:
    """Places and countries have the Wikidata items that lists gave; no organization has one, for none was found."""
    found = {}
    for quad in nis().quads:
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(WIKIDATA):
            assert quad.predicate == term("owl:sameAs")
            found[value(quad.subject).removeprefix(BASE + "id/")] = quad.object.value.removeprefix(WIKIDATA)
    assert found == WIKIDATA_IDS


def test_a_place_is_not_an_organization() -> None:
    """The city that is a member and the city on the map are two things, tied together."""
    graph = nis()
    assert slugs(graph, "organizations/grad-nis", "mg:place") == ["nis"]
    assert set(graph.of_class("schema:City")).isdisjoint(graph.of_class("org:Organization"))
    assert graph.objects(thing("organizations/grad-nis"), "owl:sameAs") == []
