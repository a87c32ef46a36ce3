"""Names as people write them, and what each of them finds first."""

from __future__ import annotations

import pytest
from tests.engine.matching.world import AGENT, BASE, CITY, NETWORK, PLACE

from mreze.matching.model import Candidate, Wanted
from mreze.matching.reader import TantivyIndex

CERTAIN = """
    nis: Niš | Ниш | Nis | NIS | nis | НИШ | NIŠ | Nis̆ | Niš | Nish | NISH | ниш | \u00a0Niš\u00a0 | N\u200biš | "Niš"
    nis: NIŠ, Srbija | Niš (Serbia) | Nis, Serbia | Ниш, Србија | Niš (RS) | Nis - Serbia | Niš [Srbija] | Naissus
    grad-nis: Grad Niš | City of Niš | city of nis | GRAD NIŠ
    grad-nis: Град Ниш | Grad Nis | City of Nish | grad  niš | Grad-Niš
    beograd: Beograd | Београд | BEOGRAD | Belgrade | Belgrad | Grad Beograd | City of Belgrade | Beograd (Srbija)
    beograd: Belgrade, Serbia | Град Београд | Belgrade Serbia | Beograd Srbija | Stadt Belgrad | BeoGrad
    cacak: Čačak | Чачак | Cacak | Chachak | CACAK | čačak | Čacak | Grad Čačak | Chachak (Serbia) | Cˇačak
    zitoradja: Житорађа | Žitorađa | Zitoradja | Zitorada
    zitoradja: Zhitorada | Zhitoradja | Žitoradja | ŽITORAĐA | Opština Žitorađa
    djordjevo: Ђорђево | Đorđevo | Djordjevo | Dordevo | Dzhordzhevo | ĐORĐEVO | đorđevo | Ðorđevo
    arandjelovac: Аранђеловац | Aranđelovac | Arandjelovac | Arandelovac | ARANĐELOVAC
    sid: Šid | Шид | Sid | Shid | SHID
    ljig: Љиг | Ljig | Ǉig | LJIG
    njegusevo: Nyegushevo | Његушево | Njegusevo | Njeguševo | Njegushevo | Ǌeguševo
    dzep: Џеп | Džep | Dzep | Dzhep | ǅep
    uzice: Užice | Ужице | Uzice | Uzhice | Titovo Užice | Титово Ужице | Titovo Uzhice
    cuprija: Ćuprija | Cuprija | Ћуприја | Chuprija | Ćuprija
    novi-sad: Novi Sad | Нови Сад | NoviSad | Novi-Sad | novi sad
    novi-sad: Neusatz | Újvidék | Ujvidek | Sad, Novi | Grad Novi Sad
    sabac: Šabac | Sabac | Shabac | Шабац
    kragujevac: Kraguyevats | Kragujevac | Крагујевац | Kragujevac (grad) | Kragujevac, City of
    skopje: Skopje | Скопје | Скопје, град | Skoplje | Скопље
    kjustendil: Кюстендил | Kyustendil | Kjustendil | Община Кюстендил
    stip: Штип | Štip | Stip | Shtip
    turnovo: Велико Търново | Veliko Tarnovo | Veliko Turnovo | Veliko-Tarnovo
    gjorce: Ѓорче Петров | Gjorče Petrov | Gjorce Petrov | Gorce Petrov
    kyiv: Київ | Kyiv | Киев | Kiev
    moskva: Москва | Moskva | город Москва
    athina: Αθήνα | Athens | Athina | ΑΘΗΝΑ | Αθηνα | City of Athens
    thessaloniki: Θεσσαλονίκη | Thessaloniki | Solun | Солун
    istanbul: İstanbul | Istanbul | ISTANBUL | istanbul | ıstanbul
    diyarbakir: Diyarbakır | Diyarbakir | DİYARBAKIR
    izmir: İzmir | Izmir | IZMIR | İZMİR
    zurich: Zürich | Zurich | Zuerich | Stadt Zürich | ZÜRICH
    koln: Köln | Koeln | Koln | Cologne | KÖLN
    munchen: München | Munchen | Muenchen | Munich | Минхен | Landeshauptstadt München
    aarhus: Århus | Arhus | Aarhus
    tromso: Tromsø | Tromso | Tromsoe
    lodz: Łódź | Lodz | Miasto Łódź | ŁÓDŹ
    reykjavik: Reykjavík | Reykjavik
    besancon: Besançon | Besancon | Ville de Besançon | BESANÇON
    saint-etienne: Saint-Étienne | Saint Etienne | SAINT-ETIENNE | Saint‐Étienne | Ville de Saint-Étienne
    aquila: L’Aquila | L'Aquila | L Aquila | LAquila
    frankfurt-main: Frankfurt am Main | FRANKFURT AM MAIN
    frankfurt-oder: Frankfurt (Oder) | Frankfurt Oder | Frankfurt/Oder
    springfield-il: Springfield, Illinois | Springfield (Illinois)
    springfield-oh: Springfield, Ohio | Springfield Ohio
    paris: Paris, France
    paris-tx: Paris, Texas | Paris (Texas) | Paris Texas
    s-hertogenbosch: 's-Hertogenbosch | s Hertogenbosch | ’s-Hertogenbosch | Den Bosch
    a-coruna: A Coruña | A Coruna
    kyoto: 京都 | Kyoto
    tbilisi: თბილისი | Tbilisi
    gemeente-urk: Gemeente Urk | Urk | Urk (gemeente)
    nantes: Ville de Nantes | Nantes | NANTES
    torino: Città di Torino | Citta di Torino | Torino
    tuzla: Opština Tuzla | Општина Тузла | Tuzla | Tuzla, opština
    bursa: Bursa Büyükşehir Belediyesi | Bursa | BURSA BÜYÜKŞEHİR BELEDİYESİ
    lund: Lund | Lunds kommun
    ecad: ECAD | European Cities Against Drugs | ЕЦАД | ecad | E.C.A.D. | Evropski gradovi protiv droga
    ecad: EUROPEAN CITIES AGAINST DRUGS | European Cities Against Drugs (ECAD)
    skgo: Stalna konferencija gradova i opština | Savez gradova Jugoslavije | Stalna konferencija gradova i opstina
    skgo: Konferencija gradova i opština, stalna | STALNA KONFERENCIJA GRADOVA I OPŠTINA
    avec: AVEC | A.V.E.C. | Alliance de Villes Européennes de Culture | Alliance de villes europeennes de culture
    energy-cities: Energy Cities | energy-cities | Energie-Cités | Energie Cites | Cities Energy
    b40: B40 Balkan Cities Network | Mreža balkanskih gradova B40 | B 40 Balkan Cities Network
    lhc: League of Historical Cities | 世界歴史都市連盟
    plus: +++
"""
"""By the id of a thing: what finds it first, and as a match."""
IDENTIFIERS = """
    nis: https://world.example/id/nis | http://world.example/id/nis | <https://world.example/id/nis> | ex:nis | /id/nis
    nis: Q129259 | q129259 | wd:Q129259 | http://www.wikidata.org/entity/Q129259 | https://www.wikidata.org/wiki/Q129259
    nis: https://m.wikidata.org/wiki/Q129259 | https://www.wikidata.org/wiki/Special:EntityData/Q129259.json
    nis: 787657 | https://sws.geonames.org/787657/ | https://www.geonames.org/787657/nis.html | gn:787657
    nis: http://geonames.org/787657 | RS-20 | rs-20 | http://www.example.org/places/a b
    code-7: RS-7 | ex:code-7
    nameless: /id/nameless | ex:nameless | https://world.example/id/nameless
"""
"""What identifies a thing, whatever else is said."""
UNCERTAIN = """
    beograd: Beogrd | Beogarad | Boegrad | Beograde | Belgarde | Veograd | Боград | Beogradd | eograd
    cacak: Čačk | Cačaak | Chachk
    kragujevac: Kragujevc | Kragujevca | Kragojevac | Kragujeva | Kraguevac | Kragujevaz | Крагујевц
    zitoradja: Zitoradia | Zhitoradaa
    novi-sad: Novi Sat | Nvoi Sad | Novy Sad
    thessaloniki: Thesaloniki | Thessalonki | Tessaloniki | Solunn
    istanbul: Istambul | Istanbull | Stanbul
    manchester: Manchestr | Mancester City
    besancon: Besanson | Becancon
    energy-cities: Energy City | Energi Cities | Enregy Cities
    ecad: European City Against Drugs | Cities Against Drugs | eacd | Europen Cites Against Drugs
    skgo: SKGO | СКГО | Stalna konferencija | konferencija gradova
    lhc: League of Historic Cities | Historical Cities | LOHC
    springfield-il: Springfield
    paris: Paris
    nis: Niš, Bulgaria
    frankfurt-oder: Frankfurt
    cacak: Caachak | Caacak
    manchester: Mancester
    amsterdam: Amsterdam 2 | Amsterdam II
"""
"""What finds a thing first, but not as a match: misspelt, shortened, or there are others."""
NOWHERE = [
    "",
    " ",
    "\u200b",
    "zzzzqqqq",
    "Ouagadougou",
    "12",
    "xyzzy plugh",
    "ъъъъъъ",
    "Q1",
    "ex:nobody",
    "999999",
    "of",
    "и",
]


