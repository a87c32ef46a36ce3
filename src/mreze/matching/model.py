"""What can be found by name, what is asked for, and what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol


class Kind(StrEnum):
    """What sort of name a label is; the first are the better ones."""

    PREFERRED = "preferred"
    ALTERNATIVE = "alternative"
    FORMER = "former"


class Label(NamedTuple):  # as many are made as things have names, and that is quick with tuples
    """A name in one language."""

    text: str
    language: str
    """A language tag in lower case; "" where the name is of no language."""
    kind: Kind = Kind.PREFERRED


class Entry(NamedTuple):  # as many are made as there are things
    """A thing that can be found."""

    iri: str
    labels: tuple[Label, ...]
    """All its names."""
    types: tuple[str, ...]
    """IRIs of the classes that the data say it is of, without those that these are subclasses of."""
    classes: tuple[str, ...]
    """IRIs of all its classes, superclasses included."""
    identifiers: tuple[str, ...] = ()
    """IRIs of the same thing elsewhere, and codes."""
    context: tuple[str, ...] = ()
    """Names of what it refers to (its country, its seat) and of its classes: hints tell namesakes apart by them."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A value that the thing is said to have."""

    property: str
    """IRI of the property."""
    values: tuple[str, ...]
    """Texts, or IRIs or ids of things."""
    required: bool = False
    """Whether a thing without it is no candidate."""
    quantifier: str = "any"
    """Which of the values it has to have: "any", "all" or "none"."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    text: str
    """A name, an IRI, a prefixed name or an identifier."""
    types: tuple[str, ...] = ()
    """IRIs of classes: only things of one of them; all if empty."""
    conditions: tuple[Condition, ...] = ()
    limit: int = 10
    """At most so many candidates."""
    prefix: bool = False
    """Whether the text may be the beginning of a name that is still being typed."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that was found."""

    entry: Entry
    label: Label
    """The name that fits best."""
    score: float
    """From 0 to 100."""
    match: bool
    """Whether it is certain enough to be taken without a look at it."""
    features: tuple[tuple[str, float], ...] = ()
    """What the score is made of: name, and a number from 0 to 100."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a thing has."""

    text: str
    """Its lexical form; of a thing its name in the language asked for."""
    iri: str = ""
    """Of a thing: its IRI."""
    names: tuple[str, ...] = ()
    """Of a thing: all its names and identifiers."""
    datatype: str = ""
    """Of a literal: the IRI of its datatype."""


class Facts(Protocol):
    """Knows what things are said to be."""

    def values(self, iri: str, prop: str) -> Sequence[Value]:
        """The values of a property of a thing; none where it has none or nobody knows the property."""


class Index(Protocol):
    """Finds things by name."""

    def find(self, wanted: Wanted, facts: Facts | None = None) -> list[Candidate]:
        """The candidates, the best first; without `facts` conditions say nothing."""

    def entry(self, iri: str) -> Entry | None:
        """The thing of that IRI, or None."""


class WideIndex(Index, Protocol):
    """Finds more, for people who look at it."""

    def look(self, wanted: Wanted) -> list[Candidate]:
        """What has the words somewhere, as they are or as they sound, the best first; none of it is certain."""
