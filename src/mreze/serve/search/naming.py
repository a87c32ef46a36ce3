"""Names of what was found, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mreze.matching.folding import fold
from mreze.matching.model import Entry, Kind, Label
from mreze.namespaces import PREFIXES
from mreze.serve.reconcile.ids import to_id
from mreze.serve.reconcile.terms import Term
from mreze.texts import pick

_ANYTHING: Final = PREFIXES["prov"] + "Entity"
"""A class that says nothing of what a thing is."""


@dataclass(frozen=True, slots=True)
class Namer:
    """Says what things and their classes are called."""

    language: str
    base: str
    """The base IRI of the site."""
    types: Mapping[str, Term]
    """The classes by IRI."""

    def name(self, entry: Entry) -> Label:
        """What a thing is called in the language, or in one that is near to it; without any name its id."""
        for labels in ([one for one in entry.labels if one.kind is Kind.PREFERRED], entry.labels):
            texts = {one.language: one.text for one in reversed(labels)}
            if texts:
                text = pick(texts, self.language)
                tags = [self.language, *(one.language for one in labels)]
                return Label(text, next(one for one in tags if texts.get(one) == text))
        return Label(to_id(entry.iri, self.base), "")

    def spelling(self, entry: Entry, label: Label) -> Label:
        """A name as the reader's language writes it: the thing's name in that, if both differ in the script alone."""
        name = self.name(entry)
        return name if fold(name.text) == fold(label.text) else label

    def kinds(self, entry: Entry) -> list[tuple[str, str]]:
        """The classes of a thing: IRI and name, each name once."""
        names = {self.kind(one): one for one in reversed(entry.types)}
        return [(iri, name) for name, iri in reversed(names.items())]

    def words(self, entry: Entry) -> list[str]:
        """What a thing is, in words: of its classes those that have a name."""
        named = [(iri, name) for iri, name in self.kinds(entry) if iri in self.types and self.types[iri].labels]
        telling = [name for iri, name in named if iri != _ANYTHING]
        return telling or [name for _, name in named]

    def kind(self, iri: str) -> str:
        """What a class is called."""
        known = self.types.get(iri)
        return known.name(self.language) if known else iri

    def distinct(self, kinds: Iterable[tuple[Term, int]]) -> list[tuple[Term, str, int]]:
        """Classes that have a name, and how many things are of each, the largest first; of those of one name one."""
        found: dict[str, tuple[Term, str, int]] = {}
        for one, count in sorted(kinds, key=lambda pair: (-pair[1], pair[0].iri)):
            if one.labels and one.iri != _ANYTHING:
                name = one.name(self.language)
                found.setdefault(name.casefold(), (one, name, count))
        return list(found.values())
