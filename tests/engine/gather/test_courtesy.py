"""Services are asked seldom enough, by name, and again only where that can help."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from tests.engine.gather.clocks import BEGUN, TERMS, Hand

from mreze.answer import Answer
from mreze.errors import GatherError, Unreachable
from mreze.gather.courtesy import Courtesy, NotYet, Terms, seconds_until, user_agent
from mreze.gather.exchange import credentials, request_to, without_secrets

HERE = request_to("GET", "http://one.example/api", {})
FINE = Answer(200, b"{}")


def _courtesy(hand: Hand, terms: Terms = TERMS) -> tuple[Courtesy, list[str]]:
    told: list[str] = []
    return Courtesy(terms, hand.clock, told.append), told


def _sending(outcomes: Iterable[Answer | Exception]) -> Callable[[], Answer]:
    left = iter(outcomes)

    def send() -> Answer:
        outcome = next(left)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return send


def _nothing(_: Answer) -> None:
    return None


def _status(answer: Answer) -> int:
    if answer.body == b"garbage":
        raise ValueError("no JSON")
    return answer.status


@pytest.mark.parametrize(
    ("after", "seconds"),
    [
        ("0", 0.0), ("120", 120.0), (" 7 ", 7.0), ("", None), ("soon", None), ("-1", None), ("1.5", None),
        ("Fri, 27 Nov 2026 12:01:30 GMT", 90.0), ("Fri, 27 Nov 2026 11:00:00 GMT", 0.0),
        ("Friday, 27-Nov-26 12:00:10 GMT", 10.0), ("٣", None),
    ],
)  # fmt: skip
def test_retry_after_is_read(after: str, seconds: float | None) -> None:
    """It is seconds or a date; a date that is past means now, nonsense nothing."""
    assert seconds_until(after, BEGUN) == seconds


def test_requests_to_a_host_are_spaced() -> None:
    """The second one waits for what is left of the interval; another host is asked at once."""
    hand = Hand()
    courtesy, _ = _courtesy(hand)
    for address in ("http://one.example/a", "http://one.example/b", "http://two.example/"):
        courtesy.ask(request_to("GET", address, {}), _sending([FINE]), _nothing)
    assert hand.waits == [1.0]


def test_what_took_long_is_not_waited_for_again() -> None:
    """The interval goes on while somebody works on an answer."""
    hand = Hand()
    courtesy, _ = _courtesy(hand)
    courtesy.ask(HERE, _sending([FINE]), _nothing)
    hand.passed += 0.75
    courtesy.ask(HERE, _sending([FINE]), _nothing)
    assert hand.waits == [0.25]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_what_may_pass_is_asked_again(status: int) -> None:
    """After longer and longer, and whoever waits is told why."""
    hand = Hand()
    courtesy, told = _courtesy(hand)
    sent = _sending([Answer(status, b"busy"), Answer(status, b"busy"), FINE])
    assert courtesy.ask(HERE, sent, _status) == (FINE, 200)
    assert 1 <= hand.waits[0] <= 2
    assert 2 <= hand.waits[1] <= 3
    assert len(told) == 2
    assert told[0].startswith(f"http://one.example/api: answered {status} with “busy”; asking again in ")
    assert told[0].endswith(f"{hand.waits[0]:.1f} seconds")


def test_retry_after_is_obeyed() -> None:
    """What the service says counts, not what we would have waited."""
    hand = Hand()
    courtesy, _ = _courtesy(hand)
    courtesy.ask(HERE, _sending([Answer(429, b"", {"retry-after": "90"}), FINE]), _status)
    assert hand.waits == [90.0]


def test_who_is_sent_away_for_long_is_told_until_when() -> None:
    """Beyond the limit nobody waits: the message has the limit and the time."""
    hand = Hand()
    courtesy, _ = _courtesy(hand)
    with pytest.raises(GatherError) as caught:
        courtesy.ask(HERE, _sending([Answer(429, b"", {"retry-after": "3600"})]), _status)
    assert "left alone for 3600 seconds, and mreze waits 300 at most" in str(caught.value)
    assert "again after 2026-11-27 13:00 UTC" in str(caught.value)
    assert hand.waits == []
    with pytest.raises(GatherError, match=r"not asked, as the answer would be: .*left alone for 3600 seconds"):
        courtesy.ask(HERE, _sending([]), _status)


def test_what_cannot_be_read_is_asked_again() -> None:
    """A body that makes no sense may make some the next time."""
    courtesy, told = _courtesy(Hand())
    assert courtesy.ask(HERE, _sending([Answer(200, b"garbage"), FINE]), _status) == (FINE, 200)
    assert "answered with “garbage”, which cannot be read: no JSON" in told[0]


def test_there_is_an_end() -> None:
    """After all retries the last that came is told, and how often it was asked."""
    courtesy, told = _courtesy(Hand())
    with pytest.raises(GatherError, match=r"answered 500 with an empty body; asked 4 times\. Wait a while"):
        courtesy.ask(HERE, _sending([Answer(500, b"")] * 4), _status)
    assert len(told) == 3


def test_no_retries_means_once() -> None:
    """With none, nobody waits."""
    hand = Hand()
    courtesy, _ = _courtesy(hand, replace(TERMS, retries=0))
    with pytest.raises(GatherError, match="asked once"):
        courtesy.ask(HERE, _sending([Answer(500, b"")]), _status)
    assert hand.waits == []


def test_a_host_that_is_not_there_is_not_looked_for_again() -> None:
    """One link to a dead host costs the retries, the others nothing."""
    hand = Hand()
    courtesy, _ = _courtesy(hand)
    gone = NotYet("no connection: refused", reached=False)
    with pytest.raises(Unreachable, match="no connection: refused; asked 4 times"):
        courtesy.ask(HERE, _sending([gone] * 4), _status)
    waited = list(hand.waits)
    with pytest.raises(Unreachable, match=r"api: not asked, as the answer would be: .*refused; asked 4 times"):
        courtesy.ask(HERE, _sending([]), _status)
    assert hand.waits == waited


def test_who_asks_is_told() -> None:
    """A User-Agent is ASCII and has nothing that ends the comment."""
    told = user_agent("https://example.org/мреже/(x)\n", "python-requests/2")
    assert told.startswith("mreze/")
    assert told.endswith(" (https://example.org/%D0%BC%D1%80%D0%B5%D0%B6%D0%B5/%28x%29%0A) python-requests/2")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer(200, b""), "an empty body"),
        (Answer(200, b"<!DOCTYPE html><title>Please &amp;\n wait</title>"), "an HTML page titled “Please & wait”"),
        (Answer(200, b"\n<html><body>x", {}), "an HTML page"),
        (Answer(200, b"x", {"content-type": "text/html"}), "an HTML page"),
        (Answer(200, b'{"a":\x00 1}'), "“{\"a\": 1}”"),
        (Answer(200, b"x" * 100), "“" + "x" * 80 + "…”"),
    ],
)  # fmt: skip
def test_what_came_is_told_in_a_few_words(answer: Answer, told: str) -> None:
    """A page for people by its title, the rest by how it begins."""
    assert str(answer) == told


@pytest.mark.parametrize(
    ("address", "clean", "known"),
    [
        ("https://a.example/x?y", "https://a.example/x?y", None),
        ("https://me:s%40crt@a.example:81/x", "https://a.example:81/x", ("me", "s@crt")),
        ("https://me@a.example/", "https://a.example/", ("me", "")),
    ],
)
def test_secrets_are_taken_out(address: str, clean: str, known: tuple[str, str] | None) -> None:
    """An address is kept and shown without name and password."""
    assert without_secrets(address) == clean
    assert credentials(address) == known


def test_requests_are_told_apart() -> None:
    """By all that makes another answer, and not by the order of parameters or by secrets."""
    one = request_to("GET", "https://a.example/", {"a": "1", "b": "2"})
    same = request_to("GET", "https://me:x@a.example/", {"b": "2", "a": "1"})
    others = [
        request_to("POST", "https://a.example/", {"a": "1", "b": "2"}),
        request_to("GET", "https://a.example/", {"a": "1"}),
        request_to("GET", "https://a.example/", {"a": "1", "b": "2"}, "text/turtle"),
        replace(one, whole=False),
    ]
    assert one.key == same.key
    assert len({one.key, *(other.key for other in others)}) == 5


def test_the_beginning_is_in_utc() -> None:
    """The clock of the tests is not that of the machine."""
    assert Hand().clock.now() == datetime(2026, 11, 27, 12, tzinfo=UTC)
