"""Turns: each client's comes round, cheap and other queries alternate, a reserved lane takes cheap ones only."""

from __future__ import annotations

import pytest

from mreze.errors import TooManyRequests, Unavailable
from mreze.serve.queue import Cost, Lane, Limits, Queue
from mreze.serve.template import CHEAP, Costs, template


def test_clients_take_turns() -> None:
    """Whoever queued many waits for one of each of the others in between."""
    queue: Queue[str] = Queue(Limits())
    for number in range(3):
        queue.put("greedy", f"g{number}", Cost.COSTLY)
    queue.put("modest", "m0", Cost.COSTLY)
    assert [queue.next(Lane.COMMON) for _ in range(5)] == ["g0", "m0", "g1", "g2", None]


def test_costs_take_turns_and_lanes_are_reserved() -> None:
    """On a common lane no kind of query starves another; on a reserved one only its own kind runs."""
    queue: Queue[str] = Queue(Limits())
    for cost in Cost:
        for number in range(2):
            queue.put("a", f"{cost.name.lower()}{number}", cost)
    assert {queue.next(Lane.COMMON) for _ in range(3)} == {"cheap0", "unknown0", "costly0"}
    assert [queue.next(Lane.CHEAP) for _ in range(2)] == ["cheap1", None]
    assert [queue.next(Lane.TRIAL) for _ in range(2)] == ["unknown1", None]
    assert queue.next(Lane.COMMON) == "costly1"


def test_the_queue_is_bounded() -> None:
    """The limit counts all clients; a turn that was taken makes room."""
    queue: Queue[str] = Queue(Limits(waiting=2))
    queue.put("a", "1", Cost.CHEAP)
    queue.put("b", "2", Cost.COSTLY)
    with pytest.raises(Unavailable, match="2 queries wait already"):
        queue.put("c", "3", Cost.CHEAP)
    assert queue.next(Lane.CHEAP) == "1"
    queue.put("c", "3", Cost.CHEAP)


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
    """IRIs, strings, numbers also within names, comments and spaces do not count; LIMIT and the words do."""
    one = 'SELECT * { <x:1> ?p "a" } # 1\nLIMIT 2'
    assert template(one) == template('SELECT *  { <x:22> ?p "b\\"c" } #2\n LIMIT 2')
    assert template(one) != template(one.replace("LIMIT 2", "LIMIT 3"))
    assert template(one) != template(one.replace("?p", "?q"))
    assert template("DESCRIBE ex:c1") == template("DESCRIBE ex:c22")


def test_costs_are_learnt() -> None:
    """Three cheap runs make a kind cheap; one dear run, or being stopped, makes it costly."""
    costs = Costs()
    for _ in range(2):
        costs.learn("k", CHEAP / 10)
    assert costs.of("k") is Cost.UNKNOWN
    costs.learn("k", CHEAP / 10)
    assert costs.of("k") is Cost.CHEAP
    costs.learn("k", CHEAP * 100)
    assert costs.of("k") is Cost.COSTLY
