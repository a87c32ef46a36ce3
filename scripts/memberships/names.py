"""What members are called in Serbian, where a source says so or the name itself is Serbian; and their slugs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from babel import Locale
from babel.core import get_global
from pyoxigraph import NamedNode
from scripts.memberships.site import Site
from scripts.memberships.table import Row

SERBIAN_SPEAKING: Final = ("BA", "ME", "RS")
"""Where a name as printed is a Serbian one, and its Cyrillic form a transliteration."""
PRINTED_IN_SERBIAN: Final = {
    ("Dubrovnik", "HR"): "Дубровник",
    ("Pristina", "XK"): "Приштина",
    ("Pula", "HR"): "Пула",
    ("Split", "HR"): "Сплит",
}
SERBIAN_LIST: Final = (
    "http://www.gradbijeljina.org/sr/news/_/_/"
    "4890.mayor-of-bijeljina-attended-the-meeting-of-b40-balkan-cities-network.html"
)
"""The list of members that has these names in their Serbian form."""
CITIES_OF_CLDR: Final = "https://cldr.unicode.org/#exemplar-cities"
_CYRILLIC: Final = dict(zip("abvgdđežzijklmnoprstćufhcčš", "абвгдђежзијклмнопрстћуфхцчш", strict=True))
_LETTERS: Final = str.maketrans(
    {"ı": "i", "ł": "l", "ħ": "h", "đ": "dj", "ø": "o", "ß": "ss", "'": "", "’": "", "–": "-"}
)


def serbian_name(row: Row) -> tuple[str, str, str]:
    """The Cyrillic name with its basis and the address of its source; as printed, without one, if nobody gives it."""
    if row.city in PRINTED_IN_SERBIAN:
        return PRINTED_IN_SERBIAN[row.city], "givenBySource", SERBIAN_LIST
    english, cyrillic = Locale("en").time_zones, Locale("sr", "Cyrl").time_zones
    for zone, country in sorted(get_global("zone_territories").items()):
        city = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if (city, country) == row.city and "city" in cyrillic.get(zone, {}):
            return cyrillic[zone]["city"], "givenBySource", CITIES_OF_CLDR
    if row.country_iso2 in SERBIAN_SPEAKING and not row.is_region:
        return to_cyrillic(row.member), "transliterated", ""
    return "", "asPrinted", ""


def to_cyrillic(latin: str) -> str:
    """Transliterate a Serbian name; lj, nj and dž are one letter each."""
    for digraph, letter in (("lj", "љ"), ("nj", "њ"), ("dž", "џ")):
        latin = latin.replace(digraph, letter).replace(digraph.capitalize(), letter.upper())
    small = "".join(_CYRILLIC.get(letter.lower(), letter) for letter in latin)
    return "".join(new.upper() if old.isupper() else new for old, new in zip(latin, small, strict=True))


def slugs(rows: Iterable[Row], site: Site) -> dict[tuple[str, str], str]:
    """The slug of each city; of cities of one name, the later ones have their country's code too."""
    taken: dict[str, tuple[str, str]] = {}
    for row in rows:
        plain = unicodedata.normalize("NFKD", row.member.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        elsewhere = NamedNode(f"{site.base}id/places/{slug}")
        same = {f"https://sws.geonames.org/{row.geonames_id}/", None}
        known = next((one.value for one in site.objects(elsewhere, "owl:sameAs") if "geonames" in one.value), None)
        if taken.get(slug, row.city) != row.city or known not in same:
            slug += "-" + row.country_iso2.lower()
        taken[slug] = row.city
    return {city: slug for slug, city in taken.items()}
