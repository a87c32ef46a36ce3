"""Answers to queries: kept while there is room, and worked out once for all who ask the same at the same time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

from mreze.serve.cache import Cache
from mreze.serve.lexer import differs_each_time
from mreze.serve.pool import Answer, Pool
from mreze.serve.worker import Question

_LARGEST: Final = 4 << 20
_OVERHEAD: Final = 500


@dataclass(slots=True)
class _Flight:
    """A question that is being answered, and how many wait for it."""

    task: asyncio.Task[Answer]
    waiting: int = 0


class Answers:
    """A pool with a memory. A release never changes, so neither does the answer to a question."""

    def __init__(self, pool: Pool, capacity: int = 128 << 20) -> None:
        self.pool = pool
        self._kept: Cache[Answer] = Cache(capacity, _LARGEST)
        self._flights: dict[tuple[Question, float], _Flight] = {}

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """Have a question answered; see `Pool.ask`, whose errors these are too."""
        if differs_each_time(question.query):
            return await self.pool.ask(question, deadline, client)
        kept = self._kept.get(question)
        if kept is not None:
            return kept
        return await self._share(question, deadline, client)

    async def _share(self, question: Question, deadline: float, client: str) -> Answer:
        key = (question, deadline)
        flight = self._flights.get(key)
        if flight is None:
            task = asyncio.get_running_loop().create_task(self.pool.ask(question, deadline, client))
            flight = self._flights[key] = _Flight(task)
            task.add_done_callback(lambda done: self._land(key, done))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if flight.waiting == 0 and not flight.task.done():  # everybody has left
                self._flights.pop(key, None)
                flight.task.cancel()

    def _land(self, key: tuple[Question, float], task: asyncio.Task[Answer]) -> None:
        flight = self._flights.get(key)
        if flight is not None and flight.task is task:
            del self._flights[key]
        if not task.cancelled() and task.exception() is None:
            question, answer = key[0], task.result()
            self._kept.put(question, answer, len(answer.content) + len(question.query) + _OVERHEAD)
