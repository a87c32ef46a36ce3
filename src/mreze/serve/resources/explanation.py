"""Why a query finds nothing, or is refused: for programs (`explain=true`), and for the page."""

from __future__ import annotations

import json
from collections.abc import Sequence

from mreze.errors import BadRequest, Unavailable
from mreze.formats import RESULTS_JSON, TURTLE
from mreze.serve.dataset import DatasetClause
from mreze.serve.exchange import Request, Response
from mreze.serve.explanation.asking import SECONDS, Asking
from mreze.serve.explanation.emptiness import explain_emptiness
from mreze.serve.explanation.missing import Missing
from mreze.serve.explanation.prefixes import explain_prefixes
from mreze.serve.pool import Answer
from mreze.serve.results import is_empty
from mreze.serve.service import Service
from mreze.serve.sparql import Operation, admit
from mreze.serve.worker import Question
from mreze.texts import pick


async def explanation(service: Service, request: Request, operation: Operation, deadline: float) -> Response:
    """Answer `explain=true`: whether the query finds nothing, and why."""
    base = request.location + "sparql"
    operation = admit(operation, base, service.settings.services)
    graphs = operation.default_graphs, operation.named_graphs
    question = Question(
        operation.query, base, RESULTS_JSON.extension, TURTLE.extension, *graphs, operation.federated
    )  # fmt: skip
    answer = await ask(service, question, deadline, request.client)
    reader = service.pages.reader(request)
    empty = is_empty(answer, operation.query)
    missing = [
        {
            "kind": one.kind,
            "name": one.name,
            "message": pick(one.message, reader.language),
            "similar": one.similar,
        }
        for one in await _missing(service, request, operation, empty=empty)
    ]
    content = json.dumps({"empty": empty, "missing": missing}, ensure_ascii=False, indent=1) + "\n"
    # What was found in a second need not be all that there is to find: it is not kept.
    return Response(content.encode(), "application/json", headers={"Vary": "Accept-Language"}, kept=False)


async def find_missing(
    service: Service, request: Request, operation: Operation, answer: Answer
) -> list[Missing] | None:
    """What of a query that found nothing is not there; None where it found something."""
    if not is_empty(answer, operation.query):
        return None
    return await _missing(service, request, operation, empty=True)


async def _missing(service: Service, request: Request, operation: Operation, *, empty: bool) -> list[Missing]:
    async def put(query: str, default: Sequence[str], named: Sequence[str], seconds: float) -> bytes:
        base = request.location + "sparql"
        question = Question(query, base, RESULTS_JSON.extension, None, tuple(default), tuple(named))
        return (await service.answers.ask(question, seconds, request.client)).content

    clause = DatasetClause(operation.default_graphs, operation.named_graphs)
    asking = Asking.begin(put, min(SECONDS, service.settings.deadline))
    try:
        return await explain_emptiness(
            operation.query, clause, request.location, service.store, service.release, asking, empty=empty
        )
    except Unavailable:  # a store elsewhere that answered the query, and has trouble with what is asked to explain it
        return []


async def ask(service: Service, question: Question, deadline: float, client: str) -> Answer:
    """Have a question answered; one that is wrong because a prefix is not declared is told which to declare.

    Raises:
        RequestError: see `Pool.ask`.
    """
    try:
        return await service.answers.ask(question, deadline, client)
    except BadRequest as error:
        error.detail += explain_prefixes(question.query, service.release.prefixes)
        raise
