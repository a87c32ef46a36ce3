"""What speaks for a candidate and against it, and how much."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mreze.gather.described import Description, Named
from mreze.gather.model import Point, Thing
from mreze.gather.weighing import weigh
from mreze.matching.model import Kind, Label

WD = "http://www.wikidata.org/entity/"
THING = Thing(
    iri="https://site.example/id/organizations/a",
    labels=(Label("Лига градова", "sr-cyrl"), Label("League of Cities", "en"), Label("LOC", "en", Kind.ALTERNATIVE)),
    classes=(),
    types=(f"{WD}Q43229",),
    countries=("https://site.example/id/countries/x", f"{WD}Q142", "https://sws.geonames.org/3017382/", "FR", "FRA"),
    point=Point(47.24, 6.02),
    homepages=("https://league.example/",),
    links=("https://sws.geonames.org/900301/",),
    codes=("XQ-1",),
    years=(1990,),
)
SAME_NAME = (Label("League of Cities", "en"),)
NAMED = "name “League of Cities” (100)"


def _of(*, names: tuple[Label, ...] = SAME_NAME, **said: Any) -> Description:
    return replace(Description(f"{WD}Q900000001", names), **said)


TABLE: list[tuple[Description, float, tuple[str, ...]]] = [
    (_of(), 70, (NAMED,)),
    (_of(names=()), 0, ("no name to compare",)),
    (_of(names=(Label("Liga gradova", "sr-el"),)), 70, ("name “Лига градова”, there “Liga gradova” (100)",)),
    (_of(names=(Label("LOC", "en"),)), 68.6, ("name “LOC” (98)",)),
    (_of(names=(Label("LOC", "en", Kind.ALTERNATIVE),)), 67.2, ("name “LOC” (96)",)),
    (_of(homepages=("http://www.league.example",)), 100, (NAMED, "same home page")),
    (
        _of(names=(Label("Quite another", "en"),), homepages=("https://league.example/",)),
        40,
        ("name “Лига градова”, there “Quite another” (0)", "same home page"),
    ),
    (
        _of(homepages=("https://league.example/en",)),
        85,
        (NAMED, "another page of the same host: https://league.example/en"),
    ),
    (_of(homepages=("https://other.example/",)), 65, (NAMED, "other home page: https://other.example/")),
    (_of(geonames=("900301",)), 100, (NAMED, "same GeoNames id")),
    (_of(geonames=("900302",)), 50, (NAMED, "other GeoNames id: 900302")),
    (_of(codes=("XQ-1",)), 100, (NAMED, "same code: XQ-1")),
    (_of(codes=("XQ-2",)), 70, (NAMED,)),
    (_of(countries=(Named(f"{WD}Q142", "France", "FR"),)), 80, (NAMED, "same country: France")),
    (_of(countries=(Named("FR", "FR", "FR"),)), 80, (NAMED, "same country: FR")),
    (_of(countries=(Named(f"{WD}Q40"),)), 45, (NAMED, "other country: Q40")),
    (_of(countries=(Named(f"{WD}Q40", "Austria", "AT"),)), 45, (NAMED, "other country: Austria")),
    (_of(countries=(Named("https://third.example/land/7"),)), 70, (NAMED,)),
    (_of(types=(Named(f"{WD}Q43229", "organization"),)), 80, (NAMED, "type: organization")),
    (
        _of(types=(Named(f"{WD}Q900000102", "league"),), kinds=frozenset({f"{WD}Q43229"})),
        80,
        (NAMED, "type: league"),
    ),
    (_of(types=(Named(f"{WD}Q900000106", "board game"),)), 50, (NAMED, "other type: board game")),
    (_of(point=Point(47.24, 6.021)), 90, (NAMED, "less than 1 km away")),
    (_of(point=Point(47.24, 6.2)), 80, (NAMED, "14 km away")),
    (_of(point=Point(47.24, 7.0)), 70, (NAMED, "74 km away")),
    (_of(point=Point(40.0, -74.0)), 40, (NAMED, "6205 km away")),
    (_of(years=(1990,)), 80, (NAMED, "founded in the same year: 1990")),
    (_of(years=(1991,)), 70, (NAMED, "founded a year apart: 1991")),
    (_of(years=(1912,)), 60, (NAMED, "founded in another year: 1912")),
]


@pytest.mark.parametrize(("there", "score", "why"), TABLE)
def test_what_agrees_and_what_does_not_has_points(there: Description, score: float, why: tuple[str, ...]) -> None:
    """Each comparison is told with what it found, and weighs as the rule says."""
    found = weigh(THING, there)
    assert (found.score, found.why) == (score, why)


def test_what_only_one_side_says_is_no_matter() -> None:
    """A thing of which nothing but a name is known is compared by that."""
    bare = Thing(THING.iri, THING.labels, ())
    full = _of(
        homepages=("https://x.example/",), geonames=("1",), countries=(Named("FR", "FR", "FR"),), codes=("1",),
        types=(Named(f"{WD}Q1"),), point=Point(0, 0), years=(1900,),
    )  # fmt: skip
    assert weigh(bare, full).why == (NAMED,)


def test_a_country_that_cannot_be_compared_tells_nothing() -> None:
    """Where only another authority's IRI of the country is known, another IRI is not another country."""
    thing = replace(THING, countries=("https://site.example/id/countries/x", "https://sws.geonames.org/3017382/"))
    assert weigh(thing, _of(countries=(Named(f"{WD}Q40", "Austria", "AT"),))).why == (NAMED,)


def test_how_it_was_found_is_told_and_not_counted() -> None:
    """Neither the ways in which it was found nor a service's own score changes the points."""
    found = weigh(THING, _of(), ("service", "label"), ("the service's own score: 31",))
    assert found.score == 70
    assert found.why == (NAMED, "the service's own score: 31", "found by: service, label")


def test_points_stay_between_0_and_100() -> None:
    """Everything against a candidate is 0 points, everything for it 100."""
    against = _of(names=(), geonames=("1",), homepages=("https://x.example/",), years=(1,), point=Point(0, 0))
    assert weigh(THING, against).score == 0
    favour = _of(geonames=("900301",), homepages=THING.homepages, years=(1990,), point=THING.point)
    assert weigh(THING, favour).score == 100
