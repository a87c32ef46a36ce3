"""A made-up world whose things have names that are hard to find."""

from __future__ import annotations

from pathlib import Path

from mreze.matching.model import Entry, Kind, Label
from mreze.matching.reader import TantivyIndex, open_index
from mreze.matching.writer import write_index

BASE = "https://world.example/id/"
CITY = "https://world.example/City"
PLACE = "https://world.example/Place"
NETWORK = "https://world.example/Network"
AGENT = "https://world.example/Agent"
_ABOVE = {CITY: (CITY, PLACE), NETWORK: (NETWORK, AGENT), AGENT: (AGENT,)}


def thing(name: str, *labels: str, kind: str = CITY, near: str = "", same_as: str = "") -> Entry:
    """A thing of the world.

    Args:
        name: its id.
        labels: its names; an alternative one begins with ~, a former one with <.
        kind: IRI of its class.
        near: folded names of what it has to do with.
        same_as: its identifiers.
    """
    return Entry(
        BASE + name, tuple(map(_label, labels)), (kind,), _ABOVE[kind], tuple(same_as.split()), tuple(near.split())
    )


def _label(text: str) -> Label:
    kind = {"~": Kind.ALTERNATIVE, "<": Kind.FORMER}.get(text[0], Kind.PREFERRED)
    return Label(text.lstrip("~<"), "", kind)


THINGS = (
    thing("nis", "Niš", "Ниш", "~Naissus", near="srbija serbia rs", same_as="http://www.wikidata.org/entity/Q129259 "
          "https://sws.geonames.org/787657/ RS-20 http://www.example.org/places/a%20b"),
    thing("grad-nis", "Grad Niš", "Град Ниш", "City of Niš", kind=AGENT, near="srbija serbia rs"),
    thing("nin", "Nin", near="hrvatska croatia"),
    thing("beograd", "Beograd", "Београд", "Belgrade", "~Belgrad", "~Belgrado", near="srbija serbia"),
    thing("berat", "Berat", near="albania"),
    thing("cacak", "Čačak", "Чачак", near="srbija serbia"),
    thing("zitoradja", "Житорађа", near="srbija serbia"),
    thing("djordjevo", "Ђорђево", near="srbija serbia"),
    thing("arandjelovac", "Аранђеловац", "Aranđelovac"),
    thing("sid", "Šid", "Шид"),
    thing("ljig", "Љиг"),
    thing("njegusevo", "Његушево"),
    thing("dzep", "Џеп"),
    thing("uzice", "Užice", "Ужице", "<Titovo Užice"),
    thing("cuprija", "Ćuprija", "Ћуприја"),
    thing("novi-sad", "Нови Сад", "Novi Sad", "~Neusatz", "~Újvidék"),
    thing("sabac", "Шабац"),
    thing("kragujevac", "Kragujevac", "Крагујевац"),
    thing("skopje", "Скопје", "Skopje", "~Skoplje"),
    thing("kjustendil", "Кюстендил", "Kyustendil"),
    thing("stip", "Штип"),
    thing("turnovo", "Велико Търново", "Veliko Tarnovo"),
    thing("gjorce", "Ѓорче Петров"),
    thing("kyiv", "Київ", "Kyiv", "~Киев", "~Kiev"),
    thing("moskva", "Москва"),
    thing("athina", "Αθήνα", "Athens"),
    thing("thessaloniki", "Θεσσαλονίκη", "Thessaloniki", "~Solun"),
    thing("istanbul", "İstanbul", "Istanbul"),
    thing("diyarbakir", "Diyarbakır"),
    thing("izmir", "İzmir"),
    thing("zurich", "Zürich"),
    thing("koln", "Köln", "Cologne"),
    thing("munchen", "München", "Munich", "Minhen"),
    thing("aarhus", "Århus"),
    thing("tromso", "Tromsø"),
    thing("lodz", "Łódź"),
    thing("reykjavik", "Reykjavík"),
    thing("besancon", "Besançon"),
    thing("saint-etienne", "Saint-Étienne"),
    thing("aquila", "L’Aquila"),
    thing("frankfurt-main", "Frankfurt am Main", near="germany hessen"),
    thing("frankfurt-oder", "Frankfurt (Oder)", near="germany brandenburg"),
    thing("springfield-il", "Springfield", near="illinois usa"),
    thing("springfield-oh", "Springfield", near="ohio usa"),
    thing("paris", "Paris", near="france"),
    thing("paris-tx", "Paris", near="texas usa"),
    thing("s-hertogenbosch", "'s-Hertogenbosch", "~Den Bosch"),
    thing("a-coruna", "A Coruña"),
    thing("kyoto", "京都", "Kyoto"),
    thing("tbilisi", "თბილისი"),
    thing("manchester", "Manchester"),
    thing("amsterdam", "Amsterdam"),
    thing("gemeente-urk", "Gemeente Urk", kind=AGENT),
    thing("nantes", "Ville de Nantes", kind=AGENT),
    thing("torino", "Città di Torino", kind=AGENT),
    thing("tuzla", "Opština Tuzla", kind=AGENT),
    thing("bursa", "Bursa Büyükşehir Belediyesi", kind=AGENT),
    thing("lund", "Lunds kommun", "Lund", kind=AGENT),
    thing("ecad", "European Cities Against Drugs", "~ECAD", "Европски градови против дрога", kind=NETWORK),
    thing("skgo", "Стална конференција градова и општина", "~Stalna konferencija gradova i opština",
          "<Савез градова Југославије", kind=NETWORK),
    thing("avec", "Alliance of Cities of Culture", "~A.V.E.C.",
          "<Alliance de Villes Européennes de Culture", kind=NETWORK),
    thing("energy-cities", "Energy Cities", "~Energie-Cités", kind=NETWORK),
    thing("b40", "B40 Balkan Cities Network", "Мрежа балканских градова Б40", kind=NETWORK),
    thing("lhc", "League of Historical Cities", "~世界歴史都市連盟", kind=NETWORK),
    thing("plus", "+++"),
    thing("code-7", "Lot 7", same_as="RS-7"),
    thing("nameless"),
)  # fmt: skip


def built(folder: Path) -> TantivyIndex:
    """The index of the world."""
    write_index(folder, THINGS, BASE, {"ex": "https://world.example/id/", "wd": "http://www.wikidata.org/entity/"})
    return open_index(folder)
