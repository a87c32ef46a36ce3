"""The same question is worked out once, kept, and given up only when nobody waits for it any more."""

from __future__ import annotations

import asyncio

import pytest

from mreze.errors import Unavailable
from mreze.serve.answers import Answers
from mreze.serve.pool import Answer, Pool
from mreze.serve.worker import Question


class Slow(Pool):
    """Stands in for the pool: counts what it is asked, and what is given up."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked = 0
        self.given_up = 0
        self.fails = False

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """Answer after a moment."""
        self.asked += 1
        try:
            await asyncio.sleep(0.05)
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        if self.fails:
            raise Unavailable(f"not within {deadline} for {client}")
        return Answer(graph=False, content=question.query.encode())


def _question(query: str) -> Question:
    return Question(query, "x:", "srj", "ttl")


def test_equal_questions_are_one() -> None:
    """Asked at the same time or again: once; in another syntax, or with chance in it: each time."""

    async def run() -> None:
        pool = Slow()
        answers = Answers(pool)
        found = await asyncio.gather(*(answers.ask(_question("a"), 5) for _ in range(5)))
        assert {one.content for one in found} == {b"a"}
        await answers.ask(_question("a"), 9)
        assert pool.asked == 1
        await answers.ask(Question("a", "x:", "csv", "ttl"), 5)
        assert pool.asked == 2
        for _ in range(2):
            await answers.ask(_question("SELECT (RAND() AS ?x) {}"), 5)
        assert pool.asked == 4

    asyncio.run(run())


def test_who_leaves_does_not_end_it_for_the_others() -> None:
    """The first leaves: the other has it asked anew. The second leaves: nothing changes. Both: it is given up."""

    async def run() -> None:
        pool = Slow()
        answers = Answers(pool)
        first, second = (asyncio.create_task(answers.ask(_question("a"), 5)) for _ in range(2))
        await asyncio.sleep(0.01)
        first.cancel()
        assert (await second).content == b"a"
        assert (pool.asked, pool.given_up) == (2, 1)
        first, second = (asyncio.create_task(answers.ask(_question("c"), 5)) for _ in range(2))
        await asyncio.sleep(0.01)
        second.cancel()
        assert (await first).content == b"c"
        assert (pool.asked, pool.given_up) == (3, 1)
        both = [asyncio.create_task(answers.ask(_question("b"), 5)) for _ in range(2)]
        await asyncio.sleep(0.01)
        for one in both:
            one.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        await asyncio.sleep(0.01)
        assert (pool.asked, pool.given_up) == (4, 2)
        assert (await answers.ask(_question("b"), 5)).content == b"b"

    asyncio.run(run())


def test_a_failure_is_not_kept() -> None:
    """All who waited are told; the next one asks anew."""

    async def run() -> None:
        pool = Slow()
        pool.fails = True
        answers = Answers(pool)
        failed = await asyncio.gather(*(answers.ask(_question("a"), 5) for _ in range(2)), return_exceptions=True)
        assert [type(one) for one in failed] == [Unavailable, Unavailable]
        pool.fails = False
        assert (await answers.ask(_question("a"), 5)).content == b"a"
        with pytest.raises(asyncio.CancelledError):
            await _cancelled(answers)

    asyncio.run(run())


async def _cancelled(answers: Answers) -> None:
    task = asyncio.create_task(answers.ask(_question("c"), 5))
    await asyncio.sleep(0)
    task.cancel()
    await task
