"""A bounded pool of workers that can be killed: past its deadline, or when its client has left, a query is ended."""

from __future__ import annotations

import asyncio
import signal
import socket
from dataclasses import dataclass
from typing import Final, Protocol

from mreze.errors import BadRequest, DeadlineExceeded, NotAcceptable, Unanswerable, Unavailable
from mreze.serve.queue import Limits, Queue
from mreze.serve.template import Costs, template
from mreze.serve.worker import ANSWER, BAD_QUERY, FAILED, GRAPH, NOT_ACCEPTABLE, TOO_LARGE, Question

_RETRY: Final = {"Retry-After": "1"}
_RESERVED: Final = 0.5
"""Seconds that a query may take on the reserved lane; if it takes more, it was not cheap after all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    graph: bool
    """Whether it is a graph, not solutions or a truth value."""
    content: bytes


class Forker(Protocol):
    """Makes and ends worker processes; see `zygote.Zygote`."""

    def fork(self) -> tuple[int, socket.socket]:
        """A new worker: its process id, and a socket to it."""

    def kill(self, process: int) -> int:
        """End a worker, and return the signal that ended it."""

    def close(self) -> None:
        """End all."""


@dataclass(slots=True)
class _Worker:
    process: int
    connection: socket.socket
    reserved: bool


class Pool:
    """Workers, and the queries that wait for one: `size` lanes for all queries, and one for cheap ones."""

    def __init__(self, forker: Forker, size: int, limits: Limits) -> None:
        self._forker = forker
        self._size = size
        self._idle: list[_Worker] = []
        self._idle_reserved: list[_Worker] = []
        self._queue: Queue[asyncio.Future[_Worker]] = Queue(limits)
        self._costs = Costs()
        self._tasks: set[asyncio.Task[int]] = set()
        self._started = False
        self._closed = False

    @property
    def ready(self) -> bool:
        """Whether there are workers to ask."""
        return self._started and not self._closed

    async def start(self) -> None:
        """Fork the workers."""
        for number in range(self._size + 1):
            self._hand_over(await self._fork(reserved=number == self._size))
        self._started = True

    async def stop(self) -> None:
        """End every worker and the zygote."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in (*self._idle, *self._idle_reserved):
            worker.connection.close()
        await asyncio.to_thread(self._forker.close)

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """Have a question answered.

        Args:
            question: the query.
            deadline: seconds that its evaluation may take.
            client: who asks; clients take turns.

        Raises:
            BadRequest: the query is wrong.
            NotAcceptable: its answer is of a kind that the client takes in no syntax.
            DeadlineExceeded: it was not done in time.
            Unanswerable: it needs more memory, or is larger, than a query may.
            TooManyRequests: the client has its share of the queue.
            Unavailable: too many queries wait already, or the worker was ended from outside.
        """
        kind = template(question.query)
        self._queue.enter(client)
        try:
            worker = await self._take(client, cheap=self._costs.is_cheap(kind))
            if worker.reserved:
                try:
                    return await self._evaluate(worker, question, kind, min(_RESERVED, deadline))
                except DeadlineExceeded:
                    self._costs.forget(kind)
                    worker = await self._take(client, cheap=False)
            return await self._evaluate(worker, question, kind, deadline)
        finally:
            self._queue.leave(client)

    async def _evaluate(self, worker: _Worker, question: Question, kind: str, deadline: float) -> Answer:
        whole = False
        try:
            async with asyncio.timeout(deadline):
                code, seconds, content = await _exchange(worker.connection, question.frame())
            whole = True
        except TimeoutError as error:
            raise DeadlineExceeded(
                f"The query was stopped after {deadline:g} seconds, the limit for a query here. "
                "Ask for less at once: add a LIMIT, name more of the pattern, or take a dump."
            ) from error
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            whole = True  # it is replaced here already: how it ended tells what to answer
            if await self._replace(worker) == signal.SIGABRT:
                raise Unanswerable(
                    "The query needs more memory than a query may have here. Ask for less at once, or take a dump."
                ) from error
            raise Unavailable("The process that evaluated the query ended. Ask again.", headers=_RETRY) from error
        else:
            self._hand_over(worker)
            self._costs.learn(kind, seconds)
        finally:  # also where the client left and this task is cancelled
            if not whole:
                self._replace_later(worker)
        return _understand(code, content)

    async def _take(self, client: str, *, cheap: bool) -> _Worker:
        """A worker; one that died while it had nothing to do is replaced without anybody noticing."""
        while True:
            worker = self._take_idle(cheap=cheap) or await self._wait(client, cheap=cheap)
            if _is_alive(worker.connection):
                return worker
            self._replace_later(worker)

    def _take_idle(self, *, cheap: bool) -> _Worker | None:
        if cheap and self._idle_reserved:
            return self._idle_reserved.pop()
        return self._idle.pop() if self._idle else None

    async def _wait(self, client: str, *, cheap: bool) -> _Worker:
        future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._queue.put(client, future, cheap=cheap)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._hand_over(future.result())
            raise

    def _hand_over(self, worker: _Worker) -> None:
        while (future := self._queue.next(reserved=worker.reserved)) is not None:
            if not future.done():
                future.set_result(worker)
                return
        (self._idle_reserved if worker.reserved else self._idle).append(worker)

    def _replace_later(self, worker: _Worker) -> None:
        if not self._closed:
            task = asyncio.get_running_loop().create_task(self._replace(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replace(self, worker: _Worker) -> int:
        worker.connection.close()
        # First the new one: clearing away the old one takes longer.
        self._hand_over(await self._fork(reserved=worker.reserved))
        return await asyncio.to_thread(self._forker.kill, worker.process)

    async def _fork(self, *, reserved: bool) -> _Worker:
        process, connection = await asyncio.to_thread(self._forker.fork)
        connection.setblocking(False)
        return _Worker(process, connection, reserved)


def _is_alive(connection: socket.socket) -> bool:
    """Whether the other end is open: an idle worker says nothing, so anything readable is its end."""
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except OSError:
        return False


async def _exchange(connection: socket.socket, frame: bytes) -> tuple[int, float, bytes]:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(connection, frame)
    length, kind, seconds = ANSWER.unpack(await _exactly(connection, ANSWER.size))
    return kind, seconds, await _exactly(connection, length)


async def _exactly(connection: socket.socket, count: int) -> bytes:
    loop = asyncio.get_running_loop()
    content = bytearray(count)
    view, filled = memoryview(content), 0
    while filled < count:
        got = await loop.sock_recv_into(connection, view[filled:])
        if got == 0:
            raise asyncio.IncompleteReadError(bytes(content[:filled]), count)
        filled += got
    return bytes(content)


def _understand(kind: int, content: bytes) -> Answer:
    if kind == BAD_QUERY:
        raise BadRequest(f"The query is wrong, {content.decode()}.")
    if kind == NOT_ACCEPTABLE:
        raise NotAcceptable(f"The query gives {content.decode()}, which is offered in no syntax that you accept.")
    if kind == TOO_LARGE:
        raise Unanswerable(f"{content.decode()} Add a LIMIT, or take a dump.")
    if kind == FAILED:
        raise Unavailable(f"The query could not be evaluated: {content.decode()}", headers=_RETRY)
    return Answer(kind == GRAPH, content)
