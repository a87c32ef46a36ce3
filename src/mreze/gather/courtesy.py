"""How services elsewhere are asked: seldom enough, by name, and again only where that can help.

A service that says when to come again (Retry-After, RFC 9110, 10.2.3) is obeyed; the others are asked again after
longer and longer. https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy says who to be,
https://www.mediawiki.org/wiki/API:Etiquette how to behave.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Final, TypeVar
from urllib.parse import quote, urlsplit

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from mreze.answer import Answer
from mreze.errors import GatherError, Unanswered, Unreachable
from mreze.gather.exchange import Request

Read = TypeVar("Read")
AGAIN: Final = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses of which asking again may make another."""
UNREADABLE: Final = (ValueError, RecursionError)
"""What reading nonsense raises; JSON that nests too deeply is nonsense as well."""
_FIRST_WAIT: Final = 1.0
_LONGEST_BACKOFF: Final = 60.0


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and how time passes."""

    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    ticks: Callable[[], float] = time.monotonic
    """Seconds since whenever."""
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Terms:
    """How a run behaves; all times are in seconds."""

    user_agent: str
    interval: float = 1.0
    """From one request to a host to the next."""
    retries: int = 5
    """How often a request is made again."""
    timeout: float = 75.0
    """How long one request may take: longer than the minute after which Wikidata's endpoint itself gives up."""
    longest_wait: float = 300.0
    """How long a service may ask us to stay away, before the run stops."""
    largest: int = 64 << 20
    """Bytes of one body that are read."""


class NotYet(Exception):
    """What came is no answer, and asking again may bring one."""

    def __init__(self, told: str, after: str = "", *, reached: bool = True, busy: bool = False) -> None:
        """Keep what came.

        Args:
            told: what came, as a clause.
            after: the Retry-After field, "" where there is none.
            reached: whether anybody was there.
            busy: whether the service said so: its address is right.
        """
        super().__init__(told)
        self.after = after
        self.reached = reached
        self.busy = busy


def user_agent(contact: str, library: str) -> str:
    """Who asks: mreze, its version, where those who run it can be found, and the library that speaks for it."""
    return f"mreze/{version('mreze')} ({quote(contact, safe=':/?#@!$&*+,;=%~')}) {library}"


def seconds_until(after: str, now: datetime) -> float | None:
    """What Retry-After means: seconds or a date; None where it says neither."""
    if after.strip().isascii() and after.strip().isdigit():
        return float(after)
    try:
        date = parsedate_to_datetime(after)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - now).total_seconds())


class Courtesy:
    """Makes requests one at a time, each host not too often."""

    def __init__(self, terms: Terms, clock: Clock, tell: Callable[[str], None]) -> None:
        """Keep how to behave.

        Args:
            terms: of the run.
            clock: what time it is.
            tell: takes a line for the person who waits.
        """
        self.terms = terms
        self.clock = clock
        self.tell = tell
        self._last: dict[str, float] = {}
        """When a host was asked last, by its name."""
        self._given_up: dict[str, GatherError] = {}
        """Hosts that were not reached, or want to be left alone, and what was said of that."""

    def has_given_up(self, request: Request) -> bool:
        """Whether the host of a request is not asked any more."""
        return _host(request) in self._given_up

    def ask(self, request: Request, send: Callable[[], Answer], read: Callable[[Answer], Read]) -> tuple[Answer, Read]:
        """Ask until there is an answer that can be read.

        Args:
            request: what is asked, for its host and for messages.
            send: asks once; a NotYet tells that nothing came that could be an answer.
            read: makes sense of an answer; a ValueError tells that it is none.

        Raises:
            Unreachable: nobody is there.
            GatherError: the service refuses, or gives nothing that can be read, however often it is asked.
        """
        host = _host(request)
        if known := self._given_up.get(host):
            raise type(known)(f"{request.address}: not asked, as the answer would be: {known}")
        retrying = Retrying(
            sleep=self.clock.sleep,
            stop=stop_after_attempt(self.terms.retries + 1),
            wait=lambda state: self._wait(request, host, state),
            retry=retry_if_exception_type(NotYet),
            before_sleep=lambda state: self._announce(request, state),
            reraise=True,
        )
        try:
            return retrying(self._once, host, send, read)
        except NotYet as error:
            raise self._fail(request, host, error) from error

    def _once(self, host: str, send: Callable[[], Answer], read: Callable[[Answer], Read]) -> tuple[Answer, Read]:
        self._space(host)
        try:
            answer = send()
        finally:
            self._last[host] = self.clock.ticks()
        after = answer.headers.get("retry-after", "")
        if answer.status in AGAIN:
            raise NotYet(f"answered {answer.status} with {answer}", after, busy=True)
        try:
            return answer, read(answer)
        except UNREADABLE as error:
            raise NotYet(f"answered with {answer}, which cannot be read: {error}", after) from error

    def _space(self, host: str) -> None:
        if host in self._last:
            left = self._last[host] + self.terms.interval - self.clock.ticks()
            if left > 0:
                self.clock.sleep(left)

    def _wait(self, request: Request, host: str, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = seconds_until(error.after, self.clock.now()) if isinstance(error, NotYet) and error.after else None
        if asked is None:
            return wait_exponential_jitter(_FIRST_WAIT, _LONGEST_BACKOFF)(state)
        if asked > self.terms.longest_wait:
            when = self.clock.now() + timedelta(seconds=min(asked, 1e8))
            self._given_up[host] = Unanswered(
                f"{request.address}: {error}; it asks to be left alone for {asked:.0f} seconds, and mreze waits "
                f"{self.terms.longest_wait:.0f} at most. Run the command again after {when:%Y-%m-%d %H:%M} UTC: it "
                f"goes on where it stopped."
            )
            raise self._given_up[host] from error
        return asked

    def _announce(self, request: Request, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        self.tell(f"{request.address}: {error}; asking again in {state.upcoming_sleep:.1f} seconds")

    def _fail(self, request: Request, host: str, error: NotYet) -> GatherError:
        times = "once" if self.terms.retries == 0 else f"{self.terms.retries + 1} times"
        told = f"{request.address}: {error}; asked {times}. {_remedy(error)}: it goes on where it stopped."
        if error.reached:
            return Unanswered(told)
        self._given_up[host] = Unreachable(told)
        return self._given_up[host]


def _remedy(error: NotYet) -> str:
    if error.busy:
        return "Wait a while, then run the command again, perhaps with a longer --interval"
    return "Look whether the address is right, or run the command again later"


def _host(request: Request) -> str:
    return urlsplit(request.address).netloc
