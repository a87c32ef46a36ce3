"""A thing as it is kept in an index: with its names as they are written and as they are compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from mreze.matching.folding import compact, respelt
from mreze.matching.model import Entry, Kind, Label
from mreze.matching.words import core

_KINDS: Final = tuple(Kind)


class Name(NamedTuple):
    """A name of a thing, ready to be compared; one is made for each that is looked at, so it is a plain tuple."""

    folded: str
    core: str
    """Folded, without the words that say the sort."""
    others: Sequence[str]
    """Its other spellings, folded, without spaces."""
    kind: int
    """Place among the kinds of names, the best first."""
    text: str
    language: str

    @property
    def label(self) -> Label:
        """As it is written."""
        return Label(self.text, self.language, _KINDS[self.kind])


@dataclass(slots=True)
class Packed:
    """A thing, of which no more is unpacked than is looked at."""

    names: list[Name]
    context: list[str]
    iri: str
    _rest: tuple[list[str], list[str], list[str]]

    @property
    def entry(self) -> Entry:
        """The thing itself."""
        types, classes, identifiers = map(tuple, self._rest)
        return Entry(self.iri, tuple(one.label for one in self.names), types, classes, identifiers, tuple(self.context))


def name_of(label: Label) -> Name:
    """A label, ready to be compared."""
    folded, *others = respelt(label.text) or ("",)
    short = " ".join(core(tuple(folded.split())))
    return Name(folded, short, tuple(map(compact, others)), _KINDS.index(label.kind), label.text, label.language)


def named(labels: Sequence[Label]) -> Packed:
    """A thing of which nothing but its names is known."""
    return Packed([name_of(one) for one in labels], [], "", ([], [], []))


def pack(entry: Entry, names: Sequence[Name]) -> bytes:
    """The bytes of a thing."""
    content = [entry.iri, names, entry.context, entry.types, entry.classes, entry.identifiers]
    return _ENCODE(content).encode("utf-8", "surrogatepass")


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def iri_of(content: bytes) -> str:
    """The IRI of the thing of these bytes, which they begin with; IRIs hold nothing that is escaped."""
    return content[2 : content.index(b'"', 2)].decode()


def unpack(content: bytes) -> Packed:
    """The thing of these bytes."""
    read: list[Any] = json.loads(content.decode("utf-8", "surrogatepass"))
    iri, names, context, *rest = read
    return Packed([Name(*one) for one in names], context, iri, (rest[0], rest[1], rest[2]))
