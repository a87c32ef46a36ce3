"""The SPARQL endpoint (https://www.w3.org/TR/sparql11-protocol/): queries, its own description, a page for people."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from mreze.errors import NotAcceptable, RequestError
from mreze.formats import CSV, GRAPHS, HTML, RESULTS_JSON, TURTLE
from mreze.serve.description import describe_service
from mreze.serve.emptiness import Missing, explain_emptiness
from mreze.serve.exchange import Request, Response
from mreze.serve.lexer import differs_each_time
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.pool import Answer
from mreze.serve.resources.query_page import query_page
from mreze.serve.resources.saved import questions, service_link
from mreze.serve.results import is_empty
from mreze.serve.service import Service
from mreze.serve.sparql import Operation, admit, from_body, from_query_string, offered, refuse_coded
from mreze.serve.view import Value
from mreze.serve.worker import Question

_START: Final = """\
SELECT ?class (COUNT(?thing) AS ?things)
WHERE {
  ?thing a ?class .
}
GROUP BY ?class
ORDER BY DESC(?things) ?class
"""


async def endpoint(service: Service, request: Request, _: str) -> Response:
    """Answer a query; without one, describe the service."""
    if request.method in {"POST", "QUERY"}:
        refuse_coded(request.headers.get("content-encoding"))
        operation = from_body(request.headers.get("content-type"), request.body, request.query_string)
    else:
        found = from_query_string(request.query_string)
        if found is None:
            return _description(service, request)
        operation = found
    if operation.explain:
        return await _explanation(service, request, operation)
    results, graph, page = offered(request.accept, operation.format)
    if page:
        return await _page(service, request, operation)
    if results is None and graph is None:
        raise NotAcceptable(f"No result of a query is offered in what you accept: {(request.accept or '')[:200]}")
    extensions = (results.extension if results else None, graph.extension if graph else None)
    question = _question(service, request, operation, *extensions)
    answer = await service.answers.ask(question, _deadline(service, operation), request.client)
    form = graph if answer.graph else results
    content_type = form.content_type if form else None
    return Response(answer.content, content_type, headers={"Vary": "Accept"}, kept=_is_kept(question))


def _question(
    service: Service, request: Request, operation: Operation, results: str | None, graph: str | None
) -> Question:
    base = request.location + "sparql"
    admitted = admit(operation, base, service.settings.services)
    graphs = admitted.default_graphs, admitted.named_graphs
    return Question(admitted.query, base, results, graph, *graphs, admitted.federated)


def _is_kept(question: Question) -> bool:
    return not (question.federated or differs_each_time(question.query))


def _deadline(service: Service, operation: Operation) -> float:
    return min(operation.timeout or service.settings.deadline, service.settings.deadline)


def _description(service: Service, request: Request) -> Response:
    form = choose(request.accept, (*GRAPHS, HTML))
    if form is not HTML:
        return service.graph(
            form, describe_service(service.store, service.release, request.location), {"Link": service_link(request)}
        )
    reader = service.pages.reader(request)
    page = _form(service, reader, _START)
    return replace(page, headers={**page.headers, "Link": service_link(request)})


async def _page(service: Service, request: Request, operation: Operation) -> Response:
    reader = service.pages.reader(request)
    try:
        question = _question(service, request, operation, RESULTS_JSON.extension, TURTLE.extension)
        answer = await service.answers.ask(question, _deadline(service, operation), request.client)
    except RequestError as error:
        return _form(service, reader, operation.query, problem=error)
    missing = await _missing(service, request, operation) if is_empty(answer) else None
    return replace(_form(service, reader, operation.query, answer=answer, missing=missing), kept=_is_kept(question))


async def _explanation(service: Service, request: Request, operation: Operation) -> Response:
    """Why a query finds nothing, for programs."""
    missing = [
        {"name": one.name, "kind": one.place, "message": one.message["en"], "similar": one.similar}
        for one in await _missing(service, request, operation)
    ]
    content = json.dumps({"missing": missing}, ensure_ascii=False, indent=1) + "\n"
    return Response(content.encode(), "application/json")


async def _missing(service: Service, request: Request, operation: Operation) -> list[Missing]:
    base = request.location + "sparql"

    async def ask(query: str) -> bytes:
        question = Question(query, base, RESULTS_JSON.extension, None)
        return (await service.answers.ask(question, service.settings.deadline, request.client)).content

    return await explain_emptiness(operation.query, base, service.store, ask)


def _form(
    service: Service,
    reader: Reader,
    query: str,
    *,
    answer: Answer | None = None,
    problem: RequestError | None = None,
    missing: list[Missing] | None = None,
) -> Response:
    """The page on which one can ask."""
    syntaxes = GRAPHS if answer is not None and answer.graph else (RESULTS_JSON, CSV)
    return query_page(
        service,
        reader,
        query,
        heading=interface_text(reader, "Ask with SPARQL"),
        explanation=interface_text(
            reader,
            "A query runs over all data and the vocabulary at once. It may take {seconds} seconds; "
            "an answer is complete, or it is an error.",
            seconds=f"{service.settings.deadline:g}",
        ),
        answer=answer,
        problem=problem,
        missing=missing,
        downloads=[
            Value(one.name, "sparql?" + urlencode({"query": query, "format": one.extension})) for one in syntaxes
        ],
        questions=questions(service, reader),
    )
