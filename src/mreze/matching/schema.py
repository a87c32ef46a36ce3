"""The form of an index on disk.

index/
    index.json   version, base, prefixes, and of every other file its size and sha256
    …            what tantivy writes: one document a thing, whose fields are the terms that it is found by

The fields: `id` identifiers (identifiers.py) · `name` whole names, folded, without spaces · `core` the same without
the words that say the sort · `initials` what the names may be abbreviated to · `word` the words · `start` the first
letters of names and words · `class` IRIs of classes · `thing` the entry itself, which packing.py reads.
"""

from __future__ import annotations

from typing import Final

import tantivy

DESCRIPTION: Final = "index.json"
VERSION: Final = 1
"""Of the form; a reader opens no other."""
TERMS: Final = ("id", "name", "core", "initials", "word", "start", "class")
THING: Final = "thing"
LONGEST_TERM: Final = 120
"""Characters of a folded name that it is found by."""
LONGEST_START: Final = 2
"""So many first letters are terms of their own: whatever begins with one letter is too much to look through."""


def schema() -> tantivy.Schema:
    """The schema."""
    builder = tantivy.SchemaBuilder()
    for name in TERMS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.add_bytes_field(THING, stored=True).build()
