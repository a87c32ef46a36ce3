"""The dataset that a query runs over: what FROM or the request name, each triple once.

The engine evaluates several FROM graphs one after the other, so a triple that stands in two of them counts twice;
SPARQL wants their merge (https://www.w3.org/TR/sparql11-query/#specifyingDataset). Where there are several, they are
merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from mreze.serve.prologue import resolved


@dataclass(frozen=True, slots=True)
class DatasetClause:
    """Which graphs a query asks for; none of either kind means the store as it is."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read_dataset(query: str, base: str) -> DatasetClause:
    """The FROM and FROM NAMED clauses of a query, as absolute IRIs."""
    if "FROM" not in query.upper():  # most queries name none, and need not be read
        return DatasetClause()
    default: list[str] = []
    named: list[str] = []
    stream = resolved(query, base)
    for kind, token in stream:
        if kind == "brace":
            break
        if kind == "word" and token.upper() == "FROM":
            kind, token = next(stream, ("", ""))
            into = default
            if kind == "word" and token.upper() == "NAMED":
                into, (kind, token) = named, next(stream, ("", ""))
            into.append(token)
    return DatasetClause(tuple(default), tuple(named))


def prepare(store: ox.Store, clause: DatasetClause) -> tuple[ox.Store, dict[str, Any]]:
    """The store to query and the arguments that name the dataset.

    Raises:
        ValueError: a graph's name is no IRI.
    """
    if not clause.default and not clause.named:
        return store, {}
    default, named = _graphs(clause.default), _graphs(clause.named)
    if len(set(default)) < 2:
        return store, {"default_graph": default, "named_graphs": named}
    merged = ox.Store()
    for graph in set(default):
        merged.extend(_moved(store.quads_for_pattern(None, None, None, graph)))
    for graph in set(named):
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return merged, {"default_graph": [ox.DefaultGraph()], "named_graphs": named}


def _graphs(names: Sequence[str]) -> list[ox.NamedNode]:
    return [ox.NamedNode(one) for one in names]


def _moved(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    return (ox.Quad(one.subject, one.predicate, one.object, ox.DefaultGraph()) for one in quads)
