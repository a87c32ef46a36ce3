"""A bounded pool of workers that can be killed: past its deadline, or when its client has left, a query is ended."""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from dataclasses import dataclass

from mreze.errors import BadRequest, DeadlineExceeded, NotAcceptable, Unavailable
from mreze.serve.worker import ANSWER, BAD_QUERY, FAILED, GRAPH, NOT_ACCEPTABLE, Question
from mreze.serve.zygote import Zygote

_RETRY = {"Retry-After": "1"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    graph: bool
    """Whether it is a graph, not solutions or a truth value."""
    content: bytes


@dataclass(slots=True)
class _Worker:
    process: int
    connection: socket.socket


class Pool:
    """Workers, and the queries that wait for one."""

    def __init__(self, zygote: Zygote, size: int, waiting: int) -> None:
        self._zygote = zygote
        self._size = size
        self._limit = waiting
        self._idle: list[_Worker] = []
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._started = False
        self._closed = False

    @property
    def ready(self) -> bool:
        """Whether there are workers to ask."""
        return self._started and not self._closed

    async def start(self) -> None:
        """Fork the workers."""
        for _ in range(self._size):
            self._hand_over(await self._fork())
        self._started = True

    async def stop(self) -> None:
        """End every worker and the zygote."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        for worker in self._idle:
            worker.connection.close()
        await asyncio.to_thread(self._zygote.close)

    async def ask(self, question: Question, deadline: float) -> Answer:
        """Have a question answered.

        Args:
            question: the query.
            deadline: seconds that its evaluation may take.

        Raises:
            BadRequest: the query is wrong.
            NotAcceptable: its answer is of a kind that the client takes in no syntax.
            DeadlineExceeded: it was not done in time.
            Unavailable: too many queries wait already, or the worker ended.
        """
        worker = await self._take_living()
        whole = False
        try:
            async with asyncio.timeout(deadline):
                kind, content = await _exchange(worker.connection, question.frame())
            whole = True
        except TimeoutError as error:
            raise DeadlineExceeded(
                f"The query was stopped after {deadline:g} seconds, the limit for a query here. "
                "Ask for less at once: add a LIMIT, name more of the pattern, or take a dump."
            ) from error
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise Unavailable("The process that evaluated the query ended. Ask again.", headers=_RETRY) from error
        finally:  # also where the client left and this task is cancelled
            self._give_back(worker, whole=whole)
        return _understand(kind, content)

    async def _take_living(self) -> _Worker:
        """A worker; one that died while it had nothing to do is replaced without anybody noticing."""
        while True:
            worker = await self._take()
            if _is_alive(worker.connection):
                return worker
            self._give_back(worker, whole=False)

    async def _take(self) -> _Worker:
        if self._idle:
            worker = self._idle.pop()
        elif len(self._waiting) >= self._limit:
            raise Unavailable(f"{self._limit} queries wait already, the limit here. Ask again soon.", headers=_RETRY)
        else:
            future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
            self._waiting.append(future)
            try:
                worker = await future
            except asyncio.CancelledError:
                if future.done() and not future.cancelled():
                    self._hand_over(future.result())
                raise
        return worker

    def _give_back(self, worker: _Worker, *, whole: bool) -> None:
        if whole:
            self._hand_over(worker)
        elif not self._closed:
            task = asyncio.get_running_loop().create_task(self._replace(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def _hand_over(self, worker: _Worker) -> None:
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self._idle.append(worker)

    async def _replace(self, worker: _Worker) -> None:
        worker.connection.close()
        fresh = await self._fork()  # first the new one: clearing away the old one takes longer
        self._hand_over(fresh)
        await asyncio.to_thread(self._zygote.kill, worker.process)

    async def _fork(self) -> _Worker:
        process, connection = await asyncio.to_thread(self._zygote.fork)
        connection.setblocking(False)
        return _Worker(process, connection)


def _is_alive(connection: socket.socket) -> bool:
    """Whether the other end is open: an idle worker says nothing, so anything readable is its end."""
    try:
        return bool(connection.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except OSError:
        return False


async def _exchange(connection: socket.socket, frame: bytes) -> tuple[int, bytes]:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(connection, frame)
    length, kind = ANSWER.unpack(await _exactly(connection, ANSWER.size))
    return kind, await _exactly(connection, length)


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
    if kind == FAILED:
        raise Unavailable(f"The query could not be evaluated: {content.decode()}", headers=_RETRY)
    return Answer(kind == GRAPH, content)
