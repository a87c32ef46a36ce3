"""What is matched, found, decided, compared and sent back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from pyoxigraph import BlankNode, Literal, NamedNode

from mreze.gather.candidates import Candidate as Candidate
from mreze.gather.candidates import Decision as Decision
from mreze.gather.origins import of_wikimedia
from mreze.matching.model import Label

Read = TypeVar("Read")
Row = Mapping[str, NamedNode | Literal | BlankNode]
"""A solution: what the variables that are bound stand for."""


class Web(Protocol):
    """Asks services over HTTP: politely, again where that helps, and not what the snapshot knows."""

    def get(self, address: str, parameters: Mapping[str, str], read: Callable[[bytes], Read], accept: str = "") -> Read:
        """What the answer to a GET says.

        Args:
            address: of the service.
            parameters: of the query, in no order.
            read: makes sense of the body; a ValueError tells that the answer is none: it is not kept, and asked again.
            accept: the Accept header.

        Raises:
            GatherError: there is no answer that can be read; says where, what came, and what to do.
        """

    def post(self, address: str, form: Mapping[str, str], read: Callable[[bytes], Read], accept: str = "") -> Read:
        """What the answer to a form says; as `get`."""

    def exists(self, address: str, accept: str = "") -> bool | None:
        """Whether there is something at an address; None where nobody can be reached."""


@dataclass(frozen=True, slots=True)
class Variables:
    """What an answer must have: it is one to another question if it has other variables, or lacks these in a row."""

    things: tuple[str, ...] = ()
    """Each row has them, and each is an IRI."""
    terms: tuple[str, ...] = ()
    """Each row has them."""
    others: tuple[str, ...] = ()
    """A row may lack them."""
    either: tuple[tuple[str, ...], ...] = ()
    """Of these groups of the others each row has one whole."""


class Endpoint(Protocol):
    """A SPARQL endpoint, asked as politely."""

    def select(self, query: str, variables: Variables | None = None) -> list[Row]:
        """The solutions.

        Args:
            query: a SELECT.
            variables: those that it asks for; None where they are not known.

        Raises:
            GatherError: there is no answer to it that can be read.
        """


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the Earth (WGS 84), in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the site that may be described elsewhere too."""

    iri: str
    labels: tuple[Label, ...]
    """All its names, the preferred ones first."""
    classes: tuple[str, ...]
    """IRIs of the classes that the data say it is of."""
    types: tuple[str, ...] = ()
    """What Wikidata calls these, entity IRIs, the closest first."""
    countries: tuple[str, ...] = ()
    """IRIs of its country, here and elsewhere, and its ISO 3166-1 codes."""
    point: Point | None = None
    homepages: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """IRIs of the same thing elsewhere."""
    codes: tuple[str, ...] = ()
    """Its own codes, ISO's of a country."""
    years: tuple[int, ...] = ()
    """In which it was founded."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something elsewhere that may be the same as a thing."""

    iri: str
    name: str
    description: str
    score: float
    """From 0 to 100."""
    why: tuple[str, ...]
    """What speaks for it and against it, each a clause: "name “X” (100)", "other country: Q40"."""


class Rank(StrEnum):
    """How good a statement is said to be, here as there (wikibase:rank)."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that Wikidata describes."""

    iri: str
    """Of the entity, http://www.wikidata.org/entity/Q…"""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as precise as it is known: 1990, 2007-05, 2007-05-10; there also a decade (199) or a century (19)."""

    text: str
    """The digits that are known, of the proleptic Gregorian calendar."""
    julian: bool = field(default=False, compare=False, repr=False)
    """Whether it stands there in the Julian calendar, and is only shown in the Gregorian one."""
    certain: bool = field(default=True, compare=False, repr=False)
    """Whether what a tool writes for these digits is what is stored there."""


@dataclass(frozen=True, slots=True)
class Address:
    """A URL."""

    url: str


@dataclass(frozen=True, slots=True)
class NoValue:
    """There is none, explicitly (wikibase:novalue)."""


@dataclass(frozen=True, slots=True)
class SomeValue:
    """There is one that nobody knows (wikibase:somevalue)."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A thing of the site that has no link to Wikidata."""

    iri: str


Value = Item | Moment | Address | NoValue | SomeValue | Unlinked


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why the site says something: a source and, where they are kept, its words."""

    source: str
    """IRI of the source."""
    title: str
    url: str
    """Where the source is read; "" where it has no address."""
    read: str
    """The day on which it was, as ISO 8601 has it; "" where nobody says."""
    quote: str = ""
    language: str = ""
    """Of the quote, a language tag in lower case."""
    derived: bool = False
    """Whether it comes from Wikidata or another Wikimedia project: nothing to send back as evidence of one's own."""


@dataclass(frozen=True, slots=True)
class Ours:
    """A statement of the site in Wikidata's terms."""

    subject: str
    """IRI of the thing."""
    item: str
    """IRI of the entity that it is linked to; "" where it is linked to none."""
    property: str
    """P463"""
    value: Value
    thing: str = ""
    """IRI of the value where it is a thing of the site."""
    rank: Rank = Rank.NORMAL
    qualifiers: Mapping[str, Value] = field(default_factory=dict)
    """By property: P580, P582."""
    evidence: tuple[Evidence, ...] = ()

    def own_evidence(self) -> tuple[Evidence, ...]:
        """What of it does not come from Wikidata or another Wikimedia project: only that may be sent there."""
        return tuple(one for one in self.evidence if not one.derived)


@dataclass(frozen=True, slots=True)
class Reference:
    """What Wikidata gives as the source of a statement."""

    url: str = ""
    """P854."""
    stated_in: str = ""
    """P248, the IRI of an entity."""
    imported_from: str = ""
    """P143, the IRI of an entity: a Wikimedia project."""
    retrieved: str = ""
    """P813."""
    identifiers: tuple[str, ...] = ()
    """Properties that identify a record in some register, P1566: a source too."""

    @property
    def sourced(self) -> bool:
        """Whether it names a source, rather than another Wikimedia project."""
        return bool((self.url and not of_wikimedia(self.url)) or self.stated_in or self.identifiers)


@dataclass(frozen=True, slots=True)
class Theirs:
    """A statement of Wikidata."""

    iri: str
    """Of the statement."""
    item: str
    property: str
    value: Value
    name: str = ""
    """Of the value, where it is an item."""
    rank: Rank = Rank.NORMAL
    qualifiers: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()


class Difference(StrEnum):
    """How what the site says and what Wikidata says differ."""

    AGREES = "agrees"
    MISSING_THERE = "missing there"
    MISSING_HERE = "missing here"
    CONTRADICTORY = "contradictory"
    UNLINKED = "unlinked"
    """It cannot be told: the thing, or the value, has no link."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A statement here beside what stands there."""

    difference: Difference
    property: str
    about: str
    """What of the statement: "value", "reference", or a qualifier's property, P580."""
    ours: tuple[Ours, ...]
    """What the site says, the best first; more where its sources disagree."""
    theirs: tuple[Theirs, ...]
    reason: str
    """One sentence in English for whoever looks at it."""
