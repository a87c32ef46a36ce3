"""What an explanation says: one reason why a query finds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mreze.texts import Text

Kind = Literal[
    "class", "property", "prefix", "graph", "iri", "language", "literal",
    "variable", "pattern", "combination", "condition", "modifier", "inference",
]  # fmt: skip
"""What of a query a reason is about."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A reason."""

    name: str
    """What of the query it is about: an IRI, a language tag, a variable, or a piece of its text."""
    kind: Kind
    message: Text
    similar: str | None = None
    """What may have been meant in its place."""
    is_iri: bool = True
    """Whether that is an IRI, or a piece of text for the query."""
    settles: bool = True
    """Whether nothing can be found because of it, as long as the part of the query that has it is not optional."""

    @property
    def suggestion(self) -> str | None:
        """What may have been meant, as people read it."""
        return f"<{self.similar}>" if self.similar and self.is_iri else self.similar
