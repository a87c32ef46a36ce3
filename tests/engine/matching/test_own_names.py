"""The names of this repository's own site, as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.matching.model import Kind, Wanted
from mreze.matching.reader import TantivyIndex, open_index
from mreze.namespaces import PREFIXES
from mreze.release import open_release

SITE = "https://w3id.org/mreze-gradova/"
BASE = f"{SITE}id/"
NAMES = """
    places/nis: Niš | Ниш | Nis | Nish | NIŠ, Srbija | Niš (Serbia) | Nis, Serbia | Ниш, Србија | wd:Q129259 | Q129259
    places/nis: https://www.geonames.org/787657/nis.html | 787657
    places/nis: RS-20 | RS225 | http://www.wikidata.org/entity/Q129259
    organizations/grad-nis: Grad Niš | City of Niš | Град Ниш | grad nis | City of Nis
    organizations/ecad: ECAD | ЕЦАД | European Cities Against Drugs | Европейски градове срещу наркотиците
    organizations/skgo: SKGO | СКГО
    organizations/skgo: SCTM | Stalna konferencija gradova i opština | Стална конференција градова и општина
    organizations/skgo: Stalna konferencija gradova i gradskih opština FNRJ | stalna konferencija gradova i opstina
    organizations/avec: AVEC | A.V.E.C. | Alliance de Villes Européennes de Culture
    organizations/avec: Alliance de Villes Euro-méditerranéennes de Culture
    organizations/b40: B40 | Б40 | Balkan Cities Network B40 | B40 Balkan Kentleri Ağı | B40 Balkan Kentleri Agi
    organizations/b40: Мрежа на балканските градове
    organizations/energy-cities: Energy Cities | organizations/energy-cities | id/organizations/energy-cities
    organizations/ire: IRE | Institut der Regionen Europas | Institut regija Europe
    organizations/lhc: LHC | 世界歴史都市連盟
    organizations/naled: NALED | НАЛЕД
    organizations/usaid: USAID | УСАИД
    places/belgrade: Beograd | Београд | Belgrade | BEOGRAD, Srbija | Belgrade (Serbia)
    places/istanbul: Istanbul | İstanbul | Истанбул | ISTANBUL
    places/besancon: Besançon | Besancon | Безансон | Bezanson | Ville de Besançon
    places/kyoto: Kyoto | Кјото | Kjoto
    places/stockholm: Stockholm | Стокхолм | Stokholm
    countries/serbia: Serbia | Србија | Srbija | SRB
    countries/serbia: Republika Srbija | Република Србија | Republic of Serbia | Serbia, Republic of
    countries/spain: Kingdom of Spain | Kraljevina Španija
    countries/turkiye: Турска | Turska
"""
"""By id: what is a match for it among organizations, places and countries."""
DOUBTFUL = """
    places/belgrade: Beogrd | Belgarde
    organizations/energy-cities: Energi Cities | Energy City
    organizations/lhc: Historical Cities
    places/stockholm: Stokolm | Stockolm
"""


def _rows(table: str) -> list[tuple[str, str]]:
    lines = [line.strip().partition(": ") for line in table.strip().splitlines()]
    return [(name, thing) for thing, _, names in lines for name in names.split(" | ")]


@pytest.fixture(scope="module")
def index(own_release: Path) -> TantivyIndex:
    """The index of this repository's own site."""
    return open_index(open_release(own_release).index)


CLASSES = tuple(PREFIXES[prefix] + name for prefix, name in (("org", "Organization"), ("geo", "Feature")))


@pytest.mark.parametrize(("text", "thing"), _rows(NAMES))
def test_a_name_of_ours_is_a_match(index: TantivyIndex, text: str, thing: str) -> None:
    """Every name, and every way to write it, is a match for what it is the name of."""
    found = index.find(Wanted(text, _kind(index, thing)))
    assert (found[0].entry.iri, found[0].match) == (BASE + thing, True), found[:2]


@pytest.mark.parametrize(("text", "thing"), _rows(DOUBTFUL))
def test_a_name_of_ours_that_is_misspelt(index: TantivyIndex, text: str, thing: str) -> None:
    """What is misspelt in a few letters is found, and left to a person."""
    found = index.find(Wanted(text, _kind(index, thing)))
    assert (found[0].entry.iri, found[0].match) == (BASE + thing, False), found[:2]


def test_a_former_name_is_known_as_one(index: TantivyIndex) -> None:
    """A name of which an end is known is a former one, which costs points."""
    former = index.find(Wanted("Alliance de Villes Européennes de Culture"))[0]
    assert (former.label.kind, former.score) == (Kind.FORMER, 97)


def test_everything_is_found_by_its_id(index: TantivyIndex) -> None:
    """Each thing that has a document of its own has an entry, and its IRI leads to it."""
    names = [
        path.removesuffix(".ttl") for path in ("organizations/ecad.ttl", "sources/ecad-site.ttl", "places/nis.ttl")
    ]
    for name in names:
        entry = index.entry(BASE + name)
        assert entry
        assert entry.iri == BASE + name
    assert index.entry(BASE + "places/nis#point") is None
    assert index.entry(BASE + "places/NIS") is None


def _kind(index: TantivyIndex, thing: str) -> tuple[str, ...]:
    entry = index.entry(BASE + thing)
    assert entry
    return entry.types