def _rows(table: str) -> list[tuple[str, str]]:
    lines = [line.strip().partition(": ") for line in table.strip("\n").splitlines()]
    return [(name.strip("\n"), thing) for thing, _, names in lines for name in names.split(" | ")]


def _first(world: TantivyIndex, text: str) -> Candidate:
    found = world.find(Wanted(text))
    assert found, text
    return found[0]


@pytest.mark.parametrize(("text", "thing"), _rows(CERTAIN))
def test_a_name_is_a_match(world: TantivyIndex, text: str, thing: str) -> None:
    """Script, case, diacritics, spelling, words that say the sort, and what stands beside it do no harm."""
    first = _first(world, text)
    assert (first.entry.iri, first.match) == (BASE + thing, True), first
    assert first.label in first.entry.labels


@pytest.mark.parametrize(("text", "thing"), _rows(IDENTIFIERS))
def test_an_identifier_is_a_match(world: TantivyIndex, text: str, thing: str) -> None:
    """An IRI, an id, a prefixed name and a code find what they identify, in whatever form they are written."""
    first = _first(world, text)
    assert (first.entry.iri, first.score, first.match) == (BASE + thing, 100, True)


@pytest.mark.parametrize(("text", "thing"), _rows(UNCERTAIN))
def test_what_is_doubtful_is_no_match(world: TantivyIndex, text: str, thing: str) -> None:
    """What is misspelt, part of a name, or a name of two is found, and left to a person."""
    first = _first(world, text)
    assert (first.entry.iri, first.match) == (BASE + thing, False), first


