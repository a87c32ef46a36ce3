"""What is said of a thing tells namesakes apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pytest
from tests.engine.matching.world import BASE

from mreze.matching.conditions import alike, called
from mreze.matching.model import Condition, Value, Wanted
from mreze.matching.reader import TantivyIndex

STATE, FOUNDED, POINT = (f"https://world.example/{name}" for name in ("state", "founded", "point"))


@dataclass(frozen=True)
class Known:
    """Facts by thing and property."""

    facts: Mapping[tuple[str, str], Sequence[Value]]

    def values(self, iri: str, prop: str) -> Sequence[Value]:
        """What is known."""
        return self.facts.get((iri.removeprefix(BASE), prop), ())


KNOWN = Known(
    {
        ("springfield-il", STATE): [Value("Illinois", BASE + "illinois", ("Illinois", "Илиноис", "US-IL"))],
        ("springfield-oh", STATE): [Value("Ohio", BASE + "ohio", ("Ohio", "Охајо", "US-OH"))],
        ("springfield-il", FOUNDED): [Value("1821")],
        ("springfield-oh", FOUNDED): [Value("1801-05")],
        ("springfield-il", POINT): [Value("POINT(-89.65 39.8)")],
        ("springfield-oh", POINT): [Value("POINT(-83.81 39.92)")],
        ("paris-tx", STATE): [Value("Texas")],
    }
)


@pytest.mark.parametrize(
    ("prop", "values", "first"),
    [
        (STATE, ("Ohio",), "springfield-oh"),
        (STATE, ("охајо",), "springfield-oh"),
        (STATE, (BASE + "illinois",), "springfield-il"),
        (STATE, ("ex:illinois",), "springfield-il"),
        (STATE, ("US-IL", "US-XX"), "springfield-il"),
        (FOUNDED, ("1801",), "springfield-oh"),
        (FOUNDED, ("1821-07-01",), "springfield-il"),
        (POINT, ("39.9, -83.8",), "springfield-oh"),
        (POINT, ("Point (-89.6 39.8)",), "springfield-il"),
    ],
)
def test_a_condition_separates_namesakes(world: TantivyIndex, prop: str, values: tuple[str, ...], first: str) -> None:
    """The one of two that agrees is a match, the other has fewer points."""
    one, other, *_ = world.find(Wanted("Springfield", conditions=(Condition(prop, values),)), KNOWN)
    assert (one.entry.iri, one.match) == (BASE + first, True)
    assert other.score < 90
    assert dict(one.features)[prop] > dict(other.features)[prop]


@pytest.mark.parametrize(
    ("condition", "scores"),
    [
        (Condition(STATE, ("Ohio", "Texas"), quantifier="any"), {"oh": 100, "il": 71.43}),
        (Condition(STATE, ("Ohio", "Texas"), quantifier="all"), {"oh": 71.43, "il": 71.43}),
        (Condition(STATE, ("Ohio",), quantifier="none"), {"oh": 71.43, "il": 100}),
        (Condition(STATE, ("Ohio",), required=True), {"oh": 100}),
        (Condition(STATE, ("Ohio",), required=True, quantifier="none"), {"il": 100}),
        (Condition(STATE, ("Utah",), required=True), {}),
        (Condition("https://world.example/unheard", ("x",)), {"oh": 100, "il": 100}),
        (Condition("https://world.example/unheard", ("x",), required=True), {}),
        (Condition(STATE, ()), {"oh": 100, "il": 100}),
    ],
)
def test_quantifiers_and_required_conditions(
    world: TantivyIndex, condition: Condition, scores: dict[str, float]
) -> None:
    """Any, all or none of the values has to agree; who lacks a required one is no candidate."""
    found = world.find(Wanted("Springfield", conditions=(condition,)), KNOWN)
    assert {one.entry.iri.removeprefix(BASE + "springfield-"): one.score for one in found} == scores


def test_who_has_no_value_is_between(world: TantivyIndex) -> None:
    """Where nothing is known of one of two, it has fewer points than one that agrees, more than one that does not."""
    agrees = world.find(Wanted("Paris", conditions=(Condition(STATE, ("Texas",)),)), KNOWN)
    assert [one.entry.iri for one in agrees] == [BASE + "paris-tx", BASE + "paris"]
    differs = world.find(Wanted("Paris", conditions=(Condition(STATE, ("Utah",)),)), KNOWN)
    assert [(one.entry.iri, one.match) for one in differs] == [(BASE + "paris", False), (BASE + "paris-tx", False)]


def test_without_facts_conditions_say_nothing(world: TantivyIndex) -> None:
    """Who asks without facts has the candidates by name."""
    condition = Condition(STATE, ("Ohio",), required=True)
    assert [one.score for one in world.find(Wanted("Springfield", conditions=(condition,)))] == [100, 100]


@pytest.mark.parametrize(
    ("said", "text", "least", "most"),
    [
        ("1994", "1994-04", 100, 100),
        ("1994-04-02", "1994-04-03", 0, 0),
        ("1994", "1995", 60, 60),
        ("1994", "1996", 0, 0),
        ("12.0", "12", 100, 100),
        ("100", "95", 95, 95),
        ("100", "50", 0, 0),
        ("43.3247, 21.9033", "POINT(21.9033 43.3247)", 100, 100),
        ("43.3247 21.9033", "43.42, 21.9033", 70, 85),
        ("43.3, 21.9", "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (4.9 52.4)", 0, 0),
        ("Београд", "Beograd", 100, 100),
        ("Illinios", "Illinois", 85, 90),
        ("Ohio", "Texas", 0, 0),
        ("", "Texas", 0, 0),
    ],
)
def test_values_are_compared_as_what_they_are(said: str, text: str, least: float, most: float) -> None:
    """Dates, numbers, coordinates and names have each their own way to agree in part."""
    assert least <= round(alike(said, text), 6) <= most


@pytest.mark.parametrize(
    ("said", "names", "score"),
    [
        ("Srbija", ("Serbia", "Србија"), 100),
        ("Republika Srbija", ("Serbia", "Србија"), 100),
        ("Република Србија", ("Serbia", "Србија"), 100),
        ("Republic of Serbia", ("Serbia",), 100),
        ("Serbia, Republic of", ("Serbia",), 100),
        ("REPUBLIQUE DE SERBIE", ("Serbie",), 100),
        ("Kingdom of Spain", ("Spain",), 100),
        ("Spain", ("Kingdom of Spain",), 100),
        ("Türkiye Cumhuriyeti", ("Türkiye",), 100),
        ("Turkey", ("Türkiye", "Turkey"), 100),
        ("Turkey", ("Türkiye", "Turska"), 0),
        ("Kingdom of Serbia", ("Republic of Serbia",), 88),
        ("Illinios", ("Illinois",), 83.125),
        ("Bosnia", ("Bosnia and Herzegovina",), 50),
        ("Guinea", ("Equatorial Guinea",), 50),
        ("Iran", ("Iraq",), 0),
        ("Slovakia", ("Slovenia",), 0),
        ("Austria", ("Australia",), 0),
        ("791", ("Türkiye", "792"), 0),
        ("Republika", ("Serbia",), 0),
        ("…", ("Serbia",), 0),
    ],
)
def test_things_are_meant_by_names_as_they_are_asked_for(said: str, names: tuple[str, ...], score: float) -> None:
    """Words that say the sort aside, in either script; a name that is only near is another."""
    assert called(said, names) == score


def test_what_is_said_against_a_thing_may_leave_no_candidate(world: TantivyIndex) -> None:
    """Below the least score there is none, whatever the name."""
    wrong = (Condition(STATE, ("Utah",)), Condition(FOUNDED, ("1500",)), Condition(POINT, ("0, 0",)))
    found = world.find(Wanted("Springfield", conditions=wrong[:2]), KNOWN)
    assert [one.score for one in found] == [55.56, 55.56]
    assert world.find(Wanted("Springfield", conditions=wrong), KNOWN) == []
