"""Things without a link are looked for at an authority; what is found goes into the table that people decide in.

Nothing is accepted here. Who has a link, or an accepted candidate, is not looked for; what a person has rejected is
not offered again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    beyond: Mapping[str, int]
    """How many more candidates than the limit allows there are, by the IRI of the thing."""
    nothing: tuple[str, ...]
    """IRIs of things that nothing was found for."""
    warnings: tuple[str, ...]


def choose(things: Sequence[Thing], authority: Authority, held: HeldBack) -> Asked:
    """Which of the things are looked for at an authority."""
    linked = {one.iri for one in things if any(authority.read(link) for link in one.links)}
    settled = {one.iri for one in things if (one.iri, authority.name) in held.settled} - linked
    asked = tuple(one for one in things if one.iri not in linked | settled)
    return Asked(asked, tuple(sorted(linked)), tuple(sorted(settled)))


def look(things: Sequence[Thing], now: Inhabitants, before: Table, search: Search) -> tuple[Asked, Findings]:
    """Look for things, for minutes perhaps: the table may change meanwhile.

    Args:
        things: of the site.
        now: all that the site has, and its tombstones.
        before: the table as it is.
        search: where is looked, and how.

    Raises:
        GatherError: there is no answer that can be read.
    """
    held = held_back(before, now, {})
    asked = choose(things, search.wanted.authority, held)
    spare = max((held.count(one.iri) for one in asked.things), default=0)
    return asked, search.find(asked.things, {one.candidate for one in before.candidates}, spare)


def offered(before: Table, asked: Asked, findings: Findings, now: Inhabitants, limit: int) -> Outcome:
    """What of the findings goes into the table.

    Args:
        before: the table as it is now, whatever it was when the search began.
        asked: which things were looked for.
        findings: what was found.
        now: all that the site has, and its tombstones.
        limit: so many candidates of a thing at most, those not counted that a person has decided of.
    """
    held = held_back(before, now, findings.merged)
    known = _keys(before.candidates)
    # A thing may have been renamed while it was looked for.
    all_of_them = [one for thing, found in findings.candidates.items() if thing in now.things for one in found]
    offers = [one for one in all_of_them if held.offers(one.thing, one.candidate)]
    beyond = _beyond(offers, known, limit)
    free = [one for one in offers if (one.thing, one.candidate) not in beyond]
    new = tuple(one for one in free if (one.thing, one.candidate) not in known)
    return Outcome(
        table=before.with_found([*_merged(before, findings), *free]),
        asked=asked,
        findings=findings,
        new=new,
        known=len(free) - len(new),
        held_back=len(all_of_them) - len(offers),
        beyond=Counter(thing for thing, _ in beyond),
        nothing=tuple(one.iri for one in asked.things if not findings.candidates.get(one.iri)),
        warnings=tuple(held.warnings()),
    )


def _beyond(offers: Sequence[Candidate], known: Collection[tuple[str, str]], limit: int) -> set[tuple[str, str]]:
    """Thing and candidate of what the limit leaves out; what stands in the table does already."""
    seen: Counter[str] = Counter()
    left_out: set[tuple[str, str]] = set()
    for one in offers:
        seen[one.thing] += 1
        key = one.thing, one.candidate
        left_out |= {key} if seen[one.thing] > limit and key not in known else set()
    return left_out


def _merged(before: Table, findings: Findings) -> Iterator[Candidate]:
    """The open rows of candidates that are there no more, which say so; what they became is offered beside them."""
    for one in before.candidates:
        if one.decision is Decision.OPEN and (into := findings.merged.get(one.candidate)):
            yield replace(one, score=0.0, why=f"it was merged into {into}")


def _keys(candidates: Collection[Candidate]) -> set[tuple[str, str]]:
    return {(one.thing, one.candidate) for one in candidates}
