"""What is asked for, taken apart: the name, its spellings, and what is said beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mreze.matching.folding import compact, fold, key, read_back, respelt
from mreze.matching.words import core

_BESIDE: Final = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*")
_PARTS: Final = re.compile(r"\s*[,;|\n]\s*|\s+[-–—/]\s+")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read what is asked for."""

    folded: str
    whole: str
    """Folded, without spaces."""
    core: str
    """The same without the words that say the sort."""
    wholes: frozenset[str]
    """In all spellings."""
    cores: frozenset[str]
    meant: frozenset[str]
    """What it may be another spelling of."""
    words: tuple[str, ...]
    core_words: tuple[str, ...]
    cyrillic: bool
    """Whether it says more than Latin without diacritics can: then a letter is what it is, and д never đ."""
    in_order: str
    """The words in the order of the alphabet, without spaces."""
    beside: tuple[str, ...] = ()
    """Names that are said beside it, folded without spaces: "Texas" of "Paris (Texas)"."""


def read(text: str) -> tuple[Form, ...]:
    """The ways to read a text: as a name, and as a name with something beside it; none where it says nothing."""
    if not fold(text):
        return ()
    found = [_form(text)]
    name, beside = _split(text)
    if beside and fold(name):
        found.append(_form(name, beside))
    return tuple(found)


def _form(text: str, beside: tuple[str, ...] = ()) -> Form:
    all_of_them = respelt(text)
    words = tuple(all_of_them[0].split())
    cores = [" ".join(core(tuple(one.split()))) for one in all_of_them]
    return Form(
        folded=all_of_them[0],
        whole=compact(all_of_them[0]),
        core=compact(cores[0]),
        wholes=frozenset(map(compact, all_of_them)),
        cores=frozenset(map(compact, cores)),
        meant=frozenset(map(compact, read_back(text))),
        words=words,
        core_words=core(words),
        cyrillic=bool(_CYRILLIC.search(text)),
        in_order="".join(sorted(words)),
        beside=beside,
    )


def _split(text: str) -> tuple[str, tuple[str, ...]]:
    """The name, and what stands beside it in brackets or after a comma or a dash."""
    inside = _BESIDE.findall(text)
    outside = _BESIDE.sub(" ", text) if inside else text
    name, *after = [one for one in _PARTS.split(outside) if one.strip()] or [""]
    return name, tuple(key(one) for one in (*after, *inside)[:_MOST] if key(one))
