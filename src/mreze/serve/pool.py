"""A bounded pool of workers that can be killed: past its deadline, or when its client has left, a query is ended."""

from __future__ import annotations

import asyncio
import signal
import socket
from dataclasses import dataclass
from typing import Final, Protocol

from mreze.errors import BadRequest, DeadlineExceeded, NotAcceptable, Unanswerable, Unavailable
from mreze.serve.line import Line, LineClosed, open_line
from mreze.serve.queue import Cost, Lane, Limits, Queue
from mreze.serve.sparql import GRAPH_RESULTS, SOLUTIONS
from mreze.serve.template import Costs, template
from mreze.serve.worker import BAD_QUERY, FAILED, GRAPH, NOT_ACCEPTABLE, TOO_DEEP, TOO_LARGE, Question, read_mistake

_RETRY: Final = {"Retry-After": "1"}
_RESERVED: Final[dict[Lane, float]] = {Lane.CHEAP: 0.5, Lane.TRIAL: 0.25}
"""Seconds that a query may take on a reserved lane; if it takes more, it goes where all may wait."""
_LANES: Final[dict[Cost, tuple[Lane, ...]]] = {
    Cost.CHEAP: (Lane.CHEAP, Lane.COMMON),
    Cost.UNKNOWN: (Lane.COMMON, Lane.TRIAL),
    Cost.COSTLY: (Lane.COMMON,),
}
"""Where a query looks for an idle worker, in this order."""
_OFFERED: Final = {b"a graph": GRAPH_RESULTS, b"solutions": SOLUTIONS}
"""What there is, by what a worker says that a query gives."""
_ATTEMPTS: Final = 2
"""How often a query is tried whose worker is killed from outside."""


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


class _Killed(Exception):
    """The worker was killed, and not by us."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: int
    lane: Lane
    line: Line | None = None


class Pool:
    """Workers, and the queries that wait for one: `size` lanes for all queries, and two reserved ones."""

    def __init__(self, forker: Forker, size: int, limits: Limits) -> None:
        self._forker = forker
        self._size = size
        self._workers: set[_Worker] = set()
        self._idle: dict[Lane, list[_Worker]] = {one: [] for one in Lane}
        self._queue: Queue[asyncio.Future[_Worker]] = Queue(limits)
        self.costs = Costs()
        self._tasks: set[asyncio.Task[int]] = set()
        self._started = False
        self._closed = False

    @property
    def ready(self) -> bool:
        """Whether there are workers to ask."""
        return self._started and not self._closed

    async def start(self) -> None:
        """Fork the workers."""
        for lane in (*[Lane.COMMON] * self._size, Lane.CHEAP, Lane.TRIAL):
            self._hand_over(await self._fork(lane))
        self._started = True

    async def stop(self) -> None:
        """End every worker and the zygote."""
        self._closed = True
        await asyncio.gather(*self._tasks, return_exceptions=True)  # a fork cannot be called back
        for worker in list(self._workers):
            _hang_up(worker)
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
            Unanswerable: it needs more memory, or is larger or deeper, than a query may.
            TooManyRequests: the client has its share of the queue.
            Unavailable: too many queries wait already, or its workers were ended from outside.
        """
        kind = template(question.query)
        self._queue.enter(client)
        try:
            for _ in range(_ATTEMPTS):
                try:
                    return await self._run(question, kind, deadline, client)
                except _Killed:
                    continue  # it has changed nothing: it can be asked again
        finally:
            self._queue.leave(client)
        raise Unavailable("The process that evaluated the query ended. Ask again.", headers=_RETRY)

    async def _run(self, question: Question, kind: str, deadline: float, client: str) -> Answer:
        worker = await self._take(client, self.costs.of(kind))
        most = _RESERVED.get(worker.lane, deadline)
        if most < deadline:
            try:
                return await self._evaluate(worker, question, kind, most)
            except DeadlineExceeded:
                self.costs.learn(kind, most)
                worker = await self._take(client, Cost.COSTLY, again=True)
        return await self._evaluate(worker, question, kind, deadline)

    async def _evaluate(self, worker: _Worker, question: Question, kind: str, deadline: float) -> Answer:
        assert worker.line is not None  # noqa: S101 - only a worker with a line is handed over
        free = False
        try:
            answering = worker.line.ask(question.frame())
            timer = asyncio.get_running_loop().call_later(deadline, _give_up, answering, deadline)
            try:
                code, seconds, content = await answering
            finally:
                timer.cancel()
            free = True
        except LineClosed as error:
            free = True  # it is replaced here already: how it ended tells what to answer
            raise _explain_end(await self._replace(worker)) from error
        finally:  # also where the client left and this task is cancelled
            if not free:
                self._replace_later(worker)
        self._hand_over(worker)
        self.costs.learn(kind, seconds)
        return understand(code, content)

    async def _take(self, client: str, cost: Cost, *, again: bool = False) -> _Worker:
        """A worker that is alive."""
        while True:
            worker = self._take_idle(cost) or await self._wait(client, cost, again=again)
            if worker.line is not None and worker.line.is_open:
                return worker
            self._replace_later(worker)  # it died between two queries: nobody notices

    def _take_idle(self, cost: Cost) -> _Worker | None:
        for lane in _LANES[cost]:
            if idle := self._idle[lane]:
                return idle.pop()
        return None

    async def _wait(self, client: str, cost: Cost, *, again: bool) -> _Worker:
        future: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
        self._queue.put(client, future, cost, again=again)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self._hand_over(future.result())
            raise

    def _hand_over(self, worker: _Worker) -> None:
        while (future := self._queue.next(worker.lane)) is not None:
            if not future.done():
                future.set_result(worker)
                return
        self._idle[worker.lane].append(worker)

    def _ended(self, worker: _Worker) -> None:
        """Replace a worker that died while it had nothing to do; whoever has a busy one sees to that."""
        idle = self._idle[worker.lane]
        if worker in idle:
            idle.remove(worker)
            self._replace_later(worker)

    def _replace_later(self, worker: _Worker) -> None:
        if not self._closed:
            task = asyncio.get_running_loop().create_task(self._replace(worker))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replace(self, worker: _Worker) -> int:
        _hang_up(worker)
        self._workers.discard(worker)
        # First the new one: clearing away the old one takes longer.
        self._hand_over(await self._fork(worker.lane))
        return await asyncio.to_thread(self._forker.kill, worker.process)

    async def _fork(self, lane: Lane) -> _Worker:
        process, connection = await asyncio.to_thread(self._forker.fork)
        worker = _Worker(process, lane)
        worker.line = await open_line(connection, lambda: self._ended(worker))
        self._workers.add(worker)
        return worker


