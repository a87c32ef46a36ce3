"""The saved queries: a page for each, its result in every syntax, and their list."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode

from mreze.errors import NotFound
from mreze.formats import GRAPHS, HTML, RESULTS_JSON, TURTLE, Format
from mreze.queries import SavedQuery, read_query
from mreze.serve.exchange import Request, Response
from mreze.serve.iris import decode, encode
from mreze.serve.negotiation import choose
from mreze.serve.pages import Reader, interface_text
from mreze.serve.pool import Answer
from mreze.serve.resources.query_page import query_page
from mreze.serve.service import Service, varied
from mreze.serve.sparql import SHORT_NAMES, SOLUTIONS
from mreze.serve.view import Value
from mreze.serve.worker import Question
from mreze.texts import pick

_FOLDER: Final = "queries/"


async def saved(service: Service, request: Request, path: str) -> Response:
    """A saved query, or their list."""
    if not path:
        return _list(service, request)
    name = decode(path)
    query, fixed = _find(service, name), None
    if query is None:
        stem, _, extension = name.rpartition(".")
        query = _find(service, stem)
        if query is not None and extension == "rq":
            return Response(query.text.encode(), "application/sparql-query; charset=utf-8")
        fixed = _by_extension(query, extension)
    if query is None or (fixed is None and query.name != name):
        raise NotFound(f"There is no saved query {name!r}. {service.release.base}queries/ lists them.")
    form = fixed or choose(request.accept, (HTML, *_offered(query)))
    if form in GRAPHS and query.form in {"select", "ask"}:
        iri = NamedNode(f"{service.release.base}queries/{query.name}")
        told = {one for one in service.store.graph(service.release.base + "queries") if one.subject == iri}
        return service.graph(form, told, varied(fixed))
    if form is HTML:
        return await _page(service, request, query)
    answer = await _ask(service, request, query, form, form)
    return Response(answer.content, form.content_type, headers=varied(fixed))


def questions(service: Service, reader: Reader) -> list[Value]:
    """The saved queries as links, in the order of their questions."""
    found = []
    for one in _all(service):
        href = f"{reader.request.root}queries/{encode(one.name)}{reader.query}"
        found.append(Value(pick(one.summary, reader.language), href))
    return sorted(found, key=lambda value: value.text)


def _all(service: Service) -> list[SavedQuery]:
    return [read_query(service.release.root, Path(path)) for path in service.release.files if path.startswith(_FOLDER)]


def _find(service: Service, name: str) -> SavedQuery | None:
    path = f"{_FOLDER}{name}.rq"
    return read_query(service.release.root, Path(path)) if path in service.release.files else None


def _offered(query: SavedQuery) -> tuple[Format, ...]:
    return (*SOLUTIONS, *GRAPHS) if query.form in {"select", "ask"} else GRAPHS


def _by_extension(query: SavedQuery | None, extension: str) -> Format | None:
    if query is None:
        return None
    known = SHORT_NAMES.get(extension, extension)
    return next((one for one in (*_offered(query), HTML) if one.extension in {extension, known}), None)


async def _ask(service: Service, request: Request, query: SavedQuery, results: Format, graph: Format) -> Answer:
    question = Question(query.text, request.location + "sparql", results.extension, graph.extension)
    return await service.answers.ask(question, service.settings.deadline, request.client)


def _list(service: Service, request: Request) -> Response:
    form = choose(request.accept, (HTML, *GRAPHS))
    if form is not HTML:
        return service.graph(form, service.store.graph(service.release.base + "queries"), varied(None))
    reader = service.pages.reader(request)
    return service.pages.page("questions.html", reader, questions=questions(service, reader))


async def _page(service: Service, request: Request, query: SavedQuery) -> Response:
    reader = service.pages.reader(request)
    answer = await _ask(service, request, query, RESULTS_JSON, TURTLE)
    name = f"{request.root}queries/{encode(query.name)}"
    return query_page(
        service,
        reader,
        "".join(line for line in query.text.splitlines(keepends=True) if not line.startswith("#+")),
        heading=pick(query.summary, reader.language),
        explanation=pick(query.description, reader.language),
        answer=answer,
        downloads=[
            Value(one.name, f"{name}.{one.extension}") for one in (GRAPHS if answer.graph else (*SOLUTIONS, TURTLE))
        ],
        questions=[Value(interface_text(reader, "All questions"), f"{request.root}queries/{reader.query}")],
    )
