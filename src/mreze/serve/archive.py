"""The other releases of the folder: opened when they are asked for (`?release=`), a few kept open."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Final

from mreze.errors import Gone, MrezeError, NotFound
from mreze.release import Release, verify
from mreze.serve.answers import Asker
from mreze.serve.exchange import TIMELESS, Request, Response
from mreze.serve.pages import Pages
from mreze.serve.pinning import age, pin, unpinned
from mreze.serve.pool import Answer
from mreze.serve.responder import Made, Pack, Prepare, Responder, Wait, already, simply
from mreze.serve.service import Service
from mreze.serve.store import EmbeddedStore, on_disk
from mreze.serve.worker import Question
from mreze.shelf import Hold, Shelf

_MOST: Final = 4
"""How many are kept open."""
_MOST_NAMED: Final = 50
"""So many releases an error names."""


@dataclass(frozen=True, slots=True)
class _Pinned:
    """Has questions answered from one release."""

    answers: Asker
    release: str

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """See `Pool.ask`."""
        return await self.answers.ask(replace(question, release=self.release), deadline, client)


class Archived(Responder):
    """Answers for a release that is not the current one."""

    def __init__(self, service: Service, held: Hold, neighbours: dict[str, str], pack: Pack) -> None:
        super().__init__(service, pack)
        self._held = held
        self._neighbours = neighbours

    def make(self, request: Request, response: Response) -> Made:
        """Add what every answer has, and keep its links within the release."""
        return super().make(request, age(request, pin(request, response), self._neighbours))


class _Refusing(Responder):
    """Answers that a release cannot be had."""

    def __init__(self, service: Service, error: MrezeError) -> None:
        super().__init__(service)
        self._error = error

    async def _answer(self, request: Request, prepare: Prepare, wait: Wait) -> Response:  # noqa: ARG002 - as overridden
        raise self._error


class Archive:
    """Opens releases, and closes those that were asked for longest ago."""

    def __init__(self, shelf: Shelf, current: Service, pack: Pack) -> None:
        """Prepare.

        Args:
            shelf: where they are.
            current: what all of them have in common with the release that is served.
            pack: packs content; see coding.py.
        """
        self._shelf = shelf
        self._current = current
        self._pack = pack
        self._open: OrderedDict[str, Archived] = OrderedDict()
        self._verified: set[str] = set()
        self._opening = asyncio.Lock()

    async def find(self, name: str) -> Archived:
        """The responder of a release.

        Raises:
            NotFound: there never was such a release here.
            Gone: it was taken away.
            ReleaseError: it is damaged.
        """
        found = self._open.get(name)
        if found is None:
            async with self._opening:
                if (found := self._open.get(name)) is None:
                    found = self._open[name] = await asyncio.to_thread(self._make, name)
        self._open.move_to_end(name)
        while len(self._open) > _MOST:
            self._open.popitem(last=False)
        return found

    def _make(self, name: str) -> Archived:
        names = self._shelf.names()
        if name not in names:
            raise self._missing(name, names)
        held = Hold(self._shelf.folder / name)
        release = self._shelf.open(name)
        if name not in self._verified:
            verify(release)
            self._verified.add(name)
        place = names.index(name)
        neighbours = {"predecessor-version": names[place - 1]} if place else {}
        if name != names[-1]:
            neighbours["successor-version"] = names[place + 1]
        return Archived(self._service(release), held, neighbours, self._pack)

    def _service(self, release: Release) -> Service:
        current = self._current
        return Service(
            release,
            EmbeddedStore(on_disk(release), release.base),
            _Pinned(current.answers, release.name),
            current.settings,
            Pages(release, old=True),
            current.ready,
            current.trouble,
            shelf=self._shelf,
            old=True,
        )

    def _missing(self, name: str, names: list[str]) -> NotFound | Gone:
        there = f"There are: {', '.join(reversed(names[-_MOST_NAMED:]))}. See {self._current.release.base}releases/"
        if name in self._shelf.removed():
            return Gone(f"The release {name[:_MOST_NAMED]!r} was taken away to make room. {there}")
        return NotFound(f"There is no release {name[:_MOST_NAMED]!r}. {there}")


class Front(Responder):
    """Answers for the release that is served; what names another is that one's business."""

    def __init__(self, service: Service, archive: Archive, pack: Pack) -> None:
        super().__init__(service, pack)
        self._archive = archive

    async def respond(self, request: Request, prepare: Prepare = already, wait: Wait = simply) -> Made:
        """Answer a request; see `Responder.respond`."""
        try:
            other = await self._other(request)
        except MrezeError as error:
            other = _Refusing(self.service, error)
            request = replace(request, query_string=_without_release(request))
        respond: Callable[..., Awaitable[Made]] = super().respond if other is None else other.respond
        return await respond(request, prepare, wait)

    def make(self, request: Request, response: Response) -> Made:
        """Add what every answer has; what the address names stays named."""
        return super().make(request, pin(request, response) if request.release else response)

    async def _other(self, request: Request) -> Responder | None:
        if "release=" not in request.query_string:  # nearly every request is of this kind
            return None
        name = request.release
        if not name or name == self.service.release.name or request.path.partition("/")[0] in TIMELESS:
            return None
        return await self._archive.find(name)


def _without_release(request: Request) -> str:
    """So the page that explains an error does not link to others of its like."""
    try:
        return unpinned(request.query_string)
    except ValueError:  # the query itself cannot be read
        return ""
