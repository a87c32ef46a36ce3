"""Why two statements are said to differ, in the sentences that are shown to whoever decides."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from mreze.gather.model import Ours


class Reason(StrEnum):
    """A sentence; a difference has one or more of them. Their Serbian stands with all that mreze says."""

    AGREES = "Both say so."
    FINER_HERE = "There it is less precise."
    FINER_THERE = "There it is more precise."
    OTHER_SOURCE = "Another of our sources says so too."
    NOT_THERE = "Wikidata does not say it."
    UNKNOWN_THERE = "There it is said to be unknown."
    NO_SOURCE_THERE = "There it has no source, or only a Wikimedia project."
    ONLY_THERE = "The site does not say it."
    ENDED = "The site does not say it; it has ended."
    ENDED_ONLY_THERE = "There it has ended, which our sources do not say: none of them is added."
    LOWER_RANK = "Wikidata says it too, but prefers another value."
    SECOND = "There it is stated once more."
    PERHAPS_UNLINKED = "Perhaps it is a thing of the site that has no link yet."
    DIFFERS = "Wikidata says something else."
    NONE_THERE = "Wikidata says that there is none."
    NONE_HERE = "The site says that there is none."
    DEPRECATED_THERE = "There it is marked deprecated."
    DEPRECATED_HERE = "The site has it as deprecated."
    DISAGREE_HERE = "Our sources disagree and none is preferred: decide that first."
    NO_LINK = "The thing has no link to an item."
    NO_LINK_OF_VALUE = "The value has no link to an item."
    BROKEN_LINK = "The item that the thing is linked with does not exist."
    BROKEN_VALUE = "The item that the value is linked with does not exist."
    FROM_WIKIMEDIA = "All our evidence comes from Wikimedia projects: nothing is sent."
    WAS_WIKIMEDIA = "What we say came from a Wikimedia project, and differs now."
    NO_EVIDENCE = "No evidence of ours is kept with it."


def reasons(*sentences: str) -> str:
    """Several sentences as one text, none twice."""
    return " ".join(dict.fromkeys(filter(None, sentences)))


def sentences(reason: str) -> list[str]:
    """The sentences of a text that `reasons` made."""
    return [one for one in reason.replace(". ", ".\n").split("\n") if one]


def lacking(ours: Iterable[Ours]) -> str:
    """What keeps the best of some statements from being sent; "" where nothing does."""
    first = next(iter(ours), None)
    if first is None or first.own_evidence():
        return ""
    return Reason.FROM_WIKIMEDIA if first.evidence else Reason.NO_EVIDENCE
