"""The resources of the service: who asks what, in which version of the API, and where it is answered."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from mreze.errors import BadRequest
from mreze.serve.exchange import Request, Response
from mreze.serve.reconcile import reading
from mreze.serve.reconcile.answer import JSON, callback, reply
from mreze.serve.reconcile.asked import Asked
from mreze.serve.reconcile.desk import Desk, answers, open_desk
from mreze.serve.reconcile.extension import extend
from mreze.serve.reconcile.limits import SUGGESTIONS
from mreze.serve.reconcile.manifest import draft_manifest, manifest
from mreze.serve.reconcile.matches import read_matches
from mreze.serve.reconcile.parameters import media_type, number, parameters, read_body
from mreze.serve.reconcile.queries import read_batch, read_query
from mreze.serve.reconcile.suggest import Page, suggest_terms, suggest_things
from mreze.serve.reconcile.turns import read
from mreze.serve.service import Service

_ASKING: Final = ("queries", "query", "extend")
_PARAMETERS: Final = (*_ASKING, "callback", "lang", "release")
_OF_ONE: Final = ("limit", "type", "type_strict", "properties")
"""What goes with a query that is no batch."""
_SUGGESTING: Final = ("prefix", "cursor", "offset", "limit", "type", "callback", "lang", "release")
_MOST_SUGGESTIONS: Final = 100


async def reconcile(service: Service, request: Request, _: str) -> Response:
    """The endpoint of the 0.2 API: the manifest, or the answer to queries (sections 3.1 and 4.3)."""
    sent = await read(service, request, lambda: _sent(request))
    function = callback(request)
    several = [name for name in _ASKING if name in sent]
    if len(several) > 1:
        raise BadRequest(f"One thing is asked at once, not {' and '.join(several)}.")
    if "extend" in sent:
        content = await read(service, request, lambda: _json(sent["extend"], "extend"))
        return await extend(service, request, content)
    desk = await open_desk(service, request)
    if "queries" in sent:
        batch = await read(service, request, lambda: _batch(sent["queries"], desk))
        found = await answers(desk, list(batch.values()), draft=False)
        content = {key: {"result": one} for key, one in zip(batch, found, strict=True)}
    elif "query" in sent:
        [result] = await answers(desk, [await read(service, request, lambda: _single(sent, desk))], draft=False)
        content = {"result": result}
    elif request.method == "POST":
        raise BadRequest("Nothing is asked: send `queries` or `extend`.")
    else:
        content = manifest(service, desk.reader, desk.vocabulary)
    return await asyncio.to_thread(reply, content, desk.language, function)


async def draft(service: Service, request: Request, _: str) -> Response:
    """The manifest of the draft of 1.0 (section 3.1)."""
    desk = await open_desk(service, request)
    return reply(draft_manifest(service, desk.reader, desk.vocabulary), desk.language)


async def match(service: Service, request: Request, _: str) -> Response:
    """The match service of the draft of 1.0 (section 4.3)."""
    desk = await open_desk(service, request)
    asked = await read(service, request, lambda: read_matches(read_body(request), desk.vocabulary))
    found = await answers(desk, asked, draft=True)
    return await asyncio.to_thread(reply, {"results": [{"candidates": one} for one in found]}, desk.language)


async def suggest(service: Service, request: Request, kind: str) -> Response:
    """The suggest services of both versions (sections 6); `cursor` is called `offset` in the later."""
    sent = parameters(request, _SUGGESTING)
    if "prefix" not in sent:
        raise BadRequest("The parameter prefix is missing: what has been typed so far.")
    skip = number(sent, "offset" if "offset" in sent else "cursor", 0, 0)
    limit = min(number(sent, "limit", SUGGESTIONS, 1), _MOST_SUGGESTIONS)
    page = Page(reading.text(sent["prefix"], "prefix"), skip, limit)
    function = callback(request)
    desk = await open_desk(service, request)
    content = await asyncio.to_thread(_suggestions, desk, kind, page, sent.get("type", ""))
    return reply(content, desk.language, function)


def _suggestions(desk: Desk, kind: str, page: Page, type_: str) -> dict[str, Any]:
    if kind == "entity":
        types = (desk.vocabulary.type(type_, "type").iri,) if type_ else ()
        return suggest_things(desk.service.index, desk.writer(desk.language), page, types)
    terms = desk.vocabulary.types if kind == "type" else desk.vocabulary.properties
    return suggest_terms(terms, page, desk.language, "things" if kind == "type" else "statements")


def _sent(request: Request) -> dict[str, Any]:
    """What the 0.2 API is asked: by parameters or, which is no part of it, by JSON."""
    if request.method != "POST" or media_type(request) != JSON:
        sent: dict[str, Any] = {**parameters(request, (*_PARAMETERS, *_OF_ONE))}
        return sent
    content = read_body(request)
    if not isinstance(content, dict) or not content.keys() <= {*_ASKING, *_OF_ONE}:
        return {"queries": content}
    return {str(name): value for name, value in content.items()}


def _json(value: object, place: str) -> Any:
    return reading.parse(value, place) if isinstance(value, str) else value


def _batch(sent: object, desk: Desk) -> dict[str, Asked]:
    return read_batch(_json(sent, "queries"), desk.vocabulary)


def _single(sent: dict[str, Any], desk: Desk) -> Asked:
    """A query that is no batch, as clients sent it before there were batches: a text, or an object."""
    query = sent["query"]
    if isinstance(query, str) and query.lstrip().startswith("{"):
        return read_query(_json(query, "query"), "query", desk.vocabulary)
    others: dict[str, Any] = {name: sent[name] for name in _OF_ONE if name in sent}
    if "properties" in others:
        others["properties"] = _json(others["properties"], "properties")
    return read_query({"query": query, **others}, "query", desk.vocabulary)
