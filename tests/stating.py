"""Statements of the site and of Wikidata about one item, written in a line each, and what is told of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mreze.gather.comparison import compare_statements
from mreze.gather.items import Stated
from mreze.gather.model import Compared, Evidence, Item, Moment, Ours, Rank, Reference, Theirs, Value

ENTITY = "http://www.wikidata.org/entity/"
THING = "https://example.org/id/networks/a"
ITEM = f"{ENTITY}Q900000001"
QUOTED = Evidence("https://example.org/s", "Page", "https://example.org/p", "2026-11-23", "in 1994", "en")
COPIED = replace(QUOTED, url="https://en.wikipedia.org/wiki/A", derived=True)
SOURCED = (Reference(url="https://example.com/x"),)
IMPORTED = (Reference(imported_from=f"{ENTITY}Q328"), Reference(url="https://de.wikipedia.org/wiki/A"))
CONTRADICTORY, THERE, HERE, AGREES = "contradictory", "missing there", "missing here", "agrees"
Told = list[tuple[str, str]]


def item(number: int) -> Item:
    """An item."""
    return Item(f"{ENTITY}Q{number}")


def ours(
    value: Value, name: str = "P571", rank: str = "normal", evidence: Sequence[Evidence] = (QUOTED,), **qualifiers: str
) -> Ours:
    """A statement of the site about the item."""
    times = {one: Moment(text) for one, text in qualifiers.items()}
    return Ours(THING, ITEM, name, value, "", Rank(rank), times, tuple(evidence))


def theirs(
    value: Value, name: str = "P571", rank: str = "normal", references: Sequence[Reference] = SOURCED,
    **qualifiers: str | Value,
) -> Theirs:  # fmt: skip
    """A statement there about the same item."""
    times = {one: (Moment(given) if isinstance(given, str) else given,) for one, given in qualifiers.items()}
    iri = f"{ENTITY}statement/{name}-{value}-{rank}-{sorted(times)}"
    return Theirs(iri, ITEM, name, value, "", Rank(rank), times, tuple(references))


def compare(here: Sequence[Ours], there: Sequence[Theirs], **known: object) -> tuple[Compared, ...]:
    """Hold both sides against each other."""
    return compare_statements(here, Stated(tuple(there), **known))  # type: ignore[arg-type]  # what Stated has


def told(compared: Sequence[Compared]) -> Told:
    """Difference and aspect."""
    return [(one.difference.value, one.about) for one in compared]


A, B = item(7), item(8)


def member(value: Value = A, **said: str) -> Ours:
    """A membership here."""
    return ours(value, "P463", **said)  # type: ignore[arg-type]  # times by property, or a rank


def stated(value: Value = A, **said: object) -> Theirs:
    """A membership there."""
    return theirs(value, "P463", **said)  # type: ignore[arg-type]  # as `theirs`
