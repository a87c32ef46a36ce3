"""The page that shows a query, and its result or what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from mreze.columns import Columns
from mreze.errors import RequestError, phrase
from mreze.serve.bounds import Bound
from mreze.serve.citation import Cited, in_bibtex, in_pieces
from mreze.serve.exchange import Response
from mreze.serve.explanation.missing import Missing
from mreze.serve.form import Field
from mreze.serve.legend import translate
from mreze.serve.lexer import differs_each_time
from mreze.serve.pages import Reader, interface_text
from mreze.serve.pool import Answer
from mreze.serve.results import mentioned, read_result
from mreze.serve.service import Service
from mreze.serve.sparql import GRAPH_RESULTS
from mreze.serve.view import Value, Viewer
from mreze.texts import pick

MOST_ROWS: Final = 1_000
"""How many rows a page shows; a file has all."""
_TALLEST: Final = 40


def query_page(
    service: Service,
    reader: Reader,
    query: str,
    *,
    heading: str,
    explanation: str,
    answer: Answer | None = None,
    problem: RequestError | None = None,
    missing: Sequence[Missing] | None = None,
    downloads: Sequence[Value] = (),
    questions: Sequence[Value] = (),
    fields: Sequence[Field] = (),
    bounds: Sequence[Bound] = (),
    cited: Cited | None = None,
    columns: Columns | None = None,
) -> Response:
    """Render the page.

    Args:
        service: whose page it is.
        reader: for whom.
        query: its text.
        heading: of the page.
        explanation: a sentence below it, or nothing.
        answer: what the query gave, as SPARQL results JSON or Turtle, if it was asked.
        problem: why it gave nothing, if that is so.
        missing: where the answer is empty, what of the query the release does not have.
        downloads: the result in files.
        questions: further queries.
        fields: the parameters that the query has.
        bounds: the limits of the endpoint, where it is its page.
        cited: what the page is cited as, where it has an address that lasts.
        columns: what its columns are called, where somebody has said it.
    """
    labels = service.store.labels(NamedNode(one) for one in mentioned(answer, MOST_ROWS)) if answer else set()
    viewer = Viewer(
        (), labels, base=service.release.base, language=reader.language, root=reader.request.root, query=reader.query
    )
    result = None if answer is None else read_result(answer, viewer.link, _languages(labels, reader.language))
    if result is not None and columns is not None:
        result = translate(result, columns, service.store, viewer, MOST_ROWS)
    page = service.pages.page(
        "sparql.html",
        reader,
        status=200 if problem is None else problem.status,
        heading=heading,
        explanation=explanation,
        text=query,
        rows=min(_TALLEST, query.count("\n") + 2),
        problem=problem.detail if problem else None,
        place=problem.members if problem else {},
        result=result,
        most=MOST_ROWS,
        missing=None
        if missing is None
        else [(one.name, pick(one.message, reader.language), one.suggestion) for one in missing],
        downloads=downloads,
        questions=questions,
        fields=fields,
        summary=explanation,
        words=in_pieces(cited) if cited else None,
        bibtex=in_bibtex(cited) if cited else None,
        pinned=reader.at(release=service.release.name),
        here=reader.here,
        bounds=[say_bound(one, reader) for one in bounds],
        descriptions=[
            Value(one.name, reader.request.keep(f"{reader.request.root}sparql?format={one.extension}"))
            for one in GRAPH_RESULTS
        ],
    )
    headers = page.headers if problem is None else {**page.headers, **problem.headers}
    # What was found out of an empty answer in a second need not be all: it is not kept.
    return replace(page, headers=headers, kept=missing is None and not differs_each_time(query))


def _languages(labels: Iterable[Triple], language: str) -> dict[str, str]:
    """The language of each label; where it is the same in several, that of the page if it is one of them."""
    said = [(one.object.value, one.object.language) for one in labels if isinstance(one.object, Literal)]
    told = sorted((text, tag) for text, tag in said if tag)
    return dict(told) | {text: tag for text, tag in told if tag == language}


def say_bound(bound: Bound, reader: Reader) -> dict[str, str]:
    """A limit in the language of the reader, and what comes past it."""
    status = f"{bound.status.value} {interface_text(reader, phrase(bound.status))}"
    past = interface_text(reader, "Past it the answer is {status}.", status=status)
    return {"title": pick(bound.title, reader.language), "most": bound.shown, "past": past}
