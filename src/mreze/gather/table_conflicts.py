"""Rows of the table of candidates that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence

from mreze.gather.identity import owner
from mreze.gather.model import Decision
from mreze.gather.table import Entry

Mistake = tuple[int, str]


def conflicts(entries: Sequence[Entry]) -> Iterator[Mistake]:
    """What stands twice, and what is accepted twice, each with the line of the later row."""
    for first, second in _alike(entries, lambda one: one.key):
        remedy = "Keep one of the two rows."
        decided = {first.candidate.decision, second.candidate.decision}
        if len(decided) > 1:
            remedy = f"They are decided otherwise ({_word(first)}, {_word(second)}): keep the one that holds."
        yield second.line, f"the same thing and candidate as in line {first.line}. {remedy}"
    accepted = [one for one in entries if one.candidate.decision is Decision.ACCEPTED]
    for first, second in _alike(accepted, _place_of):
        if first.key != second.key:
            yield (
                second.line,
                f"a second candidate of {owner(second.candidate.candidate)} is accepted for {second.key[0]}: "
                f"line {first.line}{_by(first)} accepts {first.key[1]}, this one {second.key[1]}. Reject one of them.",
            )
    for first, second in _alike(accepted, lambda one: (one.candidate.candidate, one.candidate.link)):
        if first.key != second.key:
            yield (
                second.line,
                f"{second.key[1]} is accepted for two things: {first.key[0]} in line {first.line}{_by(first)}, and "
                f"{second.key[0]} here. Reject it for one of them, or, where one is the place and the other its "
                "authority, tell them apart in the column link: owl:sameAs, schema:sameAs.",
            )


def _alike(entries: Sequence[Entry], what: Callable[[Entry], Hashable]) -> Iterator[tuple[Entry, Entry]]:
    """Each row with the first one before it that is like it."""
    groups: defaultdict[Hashable, list[Entry]] = defaultdict(list)
    for one in entries:
        groups[what(one)].append(one)
    for first, *others in groups.values():
        for other in others:
            yield first, other


def _place_of(entry: Entry) -> tuple[str, str]:
    return entry.candidate.thing, owner(entry.candidate.candidate)


def _word(entry: Entry) -> str:
    return entry.candidate.decision or "open"


def _by(entry: Entry) -> str:
    return f" ({entry.candidate.by})" if entry.candidate.by else ""
