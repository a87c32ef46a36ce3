"""Turns: each client's comes round, cheap and other queries alternate, a reserved lane takes cheap ones only."""

from __future__ import annotations

import pytest

from mreze.errors import TooManyRequests, Unavailable
from mreze.serve.queue import Limits, Queue
from mreze.serve.template import CHEAP, Costs, template


def test_clients_take_turns() -> None:
    """Whoever queued many waits for one of each of the others in between."""
    queue: Queue[str] = Queue(Limits())
    for number in range(3):
        queue.put("greedy", f"g{number}", cheap=False)
    queue.put("modest", "m0", cheap=False)
    assert [queue.next(reserved=False) for _ in range(5)] == ["g0", "m0", "g1", "g2", None]


def test_cheap_and_other_queries_alternate() -> None:
    """On a common lane neither starves the other; on a reserved one only cheap ones run."""
    queue: Queue[str] = Queue(Limits())
    for number in range(2):
        queue.put("a", f"c{number}", cheap=True)
        queue.put("a", f"o{number}", cheap=False)
    assert {queue.next(reserved=False), queue.next(reserved=False)} == {"c0", "o0"}
    assert queue.next(reserved=True) == "c1"
    assert queue.next(reserved=True) is None
    assert queue.next(reserved=False) == "o1"


def test_the_queue_is_bounded() -> None:
    """The limit counts all clients; a turn that was taken makes room."""
    queue: Queue[str] = Queue(Limits(waiting=2))
    queue.put("a", "1", cheap=True)
    queue.put("b", "2", cheap=False)
    with pytest.raises(Unavailable, match="2 queries wait already"):
        queue.put("c", "3", cheap=True)
    assert queue.next(reserved=True) == "1"
    queue.put("c", "3", cheap=True)


def test_a_share_is_counted_until_the_answer() -> None:
    """A client may have so many queries here; each that leaves lets another in."""
    queue: Queue[str] = Queue(Limits(share=1))
    queue.enter("a")
    with pytest.raises(TooManyRequests):
        queue.enter("a")
    queue.enter("b")
    queue.leave("a")
    queue.enter("a")


def test_templates_blank_what_differs() -> None:
    """IRIs, strings, numbers, comments and spaces do not count; LIMIT and the words do."""
    one = 'SELECT * { <x:1> ?p "a" } # 1\nLIMIT 2'
    assert template(one) == template('SELECT *  { <x:22> ?p "b\\"c" } #2\n LIMIT 2')
    assert template(one) != template(one.replace("LIMIT 2", "LIMIT 3"))
    assert template(one) != template(one.replace("?p", "?q"))


def test_costs_are_learnt_and_forgotten() -> None:
    """Three cheap runs make a kind cheap, one dear run or being forgotten makes it unknown again."""
    costs = Costs()
    for _ in range(2):
        costs.learn("k", CHEAP / 10)
    assert not costs.is_cheap("k")
    costs.learn("k", CHEAP / 10)
    assert costs.is_cheap("k")
    costs.learn("k", CHEAP * 100)
    assert not costs.is_cheap("k")
    for _ in range(3):
        costs.learn("l", 0)
    costs.forget("l")
    assert not costs.is_cheap("l")
