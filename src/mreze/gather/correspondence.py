"""Asks what the snapshot does not know, courteously, and keeps what came."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeVar

from mreze.answer import Answer
from mreze.errors import GatherError
from mreze.gather.courtesy import UNREADABLE, Courtesy
from mreze.gather.exchange import Request
from mreze.gather.snapshot import Snapshot

Read = TypeVar("Read")
FINE: Final = frozenset(range(200, 300))
_NO_ANSWER: Final = 0
"""The status that is kept where nobody said whether something is there."""
_MOVED: Final = range(300, 400)


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What all that is asked in a run goes through."""

    courtesy: Courtesy
    snapshot: Snapshot

    def ask(self, request: Request, send: Callable[[], Answer], read: Callable[[Answer], Read]) -> Read:
        """What an answer says: the one that is kept, else one that comes now.

        Args:
            request: what is asked.
            send: asks.
            read: makes sense of an answer; a ValueError tells that it is none.

        Raises:
            Unreachable: nobody is there.
            GatherError: there is no answer that can be read; or none is kept and nobody may be asked.
        """
        kept = self.snapshot.find(request)
        if kept is not None:
            try:
                return read(kept)
            except UNREADABLE as error:
                if not self.snapshot.writable:
                    raise self.snapshot.unreadable(request, error) from error
        if not self.snapshot.writable:
            raise self.snapshot.lacks(request)
        return self._fetch(request, send, read, FINE)

    def status(self, request: Request, send: Callable[[], Answer], expected: Collection[int]) -> int | None:
        """The status of an answer; None where there is none, which is told, kept too, and asked again in the next run.

        Raises:
            GatherError: none is kept and nobody may be asked.
        """
        kept = self.snapshot.find(request)
        if not self.snapshot.writable:
            if kept is None:
                raise self.snapshot.lacks(request)
            return kept.status or None
        if kept is not None and kept.status:
            return kept.status
        known = self.courtesy.has_given_up(request)
        try:
            return self._fetch(request, send, lambda answer: answer.status, expected)
        except GatherError as error:
            if not known:
                self.courtesy.tell(str(error))
            self.snapshot.keep(request, Answer(_NO_ANSWER, str(error).encode()), self.courtesy.clock.now())
            return None

    def _fetch(
        self,
        request: Request,
        send: Callable[[], Answer],
        read: Callable[[Answer], Read],
        expected: Collection[int],
    ) -> Read:
        def judge(answer: Answer) -> Read:
            if answer.status not in expected:
                raise _refused(request, answer)
            return read(answer)

        answer, found = self.courtesy.ask(request, send, judge)
        self.snapshot.keep(request, answer, self.courtesy.clock.now())
        return found


def _refused(request: Request, answer: Answer) -> GatherError:
    told = f"{request.address}: answered {answer.status} with {answer}"
    if answer.status in _MOVED:
        return GatherError(f"{told}; it has moved to {answer.headers.get('location', 'nowhere')}. Give that address.")
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return GatherError(f"{told}; it lets in whom it knows. Say who asks: --user-agent TEXT")
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return GatherError(f"{told}. Look whether the address is right.")
    return GatherError(f"{told}. It does not take what was asked: {request}")
