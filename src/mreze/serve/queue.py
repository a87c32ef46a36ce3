"""Who is served next: fair between clients, and with lanes that only some queries may use."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Generic, TypeVar

from mreze.errors import TooManyRequests, Unavailable

T = TypeVar("T")
_RETRY: Final = {"Retry-After": "1"}


class Cost(IntEnum):
    """What is known of what a query costs."""

    CHEAP = 0
    UNKNOWN = 1
    COSTLY = 2


class Lane(IntEnum):
    """What a worker is for."""

    COMMON = 0
    """Any query, for as long as it may take."""
    CHEAP = 1
    """Queries that are known to be cheap: lookups go on whatever else runs."""
    TRIAL = 2
    """Queries of which nothing is known, for a moment: most turn out to be cheap."""


_TAKES: Final[dict[Lane, tuple[Cost, ...]]] = {
    Lane.COMMON: (Cost.CHEAP, Cost.UNKNOWN, Cost.COSTLY),
    Lane.CHEAP: (Cost.CHEAP,),
    Lane.TRIAL: (Cost.UNKNOWN,),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may wait and run."""

    waiting: int = 64
    """Queries that may wait, of all clients together."""
    share: int = 48
    """Queries of one client that may wait and run."""


class Queue(Generic[T]):
    """What waits, by cost and client; each client's turn comes round, whatever it has queued."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lines: dict[Cost, OrderedDict[str, deque[T]]] = {one: OrderedDict() for one in Cost}
        self._held: Counter[str] = Counter()
        self._size = 0
        self._turn = 0

    def enter(self, client: str) -> None:
        """Count a query of a client in, before it waits or runs.

        Raises:
            TooManyRequests: it has its share here already.
        """
        if self._held[client] >= self._limits.share:
            raise TooManyRequests(
                f"{self._limits.share} queries of yours wait or run already, a client's share here. "
                "Wait for their answers before you send more.",
                headers=_RETRY,
            )
        self._held[client] += 1

    def leave(self, client: str) -> None:
        """Count a query out."""
        self._held[client] -= 1
        if not self._held[client]:
            del self._held[client]

    def put(self, client: str, waiter: T, cost: Cost, *, again: bool = False) -> None:
        """Let a query wait; one that ran already waits again, however many there are.

        Raises:
            Unavailable: too many wait.
        """
        if self._size >= self._limits.waiting and not again:
            raise Unavailable(f"{self._size} queries wait already, the limit here. Ask again soon.", headers=_RETRY)
        self._lines[cost].setdefault(client, deque()).append(waiter)
        self._size += 1

    def next(self, lane: Lane) -> T | None:
        """Whose turn it is on a lane, or None."""
        costs = _TAKES[lane]
        if len(costs) > 1:  # the lines take turns, so that none starves another
            self._turn += 1
            at = self._turn % len(costs)
            costs = costs[at:] + costs[:at]
        for cost in costs:
            if line := self._lines[cost]:
                return self._next(line)
        return None

    def _next(self, line: OrderedDict[str, deque[T]]) -> T:
        client, waiting = line.popitem(last=False)
        waiter = waiting.popleft()
        if waiting:
            line[client] = waiting  # to the end: the others come first
        self._size -= 1
        return waiter
