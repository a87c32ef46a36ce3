"""A thing as it is kept in an index: with its names as they are written and as they are compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from mreze.matching.folding import compact, respelt
from mreze.matching.model import Entry, Kind, Label
from mreze.matching.words import core

_KINDS: Final = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a thing, ready to be compared."""

    label: Label
    folded: str
    core: str
    """Folded, without the words that say the sort."""
    others: tuple[str, ...] = ()
    """Folded forms of its other spellings, without spaces."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A thing and its names."""

    entry: Entry
    names: tuple[Name, ...]


def name_of(label: Label) -> Name:
    """A label, ready to be compared."""
    folded, *others = respelt(label.text)
    return Name(label, folded, " ".join(core(tuple(folded.split()))), tuple(compact(one) for one in others))


def pack(entry: Entry, names: tuple[Name, ...]) -> bytes:
    """The bytes of a thing."""
    written = [
        [one.label.text, one.label.language, _KINDS.index(one.label.kind), one.folded, one.core, one.others]
        for one in names
    ]
    content = [entry.iri, written, entry.types, entry.classes, entry.identifiers, entry.context]
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(content: bytes) -> Packed:
    """The thing of these bytes."""
    iri, written, types, classes, identifiers, context = json.loads(content.decode("utf-8", "surrogatepass"))
    names = tuple(
        Name(Label(text, language, _KINDS[kind]), folded, short, tuple(others))
        for text, language, kind, folded, short, others in written
    )
    labels = tuple(one.label for one in names)
    entry = Entry(iri, labels, tuple(types), tuple(classes), tuple(identifiers), tuple(context))
    return Packed(entry, names)
