"""Write an index."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import tantivy

from mreze.matching.folding import compact
from mreze.matching.identifiers import forms
from mreze.matching.model import Entry
from mreze.matching.packing import Name, name_of, pack
from mreze.matching.schema import (
    DESCRIPTION,
    LONGEST_START,
    LONGEST_TERM,
    SIZE,
    SOUND,
    THING,
    VERSION,
    all_counted,
    schema,
)
from mreze.matching.sounds import sound
from mreze.matching.words import great, initials
from mreze.release import digest

_MEMORY: Final = 256 << 20
"""Bytes that may wait to be written."""


def write_index(folder: Path, entries: Iterable[Entry], base: str, prefixes: Mapping[str, str]) -> int:
    """Write an index of things.

    Args:
        folder: where; it is made.
        entries: the things; one after the other, so that there may be many.
        base: the IRI that ids are relative to, `<base>id/` of the site.
        prefixes: namespaces that identifiers may be written with, by prefix.

    Returns:
        How many things there are.
    """
    folder.mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(folder), reuse=False)
    writer = index.writer(_MEMORY, 1)  # one thread: things of one score keep the order they come in
    count = 0
    for entry in entries:
        writer.add_document(_document(entry))
        count += 1
    writer.commit()
    writer.wait_merging_threads()
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()
    described = {"version": VERSION, "base": base, "prefixes": dict(prefixes), "things": count, "files": _files(folder)}
    (folder / DESCRIPTION).write_text(
        json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )
    return count


def _document(entry: Entry) -> tantivy.Document:
    names = tuple(name_of(one) for one in entry.labels)
    document = tantivy.Document()
    document.extend(_terms(entry, names), None)
    document.add_unsigned(SIZE, min((len(compact(one.folded)) for one in names), default=0))
    document.add_bytes(THING, pack(entry, names))
    return document


def _terms(entry: Entry, names: tuple[Name, ...]) -> dict[str, list[str]]:
    """What the thing is found by, by field."""
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
    return {
        "id": list({form for one in (entry.iri, *entry.identifiers) for form in forms(one)}),
        "name": _cut(wholes),
        "core": _cut(cores),
        "initials": list(short),
        "word": _cut(words),
        "start": list(beginnings),
        "class": list(entry.classes),
        "words": list(counted),
        SOUND: _cut({sound(one) for one in (*great(words), *entry.context)}),
    }


def _cut(terms: set[str]) -> list[str]:
    return [one[:LONGEST_TERM] for one in terms]


def _files(folder: Path) -> dict[str, dict[str, int | str]]:
    return {path.name: {"bytes": path.stat().st_size, "sha256": digest(path)} for path in sorted(_written(folder))}


def _written(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file())
