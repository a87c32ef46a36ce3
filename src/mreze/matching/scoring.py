"""How well a name fits, from 0 to 100.

| the name asked for and a name of the thing                                   | score              |
|------------------------------------------------------------------------------|--------------------|
| are the same, folded (case, script, diacritics, punctuation, spaces aside)   | 100                |
| are the same in another spelling (Shabac, Šabac)                             | 96                 |
| are perhaps the same in another spelling (Shabac, Sabac)                     | 89                 |
| are the same but for words that say the sort, on one side (Grad Šid, Šid)    | 94                 |
| the same, with such words on both sides (City of Šid, Opština Šid)           | 88                 |
| have the same words in another order, wrong letters as below                 | 95 x share         |
| differ in letters, not in digits: the share that agrees (string alignment)   | 95 x share         |
| the words of one are among those of the other: the share that they are       | 55 + 35 x share    |
| what is asked for are the initials of the name                               | 85                 |
| what is asked for, still being typed, is the beginning                       | 80 + 15 x share    |
| … or that of one of its words                                                | 70 + 15 x share    |
| … or the beginning with wrong letters: the share that agrees                 | 80 x share         |

The best of these counts. A name that is not the preferred one has 2 less, a former one 3; without a word that says
the sort another spelling (City of Shabac, Šabac) costs 3. What is said beside the name ("Paris, Texas") costs 1 where
the thing has to do with it, 12 where nobody knows of that. An identifier of the thing is 100.

Each condition then weighs 0.4 beside the name's 1: (name + 0.4 x sum) / (1 + 0.4 x conditions); see conditions.py.
One that no candidate has a value for says nothing.

Of things that have one score, that comes first whose name begins more alike (Jaro-Winkler), then the better kind of
name, then the IRI.

A candidate is a match if it has at least `CERTAIN`, and the next has `GAP` less. One below `LEAST` is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

from mreze.matching.asking import Form
from mreze.matching.folding import compact
from mreze.matching.packing import Name, Packed
from mreze.matching.words import SMALL, initials, says_the_sort

CERTAIN: Final = 90.0
"""Points that a match has at least."""
GAP: Final = 5.0
"""Points that the next candidate has less than a match."""
LEAST: Final = 50.0
"""Points that a candidate has at least."""
WEIGHT: Final = 0.4
"""Of a condition, beside the name's 1."""
SAME: Final = 100.0
_RESPELT: Final = 96.0
_LESS_RESPELT: Final = 3.0
_MEANT: Final = 89.0
_WITHOUT_SORT: Final = 94.0
_OTHER_SORT: Final = 88.0
_REORDERED: Final = 95.0
_MISSPELT: Final = 95.0
_INITIALS: Final = 85.0
_LESS: Final = (0.0, 2.0, 3.0)
"""For each kind of name."""
_LEAST_CONTAINED: Final = 55.0
MOST_CONTAINED: Final = 90.0
"""Points that a name has at most whose words are among those that are asked for, or the other way round."""
_CONFIRMED: Final = 1.0
_UNKNOWN: Final = 12.0
_MISSPELT_BEGINNING: Final = 80.0
_TOO_SHORT: Final = 3
_ALIKE: Final = 0.6
"""So much of the letters of two names agrees, or they are not the same misspelt."""


def is_certain(scores: Sequence[float]) -> bool:
    """Whether the first of these scores, which is the best, is that of a match."""
    return bool(scores) and scores[0] >= CERTAIN and (len(scores) == 1 or scores[0] - scores[1] >= GAP)


def best_name(forms: Sequence[Form], thing: Packed, *, prefix: bool) -> tuple[float, Name] | None:
    """The name of a thing that fits best, and how well; None if it has none."""
    found: tuple[float, Name] | None = None
    for form in forms:
        less = _beside(form, thing)
        for name in thing.names:
            score = _fit(form, name, prefix=prefix)
            if score < _WITHOUT_SORT and len(form.words) > 1 and _has_beside(form, name, thing):
                score = _WITHOUT_SORT
            score -= less + _LESS[name.kind]
            if found is None or score > found[0]:
                found = score, name
    return found


