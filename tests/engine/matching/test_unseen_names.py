"""Names as strangers write them find what they mean in the index of our own site.

The table was written from the list of members and networks alone, before the rules of matching were read.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.matching.model import Index, Wanted
from mreze.matching.reader import open_index

GOVERNMENT = "https://schema.org/GovernmentOrganization"
NIS = "grad-nis nis"

SCRIPTS = """
    Ниш = grad-nis nis | Niš = grad-nis nis | Nis = grad-nis nis | НИШ = grad-nis nis | nis = grad-nis nis
    Nish = grad-nis nis | Београд = belgrade | Beograd = belgrade | BEOGRAD = belgrade | Belgrade = belgrade
    beograd = belgrade | Никшић = niksic | Nikšić = niksic | Niksic = niksic | Nikshich = niksic | NIKSIC = niksic
    никшић = niksic | Љубљана = ljubljana | Ljubljana = ljubljana | LJUBLJANA = ljubljana | ЉУБЉАНА = ljubljana
    Угљевик = ugljevik | Ugljevik = ugljevik | Лакташи = laktasi | Laktasi = laktasi | Laktashi = laktasi
    Теслић = teslic | Teslich = teslic | Teslic = teslic | Берковићи = berkovici | Berkovichi = berkovici
    BERKOVIĆI = berkovici | Сарајево = sarajevo | Зеница = zenica | Подгорица = podgorica | Нови Пазар = novi-pazar
    NOVI PAZAR = novi-pazar | Скопље = skopje | Skoplje = skopje | Загреб = zagreb | Сплит = split
    Приштина = pristina | Prishtina = pristina | Беч = vienna | Beč = vienna | Bec = vienna | Рим = rome
    Праг = prague | Атина = athens | Техеран = tehran | Крижевци = krizevci | Krizevci = krizevci
    Krizhevci = krizevci | Габрово = gabrovo | Пловдив = plovdiv | Монтана = montana | Стара Загора = stara-zagora
    Карлово = karlovo | Свиленград = svilengrad | Сливен = sliven | Budimpesta = budapest | Budimpeshta = budapest
    Кърджали = kardzhali | Велико Търново = veliko-tarnovo | Троян = troyan | Одеса = odesa | Казан = kazan
    Минск = minsk
"""
"""In either script, with and without diacritics, with sh and ch, in any case."""

DIACRITICS = """
    Canakkale = canakkale | Kirklareli = kirklareli | KIRKLARELİ = kirklareli | Tekirdag = tekirdag
    TEKIRDAG = tekirdag | Izmir = izmir | İZMİR = izmir | Durres = durres | Brasov = brasov | Braşov = brasov
    Constanta = constanta | Pecs = pecs | Krakow = krakow | Bielsko-Biala = bielsko-biala
    Bielsko Biała = bielsko-biala | Zurich = zurich | Zuerich = zurich | Vaxjo = vaxjo | VÄXJÖ = vaxjo
    Besancon = besancon | Evora = evora | Liege = liege | Quebec = quebec | Montreal = montreal
    Birzebbuga = birzebbuga | Gharb = gharb | Ta Xbiex = ta-xbiex | Ta’ Xbiex = ta-xbiex | Xian = xian
    Xi’an = xian | San Giljan = san-giljan | Mertola = mertola | Sale = sale
    Freixo de Espada a Cinta = freixo-de-espada-a-cinta
"""
"""Of other languages."""

TYPOS = """
    Beogard = belgrade | Belgrad = belgrade | Beograf = belgrade | Sarajvo = sarajevo | Sarjevo = sarajevo
    Podgroica = podgorica | Ljubjana = ljubljana | Ljubljanna = ljubljana | Истамбул = istanbul
    Instanbul = istanbul | Tesaloniki = thessaloniki | Thesaloniki = thessaloniki | Alexandropolis = alexandroupolis
    Edinburg = edinburgh | Heidelburg = heidelberg | Budinpešta = budapest | Kristiansund = kristiansand
    Dimitrovgard = dimitrovgrad | Veliko Turnovo = veliko-tarnovo | Melbrune = melbourne
    Cristchurch = christchurch | Nikšč = niksic | Dubrovik = dubrovnik | Čanakale = canakkale
    Barselona = barcelona | Jeruzalem = jerusalem | Saint Petersberg = saint-petersburg
"""
"""With a letter or two wrong."""

GENERIC = """
    Grad Niš = grad-nis nis | Град Ниш = grad-nis nis | City of Niš = grad-nis nis | City of Nis = grad-nis nis
    NIŠ, Srbija = grad-nis nis | Niš (Serbia) = grad-nis nis | Nis, Serbia = grad-nis nis
    Ниш, Србија = grad-nis nis | Grad Beograd = belgrade | Град Београд = belgrade | Beograd, Srbija = belgrade
    City of Belgrade = belgrade | Opština Laktaši = laktasi | Општина Теслић = teslic | Opstina Ugljevik = ugljevik
    Municipality of Aglantzia = aglantzia | Vienna, Austria = vienna | City of Edinburgh = edinburgh
    Ville de Liège = liege | Stadt Zürich = zurich | Comune di Modena = modena | Zagreb, Croatia = zagreb
    Grad Zagreb = zagreb | Athens (Greece) = athens | Istanbul, Türkiye = istanbul | Paris, France = paris
    Municipality of Tirana = tirana | Cork City = cork
