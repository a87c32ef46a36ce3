"""The pool: bounded, fair to whoever waits, and never with a worker that is still busy for someone else."""

from __future__ import annotations

import asyncio
import marshal
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from mreze.errors import BadRequest, DeadlineExceeded, NotAcceptable, TooManyRequests, Unanswerable, Unavailable
from mreze.serve.pool import Pool
from mreze.serve.queue import Limits
from mreze.serve.worker import ANSWER, BAD_QUERY, LENGTH, NOT_ACCEPTABLE, SOLUTIONS, Question

LANES = 3
"""Of a pool with one common lane: there are two reserved ones."""


class Threads:
    """Stands in for the zygote: workers are threads that do what the query says."""

    def __init__(self) -> None:
        """Begin without workers."""
        self.forked = 0
        self.killed: list[int] = []
        self.ended_by = 0
        self._lines: list[socket.socket] = []
        self._deaths = iter([True])

    def fork(self) -> tuple[int, socket.socket]:
        """A new worker."""
        self.forked += 1
        ours, theirs = socket.socketpair()
        self._lines.append(theirs)
        threading.Thread(target=_work, args=(theirs, self._deaths), daemon=True).start()
        return self.forked, ours

    def hang_up(self, process: int) -> None:
        """End a worker from outside."""
        self._lines[process - 1].shutdown(socket.SHUT_RDWR)

    def kill(self, process: int) -> int:
        """Take note, and say how it ended."""
        self.killed.append(process)
        return self.ended_by

    def close(self) -> None:
        """Nothing to end."""


def _work(connection: socket.socket, deaths: Iterator[bool]) -> None:
    with connection:
        _answer(connection, deaths)


def _answer(connection: socket.socket, deaths: Iterator[bool]) -> None:
    kinds = {"bad": BAD_QUERY, "graph": NOT_ACCEPTABLE}
    while content := connection.recv(65536):
        query = Question.read(content[LENGTH.size :]).query
        if query == "die" or (query == "die once" and next(deaths, False)):
            return
        if query.startswith(("sleep", "slow")):
            time.sleep(float(query.partition(" ")[2] or 0.4))
        kind = kinds.get(query, SOLUTIONS)
        try:
            said = marshal.dumps(("no", 1, 2)) if kind == BAD_QUERY else b"ok"
            connection.sendall(ANSWER.pack(len(said), kind, 0.001) + said)
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


async def _becomes(value: Callable[[], object], wanted: object) -> bool:
    """Whether a value is what is wanted, at once or within some seconds: a machine may be slow."""
    for _ in range(500):
        if value() == wanted:
            return True
        await asyncio.sleep(0.01)
    return False


def test_answers_and_mistakes_come_back() -> None:
    """Each kind of answer is what it should be, and the worker goes on."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        assert (await pool.ask(_question("fine"), 5)).content == b"ok"
        with pytest.raises(BadRequest, match="line 1, column 2: no") as caught:
            await pool.ask(_question("bad"), 5)
        assert caught.value.members == {"line": 1, "column": 2}
        with pytest.raises(NotAcceptable):
            await pool.ask(_question("graph"), 5)
        assert (zygote.forked, zygote.killed) == (LANES, [])
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
        assert await _becomes(lambda: (zygote.forked, zygote.killed), (LANES + 1, [1]))
        await pool.stop()

    asyncio.run(run())


def test_a_question_whose_workers_end_is_given_up() -> None:
    """It is asked once more, then whoever waited is told to ask again; then all is as before."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        with pytest.raises(Unavailable, match="Ask again"):
            await pool.ask(_question("die"), 5)
        assert (await pool.ask(_question("fine"), 5)).content == b"ok"
        assert await _becomes(lambda: zygote.forked, LANES + 2)
        await pool.stop()

    asyncio.run(run())


def test_a_question_whose_worker_is_killed_is_answered() -> None:
    """One worker ends in the middle of it; the next one answers."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        assert (await pool.ask(_question("die once"), 5)).content == b"ok"
        assert await _becomes(lambda: zygote.forked, LANES + 1)
        await pool.stop()

    asyncio.run(run())


def test_a_worker_that_ends_idle_is_replaced_at_once() -> None:
    """Nobody need ask for that."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        zygote.hang_up(1)
        await asyncio.sleep(0.1)
        assert await _becomes(lambda: zygote.forked, LANES + 1)
        assert (await pool.ask(_question("fine"), 5)).content == b"ok"
        await pool.stop()

    asyncio.run(run())


def test_a_full_queue_is_refused_at_once() -> None:
    """With both lanes busy and one question waiting, a fourth is told to come back; the others are answered."""

    async def run() -> None:
        pool, _ = await _started(1, 1)
        asked = []
        for _ in range(3):
            asked.append(asyncio.create_task(pool.ask(_question("sleep 0.4"), 5)))
            await asyncio.sleep(0.02)
        with pytest.raises(Unavailable, match="1 queries wait already") as caught:
            await pool.ask(_question("fine"), 5)
        assert caught.value.headers == {"Retry-After": "1"}
        assert [(await one).content for one in asked] == [b"ok"] * 3
        await pool.stop()

    asyncio.run(run())


def test_what_is_unknown_is_tried_while_all_are_busy() -> None:
    """A new query is answered at once; one that does not end soon waits for a common lane like the others."""

    async def run() -> None:
        pool, zygote = await _started(1, 4)
        busy = asyncio.create_task(pool.ask(_question("slow 0.6"), 5))
        await asyncio.sleep(0.02)
        assert (await asyncio.wait_for(pool.ask(_question("fine"), 5), 0.2)).content == b"ok"
        tried = asyncio.create_task(pool.ask(_question("sleep 0.3"), 5))
        await asyncio.sleep(0.4)
        assert await _becomes(lambda: zygote.forked, LANES + 1)
        assert not tried.done()
        assert [(await one).content for one in (busy, tried)] == [b"ok", b"ok"]
        await pool.stop()

    asyncio.run(run())


def test_a_short_deadline_ends_a_trial_for_good() -> None:
    """A client that asked for less than a trial takes is not kept longer."""

    async def run() -> None:
        pool, _ = await _started(1, 4)
        busy = asyncio.create_task(pool.ask(_question("sleep 1.5"), 5))
        await asyncio.sleep(0.02)
        begun = time.monotonic()
        with pytest.raises(DeadlineExceeded, match=r"0\.1 seconds"):
            await pool.ask(_question("sleep 0.4"), 0.1)
        assert time.monotonic() - begun < 1.2
        await busy
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
        assert await _becomes(lambda: zygote.forked, LANES + 1)
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
    """A query that has proved cheap is answered while every common lane is busy; nobody waits for that."""

    async def run() -> None:
        pool, zygote = await _started(1, 8)
        for _ in range(3):
            await pool.ask(_question("cheap 1"), 5)
        busy = asyncio.create_task(pool.ask(_question("sleep"), 5))
        await asyncio.sleep(0.05)
        assert (await asyncio.wait_for(pool.ask(_question("cheap 2"), 5), 0.2)).content == b"ok"
        assert zygote.forked == LANES
        assert (await busy).content == b"ok"
        await pool.stop()

    asyncio.run(run())
