"""The dataset that a query runs over: what FROM or the request name, each triple once.

The engine evaluates several FROM graphs one after the other, so a triple that stands in two of them counts twice;
SPARQL wants their merge (https://www.w3.org/TR/sparql11-query/#specifyingDataset). Where there are several, they are
merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pyoxigraph as ox

from mreze.serve.lexer import tokens


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
    names = _Names(base)
    stream = tokens(query)
    for kind, token in stream:
        if kind == "brace":
            break
        word = token.upper() if kind == "word" else ""
        if word == "BASE":
            names.base = absolute(names.base, next(stream, ("", "<>"))[1][1:-1])
        elif word == "PREFIX":
            prefix, iri = next(stream, ("", ":"))[1], next(stream, ("", "<>"))[1]
            names.prefixes[prefix.rstrip(":")] = absolute(names.base, iri[1:-1])
        elif word == "FROM":
            kind, token = next(stream, ("", ""))
            into = default
            if kind == "word" and token.upper() == "NAMED":
                into, (kind, token) = named, next(stream, ("", ""))
            into.append(names.resolve(kind, token))
    return DatasetClause(tuple(default), tuple(named))


class _Names:
    """The prologue of a query, as far as it was read."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.prefixes: dict[str, str] = {}

    def resolve(self, kind: str, token: str) -> str:
        if kind == "prefixed":
            prefix, _, local = token.partition(":")
            return self.prefixes.get(prefix, "") + local.replace("\\", "")
        return absolute(self.base, token[1:-1])


def absolute(base: str, reference: str) -> str:
    """A reference resolved against a base; unlike the library's function it keeps a `#` at the end."""
    if reference.endswith("#"):
        return urljoin(base, reference[:-1]) + "#"
    return urljoin(base, reference)


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
