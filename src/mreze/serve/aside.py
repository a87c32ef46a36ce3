"""Work that waits for the network, beside the loop: where the store is on another server, whatever asks it goes here.

Each thread has a loop of its own, so that a resource is written once, whichever way its store is asked; what it awaits
of the server's loop, the answers to queries, goes there and comes back.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Generic, TypeVar
from urllib.parse import unquote_to_bytes

from mreze.errors import Unavailable
from mreze.serve.answers import Asker
from mreze.serve.pool import Answer
from mreze.serve.worker import Question

T = TypeVar("T")
_THREADS: Final = {"documents": 24, "queries": 24, "tables": 8, "upkeep": 2}
"""So many requests of a kind are worked on at once: slow queries keep no document waiting."""
_PATIENCE: Final = {"tables": 4}
"""How many times as long as others a request of a kind may take: a batch of names is our own work for the most part."""
_WAITING: Final = 400
"""So many requests of a kind may wait."""
_KINDS: Final = {
    "queries": "queries", "sparql": "queries", "search": "queries", "reconcile": "tables", "readyz": "upkeep",
}  # fmt: skip
_AT_ONCE: Final = frozenset({"healthz", "static", "dumps", "robots.txt", "openapi.json"})
"""The first parts of paths of what needs no store."""
_PERIOD: Final = 0.01
_RETRY: Final = {"Retry-After": "5"}


def kind_of(path: str, accept: str | None, query_string: str, body: bytes = b"") -> str | None:
    """With whom a request has to wait; None where it need not leave the loop, as it asks the store for nothing itself.

    Args:
        path: what is asked for.
        accept: the header; the page of the endpoint for people asks for more than the answer to their query.
        query_string: of the address, by which one may ask why there is no answer.
        body: of the request, which may be a form that asks for it, too.
    """
    first = path.partition("/")[0]
    if path == "sparql" and "html" not in (accept or "") and not (_may_ask_why(query_string) or _may_ask_why(body)):
        return None
    return None if first in _AT_ONCE else _KINDS.get(first, "documents")


def _may_ask_why(form: str | bytes) -> bool:
    """Whether `explain` may be in a form; in a text that is none it does no harm."""
    return b"explain" in unquote_to_bytes(form)


class Turns:
    """Lets so many at once go on, on whichever loop they are."""

    def __init__(self, most: int) -> None:
        self._free = threading.Semaphore(most)

    async def __aenter__(self) -> None:
        """Wait for one's turn."""
        while not self._free.acquire(blocking=False):  # noqa: ASYNC110 - an Event belongs to one loop
            await asyncio.sleep(_PERIOD)

    async def __aexit__(self, *_: object) -> None:
        """Let the next one go on."""
        self._free.release()


class Homeward:
    """Has questions answered on the server's loop, for whoever is on another one."""

    def __init__(self, answers: Asker) -> None:
        self._answers = answers
        self._home: asyncio.AbstractEventLoop | None = None

    def settle(self) -> None:
        """This is the loop where questions are answered."""
        self._home = asyncio.get_running_loop()

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """See `Pool.ask`."""
        asking = self._answers.ask(question, deadline, client)
        if self._home is None or self._home is asyncio.get_running_loop():
            return await asking
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(_as_coroutine(asking), self._home))


async def _as_coroutine(waited: Awaitable[T]) -> T:
    return await waited


class _Running(Generic[T]):
    """A request that is answered in a thread, and can be given up from the loop."""

    def __init__(self, work: Callable[[], T | Awaitable[T]]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._task: tuple[asyncio.AbstractEventLoop, asyncio.Task[T]] | None = None
        self._given_up = False

    def go(self) -> T:
        """Do it; called in the thread."""
        return asyncio.run(self._go())

    async def _go(self) -> T:
        with self._lock:
            if self._given_up:
                raise asyncio.CancelledError
            task = asyncio.ensure_future(self._do())
            self._task = asyncio.get_running_loop(), task
        try:
            return await task
        finally:
            with self._lock:
                self._task = None

    async def _do(self) -> T:
        found = self._work()
        return await found if inspect.isawaitable(found) else found

    def give_up(self) -> None:
        """Nobody waits for it any more; what has been done stays done."""
        with self._lock:
            self._given_up = True
            if self._task is not None:
                loop, task = self._task
                loop.call_soon_threadsafe(task.cancel)


class Aside:
    """Threads in which requests are answered."""

    def __init__(self, longest: float) -> None:
        """Prepare; `longest` is how many seconds a request may take until it is given up (see `_PATIENCE`)."""
        self._longest = longest
        self._pools = {kind: ThreadPoolExecutor(most, f"mreze-{kind}") for kind, most in _THREADS.items()}
        self._held = dict.fromkeys(_THREADS, 0)

    async def run(self, kind: str, work: Callable[[], T | Awaitable[T]]) -> T:
        """Answer a request in a thread.

        Raises:
            Unavailable: too many wait already, or it takes too long.
        """
        if self._held[kind] >= _WAITING:
            raise Unavailable(f"{_WAITING} requests wait for the store already. Ask again soon.", headers=_RETRY)
        self._held[kind] += 1
        running = _Running(work)
        try:
            future = asyncio.wrap_future(self._pools[kind].submit(running.go))
            return await asyncio.wait_for(future, self._longest * _PATIENCE.get(kind, 1))
        except TimeoutError as error:
            raise Unavailable("The store of this site takes too long now. Ask again soon.", headers=_RETRY) from error
        finally:
            self._held[kind] -= 1
            running.give_up()

    def close(self) -> None:
        """Take no more work; what waits for the network ends when that does."""
        for one in self._pools.values():
            one.shutdown(wait=False, cancel_futures=True)
