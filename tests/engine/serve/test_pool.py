"""The pool: bounded, fair to whoever waits, and never with a worker that is still busy for someone else."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
import time

import pytest

from mreze.errors import BadRequest, DeadlineExceeded, NotAcceptable, TooManyRequests, Unanswerable, Unavailable
from mreze.serve.pool import Pool
from mreze.serve.queue import Limits
from mreze.serve.worker import ANSWER, BAD_QUERY, LENGTH, NOT_ACCEPTABLE, SOLUTIONS, Question


class Threads:
    """Stands in for the zygote: workers are threads that do what the query says."""

    def __init__(self) -> None:
        """Begin without workers."""
        self.forked = 0
        self.killed: list[int] = []
        self.ended_by = 0

    def fork(self) -> tuple[int, socket.socket]:
        """A new worker."""
        self.forked += 1
        ours, theirs = socket.socketpair()
        threading.Thread(target=_work, args=(theirs,), daemon=True).start()
        return self.forked, ours

    def kill(self, process: int) -> int:
        """Take note, and say how it ended."""
        self.killed.append(process)
        return self.ended_by

    def close(self) -> None:
        """Nothing to end."""


def _work(connection: socket.socket) -> None:
    with connection:
        _answer(connection)


def _answer(connection: socket.socket) -> None:
    kinds = {"bad": BAD_QUERY, "graph": NOT_ACCEPTABLE}
    while content := connection.recv(65536):
        query = Question.read(content[LENGTH.size :]).query
        if query == "die":
            return
        if query == "sleep":
            time.sleep(0.4)
        kind = kinds.get(query, SOLUTIONS)
        try:
            connection.sendall(ANSWER.pack(2, kind, 0.001) + b"ok")
        except OSError:
            return


def _question(query: str) -> Question:
    return Question(query, "x:", "srj", "ttl")


async def _started(size: int, waiting: int, share: int = 48) -> tuple[Pool, Threads]:
    zygote = Threads()
    pool = Pool(zygote, size, Limits(waiting, share))
    before = pool.ready
    await pool.start()
    assert (before, pool.ready) == (False, True)
    return pool, zygote


def test_answers_and_mistakes_come_back() -> None:
    """Each kind of answer is what it should be, and the worker goes on."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        assert (await pool.ask(_question("fine"), 5)).content == b"ok"
        with pytest.raises(BadRequest, match="ok"):
            await pool.ask(_question("bad"), 5)
        with pytest.raises(NotAcceptable):
            await pool.ask(_question("graph"), 5)
        assert (zygote.forked, zygote.killed) == (2, [])
        await pool.stop()
        assert not pool.ready

    asyncio.run(run())


def test_past_its_deadline_a_worker_is_replaced() -> None:
    """The question is given up, its worker killed, the next question answered by a new one."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        with pytest.raises(DeadlineExceeded, match=r"0\.1 seconds"):
            await pool.ask(_question("sleep"), 0.1)
        assert (await pool.ask(_question("fine"), 5)).content == b"ok"
        assert zygote.forked == 3
        await asyncio.sleep(0.05)
        assert zygote.killed == [1]
        await pool.stop()

    asyncio.run(run())


def test_a_worker_that_ends_is_replaced() -> None:
    """Whoever waited is told to ask again; then all is as before."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        with pytest.raises(Unavailable, match="Ask again"):
            await pool.ask(_question("die"), 5)
        assert (await pool.ask(_question("fine"), 5)).content == b"ok"
        assert zygote.forked == 3
        await pool.stop()

    asyncio.run(run())


def test_a_full_queue_is_refused_at_once() -> None:
    """With one worker busy and one question waiting, a third is told to come back; the others are answered."""

    async def run() -> None:
        pool, _ = await _started(1, 1)
        busy = asyncio.create_task(pool.ask(_question("sleep"), 5))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(pool.ask(_question("fine"), 5))
        await asyncio.sleep(0.05)
        with pytest.raises(Unavailable, match="1 queries wait already") as caught:
            await pool.ask(_question("fine"), 5)
        assert caught.value.headers == {"Retry-After": "1"}
        assert [(await one).content for one in (busy, waiting)] == [b"ok", b"ok"]
        await pool.stop()

    asyncio.run(run())


def test_who_gives_up_waiting_leaves_no_gap() -> None:
    """A question that is cancelled in the queue, or while it is answered, costs nobody a worker."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        busy = asyncio.create_task(pool.ask(_question("sleep"), 5))
        await asyncio.sleep(0.05)
        waiting = asyncio.create_task(pool.ask(_question("fine"), 5))
        await asyncio.sleep(0.05)
        waiting.cancel()
        busy.cancel()
        await asyncio.gather(waiting, busy, return_exceptions=True)
        assert (await pool.ask(_question("fine"), 5)).content == b"ok"
        assert zygote.forked == 3
        await pool.stop()

    asyncio.run(run())


def test_a_client_has_a_share() -> None:
    """Beyond its share a client is told to wait; others are let in, and so is it when its answers are there."""

    async def run() -> None:
        pool, _ = await _started(1, 8, share=2)
        mine = [asyncio.create_task(pool.ask(_question("sleep"), 5, "me")) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(TooManyRequests, match="2 queries of yours"):
            await pool.ask(_question("fine"), 5, "me")
        assert (await pool.ask(_question("fine"), 5, "other")).content == b"ok"
        await asyncio.gather(*mine)
        assert (await pool.ask(_question("fine"), 5, "me")).content == b"ok"
        await pool.stop()

    asyncio.run(run())


def test_a_worker_out_of_memory_is_told_from_one_that_was_killed() -> None:
    """An engine that aborted wanted too much memory: asking again is of no use."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        zygote.ended_by = signal.SIGABRT
        with pytest.raises(Unanswerable, match="more memory"):
            await pool.ask(_question("die"), 5)
        await pool.stop()

    asyncio.run(run())


def test_cheap_queries_have_a_lane_of_their_own() -> None:
    """A query that has proved cheap is answered while every common lane is busy; one that has not waits."""

    async def run() -> None:
        pool, zygote = await _started(1, 8)
        for _ in range(3):
            await pool.ask(_question("cheap 1"), 5)
        busy = asyncio.create_task(pool.ask(_question("sleep"), 5))
        await asyncio.sleep(0.05)
        assert (await asyncio.wait_for(pool.ask(_question("cheap 2"), 5), 0.2)).content == b"ok"
        unknown = asyncio.create_task(pool.ask(_question("unknown"), 5))
        await asyncio.sleep(0.05)
        assert not unknown.done()
        assert [(await one).content for one in (busy, unknown)] == [b"ok", b"ok"]
        assert zygote.forked == 2
        await pool.stop()

    asyncio.run(run())
