"""Words that say what sort of thing a name is of and are left out as often as not: "Grad", "City of", "Opština"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_BEFORE: Final = {
    "en": "city of; the city of; town of; the town of; village of; municipality of; the municipality of; borough "
    "of; district of; county of; province of; region of; state of; republic of; the republic of; commune of; "
    "community of; metropolitan city of; metropolitan municipality of; urban municipality; urban municipality "
    "of; city municipality of; london borough of; royal borough of; metropolitan borough of",
    "sr hr bs": "grad; gradska opstina; opstina; opcina; mesto; mjesto; selo; naselje; varos; okrug; zupanija",
    "sl": "obcina; mestna obcina; mesto",
    "mk": "grad; opstina",
    "bg": "grad; gr; obstina; obshtina; stolicna obstina; stolichna obshtina; selo; oblast",
    "ru uk": "gorod; misto; mista; oblast; selo",
    "cs sk": "mesto; obec; hlavni mesto; hlavne mesto; statutarni mesto; mestska cast; okres; kraj",
    "pl": "miasto; miasto stoleczne; gmina; gmina miasto; powiat; urzad miasta",
    "de": "stadt; hansestadt; landeshauptstadt; bundesstadt; freie und hansestadt; gemeinde; stadtgemeinde; "
    "marktgemeinde; samtgemeinde; landkreis; kreis; kreisfreie stadt; universitatsstadt; "
    "wissenschaftsstadt; kanton; land",
    "nl": "gemeente; stad; de stad; provincie",
    "fr": "ville de; ville d; ville du; ville des; la ville de; commune de; commune d; mairie de; mairie d; "
    "metropole de; metropole d; eurometropole de; communaute urbaine de; communaute d agglomeration de; "
    "communaute de communes de; departement de; region; canton de",
    "it": "citta di; citta d; comune di; comune d; citta metropolitana di; municipio di; provincia di; regione",
    "es ca gl": "ciudad de; ayuntamiento de; municipio de; provincia de; diputacion de; ajuntament de; ciutat de; "
    "diputacio de; concello de; concello da",
    "pt": "cidade de; cidade do; municipio de; municipio do; municipio da; camara municipal de; camara municipal "
    "do; camara municipal da",
    "ro": "municipiul; orasul; comuna; primaria; primaria municipiului; primaria orasului; judetul; consiliul local",
    "sq": "bashkia; bashkia e; komuna; komuna e; qyteti; qyteti i; qarku i",
    "el": "dimos; o dimos; dimou; polis",
    "da no sv": "kommune; byen; staden",
    "hu": "megyei jogu varos; fovaros",
}
"""By language, folded: what stands before the name."""
_AFTER: Final = {
    "en": "city; town; municipality; city municipality; city council; town council; borough; borough council; "
    "county; county council; district; district council; commune; metropolitan municipality; metropolitan "
    "city; metropolitan borough; urban area; province; region",
    "sr hr bs": "grad; opstina; opcina; okrug; zupanija",
    "bg": "obstina; obshtina; oblast",
    "ru uk": "oblast; raion; rajon",
    "de": "stadt; gemeinde; landeshauptstadt; kreis; land",
    "nl": "stad; gemeente",
    "sv": "stad; kommun; kommuns; lan",
    "da no": "kommune; kommun; fylke; amt",
    "fi et": "kaupunki; kunta; linn; vald; linnavalitsus",
    "lv lt": "pilseta; novads; dome; miestas; savivaldybe; miesto savivaldybe; rajono savivaldybe",
    "is": "kaupstadur; borg",
    "tr": "belediyesi; belediye; buyuksehir belediyesi; belediye baskanligi; buyuksehir; sehri; ili; ilcesi",
    "hu": "varos; varosa; megye; megyei jogu varos; varos onkormanyzata; megyei jogu varos onkormanyzata",
    "ja": "shi; ken; fu",
    "ko": "si; gun",
}
"""By language, folded: what stands after it."""
_SMALL: Final = {
    "en": "a an and the of for in on at to by with against",
    "sr hr bs": "i u na za od do s sa iz protiv",
    "fr": "de du des la le les l d et en pour contre",
    "de": "der die das den dem des und fur von zu gegen im am",
    "it": "di del della dei delle e ed per contro",
    "es ca": "el los las y i para por contra del",
    "pt": "o os as do da dos das em",
    "nl": "van het een voor tegen en",
    "pl": "w z dla przeciw i na",
    "ro": "si cu pentru al ale",
    "tr": "ve icin",
}
"""By language, folded: words that say nothing of their own."""


def _phrases(by_language: dict[str, str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(one.split()) for text in by_language.values() for one in text.split(";"))


_LEADING: Final = _phrases(_BEFORE)
_TRAILING: Final = _phrases(_AFTER)
_SORTS: Final = frozenset("".join(one) for one in _LEADING | _TRAILING)
_LONGEST: Final = max(map(len, _LEADING | _TRAILING))
SMALL: Final = frozenset(word for text in _SMALL.values() for word in text.split())
"""Words that initials are formed without, and that alone find nothing."""
_FEWEST_INITIALS: Final = 3
_MOST_INITIALS: Final = 15


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words without those that say the sort at the beginning and at the end; all where no other is left."""
    return _without_last(_without_first(words))


def _without_first(words: tuple[str, ...]) -> tuple[str, ...]:
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        if words[:length] in _LEADING:
            return words[length:]
    return words


def _without_last(words: tuple[str, ...]) -> tuple[str, ...]:
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        if words[-length:] in _TRAILING:
            return words[:-length]
    return words


def great(words: Iterable[str]) -> tuple[str, ...]:
    """The words that say something of their own, each once."""
    return tuple(dict.fromkeys(one for one in words if one not in SMALL))


def says_the_sort(word: str) -> bool:
    """Whether this, folded and without spaces, says no more than what sort of thing it is."""
    return word in _SORTS


def initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """What a name of at least three words may be abbreviated to: its first letters, with and without small words."""
    if not _FEWEST_INITIALS <= len(words) <= _MOST_INITIALS:
        return ()
    great = [one for one in words if one not in SMALL]
    short = ["".join(one[0] for one in group) for group in (words, great)]
    return tuple(one for one in dict.fromkeys(short) if len(one) >= _FEWEST_INITIALS)
