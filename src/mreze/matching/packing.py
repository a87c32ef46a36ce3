"""A thing as it is kept in an index: with its names as they are written and as they are compared."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from mreze.matching.folding import compact, respelt
from mreze.matching.model import Entry, Kind, Label
from mreze.matching.words import core

_KINDS: Final = {kind: place for place, kind in enumerate(Kind)}
_OF_PLACE: Final = tuple(Kind)
_KEPT: Final = 1 << 12
"""Names that are remembered: the same one is written in several languages, or borne by several things."""


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
        return Label(self.text, self.language, _OF_PLACE[self.kind])


class Packed(NamedTuple):
    """A thing as it is kept, in the order of its JSON."""

    iri: str
    names: Sequence[Name]
    context: Sequence[str]
    types: Sequence[str]
    classes: Sequence[str]
    identifiers: Sequence[str]

    @property
    def entry(self) -> Entry:
        """The thing itself."""
        labels = tuple(one.label for one in self.names)
        rest = tuple(self.types), tuple(self.classes), tuple(self.identifiers), tuple(self.context)
        return Entry(self.iri, labels, *rest)


def name_of(label: Label) -> Name:
    """A label, ready to be compared."""
    return Name(*_compared(label.text), _KINDS[label.kind], label.text, label.language)


@lru_cache(_KEPT)
def _compared(text: str) -> tuple[str, str, tuple[str, ...]]:
    folded, *others = respelt(text) or ("",)
    return folded, " ".join(core(tuple(folded.split()))), tuple(map(compact, others))


def named(labels: Sequence[Label]) -> Packed:
    """A thing of which nothing but its names is known."""
    return Packed("", [name_of(one) for one in labels], (), (), (), ())


def pack(entry: Entry) -> tuple[Packed, bytes]:
    """A thing as it is kept, and its bytes."""
    packed = Packed(
        entry.iri, [name_of(one) for one in entry.labels], entry.context, entry.types, entry.classes, entry.identifiers
    )
    return packed, _ENCODE(packed).encode("utf-8", "surrogatepass")


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def iri_of(content: bytes) -> str:
    """The IRI of the thing of these bytes, which they begin with; IRIs hold nothing that is escaped."""
    return content[2 : content.index(b'"', 2)].decode()


def unpack(content: bytes) -> Packed:
    """The thing of these bytes."""
    iri, names, context, types, classes, identifiers = json.loads(content.decode("utf-8", "surrogatepass"))
    return Packed(iri, [Name(*one) for one in names], context, types, classes, identifiers)
