"""Who is served next: fair between clients, and with a lane that only cheap queries may use."""

from __future__ import annotations

from collections import Counter, OrderedDict, deque
from dataclasses import dataclass
from typing import Generic, TypeVar

from mreze.errors import TooManyRequests, Unavailable

T = TypeVar("T")
_RETRY = {"Retry-After": "1"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may wait and run."""

    waiting: int = 64
    """Queries that may wait, of all clients together."""
    share: int = 48
    """Queries of one client that may wait and run."""


class Queue(Generic[T]):
    """What waits, by client; each client's turn comes round, whatever it has queued."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cheap: OrderedDict[str, deque[T]] = OrderedDict()
        self._other: OrderedDict[str, deque[T]] = OrderedDict()
        self._held: Counter[str] = Counter()
        self._size = 0
        self._cheap_first = True

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

    def put(self, client: str, waiter: T, *, cheap: bool) -> None:
        """Let a query wait.

        Raises:
            Unavailable: too many wait.
        """
        if self._size >= self._limits.waiting:
            raise Unavailable(f"{self._size} queries wait already, the limit here. Ask again soon.", headers=_RETRY)
        (self._cheap if cheap else self._other).setdefault(client, deque()).append(waiter)
        self._size += 1

    def next(self, *, reserved: bool) -> T | None:
        """Whose turn it is on a lane, or None; a reserved lane takes cheap queries only."""
        lines = (self._cheap,) if reserved else self._turns()
        for line in lines:
            if line:
                client, waiting = line.popitem(last=False)
                waiter = waiting.popleft()
                if waiting:
                    line[client] = waiting  # to the end: the others come first
                self._size -= 1
                return waiter
        return None

    def _turns(self) -> tuple[OrderedDict[str, deque[T]], ...]:
        """Cheap and other queries alternate on the common lanes: neither starves the other."""
        self._cheap_first = not self._cheap_first
        return (self._other, self._cheap) if self._cheap_first else (self._cheap, self._other)
