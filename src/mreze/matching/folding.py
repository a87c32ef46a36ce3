"""What is compared in place of a name: letters and digits of ASCII, whatever the script, the case and the diacritics.

`fold` is Serbian first: Cyrillic is written as Serbian Latin, and that without its diacritics, with đ as dj. So Шид,
Šid and Sid are one, Ђорђево, Đorđevo and Djordjevo too. Other Cyrillic letters are read as their language does (ѓ as
gj, щ as št); what neither table has, AnyASCII transliterates (Greek, Georgian, Chinese, …).

A name can be spelt in other ways, which `respelt` has: the English one (Shid, Chachak, Zhitorada, Yambol), the German
and the Danish one (Zuerich, Aarhus), and đ as d. Two names are one where they have a spelling in common. Whoever writes
"Shid" may also mean a name that has been written "Sid" already; since "Chania" is not "Cania", that is less certain:
`read_back`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from anyascii import anyascii

LONGEST: Final = 1_000
"""So many characters of a name are compared; the rest says nothing."""

_CYRILLIC: Final = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "ђ": "dj", "е": "e", "ж": "z", "з": "z", "и": "i", "ј": "j",
    "к": "k", "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "ћ": "c", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "c", "џ": "dz", "ш": "s",
    "ѓ": "gj", "ќ": "kj", "ѕ": "dz", "ѐ": "e", "ѝ": "i",
    "й": "j", "щ": "st", "ъ": "a", "ь": "", "ю": "ju", "я": "ja", "ѣ": "e", "ѫ": "a",
    "ё": "jo", "ы": "y", "э": "e", "є": "je", "і": "i", "ї": "ji", "ґ": "g", "ў": "u",
}  # fmt: skip
_LATIN: Final = {
    "đ": "dj",
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ı": "i",
    "ə": "e",
    "ħ": "h",
}
_ENGLISH: Final = {
    "š": "sh", "ш": "sh", "č": "ch", "ч": "ch", "ć": "ch", "ћ": "ch", "ž": "zh", "ж": "zh", "џ": "dzh",
    "й": "y", "ю": "yu", "я": "ya", "щ": "sht", "ё": "yo",
}  # fmt: skip
_EASTERN: Final = {"ц": "ts", "х": "kh", "ъ": "u", "щ": "shch", "ј": "y", "љ": "ly", "њ": "ny"}
_GERMAN: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_BARE: Final = {"đ": "d", "ђ": "d", "ѓ": "g", "ќ": "k", "й": "i", "щ": "sh"}
_RESPELT: Final = (
    (_ENGLISH, frozenset(_ENGLISH)),
    (_ENGLISH | {"đ": "dzh", "ђ": "dzh"}, frozenset("đђ")),
    (_ENGLISH | {"đ": "d", "ђ": "d"}, frozenset("đђ")),
    (_ENGLISH | _EASTERN, frozenset(_EASTERN)),
    (_BARE, frozenset(_BARE)),
    (_GERMAN, frozenset(_GERMAN)),
)
"""Ways of spelling: what is written for a letter, and the letters that make the way differ from those before it."""
_READ_BACK: Final = (
    ("dzh", "dz"), ("sh", "s"), ("ch", "c"), ("zh", "z"), ("ts", "c"), ("kh", "h"), ("yu", "ju"), ("ya", "ja"),
)  # fmt: skip


_RESPELT_LETTERS: Final = re.compile(
    f"[{''.join(one for _, own in _RESPELT for one in sorted(own))}\u0300-\u036f]", re.IGNORECASE
)


class _Folding(dict[int, str]):
    """A table for `str.translate` that is made as letters come."""

    def __init__(self, first: Mapping[str, str]) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code), self._first)
        return folded


@cache
def _table(number: int) -> _Folding:
    """The table with the letters of one way of spelling put first; -1 for none."""
    return _Folding(_RESPELT[number][0] if number >= 0 else {})


def _folded(letter: str, first: Mapping[str, str]) -> str:
    small = letter.lower()
    for table in (first, _CYRILLIC, _LATIN):
        if small in table:
            return table[small]
    category = unicodedata.category(letter)
    if category[0] == "M" or category == "Cf" or letter == "\u00ad":
        return ""
    if category[0] not in "LN":
        return " " if category[0] != "S" else _symbol(letter)
    base = unicodedata.normalize("NFKD", small)
    if base != small:
        return "".join(_folded(one, first) for one in base)
    if letter.isascii():
        return small
    written = anyascii(letter).lower()
    return "".join(one for one in written if one.isascii() and one.isalnum())


def _symbol(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)
    return base.lower() if base != letter and base.isascii() and base.isalnum() else " "


def fold(text: str) -> str:
    """The text as words of small ASCII letters and digits, a space between them; its signs where it has none."""
    return _fold(_composed(text[:LONGEST]), -1) or _signs(text[:LONGEST])


def _signs(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one)[0] in "PS")


def _fold(composed: str, number: int) -> str:
    return " ".join(composed.translate(_table(number)).split())


def _composed(text: str) -> str:
    # Capitals of đ and of the Icelandic ð look the same, and whoever types the wrong one means đ.
    return text if text.isascii() else unicodedata.normalize("NFC", text).replace("Ð", "Đ")


def compact(folded: str) -> str:
    """A folded text without spaces: Novi Sad and Novisad, A.V.E.C. and AVEC are one."""
    return folded.replace(" ", "")


def key(text: str) -> str:
    """What a text is found by as a whole: its folded form without spaces."""
    return compact(fold(text))


def respelt(text: str) -> tuple[str, ...]:
    """The folded form of a name, and those that it has where its letters are written otherwise."""
    folded = fold(text)
    if text.isascii() or not _RESPELT_LETTERS.search(text):
        return (folded,) if folded else ()
    composed = _composed(text[:LONGEST])
    letters = frozenset(composed.lower())
    others = [_fold(composed, number) for number, (_, own) in enumerate(_RESPELT) if not own.isdisjoint(letters)]
    return tuple(one for one in dict.fromkeys((folded, *others)) if one)


def read_back(text: str) -> tuple[str, ...]:
    """The folded forms of names that whoever spelt this one in the English way may have meant."""
    found = []
    for folded in respelt(text):
        meant = folded
        for written, letter in _READ_BACK:
            meant = meant.replace(written, letter)
        if meant != folded:
            found.append(meant)
    return tuple(dict.fromkeys(found))
