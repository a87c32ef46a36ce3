"""Candidates as people decide of them: a row of the table that they review."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Decision(StrEnum):
    """What a person says of a candidate."""

    OPEN = ""
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of data/links/candidates.tsv; its fields are the columns, in this order."""

    thing: str
    """IRI."""
    candidate: str
    """IRI."""
    score: float
    why: str
    name: str = ""
    """Of the candidate, where it is described."""
    description: str = ""
    link: str = ""
    """The property that a link is to have, owl:sameAs, schema:sameAs or skos:exactMatch; "" leaves it to the thing."""
    decision: Decision = Decision.OPEN
    by: str = ""
    """Who decided."""
    on: str = ""
    """The day of that, as ISO 8601 has it."""
    note: str = ""
