"""A person's word on a candidate: who, when, and never silently against what was said before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mreze.errors import UsageError
from mreze.gather.identity import owner
from mreze.gather.model import Candidate, Decision
from mreze.gather.table import Table

_COMMANDS: Final = {Decision.ACCEPTED: "accept", Decision.REJECTED: "reject"}
_BY_HAND: Final = "named by hand"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of a candidate."""

    thing: str
    """IRI."""
    candidate: str
    """IRI."""
    decision: Decision
    by: str
    """Who says so."""
    on: str
    """The day, YYYY-MM-DD."""
    note: str = ""
    link: str = ""
    """The property that the link is to have, where the person chooses one."""
    change: bool = False
    """Whether it may take the place of the other word."""
    new: bool = False
    """Whether the candidate may be one that no search has found."""


def decide(whole: Table, verdict: Verdict) -> Table:
    """The table with a verdict in it; as it was where it says so already.

    Raises:
        UsageError: nobody says so, there is no such row, or it contradicts what was said before.
    """
    by = " ".join(verdict.by.split())
    if not by:
        raise UsageError("nobody decided this. Say who you are: --by NAME")
    known = _known(whole, verdict)
    if known.decision is verdict.decision:
        return whole
    if known.decision is not Decision.OPEN and not verdict.change:
        raise UsageError(
            f"{_name(known)} was {known.decision}{said(known)} for {known.thing}. "
            "If that was wrong, change it: --change"
        )
    if verdict.decision is Decision.ACCEPTED:
        _refuse_second(whole, known, verdict.link or known.link)
    notes = [verdict.note, *_history(known)]
    link = verdict.link or known.link
    note = "; ".join(one for one in notes if one)
    return whole.with_candidates(
        [replace(known, decision=verdict.decision, by=by, on=verdict.on, note=note, link=link)]
    )


def said(candidate: Candidate) -> str:
    """Who decided of a candidate, and when, as the end of a sentence."""
    return (f" by {candidate.by}" if candidate.by else "") + (f" on {candidate.on}" if candidate.on else "")


def _known(whole: Table, verdict: Verdict) -> Candidate:
    entry = whole.by_key.get((verdict.thing, verdict.candidate))
    if entry is not None:
        return entry.candidate
    if verdict.new:
        return Candidate(verdict.thing, verdict.candidate, 0, _BY_HAND)
    others = [one.candidate for one in whole.entries if one.candidate.thing == verdict.thing]
    offered = ", ".join(_name(one) for one in sorted(others, key=lambda one: -one.score)[:5])
    raise UsageError(
        f"{whole.path.as_posix()} has no row of {verdict.thing} and {verdict.candidate}. "
        + (f"It has {offered}. " if offered else "Look for candidates: mreze links match. ")
        + f"To {_COMMANDS[verdict.decision]} what no search has found: --new"
    )


def _refuse_second(whole: Table, known: Candidate, link: str) -> None:
    """One thing is the same as one thing of an authority, and the other way round."""
    for one in whole.candidates:
        if one.decision is not Decision.ACCEPTED:
            continue
        if one.thing == known.thing and owner(one.candidate) == owner(known.candidate):
            raise UsageError(
                f"{_name(one)} was accepted already for {one.thing}{said(one)}. "
                f"If that was wrong, reject it first: mreze links reject {one.thing} {one.candidate} --change"
            )
        if one.candidate == known.candidate and one.link == link:
            raise UsageError(
                f"{_name(one)} was accepted already for another thing, {one.thing}{said(one)}. If one is the place "
                "and the other its authority, say which link this one is to have: --link schema:sameAs"
            )


def _history(known: Candidate) -> Iterator[str]:
    if known.decision is not Decision.OPEN:
        yield f"{known.decision}{said(known)} before"
    yield known.note


def _name(candidate: Candidate) -> str:
    return f"{candidate.candidate} “{candidate.name}”" if candidate.name else candidate.candidate
