"""The saved queries: a page for each, its result in every syntax, and their list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, Triple

from mreze.datablocks import Term
from mreze.errors import NotFound, RequestError
from mreze.formats import GRAPHS, HTML, RESULTS_JSON, TURTLE, Format
from mreze.namespaces import term
from mreze.queries import SavedQuery
from mreze.serve.arguments import given, missing, read_values
from mreze.serve.citation import Cited
from mreze.serve.exchange import Request, Response, link
from mreze.serve.form import fields, shown
from mreze.serve.imprint import citation, imprint_of
from mreze.serve.iris import decode, encode
from mreze.serve.lexer import differs_each_time
from mreze.serve.library import all_queries, find_query
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.pool import Answer
from mreze.serve.resources.graphs import located
from mreze.serve.resources.query_page import query_page
from mreze.serve.service import VARY_ON_ALL, Service, varied
from mreze.serve.sparql import SHORT_NAMES, SOLUTIONS
from mreze.serve.view import Value
from mreze.serve.worker import Question
from mreze.texts import pick

_TEXT: Final = "rq"
DESCRIBED: Final = "queries.ttl"
"""The file of a release that describes its saved queries."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A saved query as their list shows it."""

    question: Value
    parameters: tuple[str, ...]
    rows: int | None
    """How many it gave, with its defaults, when the release was built."""


async def saved(service: Service, request: Request, path: str) -> Response:
    """A saved query, or their list."""
    if not path:
        return _list(service, request)
    query, extension = _find(service, decode(path))
    if extension == _TEXT:
        return _text(service, request, query)
    fixed = None if extension is None else _by_extension(query, extension)
    form = fixed or choose(request.accept, (HTML, *offered(query)))
    at = f"{request.location}queries/{encode(query.name)}"
    headers = varied(fixed, form, at, request.query_string) | {"Link": _links(service, request, query)}
    if form is HTML:
        page = await _page(service, request, query)
        return replace(page, headers={**page.headers, **headers}, kept=not differs_each_time(query.text))
    sent = given(query.parameters, request)
    if form in GRAPHS and query.form in {"select", "ask"}:
        return service.graph(form, _description(service, request, query), headers)
    values = read_values(query.parameters, sent, service.store, service.release)
    answer = await _ask(service, request, query.with_values(values), form, form)
    kept = not differs_each_time(query.text)
    return Response(answer.content, form.content_type, headers=headers, kept=kept)


def questions(service: Service, reader: Reader) -> list[Value]:
    """The saved queries as links, in the order of their questions."""
    found = [_link(one, reader) for one in all_queries(service.release)]
    return sorted(found, key=lambda value: value.text)


def offered(query: SavedQuery) -> tuple[Format, ...]:
    """What a query's result, or the description of the query, is offered in; HTML apart."""
    return (*SOLUTIONS, *GRAPHS) if query.form in {"select", "ask"} else GRAPHS


def _find(service: Service, name: str) -> tuple[SavedQuery, str | None]:
    """The query that a path names, and the extension that the path has."""
    query = find_query(service.release, name)
    if query is not None:
        return query, None
    stem, _, extension = name.rpartition(".")
    query = find_query(service.release, stem)
    if query is None:
        raise NotFound(f"There is no saved query {name!r}. {service.release.base}queries/ lists them.")
    return query, extension


def _by_extension(query: SavedQuery, extension: str) -> Format:
    known = SHORT_NAMES.get(extension, extension)
    forms = (*offered(query), HTML)
    found = next((one for one in forms if one.extension in {extension, known}), None)
    if found is None:
        short = [
            name for name, one in SHORT_NAMES.items() if name.isalpha() and one in {two.extension for two in forms}
        ]
        names = ", ".join(f".{one}" for one in [*(one.extension for one in forms), *short, _TEXT])
        raise NotFound(f"The saved query {query.name!r} has no form .{extension}. There are: {names}.")
    return found


def _text(service: Service, request: Request, query: SavedQuery) -> Response:
    """The file; where values are given, the query with them."""
    sent = given(query.parameters, request)
    text = query.text
    if sent:
        chosen = [one for one in query.parameters if one.name in sent]
        text = query.with_values(read_values(chosen, sent, service.store, service.release))
    return Response(text.encode(), "application/sparql-query; charset=utf-8")


async def _ask(service: Service, request: Request, text: str, results: Format, graph: Format) -> Answer:
    question = Question(text, request.location + "sparql", results.extension, graph.extension)
    return await service.answers.ask(question, service.settings.deadline, request.client)


