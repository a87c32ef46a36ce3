"""What is compared in place of a name: letters and digits of ASCII, whatever the script, the case and the diacritics.

`fold` is Serbian first: Cyrillic is written as Serbian Latin, and that without its diacritics, with đ as dj. So Шид,
Šid and Sid are one, Ђорђево, Đorđevo and Djordjevo too. Other Cyrillic letters are read as their language does (ѓ as
gj, щ as št); what neither table has, AnyASCII transliterates (Greek, Georgian, Chinese, …).

A name can be spelt in other ways. Of a label `respelt` has the English ones (Shid, Chachak, Zhitorada, Yambol), the
German and Danish ones (Zuerich, Aarhus), and đ as d. `spellings` of what is asked for are the same and, since whoever
wrote "Shid" may mean a name that has an s, those with sh, ch, zh, dzh and oe, ue, ae read back. Two names are one
where they have a spelling in common.
"""

from __future__ import annotations

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
    "š": "sh", "ш": "sh", "č": "ch", "ч": "ch", "ć": "ch", "ћ": "ch", "ž": "zh", "ж": "zh", "џ": "dzh", "щ": "sht",
    "й": "y", "ю": "yu", "я": "ya", "ц": "ts", "х": "kh", "ъ": "u", "ё": "yo",
}  # fmt: skip
_GERMAN: Final = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"}
_BARE: Final = {"đ": "d", "ђ": "d", "ѓ": "g", "ќ": "k", "й": "i", "х": "h", "щ": "sh"}
_RESPELT: Final = (_ENGLISH, _ENGLISH | {"đ": "dzh", "ђ": "dzh"}, _ENGLISH | {"đ": "d", "ђ": "d"}, _BARE, _GERMAN)
_READ_BACK: Final = (
    (
        ("dzh", "dz"),
        ("sch", "s"),
        ("sh", "s"),
        ("ch", "c"),
        ("zh", "z"),
        ("ts", "c"),
        ("kh", "h"),
        ("yu", "ju"),
        ("ya", "ja"),
    ),
    (("oe", "o"), ("ue", "u"), ("ae", "a"), ("aa", "a")),
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
    return _Folding(_RESPELT[number] if number >= 0 else {})


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
    """The text as words of small ASCII letters and digits, a space between them; where it has none, itself in small."""
    return _fold(text, -1) or "".join(unicodedata.normalize("NFKC", text[:LONGEST]).casefold().split())


def _fold(text: str, number: int) -> str:
    return " ".join(unicodedata.normalize("NFC", text[:LONGEST]).translate(_table(number)).split())


def compact(folded: str) -> str:
    """A folded text without spaces: Novi Sad and Novisad, A.V.E.C. and AVEC are one."""
    return folded.replace(" ", "")


def key(text: str) -> str:
    """What a text is found by as a whole: its folded form without spaces."""
    return compact(fold(text))


def respelt(text: str) -> tuple[str, ...]:
    """The folded form of a name, and those that it has where its letters are written otherwise."""
    folded = fold(text)
    others = () if text.isascii() else (_fold(text, number) for number in range(len(_RESPELT)))
    return tuple(one for one in dict.fromkeys((folded, *others)) if one)


def read_back(folded: str) -> tuple[str, ...]:
    """The folded forms of the names that whoever wrote this one may have meant."""
    found = [folded]
    for pairs in _READ_BACK:
        for one in tuple(found):
            for written, meant in pairs:
                one = one.replace(written, meant)
            found.append(one)
    return tuple(dict.fromkeys(found))


def spellings(text: str) -> tuple[str, ...]:
    """The folded forms that what is asked for may have, its own first."""
    own = respelt(text)
    return tuple(dict.fromkeys((*own, *(other for one in own for other in read_back(one)))))
