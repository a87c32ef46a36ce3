"""How well a thing fits what somebody typed, word by word: for a page that people look at, never for a match.

Each word may stand in any name of the thing, or be the name of something that it has to do with (a city and a
network, for a membership): as it is, as what begins so, with a wrong letter, or as something that sounds so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from mreze.matching.folding import fold
from mreze.matching.packing import Name, Packed
from mreze.matching.sounds import sound
from mreze.matching.words import great

MOST: Final = 74.0
"""Points of a thing that has every word as it is: fewer than one that is called so, more than one with some of them."""
WORDS: Final = "words"
"""The feature that tells which share of the letters is in words that were found."""
_SAME: Final = 1.0
_BEGUN: Final = 0.95
_WRONG: Final = 0.9
_HEARD: Final = 0.85
_BESIDE: Final = 0.99
"""The worth of a word that only something else is called by, which the thing has to do with."""
_FEWEST: Final = 4
"""Letters of a word that may have a wrong one."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a thing fits."""

    points: float
    """From 0 to `MOST`."""
    share: float
    """Of the letters asked for, in words that were found, from 0 to 1."""
    name: Name
    """That has most of the words."""
    told: float
    """The share of that name which is asked for: of two that fit as well, the one that says less else comes first."""


def fit(words: Sequence[str], thing: Packed, *, prefix: bool) -> Fit | None:
    """How well a thing fits some words; None where it has no name.

    Args:
        words: folded, those that say something.
        thing: what is judged.
        prefix: whether the last word is still being typed.
    """
    letters = sum(map(len, words))
    if not thing.names or not letters:
        return None
    rows = [(one, [_best(word, one.folded.split(), prefix=prefix) for word in words]) for one in thing.names]
    beside = [_BESIDE * _best(word, thing.context, prefix=prefix) for word in words]
    worth = [max(here, *(row[place] for _, row in rows)) for place, here in enumerate(beside)]
    best, own = max(rows, key=lambda row: (_weighed(words, row[1]), -len(row[0].folded)))
    share = sum(len(word) for word, one in zip(words, worth, strict=True) if one) / letters
    told = sum(len(word) for word, one in zip(words, own, strict=True) if one) / max(len(best.folded), 1)
    return Fit(MOST * _weighed(words, worth) / letters, share, best, told)


def says_all(text: str, name: str) -> bool:
    """Whether a name has every word of a text, as it is, misspelt or as it sounds."""
    own = fold(name).split()
    return all(_best(word, own, prefix=False) for word in great(fold(text).split()))


def _weighed(words: Sequence[str], worth: Sequence[float]) -> float:
    return sum(len(word) * one for word, one in zip(words, worth, strict=True))


def _best(word: str, texts: Sequence[str], *, prefix: bool) -> float:
    return max(_each(word, texts, prefix=prefix), default=0.0)


def _each(word: str, texts: Sequence[str], *, prefix: bool) -> Iterator[float]:
    heard = sound(word)
    for one in texts:
        if one == word:
            yield _SAME
        elif prefix and one.startswith(word):
            yield _BEGUN
        elif _may_be_wrong(word, one) and OSA.distance(word, one, score_cutoff=1) <= 1:
            yield _WRONG
        elif sound(one) == heard or (prefix and len(heard) >= _FEWEST and sound(one).startswith(heard)):
            yield _HEARD


def _may_be_wrong(word: str, other: str) -> bool:
    """Whether one may be the other misspelt: another number is none."""
    return min(len(word), len(other)) >= _FEWEST and word.isalpha() and other.isalpha()
