"""Words that say what sort of thing a name is of and are left out as often as not: "Grad", "City of", "Opština"."""

from __future__ import annotations

from typing import Final

_BEFORE: Final = """
    city of; the city of; town of; the town of; municipality of; the municipality of; commune of; metropolitan city of;
    metropolitan municipality of; district of; county of; region of; province of; republic of; village of; borough of;
    royal borough of; urban municipality of; urban municipality; city municipality of; community of; state of;
    grad; opstina; gradska opstina; opcina; mesto; selo; naselje; varos; region; okrug; opstina grad; grad opstina;
    mestna obcina; obcina; mestska cast; mesto; obec; mesto; hlavni mesto; hlavne mesto; statutarni mesto; statutarne mesto;
    obshtina; obstina; stolichna obshtina; gorod; misto; mista; selishte; s; gr; g;
    stad; gemeente; de stad; stadt; stadtgemeinde; marktgemeinde; gemeinde; hansestadt; freie und hansestadt; landeshauptstadt;
    kreisfreie stadt; universitatsstadt; wissenschaftsstadt; bundesstadt; landkreis; kreis; samtgemeinde;
    ville de; la ville de; ville d; commune de; commune d; mairie de; mairie d; metropole de; communaute urbaine de;
    communaute d agglomeration de; communaute de communes de; eurometropole de; ville du; ville des; region de; departement de;
    citta di; comune di; citta metropolitana di; municipio di; provincia di; regione; citta d; comune d;
    ciudad de; ayuntamiento de; municipio de; ajuntament de; ciutat de; cidade de; municipio do; municipio da; camara municipal de;
    camara municipal do; camara municipal da; concello de; diputacion de; diputacio de;
    miasto; gmina; gmina miasto; urzad miasta; powiat; miasto stoleczne;
    municipiul; orasul; comuna; primaria; primaria municipiului; judetul; bashkia; komuna; bashkia e; qyteti i;
    kommune; kobenhavns; byen; kaupunki; linn; vald; pilseta; novads; miestas; savivaldybe; stadur;
    dimos; o dimos; demos; dimos tou; buyuksehir belediyesi; belediye; belediyesi;
    varosa; megyei jogu varos; fovaros
"""
_AFTER: Final = """
    city; town; municipality; city council; town council; city municipality; commune; county; district; metropolitan municipality;
    metropolitan city; borough; borough council; district council; county council; city of; urban area;
    grad; opstina; opcina; obcina; obshtina; obstina; kommun; kommune; stad; lans; kaupunki; kunta; linn; vald; linnavalitsus;
    belediyesi; buyuksehir belediyesi; belediye baskanligi; buyuksehir; sehri; ili; ilcesi; kommun stad; pilseta; novads; dome;
    miesto; miesto savivaldybe; rajono savivaldybe; savivaldybe; varos; megyei jogu varos; onkormanyzat; onkormanyzata; varosa;
    gemeinde; stadt; landeshauptstadt; metropole; agglomeration; megyei jogu varos onkormanyzata; municipio; comune; si; shi; gun; fu
"""


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(one.split()) for one in text.split(";"))


_LEADING: Final = _phrases(_BEFORE)
_TRAILING: Final = _phrases(_AFTER)
_SORTS: Final = frozenset("".join(one) for one in _LEADING | _TRAILING)
_MOST: Final = 5
SMALL: Final = frozenset(
    "a an and the of for in on at to by with against i u na za od do s sa iz protiv de du des la le les l d et en pour contre "
    "der die das den dem des und fur von zu gegen im am di del della dei delle e ed per contro el los las y para por contra "
    "o os as do da dos das em van het een voor tegen w z dla przeciw si cu pentru ve icin".split()
)
"""Words that initials are formed without, and that alone find nothing."""


def core(words: tuple[str, ...]) -> tuple[str, ...]:
    """Folded words without those that say the sort at the beginning and at the end; all of them where no other is left."""
    return _without_last(_without_first(words))


def _without_first(words: tuple[str, ...]) -> tuple[str, ...]:
    for length in range(min(_MOST, len(words) - 1), 0, -1):
        if words[:length] in _LEADING:
            return words[length:]
    return words


def _without_last(words: tuple[str, ...]) -> tuple[str, ...]:
    for length in range(min(_MOST, len(words) - 1), 0, -1):
        if words[-length:] in _TRAILING:
            return words[:-length]
    return words


def says_the_sort(word: str) -> bool:
    """Whether this, folded and without spaces, says no more than what sort of thing it is."""
    return word in _SORTS


def initials(words: tuple[str, ...]) -> tuple[str, ...]:
    """What a name of at least three words may be abbreviated to: its first letters, with and without small words."""
    if not _FEWEST <= len(words) <= _MOST_WORDS:
        return ()
    great = [one for one in words if one not in SMALL]
    short = ["".join(one[0] for one in group) for group in (words, great)]
    return tuple(dict.fromkeys(one for one in short if len(one) >= _FEWEST))


_FEWEST: Final = 3
_MOST_WORDS: Final = 15
