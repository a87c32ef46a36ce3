"""What is asked of a reconciliation service: names as people write them, by class, with the right answers.

An answer is right if it is a thing that has the very name that was meant, compared without regard to case, script and
diacritics; where a country is said, only one of that country. So homonyms are all right where the question does not
tell them apart. A misspelt name that is the right name of something else is not asked.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tests.bench.names import Name, Thing, bald, cyrillic, latin
from tests.bench.wordstock import COUNTRIES

_LETTERS = "abcdeghijklmnoprstuvz"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what is right."""

    kind: str
    text: str
    country: str
    """The English name of a country that is sent as a property; "" for none."""
    right: frozenset[str]
    """Keys of the things that are right answers."""


@dataclass(frozen=True, slots=True)
class _Draft:
    text: str
    name: str
    country: str = ""


def questions(world: Sequence[Thing], each: int, seed: int = 2) -> list[Question]:
    """So many questions of each class, in an order that mixes the classes."""
    chance = random.Random(seed)  # noqa: S311 - no secrets are made here
    keys: dict[str, list[Thing]] = defaultdict(list)
    for thing in world:
        for name in thing.names:
            keys[folded(name.text)].append(thing)
    written = [
        Question(kind, draft.text, draft.country, _right(draft, keys))
        for kind, draw in KINDS.items()
        for draft in _drawn(draw, world, each, keys, chance)
    ]
    chance.shuffle(written)
    return written


def folded(text: str) -> str:
    """A name without regard to case, script and diacritics."""
    return bald(latin(text)).lower()


def _right(draft: _Draft, keys: dict[str, list[Thing]]) -> frozenset[str]:
    return frozenset(one.key for one in keys[folded(draft.name)] if draft.country in ("", one.country))


def _drawn(
    draw: Callable[[Thing, random.Random], _Draft | None],
    world: Sequence[Thing],
    each: int,
    keys: dict[str, list[Thing]],
    chance: random.Random,
) -> Iterable[_Draft]:
    count = tried = 0
    while count < each:
        tried += 1
        if tried > 2_000 * each:
            raise ValueError(f"too few names for {each} questions of a class: {draw.__name__}")
        draft = draw(chance.choice(world), chance)
        if draft is None or (draft.country and not _is_shared(draft, keys)):
            continue
        asked = folded(draft.text)
        if asked == folded(draft.name) or asked not in keys:
            count += 1
            yield draft


def _is_shared(draft: _Draft, keys: dict[str, list[Thing]]) -> bool:
    return len({one.country for one in keys[folded(draft.name)]}) > 1


def _local(thing: Thing) -> Name:
    """The name in the language of the country, which is the last of the preferred ones."""
    return thing.called()[-1]


def _exact(thing: Thing, _chance: random.Random) -> _Draft | None:
    name = _local(thing).text
    return _Draft(name, name)


def _cyrillic(thing: Thing, _chance: random.Random) -> _Draft | None:
    name = thing.called(tag="sr-cyrl")[0].text
    return _Draft(name, name)


def _other_script(thing: Thing, _chance: random.Random) -> _Draft | None:
    """A name that the data have in Latin only, asked in Cyrillic."""
    names = thing.called("alternative", "sr-latn") + thing.called("former", "sr-latn")
    return _Draft(cyrillic(names[0].text, serbian=True), names[0].text) if names else None


def _bald(thing: Thing, chance: random.Random) -> _Draft | None:
    name = _local(thing).text
    typed = bald(name) if chance.random() < 0.5 else bald(name.replace("đ", "d").replace("Đ", "D"))
    return _Draft(typed, name) if typed != name else None


def _sounds(thing: Thing, _chance: random.Random) -> _Draft | None:
    """Serbian letters as English would write them."""
    name = typed = thing.called(tag="sr-latn")[0].text
    for old, new in (("š", "sh"), ("č", "ch"), ("ć", "ch"), ("ž", "zh"), ("đ", "dj")):
        typed = typed.replace(old, new).replace(old.upper(), new.capitalize())
    return _Draft(typed, name) if any(one in name.lower() for one in "ščćž") else None


def _upper(thing: Thing, _chance: random.Random) -> _Draft | None:
    name = _local(thing).text
    return _Draft(name.upper().replace("İ", "I"), name)


def _typo(thing: Thing, chance: random.Random) -> _Draft | None:
    name = _local(thing).text
    return _Draft(_misspelt(name, chance), name) if len(name) >= 5 else None


def _two_typos(thing: Thing, chance: random.Random) -> _Draft | None:
    name = _local(thing).text
    return _Draft(_misspelt(_misspelt(name, chance), chance), name) if len(name) >= 9 else None


def _misspelt(name: str, chance: random.Random) -> str:
    """One letter left out, added, taken for another, or two swapped; the first letter stays."""
    at = chance.randrange(1, len(name) - 1)
    edit = chance.randrange(4)
    if edit == 0:
        return name[:at] + name[at + 1 :]
    if edit == 1:
        return name[:at] + chance.choice(_LETTERS) + name[at:]
    if edit == 2:
        return name[:at] + chance.choice(_LETTERS) + name[at + 1 :]
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _generic(thing: Thing, chance: random.Random) -> _Draft | None:
    """A place with a word or a country that is not part of its name."""
    if not thing.key.startswith("places/"):
        return None
    name, written = thing.called(tag="sr-latn")[0].text, thing.called(tag="sr-cyrl")[0].text
    english, country = thing.called(tag="en")[0].text, COUNTRIES[thing.country]
    asked = [
        (f"Grad {name}", name),
        (f"Opština {name}", name),
        (f"Град {written}", written),
        (f"Општина {written}", written),
        (f"{name}, {country}", name),
        (f"{name.upper()}, {country}", name),
        (f"City of {english}", english),
        (f"Municipality of {english}", english),
        (f"{english}, {thing.country}", english),
        (f"{english} ({thing.country})", english),
    ]
    text, meant = chance.choice(asked)
    return _Draft(text, meant)


def _other_name(thing: Thing, _chance: random.Random) -> _Draft | None:
    names = thing.called("alternative") + thing.called("former")
    return _Draft(names[-1].text, names[-1].text) if names else None


def _exonym(thing: Thing, _chance: random.Random) -> _Draft | None:
    """An English name that is not only the local one without diacritics."""
    name, local = thing.called(tag="en")[0].text, _local(thing).text
    return _Draft(name, name) if thing.key.startswith("places/") and folded(name) != folded(local) else None


def _acronym(thing: Thing, _chance: random.Random) -> _Draft | None:
    names = thing.called("acronym")
    return _Draft(names[0].text, names[0].text) if names else None


def _homonym(thing: Thing, _chance: random.Random) -> _Draft | None:
    """A name that places in several countries have, with the country that is meant as a property."""
    name = _local(thing).text
    return _Draft(name, name, thing.country) if thing.key.startswith("places/") else None


KINDS: dict[str, Callable[[Thing, random.Random], _Draft | None]] = {
    "as written": _exact,
    "Cyrillic": _cyrillic,
    "Cyrillic of a Latin name": _other_script,
    "no diacritics": _bald,
    "sh, ch, zh, dj": _sounds,
    "upper case": _upper,
    "one typo": _typo,
    "two typos": _two_typos,
    "Grad X, City of X, X, Country": _generic,
    "other and former names": _other_name,
    "English exonyms": _exonym,
    "acronyms": _acronym,
    "homonyms with country": _homonym,
}
"""How questions of a class are made of a thing; None where it has no such name."""