def _hang_up(worker: _Worker) -> None:
    if worker.line is not None:
        worker.line.close()


def _give_up(answering: asyncio.Future[tuple[int, float, bytes]], deadline: float) -> None:
    if not answering.done():
        answering.set_exception(
            DeadlineExceeded(
                f"The query was stopped after {deadline:g} seconds, the limit for a query here. "
                "Ask for less at once: add a LIMIT, name more of the pattern, or take a dump."
            )
        )


def _explain_end(ended_by: int) -> Exception:
    """What to answer where a worker ended in the middle of a query."""
    if ended_by == signal.SIGABRT:
        return Unanswerable(
            "The query needs more memory than a query may have here. Ask for less at once, or take a dump."
        )
    if ended_by in {signal.SIGSEGV, signal.SIGBUS}:
        return Unanswerable("The query is nested more deeply than the engine can follow. Write it flatter.")
    return _Killed()


def understand(kind: int, content: bytes) -> Answer:
    """An answer as a worker gives it, or the error that it stands for."""
    if kind == BAD_QUERY:
        mistake = read_mistake(content)
        raise BadRequest(f"The query is wrong, {mistake}.", members=mistake.place)
    if kind == NOT_ACCEPTABLE:
        told = f"The query gives {content.decode()}, which is offered in no syntax that you accept."
        raise NotAcceptable(told, headers={"Vary": "Accept"}, offered=_OFFERED.get(content, ()))
    if kind == TOO_LARGE:
        raise Unanswerable(f"{content.decode()} Add a LIMIT, or take a dump.")
    if kind == TOO_DEEP:
        raise Unanswerable(content.decode())
    if kind == FAILED:
        raise Unavailable(f"The query could not be evaluated: {content.decode()}", headers=_RETRY)
    return Answer(kind == GRAPH, content)
