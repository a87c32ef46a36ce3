"""What a query asks for, in whichever version of the API."""

from __future__ import annotations

from dataclasses import dataclass

from mreze.matching.model import Condition
from mreze.serve.reconcile.limits import USUAL


@dataclass(frozen=True, slots=True)
class Named:
    """What the thing is said to be called."""

    values: tuple[str, ...]
    """Names, or ids."""
    required: bool = False
    """Whether a thing that is called otherwise is no candidate."""
    quantifier: str = "any"
    """How many of the values it has to be called: "any", "all" or "none"."""
    by_id: bool = False
    """Whether the values are ids, and no names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query."""

    names: tuple[Named, ...] = ()
    types: tuple[str, ...] = ()
    """IRIs of classes."""
    every_type: bool = False
    """Whether a thing has to be of all of them; else one is enough."""
    conditions: tuple[Condition, ...] = ()
    limit: int = USUAL
    language: str | None = None
    """Which language its words are in, where it says so."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not (any(one.values for one in self.names) or self.conditions)
