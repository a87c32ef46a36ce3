"""What one request is answered with: a release, its names, its index, and who reads the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mreze.matching.conditions import Comparison
from mreze.matching.model import Entry
from mreze.serve.exchange import Request
from mreze.serve.negotiation import choose_language
from mreze.serve.pages import Reader
from mreze.serve.reconcile.asked import Asked
from mreze.serve.reconcile.candidates import Writer
from mreze.serve.reconcile.extension import below
from mreze.serve.reconcile.facts import StoreFacts
from mreze.serve.reconcile.find import Finder
from mreze.serve.reconcile.ids import space
from mreze.serve.reconcile.known import Known
from mreze.serve.reconcile.limits import TURN
from mreze.serve.reconcile.opening import open_known
from mreze.serve.reconcile.scan import Scan, refuse_many
from mreze.serve.reconcile.things import is_thing
from mreze.serve.reconcile.vocabulary import Vocabulary
from mreze.serve.service import Service


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
        return Finder(service.index, facts, service.release.base, Scan(self._things, comparison, facts.expect))

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
    index = service.index if service.opened.is_made else await asyncio.to_thread(lambda: service.index)
    release = service.release
    vocabulary = Vocabulary(
        known.types, known.properties.terms, release.prefixes, release.base, lambda iri: index.entry(iri) is not None
    )
    return Desk(service, service.pages.reader(request), known, vocabulary)


async def answers(desk: Desk, asked: Sequence[Asked], *, draft: bool) -> list[list[dict[str, Any]]]:
    """The candidates of queries; others have their turn meanwhile, and who has left is answered no more.

    Args:
        desk: what to answer with.
        asked: the queries.
        draft: whether they are of the draft of 1.0.
    """
    finders: dict[str, tuple[Finder, Writer]] = {}
    known: dict[Asked, list[dict[str, Any]]] = {}

    def work(some: Sequence[Asked]) -> None:
        for one in some:
            if one not in known:
                language = _language(desk, one)
                if language not in finders:
                    finders[language] = desk.finder(language), desk.writer(language)
                finder, writer = finders[language]
                known[one] = [writer.candidate(candidate, draft=draft) for candidate in finder.find(one)]

    for turn in _turns(asked):
        async with desk.service.matching:
            await asyncio.to_thread(work, turn)
    return [known[one] for one in asked]


def _turns(asked: Sequence[Asked]) -> Iterator[Sequence[Asked]]:
    """So many queries as are answered in one go: fifty, or one that looks at everything."""
    turn: list[Asked] = []
    for one in asked:
        turn.append(one)
        if len(turn) == TURN or not one.names:
            yield turn
            turn = []
    if turn:
        yield turn


def _language(desk: Desk, asked: Asked) -> str:
    """Which language the names of candidates are in: that of the address, else of the query, else of the reader."""
    if asked.language is None or "lang" in desk.reader.request.parameters:
        return desk.language
    header = desk.reader.request.headers.get("accept-language")
    return choose_language(asked.language, header, desk.service.release.languages)