def _list(service: Service, request: Request) -> Response:
    form = choose(request.accept, (HTML, *GRAPHS))
    headers = {"Vary": VARY_ON_ALL, "Link": service_link(request)}
    if form is not HTML:
        return service.graph(form, located(service, request, DESCRIBED), headers)
    reader = service.pages.reader(request)
    rows = row_counts(service, request)
    listed = [_listed(one, reader, rows.get(one.name)) for one in all_queries(service.release)]
    listed.sort(key=lambda one: one.question.text)
    page = service.pages.page("questions.html", reader, listed=listed)
    return replace(page, headers={**page.headers, **headers})


def service_link(request: Request) -> str:
    """A link to the description of the interface (https://www.rfc-editor.org/rfc/rfc8631#section-4.1)."""
    return link(request.location + "openapi.json", "service-desc", "application/json")


def _links(service: Service, request: Request, query: SavedQuery) -> str:
    iri, at = encode(f"{service.release.base}queries/{query.name}"), f"{request.location}queries/"
    links = [link(iri, "cite-as"), link(at, "describedby", TURTLE.media_type), service_link(request)]
    return ", ".join(links)


def _link(query: SavedQuery, reader: Reader) -> Value:
    href = f"{reader.request.root}queries/{encode(query.name)}{reader.query}"
    return Value(pick(query.summary, reader.language), href)


def _listed(query: SavedQuery, reader: Reader, rows: int | None) -> Listed:
    labels = tuple(pick(one.label, reader.language) or one.name for one in query.parameters)
    return Listed(_link(query, reader), labels, rows)


def row_counts(service: Service, request: Request) -> dict[str, int]:
    """How many rows each query gave when the release was built, by its name."""
    prefix, counted = f"{service.release.base}queries/", term("mreze:rows")
    return {
        one.subject.value.removeprefix(prefix): int(one.object.value)
        for one in located(service, request, DESCRIBED)
        if one.predicate == counted and isinstance(one.subject, NamedNode) and isinstance(one.object, Literal)
    }


def _description(service: Service, request: Request, query: SavedQuery) -> set[Triple]:
    iri = f"{service.release.base}queries/{query.name}"
    said = located(service, request, DESCRIBED)
    return {one for one in said if isinstance(one.subject, NamedNode) and one.subject.value.partition("#")[0] == iri}


async def _page(service: Service, request: Request, query: SavedQuery) -> Response:
    """The page: a form without a result where something must be given and nothing was."""
    reader = service.pages.reader(request)
    sent: dict[str, str] = {}
    values: dict[str, Term] = {}
    answer, problem = None, None
    try:
        sent = given(query.parameters, request)
        chance = not service.settings.live and differs_each_time(query.text)  # of which a copy would keep one answer
        if sent or not (chance or missing(query.parameters, sent)):
            values = read_values(query.parameters, sent, service.store, service.release)
            answer = await _ask(service, request, query.with_values(values), RESULTS_JSON, TURTLE)
    except RequestError as error:
        problem, sent = error, sent or request.parameters
    filled = {**sent, **{name: shown(one, service.release) for name, one in values.items()}}
    return query_page(
        service,
        reader,
        query.with_values(values),
        heading=pick(query.summary, reader.language),
        explanation=pick(query.description, reader.language),
        answer=answer,
        problem=problem,
        downloads=_downloads(request, query, sent, answer) if answer else (),
        questions=[Value(interface_text(reader, "All questions"), f"{request.root}queries/{reader.query}")],
        fields=fields(service, reader, query, filled),
        cited=_cited(service, reader, query, sent) if answer else None,
        columns=query.columns,
    )


def _cited(service: Service, reader: Reader, query: SavedQuery, sent: Mapping[str, str]) -> Cited:
    """The result with the values that were given."""
    values = f"?{urlencode(sent)}" if sent else ""
    iri = f"{encode(f'{service.release.base}queries/{query.name}')}{values}"
    return citation(service, reader, imprint_of(service), Value(pick(query.summary, reader.language)), iri)


def _downloads(request: Request, query: SavedQuery, sent: Mapping[str, str], answer: Answer) -> list[Value]:
    """The result in files, with the values that were given."""
    stem = f"{request.root}queries/{encode(query.name)}"
    values = f"?{urlencode(sent)}" if sent else ""
    forms = GRAPHS if answer.graph else (*SOLUTIONS, TURTLE)
    return [Value(one.name, request.keep(f"{stem}.{one.extension}{values}")) for one in forms]
