"""Made-up places and organizations with names in several languages and both scripts: the same arguments give the same.

Names sound like those of eight languages. A place has its name in English, in Serbian Cyrillic and Latin (transcribed,
or, of Serbian places, the same) and, abroad, in the language of the country; one in four has another name too, one in
eight a former one; of the English names one in six is an exonym, one in four has lost its diacritics. One in twelve is
called like a place in another country. Each fifth thing is an organization with an acronym.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tests.bench.wordstock import COUNTRIES, FROM_CYRILLIC, KINDS, MEMBERS, TO_CYRILLIC, TONGUES, Tongue

_LONGEST = max(map(len, TO_CYRILLIC))
_SERBIAN = {**TO_CYRILLIC, "c": "ц", "h": "х"}
_REMEMBERED = 5_000
"""Homonyms are of one of so many places before."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one language."""

    text: str
    tag: str
    use: str = "preferred"
    """"preferred", "alternative", "former" or "acronym"."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A place or an organization."""

    key: str
    """Unique, such as "places/p17"."""
    country: str
    """Its English name."""
    names: tuple[Name, ...]

    def called(self, use: str = "preferred", tag: str = "") -> list[Name]:
        """Its names of one use, and of one language."""
        return [one for one in self.names if one.use == use and tag in ("", one.tag)]


def things(labels: int, seed: int = 1) -> Iterator[Thing]:
    """Things with as many names together, or a few more."""
    chance = random.Random(seed)  # noqa: S311 - no secrets are made here
    earlier: list[tuple[Tongue, str, str]] = []
    number = given = 0
    while given < labels:
        number += 1
        if number % 5 == 0:
            thing = _organization(number, chance)
        else:
            tongue, country, name = _place_name(chance, earlier)
            if len(earlier) < _REMEMBERED:
                earlier.append((tongue, country, name))
            else:
                earlier[number % _REMEMBERED] = (tongue, country, name)
            thing = Thing(f"places/p{number}", country, tuple(_place_names(tongue, name, chance)))
        given += len(thing.names)
        yield thing


def country_key(country: str) -> str:
    """The key of a country, such as "countries/bosnia-and-herzegovina"."""
    return "countries/" + bald(country).lower().replace(" ", "-")


def countries() -> Iterator[Thing]:
    """The countries, which have three names each."""
    for english, latin in COUNTRIES.items():
        names = (Name(english, "en"), Name(cyrillic(latin, serbian=True), "sr-cyrl"), Name(latin, "sr-latn"))
        yield Thing(country_key(english), english, names)


def bald(text: str) -> str:
    """Without diacritics, as people type it: đ becomes dj, ł l, ß ss, ı i."""
    for old, new in (("đ", "dj"), ("Đ", "Dj"), ("ł", "l"), ("Ł", "L"), ("ß", "ss"), ("ı", "i")):
        text = text.replace(old, new)
    return "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))


def latin(text: str) -> str:
    """Serbian Cyrillic in Latin."""
    return "".join(
        FROM_CYRILLIC.get(one) or FROM_CYRILLIC.get(one.lower(), one).capitalize() for one in text
    )  # fmt: skip


@lru_cache(maxsize=65_536)
def cyrillic(text: str, *, serbian: bool = False) -> str:
    """What Serbian writes for a name in Latin: transcribed, or of a Serbian name letter by letter."""
    table, written, at = _SERBIAN if serbian else TO_CYRILLIC, [], 0
    while at < len(text):
        for length in range(_LONGEST, 0, -1):
            piece = text[at : at + length]
            found = table.get(piece.lower())
            if len(piece) == length and found and not (serbian and length > 1 and piece.lower() not in _PAIRS):
                written.append(found.capitalize() if piece[0].isupper() else found)
                at += length
                break
        else:
            written.append(text[at])
            at += 1
    return "".join(written)


_PAIRS = ("lj", "nj", "dž")


def _place_name(chance: random.Random, earlier: list[tuple[Tongue, str, str]]) -> tuple[Tongue, str, str]:
    if earlier and chance.random() < 1 / 12:
        tongue, there, name = chance.choice(earlier)
        return tongue, chance.choice([one for one in tongue.countries if one != there]), name
    tongue = TONGUES[0] if chance.random() < 0.4 else chance.choice(TONGUES[1:])
    return tongue, chance.choice(tongue.countries), _word(tongue, chance)


def _word(tongue: Tongue, chance: random.Random) -> str:
    stem = "".join(
        chance.choice(tongue.onsets) + chance.choice(tongue.vowels) + chance.choice(tongue.codas)
        for _ in range(1 if chance.random() < 0.35 else 2)
    )
    ending = chance.choice(tongue.endings)
    word = (stem + ending).replace("-", "", 1) if ending[0] == "-" else stem + ending
    before = chance.choice(tongue.before) if chance.random() < 0.25 else ""
    return before + word.capitalize() if before[-1:] in (" ", "-", "") else before + word


def _place_names(tongue: Tongue, name: str, chance: random.Random) -> Iterator[Name]:
    yield from _spelt(tongue, name, _english(tongue, name, chance))
    if chance.random() < 0.25:
        yield Name(_word(tongue, chance), tongue.tag, "alternative")
    if chance.random() < 0.125:
        yield Name(_word(tongue, chance), tongue.tag, "former")


def _spelt(tongue: Tongue, name: str, english: str) -> Iterator[Name]:
    serbian = tongue.tag == "sr-latn"
    written = cyrillic(name, serbian=serbian)
    yield Name(english, "en")
    yield Name(written, "sr-cyrl")
    yield Name(name if serbian else latin(written), "sr-latn")
    if not serbian:
        yield Name(name, tongue.tag)


def _english(tongue: Tongue, name: str, chance: random.Random) -> str:
    drawn = chance.random()
    if drawn < 1 / 3:
        for ending, exonym in tongue.exonyms:
            if name.endswith(ending):
                return bald(name.removesuffix(ending) + exonym)
    return bald(name) if drawn > 0.75 else name


def _organization(number: int, chance: random.Random) -> Thing:
    tongue = TONGUES[0] if chance.random() < 0.6 else chance.choice(TONGUES[1:])
    country, region = chance.choice(tongue.countries), _word(tongue, chance)
    (kind, english_kind), (whose, english_whose) = chance.choice(KINDS), chance.choice(MEMBERS)
    local = cyrillic(region, serbian=tongue.tag == "sr-latn")
    name = f"{kind} {whose} {latin(local)}"
    acronym = "".join(one[0] for one in bald(f"{kind} {whose}").upper().split()) + bald(latin(local))[:3].upper()
    names = (
        Name(f"{english_kind} {english_whose} {region}", "en"),
        Name(f"{cyrillic(f'{kind} {whose}', serbian=True)} {local}", "sr-cyrl"),
        Name(name, "sr-latn"),
        Name(acronym.replace(" ", ""), "sr-latn", "acronym"),
    )
    return Thing(f"organizations/o{number}", country, names)
