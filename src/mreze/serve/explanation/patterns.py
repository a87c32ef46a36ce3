"""What a query asks for: triple patterns, conditions, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mreze.serve.explanation.terms import Term

_ALTERNATIVES: Final = re.compile(r"\|\||!|\b(?:IN|EXISTS|IF|COALESCE)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern; its verb is a term, or a path as it is written."""

    subject: Term
    verb: Term
    object: Term
    path: tuple[Term, ...] = ()
    """The properties of a path."""

    @property
    def text(self) -> str:
        """As a query has it; blank nodes as variables, so that patterns can stand apart."""
        return f"{self.subject.text} {self.verb.text} {self.object.text}"

    @property
    def shown(self) -> str:
        """As people wrote it, more or less."""
        return " ".join("[]" if one.is_blank else one.text for one in (self.subject, self.verb, self.object))

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that stands in it."""
        return (self.subject, *(self.path or (self.verb,)), self.object)


@dataclass(frozen=True, slots=True)
class Element:
    """One part of a group: a triple pattern, or what a keyword begins."""

    kind: str
    """triple, filter, bind, values, optional, minus, graph, service, lateral, union, select."""
    text: str
    pattern: Pattern | None = None
    term: Term | None = None
    """The graph of GRAPH, the endpoint of SERVICE."""
    groups: tuple[Group, ...] = ()
    variables: tuple[str, ...] = ()
    """What gets a value here: of BIND, VALUES and a subquery."""
    terms: tuple[Term, ...] = ()
    """Of FILTER, BIND and VALUES: the terms in it, functions and datatypes left out."""
    rows: tuple[tuple[Term | None, ...], ...] = ()
    """Of VALUES: its rows."""

    @property
    def is_strict(self) -> bool:
        """Whether a condition fails as soon as one part of it does."""
        return self.kind == "filter" and not _ALTERNATIVES.search(self.text)


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between two braces."""

    elements: tuple[Element, ...]

    def walk(self) -> Iterator[Element]:
        """All elements, those of inner groups after what holds them."""
        for element in self.elements:
            yield element
            for group in element.groups:
                yield from group.walk()


@dataclass(frozen=True, slots=True)
class Query:
    """A query, read."""

    prologue: str
    """Its text up to the keyword."""
    form: str
    head: str
    """Its text from the keyword to the group."""
    projected: tuple[str, ...]
    """The variables that are asked for by name."""
    resources: tuple[Term, ...]
    """What a DESCRIBE names."""
    where: Group
    modifiers: str
    """What follows the group."""
    prefixes: dict[str, str] = field(default_factory=dict)
