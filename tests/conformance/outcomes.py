"""What a query gave, and whether it is what was expected: up to the names of blank nodes, and order where it counts."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_VARIABLE: Final = "https://suite.example/variable/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = frozenset[tuple[str, Term]]


@dataclass(frozen=True)
class Solutions:
    """The rows of a SELECT query, and their order where it is known."""

    rows: tuple[Row, ...]
    ordered: bool = True


Outcome = bool | Solutions | frozenset[ox.Triple]


def read_outcome(content: bytes, extension: str, base: str) -> Outcome:
    """Read an outcome in any syntax of results or of RDF, or in the vocabulary of result sets."""
    if extension == "csv":
        table = csv.DictReader(io.StringIO(content.decode(), newline=""))
        return Solutions(tuple(_row((name, _cell(cell)) for name, cell in row.items()) for row in table))
    form = ox.QueryResultsFormat.from_extension(extension)
    if form is not None:
        results = ox.parse_query_results(content, format=form)
        if isinstance(results, ox.QueryBoolean):
            return bool(results)
        names = [one.value for one in results.variables]
        return Solutions(tuple(_row(zip(names, solution, strict=True)) for solution in results))
    syntax = ox.RdfFormat.from_extension(extension)
    graph = ox.Store()
    graph.load(content, format=syntax, base_iri=base)
    found = _result_set(graph)
    return frozenset(quad.triple for quad in graph) if found is None else found


def read_file(path: Path, base: str) -> Outcome:
    """Read an outcome from a file."""
    return read_outcome(path.read_bytes(), path.suffix[1:], base)


def agree(found: Outcome, expected: Outcome, *, ordered: bool = False, lax: bool = False) -> bool:
    """Whether two outcomes are the same.

    Args:
        found: what a query gave.
        expected: what it should give.
        ordered: whether the order of rows counts.
        lax: whether a row may come less often than it is expected.
    """
    if isinstance(found, Solutions) and isinstance(expected, Solutions):
        if lax:
            rows = Counter(expected.rows)
            return set(found.rows) == set(rows) and all(n <= rows[row] for row, n in Counter(found.rows).items())
        in_order = ordered and expected.ordered
        return _canonical(_described(found, in_order)) == _canonical(_described(expected, in_order))
    if isinstance(found, frozenset) and isinstance(expected, frozenset):
        return _canonical(found) == _canonical(expected)
    return type(found) is type(expected) and found == expected


def _row(cells: Iterable[tuple[str, Term | None]]) -> Row:
    return frozenset((name, _plain(term)) for name, term in cells if term is not None)


def _cell(text: str) -> Term | None:
    """What a cell of a CSV file may mean: it does not tell numbers from strings, nor nothing from an empty string."""
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    try:
        return ox.Literal(float(text))
    except ValueError:
        return ox.Literal(text) if text else None


def _plain(term: Term) -> Term:
    """A number as the engine writes it: `1.0` and `1` are one decimal, and who computes one may write it either way."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return term
    store = ox.Store()
    store.add(ox.Quad(ox.BlankNode("x"), ox.NamedNode(_VARIABLE), term))
    found = next(iter(store)).object
    assert isinstance(found, ox.Literal)
    return found


def _described(solutions: Solutions, ordered: bool) -> Iterator[ox.Triple]:
    """The rows as a graph: a node each, with its place, or with how often it comes."""
    numbered = enumerate(solutions.rows) if ordered else ((n, row) for row, n in Counter(solutions.rows).items())
    number = ox.NamedNode(_VARIABLE)
    for at, (n, row) in enumerate(numbered):
        node = ox.BlankNode(f"row{at}")
        yield ox.Triple(node, number, ox.Literal(n))
        for name, term in row:
            yield ox.Triple(node, ox.NamedNode(_VARIABLE + name), term)


def _canonical(triples: Iterable[ox.Triple]) -> set[ox.Quad]:
    graph = ox.Dataset(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(graph)


def _result_set(graph: ox.Store) -> Outcome | None:
    truth = next(graph.quads_for_pattern(None, ox.NamedNode(RS + "boolean"), None), None)
    if truth is not None:
        assert isinstance(truth.object, ox.Literal)
        return truth.object.value in {"true", "1"}
    solutions = [quad.object for quad in graph.quads_for_pattern(None, ox.NamedNode(RS + "solution"), None)]
    if not solutions and not any(graph.quads_for_pattern(None, None, ox.NamedNode(RS + "ResultSet"))):
        return None
    places = {node: int(index) for node in solutions if (index := _text(graph, node, "index"))}
    ordered = sorted(solutions, key=lambda node: places.get(node, 0))
    return Solutions(tuple(_bindings(graph, node) for node in ordered), ordered=bool(places))


def _bindings(graph: ox.Store, solution: Term) -> Row:
    assert isinstance(solution, ox.NamedNode | ox.BlankNode)
    bindings = [quad.object for quad in graph.quads_for_pattern(solution, ox.NamedNode(RS + "binding"), None)]
    return _row((_text(graph, one, "variable"), _value(graph, one, "value")) for one in bindings)


def _value(graph: ox.Store, node: Term, name: str) -> Term | None:
    assert isinstance(node, ox.NamedNode | ox.BlankNode)
    found = next(graph.quads_for_pattern(node, ox.NamedNode(RS + name), None), None)
    return None if found is None else found.object


def _text(graph: ox.Store, node: Term, name: str) -> str:
    found = _value(graph, node, name)
    return found.value if isinstance(found, ox.Literal) else ""
