"""Requests that wait for the network are answered beside the loop."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable

import pytest

from mreze.errors import NotFound, Unavailable
from mreze.serve.aside import Aside, Homeward, Turns, kind_of
from mreze.serve.pool import Answer
from mreze.serve.worker import Question

KINDS = [
    ("healthz", None, "", None),
    ("static/site.css", "text/html", "", None),
    ("doc/bridges/old-bridge", "text/html", "", "documents"),
    ("", "text/html", "", "documents"),
    ("readyz", None, "", "upkeep"),
    ("queries/bridges.csv", None, "", "queries"),
    ("reconcile/1.0/match", None, "", "tables"),
    ("sparql", "text/csv", "query=ASK", None),
    ("sparql", "text/html", "query=ASK", "queries"),
    ("sparql", None, "query=ASK&explain=true", "queries"),
    ("sparql", None, "query=ASK&%65xplain=true", "queries"),
]
FORMS = [(b"query=ASK", None), (b"query=ASK&explain=true", "queries"), (b"query=ASK&%65xplain=true", "queries")]


@pytest.mark.parametrize(("path", "accept", "query_string", "kind"), KINDS)
def test_who_waits_with_whom(path: str, accept: str | None, query_string: str, kind: str | None) -> None:
    """What needs no store waits for nothing; slow queries keep no document waiting."""
    assert kind_of(path, accept, query_string) == kind


@pytest.mark.parametrize(("form", "kind"), FORMS)
def test_a_form_that_asks_why_waits_too(form: bytes, kind: str | None) -> None:
    """What would be explained by asking the store is asked beside the loop, however it is sent."""
    assert kind_of("sparql", "*/*", "", form) == kind


def test_the_loop_goes_on_meanwhile() -> None:
    """What blocks, blocks its own thread; an error comes back as it is."""

    async def try_it() -> tuple[int, bool]:
        aside = Aside(5)
        slow = asyncio.ensure_future(aside.run("documents", _slow))
        await asyncio.sleep(0.02)
        went_on = not slow.done()
        with pytest.raises(NotFound):
            await aside.run("documents", _missing)
        found = await slow
        aside.close()
        return found, went_on

    assert asyncio.run(try_it()) == (7, True)


def _slow() -> int:
    time.sleep(0.2)
    return 7


def _missing() -> int:
    raise NotFound("Nothing.")


def test_who_takes_too_long_is_given_up() -> None:
    """The client is told to come again; nobody waits for ever."""

    async def try_it() -> None:
        aside, over = Aside(0.05), threading.Event()
        with pytest.raises(Unavailable):
            await aside.run("documents", lambda: over.wait(5))
        over.set()
        aside.close()

    asyncio.run(try_it())


def test_a_batch_of_names_may_take_longer() -> None:
    """Most of it is no waiting for the store."""

    async def try_it() -> int:
        aside = Aside(0.1)
        found = await aside.run("tables", _slow)
        aside.close()
        return found

    assert asyncio.run(try_it()) == 7


class _Asker:
    """Tells on which loop it is asked."""

    def __init__(self) -> None:
        self.loops: list[asyncio.AbstractEventLoop] = []

    async def ask(self, question: Question, deadline: float, client: str = "") -> Answer:
        """Answer with what was asked."""
        del deadline, client
        self.loops.append(asyncio.get_running_loop())
        return Answer(graph=False, content=question.query.encode())


def test_queries_are_answered_on_the_servers_loop() -> None:
    """Whoever asks from a thread has the answer from the loop where the workers are."""

    async def try_it() -> None:
        asker, aside = _Asker(), Aside(5)
        homeward = Homeward(asker)
        homeward.settle()
        question = Question("ASK {}", "urn:", "srj", None)

        def ask() -> Answer | Awaitable[Answer]:
            return homeward.ask(question, 1)

        answer = await aside.run("queries", ask)
        assert answer.content == b"ASK {}"
        assert (await homeward.ask(question, 1)).content == b"ASK {}"
        assert asker.loops == [asyncio.get_running_loop()] * 2
        aside.close()

    asyncio.run(try_it())


def test_turns_hold_on_every_loop() -> None:
    """Of several threads with loops of their own so many go on at once."""
    turns, at_once, most = Turns(2), [0], [0]

    async def work() -> None:
        async with turns:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
            await asyncio.sleep(0.02)
            at_once[0] -= 1

    threads = [threading.Thread(target=lambda: asyncio.run(work())) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert 1 <= most[0] <= 2
