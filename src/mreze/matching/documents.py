"""A thing as a document of an index: the terms that it is found by, and itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import tantivy

from mreze.matching.folding import compact
from mreze.matching.identifiers import forms
from mreze.matching.model import Entry
from mreze.matching.packing import Name, Packed, pack, unpack
from mreze.matching.schema import (
    LONGEST_START,
    LONGEST_TERM,
    SIZE,
    SOUND,
    THING,
    all_counted,
)
from mreze.matching.sounds import sound
from mreze.matching.words import SMALL, initials

_STARTS: Final = range(1, LONGEST_START + 1)


def document(thing: Entry | bytes) -> tantivy.Document:
    """The document of a thing, or of one as it is kept in another index (`packing.py`)."""
    packed, content = (unpack(thing), thing) if isinstance(thing, bytes) else pack(thing)
    written = tantivy.Document()
    written.extend(_terms(packed), None)
    written.add_unsigned(SIZE, min([len(compact(one.folded)) for one in packed.names]) if packed.names else 0)
    written.add_bytes(THING, content)
    return written


def _terms(thing: Packed) -> dict[str, list[str]]:
    """What the thing is found by, by field."""
    ids = set(forms(thing.iri)).union(*map(forms, thing.identifiers))
    found = {"id": list(ids), "class": list(thing.classes)}
    heard = set(map(sound, thing.context))
    if thing.names:  # most things of a large site may have none
        # The same name in other letters, or in another language, is found by the same.
        heard |= _named({(one.folded, tuple(one.others)): one for one in thing.names}.values(), found)
    found[SOUND] = _cut(heard)
    return found


def _named(names: Iterable[Name], found: dict[str, list[str]]) -> set[str]:
    """Put what the names are found by; return what their words sound like."""
    wholes, cores, words, short, counted = set(), set(), set(), set(), set()
    for one in names:
        parts = tuple(one.folded.split())
        words |= {*parts}
        wholes |= {"".join(parts), *one.others}
        if one.core != one.folded:
            cores.add(compact(one.core))
        counted |= all_counted(parts)
        short |= {*initials(parts)}
    beginnings = {one[:length] for one in words | wholes for length in _STARTS}
    found["name"], found["core"], found["initials"] = _cut(wholes), _cut(cores), list(short)
    found["word"], found["start"], found["words"] = _cut(words), list(beginnings), list(counted)
    return set(map(sound, words - SMALL))


def _cut(terms: set[str]) -> list[str]:
    return [one[:LONGEST_TERM] for one in terms]
