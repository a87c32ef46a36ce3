"""Changes in few words: how many things are new, changed, retired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from mreze.changes import Kind
from mreze.texts import Text, text

Counts = Mapping[Kind, int]


def summarise(counts: Counts, since: str | None) -> Text:
    """What a number of changes amounts to, as a sentence.

    Args:
        counts: how many things of each kind of change.
        since: name of the release before; None if there is none.
    """
    if since is None:
        return text("First release.")
    parts = [counted(kind, counts[kind]) for kind in Kind if counts.get(kind)]
    if not parts:
        return text("Nothing changed since {release}.", release=since)
    start = text("Since {release}", release=since)
    return {language: f"{words}: {', '.join(one[language] for one in parts)}." for language, words in start.items()}


def counted(kind: Kind, count: int) -> Text:
    """How many things became what."""
    texts = {
        Kind.CREATED: text("new things: {count}", count=count),
        Kind.UPDATED: text("changed: {count}", count=count),
        Kind.RETIRED: text("retired: {count}", count=count),
        Kind.RESTORED: text("restored: {count}", count=count),
        Kind.REMOVED: text("described here no more: {count}", count=count),
    }
    return texts[kind]


def total(counts: Mapping[str, Counts]) -> Counts:
    """The counts of several datasets together."""
    found: Counter[Kind] = Counter()
    for one in counts.values():
        found.update(one)
    return found
