"""A thing as a document of an index: the terms that it is found by, and itself."""

from __future__ import annotations

from collections.abc import Iterable

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
from mreze.matching.words import great, initials


def document(thing: Entry | bytes) -> tantivy.Document:
    """The document of a thing, or of one as it is kept in another index (`packing.py`)."""
    packed, content = (unpack(thing), thing) if isinstance(thing, bytes) else pack(thing)
    written = tantivy.Document()
    written.extend(_terms(packed), None)
    written.add_unsigned(SIZE, min((len(compact(one.folded)) for one in packed.names), default=0))
    written.add_bytes(THING, content)
    return written


def _terms(thing: Packed) -> dict[str, list[str]]:
    """What the thing is found by, by field."""
    found = {
        "id": list({form for one in (thing.iri, *thing.identifiers) for form in forms(one)}),
        "class": list(thing.classes),
    }
    heard = set(map(sound, thing.context))
    if thing.names:  # most things of a large site may have none
        # The same name in other letters, or in another language, is found by the same.
        heard |= _named({(one.folded, tuple(one.others)): one for one in thing.names}.values(), found)
    found[SOUND] = _cut(heard)
    return {field: terms for field, terms in found.items() if terms}


def _named(names: Iterable[Name], found: dict[str, list[str]]) -> set[str]:
    """Put what the names are found by; return what their words sound like."""
    wholes, cores, short, words, counted = set[str](), set[str](), set[str](), set[str](), set[str]()
    for one in names:
        parts = tuple(one.folded.split())
        words.update(parts)
        counted.update(all_counted(parts))
        wholes.add("".join(parts))
        wholes.update(one.others)
        short.update(initials(parts))
        if one.core != one.folded:
            cores.add(compact(one.core))
    beginnings = {one[:length] for one in words | wholes for length in range(1, LONGEST_START + 1)}
    found["name"], found["core"], found["initials"] = _cut(wholes), _cut(cores), list(short)
    found["word"], found["start"], found["words"] = _cut(words), list(beginnings), list(counted)
    return set(map(sound, great(words)))


def _cut(terms: set[str]) -> list[str]:
    return [one[:LONGEST_TERM] for one in terms]
