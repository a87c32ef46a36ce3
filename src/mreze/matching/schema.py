"""The form of an index on disk.

index/
    index.json   version, base, prefixes, of every other file its size and sha256; what made it, and of which portions
                 (portions.py)
    …            what tantivy writes: one document a thing, whose fields are the terms that it is found by

The fields: `id` identifiers (identifiers.py) · `name` whole names, folded, without spaces · `core` the same without
the words that say the sort · `initials` what the names may be abbreviated to · `word` the words · `start` the first
letters of names and words · `class` IRIs of classes · `words` each word that says something with how many the name
has in all, as `counted` writes it · `sound` what the words sound like, and the names of what it has to do with
(sounds.py) · `size` letters of the shortest name, to put things in order by · `thing` the entry itself, which
packing.py reads.
"""

from __future__ import annotations

from typing import Final

import tantivy

from mreze.matching.words import great

SOUND: Final = "sound"
DESCRIPTION: Final = "index.json"
VERSION: Final = 3
"""Of the form."""
READ: Final = frozenset({2, VERSION})
"""Versions that can be read; 2 has no sounds."""
TERMS: Final = ("id", "name", "core", "initials", "word", "start", "class", "words", SOUND)
SIZE: Final = "size"
THING: Final = "thing"
LONGEST_TERM: Final = 120
"""Characters of a folded name that it is found by."""
LONGEST_START: Final = 2
"""So many first letters are terms of their own: whatever begins with one letter is too much to look through."""
MOST_COUNTED: Final = 20
"""Words of a name; of longer ones they are not counted."""
_APART: Final = 3
"""So many letters say how many words there are: another number differs in more letters than a misspelt word may."""


def schema() -> tantivy.Schema:
    """The schema."""
    builder = tantivy.SchemaBuilder()
    for name in TERMS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(SIZE, fast=True)
    return builder.add_bytes_field(THING, stored=True).build()


def counted(word: str, count: int) -> str:
    """The term of a word that stands in a name of so many words."""
    return word[:LONGEST_TERM] + chr(ord("A") + count) * _APART


def all_counted(words: tuple[str, ...]) -> set[str]:
    """The terms of the words of a name."""
    telling = great(words)
    return {counted(one, len(telling)) for one in telling} if len(telling) <= MOST_COUNTED else set()
