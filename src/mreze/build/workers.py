"""Work that is done in several processes where there is enough of it; where not, the same here, one after the other."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_WORTH: Final = 16 << 20
"""Bytes of work for which it is worth to start processes: that takes some tenths of a second."""

_AHEAD: Final = 4
"""Tasks for each process, so that none waits for the next one."""


@dataclass(frozen=True, slots=True)
class Workers:
    """Whoever does the work."""

    pool: ProcessPoolExecutor | None
    number: int = 1

    def each(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """What the work makes of each task, in their order; the tasks, and what is made, can be pickled.

        No more tasks are taken ahead than keep everybody busy.
        """
        if self.pool is None:
            yield from map(work, tasks)
            return
        waiting: deque[Future[Result]] = deque()
        for task in tasks:
            waiting.append(self.pool.submit(work, task))
            if len(waiting) >= _AHEAD * self.number:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def start(self, work: Callable[[Task], Result], task: Task) -> Future[Result]:
        """Begin to work on one task beside all others; where there is one process only, do it now."""
        if self.pool is not None:
            return self.pool.submit(work, task)
        done: Future[Result] = Future()
        done.set_result(work(task))
        return done


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))


@contextmanager
def workers(jobs: int | None, size: int) -> Iterator[Workers]:
    """Workers for some work.

    Args:
        jobs: how many at most; as many as there are processors if None.
        size: of the work, in bytes.
    """
    many = jobs or processors()
    if many < 2 or size < _WORTH:
        yield Workers(None)
        return
    # Not forked: there may be threads. A worker that is started anew imports what it needs.
    with ProcessPoolExecutor(many, mp_context=get_context("spawn")) as pool:
        yield Workers(pool, many)
