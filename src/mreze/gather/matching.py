"""Things without a link are looked for at an authority; what is found goes into the table that people decide in.

Nothing is accepted here. Who has a link, or an accepted candidate, is not looked for; what a person has rejected is
not offered again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from mreze.gather.authorities import Authority
from mreze.gather.decided import HeldBack, held_back
from mreze.gather.model import Candidate, Decision, Thing
from mreze.gather.renames import Inhabitants
from mreze.gather.search import Findings, Search
from mreze.gather.table import Table


@dataclass(frozen=True, slots=True)
class Asked:
    """Which things are looked for."""

    things: tuple[Thing, ...]
    linked: tuple[str, ...]
    """IRIs of those that have a link to the authority."""
    settled: tuple[str, ...]
    """IRIs of those that have an accepted candidate."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a search."""

    table: Table
    asked: Asked
    findings: Findings
    new: tuple[Candidate, ...]
    known: int
    """Candidates that stood in the table, undecided."""
    held_back: int
    """Candidates that a person has decided of."""
    nothing: tuple[str, ...]
    """IRIs of things that nothing was found for."""
    warnings: tuple[str, ...]


def choose(things: Sequence[Thing], authority: Authority, held: HeldBack) -> Asked:
    """Which of the things are looked for at an authority."""
    linked = {one.iri for one in things if any(authority.read(link) for link in one.links)}
    settled = {one.iri for one in things if (one.iri, authority.name) in held.settled} - linked
    asked = tuple(one for one in things if one.iri not in linked | settled)
    return Asked(asked, tuple(sorted(linked)), tuple(sorted(settled)))


def match(things: Sequence[Thing], now: Inhabitants, before: Table, search: Search) -> Outcome:
    """Look for things, and put what is found into the table.

    Args:
        things: of the site.
        now: all that the site has, and its tombstones.
        before: the table as it is.
        search: where is looked, and how.

    Raises:
        GatherError: there is no answer that can be read.
    """
    authority = search.wanted.authority
    asked = choose(things, authority, held_back(before, now, {}))
    findings = search.find(asked.things, {one.candidate for one in before.candidates})
    return offered(before, asked, findings, held_back(before, now, findings.merged))


def offered(before: Table, asked: Asked, findings: Findings, held: HeldBack) -> Outcome:
    """What of the findings goes into the table."""
    all_of_them = [one for found in findings.candidates.values() for one in found]
    free = [one for one in all_of_them if held.offers(one.thing, one.candidate)]
    known = _keys(before.candidates)
    new = tuple(one for one in free if (one.thing, one.candidate) not in known)
    return Outcome(
        table=before.with_found([*_merged(before, findings), *free]),
        asked=asked,
        findings=findings,
        new=new,
        known=len(free) - len(new),
        held_back=len(all_of_them) - len(free),
        nothing=tuple(one.iri for one in asked.things if not findings.candidates.get(one.iri)),
        warnings=tuple(held.warnings()),
    )


def _merged(before: Table, findings: Findings) -> Iterator[Candidate]:
    """The open rows of candidates that are there no more, which say so; what they became is offered beside them."""
    for one in before.candidates:
        if one.decision is Decision.OPEN and (into := findings.merged.get(one.candidate)):
            yield replace(one, score=0.0, why=f"it was merged into {into}")


def _keys(candidates: Collection[Candidate]) -> set[tuple[str, str]]:
    return {(one.thing, one.candidate) for one in candidates}
