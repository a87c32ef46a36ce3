"""Where in a query a pattern stands: in which graphs it can be found, and whether something must be found for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mreze.serve.dataset import DatasetClause
from mreze.serve.explanation.patterns import Element, Group, Pattern, Query
from mreze.serve.explanation.terms import Term

DEFAULT: str = ""
"""Stands for the graph without a name."""
Graphs = tuple[str | None, ...]
"""Names of graphs; None for any."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A pattern in its place."""

    pattern: Pattern
    graphs: Graphs
    required: bool
    """Whether the query finds nothing where nothing fits the pattern."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A query, spread out."""

    query: Query
    clause: DatasetClause
    patterns: tuple[Placed, ...]
    graphs: tuple[Term, ...]
    """What GRAPH is followed by."""


def outline(query: Query, clause: DatasetClause) -> Outline:
    """Spread out a query over a dataset."""
    default: Graphs = clause.default if clause.default or clause.named else (DEFAULT,)
    placed = tuple(_walk(query.where, clause, default, required=True))
    graphs = tuple(one.term for one in query.where.walk() if one.kind == "graph" and one.term is not None)
    return Outline(query, clause, placed, graphs)


def _walk(group: Group, clause: DatasetClause, graphs: Graphs, *, required: bool) -> Iterator[Placed]:
    for element in group.elements:
        if element.pattern is not None:
            yield Placed(element.pattern, graphs, required)
            continue
        within = _named(element.term, clause) if element.kind == "graph" else graphs
        always = element.kind in {"graph", "lateral"} or (element.kind == "union" and len(element.groups) == 1)
        always = always or (element.kind == "select" and "(" not in element.text[1:].partition("{")[0])
        if element.kind not in {"minus", "service"}:
            for one in element.groups:
                yield from _walk(one, clause, within, required=required and always)


def _named(term: Term | None, clause: DatasetClause) -> Graphs:
    """The graphs that GRAPH can mean."""
    restricted = bool(clause.default or clause.named)
    name = term.iri if term is not None else None
    if name is None:
        return clause.named if restricted else (None,)
    return (name,) if not restricted or name in clause.named else ()


def elements(query: Query, *kinds: str) -> Iterator[Element]:
    """The elements of some kinds, wherever they stand."""
    return (one for one in query.where.walk() if one.kind in kinds)
