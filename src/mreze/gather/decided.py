"""What is never offered again, since a person has decided: whatever things and candidates are called by now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from mreze.gather.identity import owner
from mreze.gather.model import Candidate, Decision
from mreze.gather.renames import Inhabitants, heirs
from mreze.gather.table import Entry, Table


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What may not be offered, since a person has decided already."""

    pairs: frozenset[tuple[str, str]]
    """Thing and candidate, both by the IRIs that they have now."""
    settled: frozenset[tuple[str, str]]
    """Thing and authority: a candidate of that authority was accepted."""
    everywhere: frozenset[str]
    """Candidates rejected for a thing that is lost: it may be any."""
    lost: tuple[Entry, ...]
    """Rows of things that the site has no more and from which no tombstone leads on."""
    redirects: Mapping[str, str]
    """Candidates that were merged into others."""
    retired: Collection[str]
    """IRIs of things that have a tombstone."""

    def offers(self, thing: str, candidate: str) -> bool:
        """Whether a candidate may be offered for a thing.

        Args:
            thing: IRI of a thing of the site.
            candidate: IRI of something elsewhere.
        """
        merged = _merged(candidate, self.redirects)
        return (
            (thing, merged) not in self.pairs
            and (thing, owner(candidate)) not in self.settled
            and merged not in self.everywhere
        )

    def count(self, thing: str) -> int:
        """How many candidates may not be offered for a thing."""
        return sum(one == thing for one, _ in self.pairs) + len(self.everywhere)

    def warnings(self) -> Iterator[str]:
        """What a person is told of lost things, each with the remedy."""
        for thing in sorted({one.candidate.thing for one in self.lost}):
            lines = [one for one in self.lost if one.candidate.thing == thing]
            rejected = sum(one.candidate.decision is Decision.REJECTED for one in lines)
            yield (
                f"{lines[0].place}: {self._fate(thing)}. "
                + (f"What was rejected for it ({rejected}) is offered to nobody meanwhile. " if rejected else "")
                + f"Tell what it is called now: mreze links rename {thing} NEW"
            )

    def _fate(self, thing: str) -> str:
        if thing in self.retired:
            return f"{thing} is retired, and its tombstone names nothing that took its place (dct:isReplacedBy)"
        return f"the site has no thing {thing} any more, and no tombstone leads on"


def held_back(whole: Table, now: Inhabitants, redirects: Mapping[str, str]) -> HeldBack:
    """What people decided, for the things and the candidates as they are called now.

    Args:
        whole: the table of candidates.
        now: the things of the site, and its tombstones.
        redirects: candidates that their authority merged into others.
    """
    pairs: set[tuple[str, str]] = set()
    settled: set[tuple[str, str]] = set()
    everywhere: set[str] = set()
    lost: list[Entry] = []
    for entry in whole.entries:
        one = entry.candidate
        found = heirs(one.thing, now.retired)
        if _is_lost(one, found, now):
            lost.append(entry)
            everywhere |= {_merged(one.candidate, redirects)} if one.decision is Decision.REJECTED else set()
        if one.decision is not Decision.OPEN:
            pairs |= {(thing, _merged(one.candidate, redirects)) for thing in found}
        if one.decision is Decision.ACCEPTED:
            settled |= {(thing, owner(one.candidate)) for thing in found}
    return HeldBack(frozenset(pairs), frozenset(settled), frozenset(everywhere), tuple(lost), redirects, now.retired)


def _is_lost(one: Candidate, found: Collection[str], now: Inhabitants) -> bool:
    """Whether nobody knows whose a row is now; of what is retired for good only what was rejected matters."""
    return not now.things.issuperset(found) or (not found and one.decision is Decision.REJECTED)


def _merged(candidate: str, redirects: Mapping[str, str]) -> str:
    """What a candidate is called after its authority merged it, perhaps more than once."""
    seen = {candidate}
    while (further := redirects.get(candidate, candidate)) not in seen:
        seen.add(further)
        candidate = further
    return candidate
