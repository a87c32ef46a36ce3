"""Answers to queries from the server that has the data, as a worker gives them.

The engine here reads each query first, over nothing: so a mistake is explained as ever, what is no SPARQL goes nowhere,
and what kind of answer there will be is known. The answer is written anew from what came, in whichever syntax: it goes
out when it is whole.
"""

from __future__ import annotations

import logging
import marshal
import re
from collections.abc import Sequence
from dataclasses import astuple
from itertools import combinations
from typing import Final

import pyoxigraph as ox

from mreze.errors import BackendCapped, BackendError, BackendRefused, BackendTooMuch
from mreze.formats import RDF_XML, RESULTS_XML, Format
from mreze.serve import lexer
from mreze.serve.backend import questions
from mreze.serve.backend.asking import Ask, Backend
from mreze.serve.backend.depth import stack
from mreze.serve.backend.inlining import inline
from mreze.serve.backend.names import Names
from mreze.serve.backend.rewriting import rewrite
from mreze.serve.dataset import DatasetClause, Datasets, read_dataset
from mreze.serve.wellformedness import is_unwritable, unwritable
from mreze.serve.worker import (
    BAD_QUERY,
    FAILED,
    GRAPH,
    NOT_ACCEPTABLE,
    SOLUTIONS,
    TOO_DEEP,
    TOO_LARGE,
    Capped,
    PastCapError,
    Question,
    answer,
)
from mreze.syntax import Mistake, explain

_LOG: Final = logging.getLogger("mreze.serve")
_VERBOSE: Final = 4
"""An answer in JSON has at most so many times the bytes that it has in another syntax, about."""
_PRIVATE: Final = re.compile(r"\A\S+: answers \d+: |\s*SPARQL query:.*", re.DOTALL)
"""What an error says of where the server is, and of what it was asked."""
_FAILED: Final = "the server behind this endpoint gives no whole answer now"
_DEEP: Final = (
    "The query has more parts, or nests more deeply, than the server that has the data can follow. Write it flatter: "
    "VALUES or IN in place of many alternatives, or several queries."
)


class Elsewhere:
    """Evaluates questions on another server."""

    def __init__(self, backend: Backend, names: Names, formats: dict[str, Format], largest: int) -> None:
        """Prepare.

        Args:
            backend: the server.
            names: of the release's graphs.
            formats: by extension.
            largest: bytes that an answer may have.
        """
        self._backend = backend.capped(_VERBOSE * largest)
        self._names = names
        self._formats = formats
        self._largest = largest
        self._disjoint: dict[frozenset[str], bool] = {}

    def answer(self, question: Question) -> tuple[int, bytes]:
        """See `mreze.serve.worker.answer`."""
        try:
            graph = _gives_graph(question)
        except (SyntaxError, ValueError, RuntimeError) as error:
            return BAD_QUERY, marshal.dumps(astuple(explain(error, question.query)))
        form = self._formats.get((question.graph if graph else question.results) or "")
        if form is None:
            return NOT_ACCEPTABLE, b"a graph" if graph else b"solutions"
        try:
            if stack(question.query) > self._backend.dialect.stack:
                return TOO_DEEP, _DEEP.encode()
            return self._evaluate(question, form, graph=graph)
        except (PastCapError, BackendTooMuch):
            return TOO_LARGE, f"The answer has more than {self._largest:,} bytes, the limit here.".encode()
        except BackendCapped as error:
            told = f"The server that has the data gives {error.most:,} rows at most, and the answer has as many."
            return TOO_LARGE, told.encode()
        except MemoryError:
            return TOO_LARGE, b"The answer needs more memory than a query may have here."
        except ValueError as error:
            return BAD_QUERY, marshal.dumps(astuple(Mistake(str(error))))
        except BackendRefused as error:
            said = _PRIVATE.sub("", str(error))
            told = f"the server that has the data does not take it: {said}"
            return BAD_QUERY, marshal.dumps(astuple(Mistake(told)))
        except BackendError as error:
            _LOG.error("%s", error)
            return FAILED, _FAILED.encode()

    def _evaluate(self, question: Question, form: Format, *, graph: bool) -> tuple[int, bytes]:
        clause = DatasetClause(question.default_graphs, question.named_graphs)
        dialect = self._backend.dialect
        query = inline(question.query) if dialect.loses_rows else question.query
        sent = rewrite(query, question.base, clause, self._names, dialect.offset)
        if not self._are_disjoint(sent.default_graphs):
            return self._evaluate_here(question)
        output = Capped(self._largest)
        if graph:
            ask = Ask(sent.text, sent.default_graphs, sent.named_graphs)
            describes = lexer.form(question.query) == "DESCRIBE"
            triples = self._backend.described(ask) if describes else self._backend.triples(ask)
            if (refused := _write(triples, output, form)) is not None:
                return NOT_ACCEPTABLE, refused
        else:
            results = self._backend.solutions(Ask(sent.text, sent.default_graphs, sent.named_graphs))
            with self._backend.whole():
                results.serialize(output, format=form.results)
        content = output.getvalue()
        if form in {RESULTS_XML, RDF_XML} and (unwritten := unwritable(content)):
            return NOT_ACCEPTABLE, unwritten.encode()
        return GRAPH if graph else SOLUTIONS, content

    def _are_disjoint(self, graphs: Sequence[str]) -> bool:
        """Whether no triple stands in two of these graphs: servers take it for two, where SPARQL has their merge."""
        for pair in combinations(graphs, 2):
            key = frozenset(pair)
            if key not in self._disjoint:
                self._disjoint[key] = not self._backend.solutions(Ask(questions.shared(*pair), pair[:1], pair))
            if not self._disjoint[key]:
                return False
        return True

    def _evaluate_here(self, question: Question) -> tuple[int, bytes]:
        """Have a copy of the graphs, and evaluate over that; what they may have of memory is what an answer may."""
        clause = DatasetClause(question.default_graphs, question.named_graphs)
        if not (clause.default or clause.named):
            clause = read_dataset(question.query, question.base)
        store = ox.Store()
        for name in dict.fromkeys((*clause.default, *clause.named)):
            there, graph = self._names.of(name), ox.NamedNode(name)
            triples = self._backend.triples(Ask(questions.of_graph(there), (there,), (there,)))
            store.extend(ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples)
        return answer(Datasets(store), self._formats, question, self._largest)


def _gives_graph(question: Question) -> bool:
    """Whether a query gives a graph, not solutions or a truth value; the engine here reads it, over nothing.

    Raises:
        SyntaxError, ValueError, RuntimeError: it is wrong.
    """
    return isinstance(ox.Store().query(question.query, base_iri=question.base), ox.QueryTriples)


def _write(triples: Sequence[ox.Triple], output: Capped, form: Format) -> bytes | None:
    """Write a graph; what cannot be written in this syntax, in words."""
    try:
        ox.serialize(triples, output, format=form.rdf)
    except (OSError, RuntimeError, ValueError) as error:
        if is_unwritable(error):
            return b"a property that RDF/XML keeps for itself"
        raise
    return None
