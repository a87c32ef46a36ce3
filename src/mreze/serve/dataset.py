"""The dataset that a query runs over: what FROM or the request name, each triple once.

The engine evaluates several FROM graphs one after the other, so a triple that stands in two of them counts twice;
SPARQL wants their merge (https://www.w3.org/TR/sparql11-query/#specifyingDataset). Graphs that share no triple are
their own merge, and most share none; which do is found out when they are asked for, and remembered. Those that do are
copied, which takes some microseconds a triple and as much memory as they need: past its limits such a query is stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import pyoxigraph as ox

from mreze.serve import lexer
from mreze.serve.prologue import resolved

_FROM: Final = re.compile(r"FROM(?P<named>NAMED)?\Z", re.IGNORECASE)


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
    template = lexer.form(query) == "CONSTRUCT"
    into: list[str] | None = None
    for kind, token in resolved(query, base):
        if kind == "open" and not template:
            break
        if kind == "close":
            template = False
        elif kind == "word" and (match := _FROM.search(token)):
            into = named if match["named"] else default
        elif kind == "word" and token.upper() == "NAMED" and into is default:
            into = named
        elif kind == "iri" and into is not None:
            into.append(token)
            into = None
    return DatasetClause(tuple(default), tuple(named))


class Datasets:
    """The datasets that can be made of a store's graphs."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._sizes: dict[ox.NamedNode, int] = {}
        self._disjoint: dict[frozenset[ox.NamedNode], bool] = {}

    def prepare(self, clause: DatasetClause) -> tuple[ox.Store, dict[str, Any]]:
        """The store to query and the arguments that name the dataset.

        Raises:
            ValueError: a graph's name is no IRI.
        """
        if not clause.default and not clause.named:
            return self._store, {}
        # What is empty counts for nothing, and so what is remembered has the bounds of the store.
        default = [one for one in _graphs(clause.default) if next(self._quads(one), None)]
        named = _graphs(clause.named)
        if all(self._are_disjoint(*pair) for pair in combinations(default, 2)):
            return self._store, {"default_graph": default, "named_graphs": named}
        merged = ox.Store()
        for graph in default:
            merged.extend(_moved(self._quads(graph)))
        for graph in named:
            merged.extend(self._quads(graph))
        return merged, {"default_graph": [ox.DefaultGraph()], "named_graphs": named}

    def _are_disjoint(self, one: ox.NamedNode, other: ox.NamedNode) -> bool:
        pair = frozenset((one, other))
        if pair not in self._disjoint:
            smaller, larger = sorted(pair, key=self._size)
            shared = f"ASK {{ GRAPH {smaller} {{ ?s ?p ?o }} GRAPH {larger} {{ ?s ?p ?o }} }}"
            self._disjoint[pair] = not self._store.query(shared)
        return self._disjoint[pair]

    def _size(self, graph: ox.NamedNode) -> int:
        if graph not in self._sizes:
            counted = self._store.query(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
            assert isinstance(counted, ox.QuerySolutions)  # noqa: S101 - it is a SELECT
            self._sizes[graph] = int(next(counted)["n"].value)
        return self._sizes[graph]

    def _quads(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        return self._store.quads_for_pattern(None, None, None, graph)


def _graphs(names: Sequence[str]) -> list[ox.NamedNode]:
    return [ox.NamedNode(one) for one in dict.fromkeys(names)]


def _moved(quads: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    return (ox.Quad(one.subject, one.predicate, one.object, ox.DefaultGraph()) for one in quads)
