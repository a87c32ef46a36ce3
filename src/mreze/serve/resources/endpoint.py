"""The SPARQL endpoint (https://www.w3.org/TR/sparql11-protocol/): queries, its own description, a page for people."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from mreze.errors import NotAcceptable, RequestError
from mreze.formats import GRAPHS, HTML, RESULTS_JSON, TURTLE, by_extension
from mreze.release import LOCATION
from mreze.serve import pinning
from mreze.serve.bounds import bounds
from mreze.serve.description import describe_service
from mreze.serve.exchange import Request, Response
from mreze.serve.explanation.missing import Missing
from mreze.serve.lexer import differs_each_time
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.pool import Answer
from mreze.serve.rendering import render
from mreze.serve.resources.explanation import ask, explanation, find_missing
from mreze.serve.resources.graphs import located
from mreze.serve.resources.query_page import query_page
from mreze.serve.resources.saved import questions, service_link
from mreze.serve.service import Service
from mreze.serve.sparql import (
    GRAPH_RESULTS,
    SOLUTIONS,
    Operation,
    admit,
    from_body,
    from_query_string,
    offered,
    refuse_coded,
)
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
        try:
            found = from_query_string(request.query_string)
        except RequestError as error:
            return _refusal(service, request, error)
        if found is None:
            return _description(service, request)
        operation = found
    if operation.explain:
        return await explanation(service, request, operation, _deadline(service, operation))
    results, graph, page = offered(request.accept, operation.format)
    if page:
        return await _page(service, request, operation)
    if results is None and graph is None:
        told = f"No result of a query is offered in what you accept: {(request.accept or '')[:200]}"
        raise NotAcceptable(told, headers={"Vary": "Accept"}, offered=(*SOLUTIONS, *GRAPH_RESULTS))
    extensions = (results.extension if results else None, graph.extension if graph else None)
    question = _question(service, request, operation, *extensions)
    answer = await ask(service, question, _deadline(service, operation), request.client)
    form = graph if answer.graph else results
    content_type = form.content_type if form else None
    return Response(answer.content, content_type, headers={"Vary": "Accept"}, kept=_is_kept(question))


def _refusal(service: Service, request: Request, error: RequestError) -> Response:
    """The error; for a person, on the page with the query, where it can be mended."""
    query = request.parameters.get("query")
    if query is None or not offered(request.accept)[2]:
        raise error
    return _form(service, service.pages.reader(request), query, problem=error)


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
    """The service in RDF, or for people the page on which one can ask it; `format` names a syntax for a link."""
    links = {"Link": service_link(request)}
    named = by_extension(request.parameters.get("format", ""), GRAPH_RESULTS)
    form = named or choose(request.accept, (*GRAPH_RESULTS, HTML))
    if form is HTML:
        page = _form(service, service.pages.reader(request), _START)
        return replace(page, headers={**page.headers, **links})
    key = (request.location, request.release, form.extension)
    content = service.descriptions.get(key)
    if content is None:
        described = describe_service(service.release, service.settings, LOCATION)
        triples = {pinning.located(one, request) for one in described}
        triples |= located(service, request, "void.ttl")
        content = render(form, triples, service.release.prefixes)
        service.descriptions.put(key, content, len(content))
    at = f"{request.location}sparql?format={form.extension}"
    return Response(content, form.content_type, headers={"Vary": "Accept", "Content-Location": at, **links})


async def _page(service: Service, request: Request, operation: Operation) -> Response:
    reader = service.pages.reader(request)
    try:
        question = _question(service, request, operation, RESULTS_JSON.extension, TURTLE.extension)
        answer = await ask(service, question, _deadline(service, operation), request.client)
    except RequestError as error:
        return _form(service, reader, operation.query, problem=error)
    missing = await find_missing(service, request, operation, answer)
    page = _form(service, reader, operation.query, answer=answer, missing=missing)
    return replace(page, kept=missing is None and _is_kept(question))


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
    syntaxes = GRAPHS if answer is not None and answer.graph else SOLUTIONS
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
            Value(one.name, reader.request.keep("sparql?" + urlencode({"query": query, "format": one.extension})))
            for one in syntaxes
        ],
        questions=questions(service, reader),
        bounds=bounds(service.settings),
    )
