"""How the names of things are written where they are looked for: forms of letters, and tags of languages.

An endpoint finds a name only as it is written there, tag included. Wikidata has its own tags for the scripts of
Serbian (sr-ec, sr-el; dumps may have BCP 47's), puts names without a script under sr, and since 2024 those that are
the same in many languages under mul.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from mreze.matching.folding import key
from mreze.matching.model import Label

_OTHER_TAGS: Final = {
    "sr-cyrl": ("sr-Cyrl", "sr-ec", "sr"),
    "sr-latn": ("sr-Latn", "sr-el", "sr", "sh"),
    "sr": ("sr", "sr-ec", "sr-el"),
    "no": ("nb", "no"),
    "nb": ("nb", "no"),
    "zh-hans": ("zh-hans", "zh-cn", "zh"),
    "zh-hant": ("zh-hant", "zh-tw", "zh"),
}
_EVERYWHERE: Final = ("en", "mul")
_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "–": "-", "‑": "-", "\u00a0": " "})


def tags(language: str) -> tuple[str, ...]:
    """The tags under which a name in a language may stand elsewhere."""
    known = _OTHER_TAGS.get(language.lower())
    return known or tuple(dict.fromkeys(one for one in (language, language.partition("-")[0]) if one))


def forms(text: str) -> tuple[str, ...]:
    """The forms in which a name may be written elsewhere: as here, with a capital, with plain signs."""
    clean = " ".join(unicodedata.normalize("NFC", text).split())
    upper = clean[:1].upper() + clean[1:]
    found = (text, clean, upper, clean.translate(_PLAIN), upper.translate(_PLAIN))
    return tuple(dict.fromkeys(one for one in found if one.strip()))


def written(labels: Iterable[Label], *, plain: bool) -> list[tuple[str, str]]:
    """Each way in which the names may be written elsewhere, with its tag.

    Args:
        labels: the names.
        plain: whether they may also stand without a tag.
    """
    found: dict[tuple[str, str], None] = {}
    for one in labels:
        for form in forms(one.text):
            for tag in (*tags(one.language), *_EVERYWHERE, *([""] if plain else [])):
                found[form, tag] = None
    return list(found)


def told_apart(labels: Iterable[Label], most: int) -> list[str]:
    """The names that differ in more than script and case, the first of each, for whoever compares names loosely."""
    found: dict[str, str] = {}
    for one in labels:
        if key(one.text):
            found.setdefault(key(one.text), one.text)
    return list(found.values())[:most]


def languages(labels: Iterable[Label], own: Iterable[str]) -> list[str]:
    """The tags, in lower case and sorted, in which names are of use: those of the site and of its names."""
    used = {*own, *(one.language for one in labels)}
    return sorted({tag.lower() for one in used for tag in tags(one)} | set(_EVERYWHERE) | {""})