def nearness(form: Form, name: Name) -> float:
    """How alike two names are whose score is the same, from 0 to 1."""
    return JaroWinkler.normalized_similarity(form.whole, compact(name.folded))


def _beside(form: Form, thing: Packed) -> float:
    if not form.beside:
        return 0
    return _CONFIRMED if any(_concerns(one, thing) for one in form.beside) else _UNKNOWN


def _concerns(beside: str, thing: Packed) -> bool:
    return says_the_sort(beside) or beside in thing.context or any(beside == compact(one.folded) for one in thing.names)


def _has_beside(form: Form, name: Name, thing: Packed) -> bool:
    """Whether this is "Paris Texas", the name followed by that of something that the thing has to do with."""
    own = tuple(name.core.split())
    after = form.core_words[len(own) :]
    return bool(after) and form.core_words[: len(own)] == own and "".join(after) in thing.context


def _fit(form: Form, name: Name, *, prefix: bool) -> float:
    whole = compact(name.folded)
    if form.whole == whole:
        return SAME
    others = () if form.cyrillic else name.others
    if whole in form.wholes or form.whole in others:
        return _RESPELT
    short = compact(name.core)
    if short in form.cores or form.core in others:
        score = _WITHOUT_SORT if form.core == form.whole or short == whole else _OTHER_SORT
        return score if form.core == short else score - _LESS_RESPELT
    if not form.meant.isdisjoint((whole, short)):
        return _MEANT
    best = contained(form, name)
    if _digits(form.whole) == _digits(whole):
        best = max(best, _misspelt(form, whole, short), _in_other_order(form, name))
    if best < _INITIALS and len(form.words) == 1 and form.whole[:1] == whole[:1]:
        best = _INITIALS if form.whole in initials(tuple(name.folded.split())) else best
    return max(best, _begun(form, name, whole)) if prefix else best


def misspelt(letters: int, length: int) -> float:
    """The score of a name in which so many letters of so many are wrong."""
    return _MISSPELT * (1 - letters / max(length, letters))


def _misspelt(form: Form, whole: str, short: str) -> float:
    share = _nearest(form.wholes | form.meant, whole)
    if form.core != form.whole or short != whole:
        without = _nearest(form.cores, short)
        return max(_MISSPELT * share, _OTHER_SORT * without)
    return _MISSPELT * share


def _digits(text: str) -> list[str]:
    """The digits of a text: another number is no misspelling."""
    return [] if text.isalpha() else sorted(one for one in text if one.isdigit())


def _nearest(texts: frozenset[str], text: str) -> float:
    return max([OSA.normalized_similarity(one, text, score_cutoff=_ALIKE) for one in texts])


def _in_other_order(form: Form, name: Name) -> float:
    if len(form.words) == 1 or " " not in name.folded:
        return 0
    return _REORDERED * OSA.normalized_similarity(
        form.in_order, "".join(sorted(name.folded.split())), score_cutoff=_ALIKE
    )


def contained(form: Form, name: Name) -> float:
    """The points of a name whose words are among those that are asked for, or the other way round; else 0."""
    own, asked = set(name.folded.split()), set(form.words)
    common = own & asked
    if common not in (own, asked) or common <= SMALL:
        return 0
    share = _letters(common) / max(_letters(own), _letters(asked), 1)
    return _LEAST_CONTAINED + (MOST_CONTAINED - _LEAST_CONTAINED) * share


def _letters(words: set[str]) -> int:
    return sum(map(len, words))


def _begun(form: Form, name: Name, whole: str) -> float:
    found = [80 + 15 * len(form.whole) / len(one) for one in (whole, *name.others) if one.startswith(form.whole)]
    words = f" {name.folded}"
    found += [70 + 15 * len(form.whole) / len(whole)] if f" {form.folded}" in words else []
    if not found and len(form.whole) > _TOO_SHORT:
        share = OSA.normalized_similarity(form.whole, whole[: len(form.whole)], score_cutoff=_ALIKE)
        found += [_MISSPELT_BEGINNING * share]
    return max(found, default=0)