"""
"""With what they are, or where."""

NETWORKS = """
    LHC = lhc | Liga istorijskih gradova = lhc | Лига историјских градова = lhc | league of historic cities = lhc
    世界歴史都市連盟 = lhc | SKGO = skgo | СКГО = skgo | skgo = skgo | SCTM = skgo
    Stalna konferencija gradova i opstina = skgo | Standing Conference of Towns & Municipalities = skgo
    Стална конференција градова и општина Србије = skgo | NALED = naled | НАЛЕД = naled | Naled = naled
    National Alliance for Local Economic Developement = naled
    Nacionalna alijansa za lokalni ekonomski razvoj = naled | ECAD = ecad | European Cities Against Drugs = ecad
    European Cities against Drug = ecad | Evropski gradovi protiv droge = ecad | A.V.E.C. = avec | AVEC = avec
    Alliance de Villes Europeennes de Culture = avec | Asocijacija evropskih gradova kulture = avec
    Energy Cities = energy-cities | Energy-Cities = energy-cities | EnergyCities = energy-cities | B40 = b40
    Б40 = b40 | Mreza balkanskih gradova = b40 | IRE = ire | Institut der Regionen Europas = ire
    Institute of Regions of Europe = ire | Institut regiona Evrope = ire
    Stalna konferencija gradova i gradskih opština FNRJ = skgo | USAID = usaid | УСАИД = usaid
"""
"""Organizations: acronyms, former names, other languages, small mistakes."""

IDENTIFIERS = """
    Q129259 = nis | wd:Q129259 = nis | http://www.wikidata.org/entity/Q129259 = nis
    https://www.wikidata.org/wiki/Q129259 = nis | 787657 = nis | https://sws.geonames.org/787657/ = nis
    https://www.geonames.org/787657/nis.html = nis | places/nis = nis
    https://w3id.org/mreze-gradova/id/organizations/lhc = lhc | organizations/energy-cities = energy-cities
    RS225 = nis
"""
"""What is no name at all."""

NOBODY = ("Zzyzx", "Timbuktu", "asdfgh", "Novi Beograd na Mesecu", "Ouagadougou", "!!!", "")
"""What is not among ours finds nothing that one could take for it without a look."""


@pytest.fixture(scope="module")
def index(own_release: Path) -> Index:
    """The index of this repository's own site."""
    return open_index(own_release / "index")


def _rows(table: str) -> list[tuple[str, frozenset[str]]]:
    cells = [cell for line in table.strip().splitlines() for cell in line.split("|")]
    return [(name.strip(), frozenset(slugs.split())) for name, _, slugs in (cell.partition("=") for cell in cells)]


def _slug(iri: str) -> str:
    return iri.rpartition("/")[2]


def test_the_table_is_long_enough() -> None:
    """There are some two hundred names, no name twice."""
    rows = [name for table in (SCRIPTS, DIACRITICS, TYPOS, GENERIC, NETWORKS, IDENTIFIERS) for name, _ in _rows(table)]
    assert len(rows) == len(set(rows)) > 200


@pytest.mark.parametrize(
    ("name", "slugs"), [*_rows(SCRIPTS), *_rows(DIACRITICS), *_rows(GENERIC), *_rows(NETWORKS), *_rows(IDENTIFIERS)]
)
def test_the_first_candidate_is_what_was_meant(index: Index, name: str, slugs: frozenset[str]) -> None:
    """The thing that is meant comes first."""
    found = index.find(Wanted(name))
    assert found, name
    assert _slug(found[0].entry.iri) in slugs, [(one.entry.iri, one.score) for one in found[:3]]


@pytest.mark.parametrize(("name", "slugs"), _rows(TYPOS))
def test_a_misspelt_name_comes_first_too(index: Index, name: str, slugs: frozenset[str]) -> None:
    """So does that of a misspelt name, with a score that tells that something differs."""
    found = index.find(Wanted(name))
    assert found, name
    assert _slug(found[0].entry.iri) in slugs, [(one.entry.iri, one.score) for one in found[:3]]
    assert found[0].score < 100


@pytest.mark.parametrize("name", ["Београд", "Nikshich", "Canakkale", "Grad Zagreb", "Beč", "Vienna, Austria"])
def test_among_local_governments_the_name_alone_is_certain(index: Index, name: str) -> None:
    """A city is also a place, so only a type tells which of the two is meant; then one is a match, and no other is."""
    found = index.find(Wanted(name, types=(GOVERNMENT,)))
    assert [one.match for one in found] == [True] + [False] * (len(found) - 1)


@pytest.mark.parametrize("name", NOBODY)
def test_nobody_is_taken_for_one_of_ours(index: Index, name: str) -> None:
    """A stranger's name is no match."""
    assert not any(one.match for one in index.find(Wanted(name)))


def test_a_place_and_its_district_are_told_apart(index: Index) -> None:
    """A name that is the beginning of another is not taken for it, nor the other way round."""
    assert _slug(index.find(Wanted("Niš–Medijana"))[0].entry.iri) == "nis-medijana"
    assert _slug(index.find(Wanted("Nis Medijana"))[0].entry.iri) == "nis-medijana"
    assert _slug(index.find(Wanted("Niš"))[0].entry.iri) in NIS.split()
