"""The resources of the service: who asks what, in which version of the API, and where it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from mreze.errors import BadRequest
from mreze.matching.conditions import Comparison
from mreze.matching.model import Entry
from mreze.serve.exchange import Request, Response
from mreze.serve.negotiation import choose_language
from mreze.serve.pages import Reader
from mreze.serve.reconcile import reading
from mreze.serve.reconcile.answer import JSON, callback, reply
from mreze.serve.reconcile.asked import Asked
from mreze.serve.reconcile.candidates import Writer
from mreze.serve.reconcile.extension import below, extend
from mreze.serve.reconcile.facts import StoreFacts
from mreze.serve.reconcile.find import Finder
from mreze.serve.reconcile.ids import space
from mreze.serve.reconcile.known import Known
from mreze.serve.reconcile.limits import SUGGESTIONS, TURN
from mreze.serve.reconcile.manifest import draft_manifest, manifest
from mreze.serve.reconcile.matches import read_matches
from mreze.serve.reconcile.opening import open_known
from mreze.serve.reconcile.parameters import media_type, number, parameters, read_body
from mreze.serve.reconcile.queries import read_batch, read_query
from mreze.serve.reconcile.scan import Scan, refuse_many
from mreze.serve.reconcile.suggest import MOST, Page, suggest_terms, suggest_things
from mreze.serve.reconcile.things import is_thing
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.service import Service

_PARAMETERS: Final = ("queries", "query", "extend", "callback", "lang", "release")
_OF_ONE: Final = ("limit", "type", "type_strict", "properties")
"""What goes with a query that is no batch."""
_SUGGESTING: Final = ("prefix", "cursor", "offset", "limit", "type", "callback", "lang", "release")
_MOST_SUGGESTIONS: Final = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """What one request is answered with."""

    service: Service
    reader: Reader
    known: Known
    vocabulary: Vocabulary

    @property
    def language(self) -> str:
        """Of the reader."""
        return self.reader.language

    def writer(self, language: str) -> Writer:
        """Writes candidates in a language."""
        return Writer(self.known.types, self.known.properties.terms, self.service.release.base, language)

    def finder(self, language: str) -> Finder:
        """Finds candidates."""
        service = self.service
        facts = StoreFacts(service.store, service.release, self.known.properties, language)
        comparison = Comparison(facts, space(service.release.base), service.release.prefixes)
        return Finder(service.index, facts, service.release.base, Scan(self._things, comparison))

    def _things(self, types: tuple[str, ...]) -> list[Entry]:
        """The things of one of these classes; all where there are none.

        Raises:
            Unanswerable: they are too many to look at.
        """
        store, base = self.service.store, self.service.release.base
        if types:
            kinds = {narrower for one in types for narrower in below(self.known.types, one)}
            things = {one.value for kind in kinds for one in store.instances(kind) if is_thing(one.value, base)}
        else:
            things = {space(base) + one.removeprefix(f"{base}doc/") for one in store.documents()}
        refuse_many(len(things))
        return [entry for one in sorted(things) if (entry := self.service.index.entry(one)) is not None]


async def open_desk(service: Service, request: Request) -> Desk:
    """Prepare to answer; the first time that takes a while.

    Raises:
        NotFound: the release has no index.
        ReleaseError: it is damaged.
    """
    known = await open_known(service)
    index = await asyncio.to_thread(lambda: service.index)
    release = service.release
    vocabulary = Vocabulary(
        known.types, known.properties.terms, release.prefixes, release.base, lambda iri: index.entry(iri) is not None
    )
    return Desk(service, service.pages.reader(request), known, vocabulary)


async def reconcile(service: Service, request: Request, _: str) -> Response:
    """The endpoint of the 0.2 API: the manifest, or the answer to queries (sections 3.1 and 4.3)."""
    sent = _sent(request)
    function = callback(request)
    if "extend" in sent:
        return await extend(service, request, _json(sent["extend"], "extend"))
    desk = await open_desk(service, request)
    if "queries" in sent:
        batch = await asyncio.to_thread(_batch, sent["queries"], desk)
        found = await _answers(desk, list(batch.values()), draft=False)
        content: object = {key: {"result": one} for key, one in zip(batch, found, strict=True)}
    elif "query" in sent:
        [result] = await _answers(desk, [await asyncio.to_thread(_single, sent, desk)], draft=False)
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
    asked = await asyncio.to_thread(lambda: read_matches(read_body(request), desk.vocabulary))
    found = await _answers(desk, asked, draft=True)
    return await asyncio.to_thread(reply, {"results": [{"candidates": one} for one in found]}, desk.language)


async def suggest(service: Service, request: Request, kind: str) -> Response:
    """The suggest services of both versions (sections 6); `cursor` is called `offset` in the later."""
    sent = parameters(request, _SUGGESTING)
    if "prefix" not in sent:
        raise BadRequest("The parameter prefix is missing: what has been typed so far.")
    skip = number(sent, "offset" if "offset" in sent else "cursor", 0, 0)
    limit = min(number(sent, "limit", SUGGESTIONS, 1), _MOST_SUGGESTIONS)
    page = Page(reading.text(sent["prefix"], "prefix"), min(skip, MOST), limit)
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


async def _answers(desk: Desk, asked: Sequence[Asked], *, draft: bool) -> list[list[dict[str, Any]]]:
    """The candidates of queries; others have their turn meanwhile, and who has left is answered no more."""
    finders: dict[str, tuple[Finder, Writer]] = {}

    def work(some: Sequence[Asked]) -> list[list[dict[str, Any]]]:
        found = []
        for one in some:
            language = _language(desk, one)
            if language not in finders:
                finders[language] = desk.finder(language), desk.writer(language)
            finder, writer = finders[language]
            found.append([writer.candidate(candidate, draft=draft) for candidate in finder.find(one)])
        return found

    turns = [asked[start : start + TURN] for start in range(0, len(asked), TURN)]
    answered = [await asyncio.to_thread(work, turn) for turn in turns]
    return [one for turn in answered for one in turn]


def _language(desk: Desk, asked: Asked) -> str:
    """Which language the names of candidates are in: that of the address, else of the query, else of the reader."""
    if asked.language is None or "lang" in desk.reader.request.parameters:
        return desk.language
    header = desk.reader.request.headers.get("accept-language")
    return choose_language(asked.language, header, desk.service.release.languages)


def _sent(request: Request) -> dict[str, Any]:
    """What the 0.2 API is asked: by parameters or, which is no part of it, by JSON."""
    known = (*_PARAMETERS, *_OF_ONE)
    if request.method != "POST" or media_type(request) != JSON:
        sent: dict[str, Any] = {**parameters(request, known)}
        return sent
    content = read_body(request)
    if not isinstance(content, dict) or not content.keys() <= set(known):
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
