"""The pool: bounded, fair to whoever waits, and never with a worker that is still busy for someone else."""

from __future__ import annotations

import asyncio
import socket
import threading
import time

import pytest

from mreze.errors import BadRequest, DeadlineExceeded, NotAcceptable, Unavailable
from mreze.serve.pool import Pool
from mreze.serve.worker import ANSWER, BAD_QUERY, NOT_ACCEPTABLE, SOLUTIONS, Question


class Threads:
    """Stands in for the zygote: workers are threads that do what the query says."""

    def __init__(self) -> None:
        """Begin without workers."""
        self.forked = 0
        self.killed: list[int] = []

    def fork(self) -> tuple[int, socket.socket]:
        """A new worker."""
        self.forked += 1
        ours, theirs = socket.socketpair()
        threading.Thread(target=_work, args=(theirs,), daemon=True).start()
        return self.forked, ours

    def kill(self, process: int) -> None:
        """Take note."""
        self.killed.append(process)

    def close(self) -> None:
        """Nothing to end."""


def _work(connection: socket.socket) -> None:
    with connection:
        _answer(connection)


def _answer(connection: socket.socket) -> None:
    kinds = {"bad": BAD_QUERY, "graph": NOT_ACCEPTABLE}
    while content := connection.recv(65536):
        text = content.decode()
        if '"die"' in text:
            return
        if '"sleep"' in text:
            time.sleep(0.4)
        kind = next((kind for word, kind in kinds.items() if f'"query": "{word}"' in text), SOLUTIONS)
        try:
            connection.sendall(ANSWER.pack(2, kind) + b"ok")
        except OSError:
            return


def _question(query: str) -> Question:
    return Question(query, "x:", "srj", "ttl")


async def _started(size: int, waiting: int) -> tuple[Pool, Threads]:
    zygote = Threads()
    pool = Pool(zygote, size, waiting)  # type: ignore[arg-type]  # it forks and kills, which is all that is asked of it
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
        assert (zygote.forked, zygote.killed) == (1, [])
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
        assert zygote.forked == 2
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
        assert zygote.forked == 2
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
        assert zygote.forked == 2
        await pool.stop()

    asyncio.run(run())
