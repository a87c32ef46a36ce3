"""Answers to queries: kept while there is room, and worked out once for all who ask the same at the same time."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from mreze.serve.cache import Cache
from mreze.serve.lexer import differs_each_time
from mreze.serve.pool import Answer, Pool
from mreze.serve.worker import Question

_LARGEST: Final = 4 << 20
_OVERHEAD: Final = 500


class Asker(Protocol):
    """Has questions answered."""

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """See `Pool.ask`."""


class _Left(Exception):
    """Whoever had the question answered has left."""


class Answers:
    """A pool with a memory. A release never changes, so neither does the answer to a question."""

    def __init__(self, pool: Pool, capacity: int = 128 << 20) -> None:
        self._pool = pool
        self._kept: Cache[Answer] = Cache(capacity, _LARGEST)
        self._flights: dict[tuple[Question, float], asyncio.Future[Answer]] = {}

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """Have a question answered; see `Pool.ask`, whose errors these are too."""
        if question.federated or differs_each_time(question.query):
            return await self._pool.ask(question, deadline, client)
        key = question, deadline
        while True:
            kept = self._kept.get(question)
            if kept is not None:
                return kept
            flight = self._flights.get(key)
            if flight is None:
                return await self._fly(key, client)
            try:
                return await asyncio.shield(flight)
            except _Left:
                continue  # then the first one who still waits has it answered

    async def _fly(self, key: tuple[Question, float], client: str) -> Answer:
        """Have a question answered for all who ask it meanwhile."""
        question, deadline = key
        flight = self._flights[key] = asyncio.get_running_loop().create_future()
        try:
            answer = await self._pool.ask(question, deadline, client)
        except BaseException as error:
            flight.set_exception(_Left() if isinstance(error, asyncio.CancelledError) else error)
            flight.exception()  # seen, though nobody may wait for it
            raise
        else:
            flight.set_result(answer)
            self._kept.put(question, answer, len(answer.content) + len(question.query) + _OVERHEAD)
            return answer
        finally:
            del self._flights[key]
