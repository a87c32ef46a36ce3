"""Things that have another IRI now: what was decided of them holds on.

A tombstone (as:Tombstone) leads on with dct:isReplacedBy; where there is none a person says `mreze links rename`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from mreze.errors import UsageError
from mreze.gather.model import Decision
from mreze.gather.table import Entry, Table, table
from mreze.gather.table_conflicts import conflicts
from mreze.graph import SiteGraph
from mreze.namespaces import RDF_TYPE, term

_TOMBSTONE, _SUCCESSOR = term("as:Tombstone"), term("dct:isReplacedBy")
Successors = Mapping[str, Collection[str]]
"""What took the place of what, by IRI; nothing where nothing did."""


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """The things of a site, and those it had."""

    things: frozenset[str]
    """IRIs of what is described, and not retired."""
    retired: Successors


def inhabitants(graph: SiteGraph) -> Inhabitants:
    """The things of a site's data, and its tombstones with their successors."""
    space = graph.site.base + "id/"
    things: set[str] = set()
    retired: dict[str, list[str]] = {}
    successors: defaultdict[str, set[str]] = defaultdict(set)
    for quad in graph.quads("data"):
        iri = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
        if iri.startswith(space) and "#" not in iri:
            things.add(iri)
            if quad.predicate == RDF_TYPE and quad.object == _TOMBSTONE:
                retired[iri] = []
            if quad.predicate == _SUCCESSOR and isinstance(quad.object, NamedNode):
                successors[iri].add(quad.object.value)
    return Inhabitants(frozenset(things - set(retired)), {one: sorted(successors[one]) for one in retired})


def heirs(iri: str, retired: Successors) -> frozenset[str]:
    """Where a chain of tombstones leads: the thing itself if it has none, nothing if nobody took its place."""
    found, seen, left = set(), set(), [iri]
    while left:
        one = left.pop()
        if one in seen:
            continue
        seen.add(one)
        if one in retired:
            left += retired[one]
        else:
            found.add(one)
    return frozenset(found)


def renamed(whole: Table, old: str, new: str) -> Table:
    """The table with the rows of a thing under another IRI; two rows of one candidate become the one that is decided.

    Args:
        whole: the table of candidates.
        old: IRI that the thing had.
        new: IRI that it has now.

    Raises:
        UsageError: it has no rows, or they contradict those of the other IRI; names them.
    """
    moved = [one for one in whole.entries if one.candidate.thing == old]
    if not moved:
        raise UsageError(f"{whole.path.as_posix()} has no row of {old}: there is nothing to rename.")
    rest = {one.key: one for one in whole.entries if one.candidate.thing != old}
    for one in moved:
        entry = replace(one, candidate=replace(one.candidate, thing=new))
        rest[entry.key] = _joined(entry, rest[entry.key]) if entry.key in rest else entry
    if wrong := list(conflicts(list(rest.values()))):
        told = " ".join(f"Line {line}: {message}" for line, message in wrong)
        raise UsageError(f"{whole.path.as_posix()}: {old} cannot be {new}, nothing was changed. {told}")
    return table(rest.values(), whole.further, whole.path)


def _joined(one: Entry, other: Entry) -> Entry:
    """Of two rows of one candidate the one that is decided."""
    decided = [each for each in (other, one) if each.candidate.decision is not Decision.OPEN]
    if len({each.candidate.decision for each in decided}) > 1:
        raise UsageError(
            f"{one.path.as_posix()}: {one.candidate.candidate} is {one.candidate.decision} in line {one.line} and "
            f"{other.candidate.decision} in line {other.line}; nothing was changed. Let one of the two decide: "
            "mreze links accept|reject … --change"
        )
    kept = decided[0] if decided else other
    notes = dict.fromkeys(each.candidate.note for each in (other, one) if each.candidate.note)
    return replace(kept, candidate=replace(kept.candidate, note="; ".join(notes)))
