"""What is meant is found also where many other things have the same words, however many candidates are wanted."""

from __future__ import annotations

import pytest
from tests.engine.matching.world import AGENT, BASE, NETWORK, thing

from mreze.matching.model import Condition, Wanted
from mreze.matching.reader import TantivyIndex, open_index
from mreze.matching.writer import write_index

_MANY = 400
_B40 = thing(
    "b40", "B40 Balkan Cities Network", "Мрежа балканских градова Б40", "Rrjeti i Qyteteve të Ballkanit", "~B40",
    "~B40 Balkan Kentleri Ağı", "~Balkan Cities Network B40", "~Balkan Cities Network", kind=NETWORK,
)  # fmt: skip
_LHC = thing(
    "lhc", "League of Historical Cities", "Лига историјских градова", "~LHC", "~世界歴史都市連盟", kind=NETWORK
)
_TOWN = thing("zzz", "Zzyzx", "Зизикс", "~A town with a name that is long")


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    """An index in which the things that are meant stand behind hundreds that have their words."""
    places = [f"{first}{middle}{last}" for first in "BDGKLMNPRS" for middle in "aeiou" for last in ("ta", "ro", "lin",
              "vac", "dol", "nik", "sko", "mir")]  # fmt: skip
    others = [
        thing(f"m{number}-{short}", f"{place} in the {name}", kind=AGENT)
        for short, name in (("b40", "B40 Balkan Cities Network"), ("lhc", "League of Historical Cities"))
        for number, place in enumerate(places[:_MANY])
    ]
    others += [thing(f"t{number}", f"Zzyzx Old and New {place}") for number, place in enumerate(places)]
    folder = tmp_path_factory.mktemp("crowd") / "index"
    write_index(folder, [*others, _B40, _LHC, _TOWN], BASE, {})
    return open_index(folder)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("B40 Balkan Cities", "b40"),
        ("Balkan Cities Network", "b40"),
        ("Balkan Cities", "b40"),
        ("Balkn Cities Netwrk", "b40"),
        ("World League of Historical Cities", "lhc"),
        ("Historical Cities League", "lhc"),
        ("Historical Cities", "lhc"),
        ("Leage of Historical Cities", "lhc"),
        ("World Leage of Historical Cities", "lhc"),
    ],
)
def test_the_best_is_first_in_a_crowd(crowd: TantivyIndex, text: str, name: str) -> None:
    """Of the hundreds that have the words, that comes first which has hardly any other."""
    assert crowd.find(Wanted(text))[0].entry.iri == BASE + name


@pytest.mark.parametrize(
    "text", ["Balkan Cities", "World League of Historical Cities", "Zzyzx", "Historcal Cities", "z"]
)
@pytest.mark.parametrize("prefix", [False, True])
@pytest.mark.parametrize("conditions", [(), (Condition(f"{BASE}state", ("Ohio",)),)])
def test_candidates_do_not_depend_on_how_many_are_wanted(
    crowd: TantivyIndex, text: str, prefix: bool, conditions: tuple[Condition, ...]
) -> None:
    """Who wants fewer has the first of those that others have, with the same scores."""
    everything = crowd.find(Wanted(text, conditions=conditions, limit=500, prefix=prefix))
    for limit in (1, 3, 30, 100):
        wanted = Wanted(text, conditions=conditions, limit=limit, prefix=prefix)
        assert crowd.find(wanted) == everything[:limit]


@pytest.mark.parametrize("text", ["z", "zz", "zzyz", "Zzyzx"])
def test_what_is_short_is_suggested_first(crowd: TantivyIndex, text: str) -> None:
    """While a name is typed, the thing that is called hardly more comes first."""
    assert crowd.find(Wanted(text, prefix=True))[0].entry.iri == BASE + "zzz"