@pytest.mark.parametrize("text", NOWHERE)
def test_nonsense_finds_nothing(world: TantivyIndex, text: str) -> None:
    """What is like no name has no candidates."""
    assert world.find(Wanted(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("n", {"nis", "nin", "nantes", "novi-sad", "njegusevo", "grad-nis", "b40"}),
        ("ни", {"nis", "grad-nis", "nin"}),
        ("beog", {"beograd"}),
        ("бео", {"beograd"}),
        ("novi s", {"novi-sad"}),
        ("ch", {"cacak", "cuprija"}),
        ("european cit", {"ecad"}),
        ("konferencija gra", {"skgo"}),
        ("kragoj", {"kragujevac"}),
    ],
)
def test_what_is_typed_so_far_finds(world: TantivyIndex, text: str, found: set[str]) -> None:
    """The beginning of a name, or of one of its words, finds it while it is typed; so does one that is misspelt."""
    candidates = world.find(Wanted(text, prefix=True, limit=20))
    names = {one.entry.iri.removeprefix(BASE) for one in candidates}
    assert found <= names, names
    assert not any(one.match for one in candidates if one.score < 90)


@pytest.mark.parametrize(
    ("text", "types", "first"),
    [
        ("Niš", (CITY,), "nis"),
        ("Niš", (PLACE,), "nis"),
        ("Niš", (AGENT,), "grad-nis"),
        ("Niš", (AGENT, NETWORK), "grad-nis"),
        ("ECAD", (AGENT,), "ecad"),
        ("ECAD", (CITY,), None),
        ("Q129259", (NETWORK,), None),
        ("Niš", ("https://world.example/Unheard",), None),
    ],
)
def test_a_type_is_a_filter(world: TantivyIndex, text: str, types: tuple[str, ...], first: str | None) -> None:
    """Only things of one of the types are found; a superclass finds those of its subclasses."""
    found = world.find(Wanted(text, types))
    assert (found[0].entry.iri if found else None) == (BASE + first if first else None)
    assert all(set(types) & set(one.entry.classes) for one in found)
