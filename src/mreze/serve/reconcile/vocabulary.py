"""What clients may name: the classes, properties and things of a release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mreze.serve.reconcile.ids import to_iris
from mreze.serve.reconcile.terms import Term, read_term


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of one release."""

    types: Mapping[str, Term]
    """By IRI, those of most things first."""
    properties: Mapping[str, Term]
    """By IRI, likewise."""
    prefixes: Mapping[str, str]
    """The namespaces of the site by prefix."""
    base: str
    """The base IRI of the site."""
    knows: Callable[[str], bool]
    """Whether there is a thing of an IRI."""

    def type(self, name: str, place: str) -> Term:
        """The class that a client means.

        Raises:
            BadRequest: there is none; see `read_term`.
        """
        return read_term(name, self.types, self.prefixes, place, "type")

    def property(self, name: str, place: str) -> Term:
        """The property that a client means, likewise."""
        return read_term(name, self.properties, self.prefixes, place, "property")

    def thing(self, id_: str) -> str:
        """The IRI of the thing that an id names; the id itself where there is no such thing."""
        return next((one for one in to_iris(id_, self.base) if self.knows(one)), id_)
