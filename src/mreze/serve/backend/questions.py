"""What a store is asked to describe things, as queries: each in SPARQL 1.1 that every server takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from mreze.namespaces import PREFIXES, RDF_TYPE, term
from mreze.serve.store import LABELS, Fitting

_DEPTH: Final = 4
"""How far blank nodes may lead to one another: further than any description that `mreze check` lets through."""
_NAMES: Final = ("?s", "?p", "?o")
_XSD: Final = PREFIXES["xsd"]
_ITSELF: Final = frozenset({f"{_XSD}string", f"{_XSD}boolean"})
"""Types whose values are written in one way."""


def outgoing(nodes: Iterable[ox.NamedNode]) -> str:
    """The triples of these subjects."""
    return _construct(f"VALUES ?s {{ {_listed(nodes)} }} ?s ?p ?o")


def outgoing_and_beyond(nodes: Iterable[ox.NamedNode]) -> str:
    """The triples of these subjects, and of all that they lead to."""
    listed = f"VALUES ?n {{ {_listed(nodes)} }}"
    return (
        f"CONSTRUCT {{ ?n ?q ?s . ?s ?p ?o }} WHERE {{ {listed} ?n ?q ?s OPTIONAL {{ ?s ?p ?o FILTER (isIRI(?s)) }} }}"
    )


def blank_beyond(nodes: Iterable[ox.NamedNode]) -> str:
    """Of the triples of these subjects those that lead to blank nodes, with all that these lead to."""
    steps = [f"?n{depth} ?p{depth} ?n{depth + 1}" for depth in range(_DEPTH + 1)]
    beyond = ""
    for depth in range(_DEPTH, 0, -1):
        beyond = f"OPTIONAL {{ {steps[depth]} FILTER (isBlank(?n{depth})) {beyond} }}"
    inner = f"VALUES ?n0 {{ {_listed(nodes)} }} {steps[0]} FILTER (isBlank(?n1)) {beyond}"
    return f"CONSTRUCT {{ {' . '.join(steps)} }} WHERE {{ {inner} }}"


def incoming(nodes: Iterable[ox.NamedNode]) -> str:
    """The triples that point to one of these."""
    return _construct(f"VALUES ?o {{ {_listed(nodes)} }} ?s ?p ?o")


def labels(nodes: Iterable[ox.NamedNode]) -> str:
    """The labels of these."""
    kinds = _listed(LABELS)
    return _construct(f"VALUES ?s {{ {_listed(nodes)} }} VALUES ?p {{ {kinds} }} ?s ?p ?o")


def topics(documents: Iterable[ox.NamedNode], graph: str) -> str:
    """What documents tell of."""
    return _construct(f"GRAPH <{graph}> {{ VALUES ?s {{ {_listed(documents)} }} ?s ?p ?o }}")


def all_topics(graph: str) -> str:
    """Which document tells of which thing."""
    about = term("foaf:primaryTopic")
    return f"CONSTRUCT {{ ?s {about} ?o }} WHERE {{ GRAPH <{graph}> {{ ?s {about} ?o }} }}"


def of_graph(graph: str, subject: ox.NamedNode | None = None) -> str:
    """The triples of a named graph, or what it says of one subject."""
    only = "" if subject is None else f"VALUES ?s {{ {subject} }} "
    return _construct(f"GRAPH <{graph}> {{ {only}?s ?p ?o }}")


def instances(kind: ox.NamedNode) -> str:
    """The things of a class."""
    return f"CONSTRUCT {{ ?s {RDF_TYPE} {kind} }} WHERE {{ ?s {RDF_TYPE} {kind} }}"


def fitting(wanted: Fitting, most: int) -> str:
    """Such triples, at most so many."""
    pattern = _pattern(wanted)
    return f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }} LIMIT {most}"


def along(nodes: Iterable[ox.NamedNode], way: ox.NamedNode, most: int) -> str:
    """The triples of a property that point to one of these, at most so many."""
    pattern = f"?s {way} ?o"
    return f"CONSTRUCT {{ {pattern} }} WHERE {{ VALUES ?o {{ {_listed(nodes)} }} {pattern} }} LIMIT {most}"


def holds(wanted: Fitting, graph: str | None, *, by_value: bool = False) -> str:
    """Whether there is such a triple: in the default graph where the name is empty, in any for None.

    Where a server finds literals by value, the one that it finds has to be written as it is asked for, too.
    """
    pattern = _pattern(wanted)
    if by_value and isinstance(wanted[2], ox.Literal) and _has_value(wanted[2]):
        letters, datatype = ox.Literal(wanted[2].value), ox.Literal(wanted[2].datatype.value)
        there = _pattern((wanted[0], wanted[1], None))
        pattern += f" . {there} FILTER (STR(?o) = {letters} && STR(DATATYPE(?o)) = {datatype})"
    if graph is None:
        where = f"{{ {pattern} }} UNION {{ GRAPH ?g {{ {pattern} }} }}"
    else:
        where = f"GRAPH <{graph}> {{ {pattern} }}" if graph else pattern
    return f"SELECT (1 AS ?found) WHERE {{ {where} }} LIMIT 1"


def shared(one: str, other: str) -> str:
    """Whether two graphs share a triple."""
    return f"ASK {{ GRAPH <{one}> {{ ?s ?p ?o }} GRAPH <{other}> {{ ?s ?p ?o }} }}"


def count(graphs: Sequence[str]) -> str:
    """How many triples each of these graphs has."""
    listed = " ".join(f"<{one}>" for one in graphs)
    return f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ VALUES ?g {{ {listed} }} ?s ?p ?o }} }} GROUP BY ?g"


def _construct(pattern: str) -> str:
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"


def _pattern(wanted: Fitting) -> str:
    return " ".join(name if one is None else str(one) for one, name in zip(wanted, _NAMES, strict=True))


def _has_value(literal: ox.Literal) -> bool:
    """Whether it is a number or a time: a text is itself."""
    return literal.datatype.value.startswith(_XSD) and literal.datatype.value not in _ITSELF


def _listed(nodes: Iterable[ox.NamedNode]) -> str:
    return " ".join(map(str, nodes))
