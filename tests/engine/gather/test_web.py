"""What misbehaving services do is told apart, and nothing is taken for an answer that is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.engine.gather.clocks import TERMS, Hand, settings
from tests.wikidata import GARBAGE, HANG, HTML_PAGE, NOTHING, Misbehaving, Reply, misbehaving, paths

from mreze.errors import GatherError, Unreachable
from mreze.gather.courtesy import Clock, Terms
from mreze.gather.session import Settings, gathering

FINE = Reply(body='{"all": "well"}')
CHUNK = Reply(body='a\r\n{"all": "w', headers={"Transfer-Encoding": "chunked"})
"""The first of some."""
HALF = replace(FINE, manner="half")


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    """A server that does what a test tells it."""
    with misbehaving() as one:
        yield one


def _get(server: Misbehaving, folder: Path, clock: Clock | None = None, terms: Terms = TERMS) -> object:
    chosen = replace(settings(folder, server.address), terms=terms)
    with gathering(chosen, "test", clock or Hand().clock) as session:
        return session.web.get(server.address + "api", {"a": "б"}, json.loads, "application/json")


@pytest.mark.parametrize(
    "bad",
    [
        Reply(429, "slowly", {"Retry-After": "2"}), Reply(500, "oh"), Reply(503, ""), HTML_PAGE, GARBAGE, HALF, NOTHING,
        Reply(body=""), replace(FINE, headers={"Content-Encoding": "gzip"}),
        CHUNK, Reply(body="[" * 100_000),
    ],
    ids=["429", "500", "503", "html", "garbage", "half", "nothing", "empty", "no gzip", "no last chunk", "too deep"],
)  # fmt: skip
def test_what_may_pass_is_asked_again(server: Misbehaving, tmp_path: Path, bad: Reply) -> None:
    """One bad answer does no harm."""
    server.script(bad, FINE)
    assert _get(server, tmp_path) == {"all": "well"}
    assert paths(server.asked) == ["GET /api"] * 2
    assert server.asked[1].parameters == {"a": "б"}
    assert server.asked[1].headers["user-agent"] == TERMS.user_agent
    assert server.asked[1].headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (Reply(429, "slowly"), "answered 429 with “slowly”; asked 4 times"),
        (HTML_PAGE, "answered with an HTML page titled “Please & wait”, which cannot be read: Expecting value"),
        (replace(HTML_PAGE, status=503), "answered 503 with an HTML page titled “Please & wait”; asked 4 times"),
        (GARBAGE, "which cannot be read"),
        (HALF, "the answer was cut off or garbled"),
        (NOTHING, "the connection broke: Remote end closed connection without response; asked 4 times"),
        (Reply(body=""), "answered with an empty body, which cannot be read"),
    ],
)
def test_what_does_not_pass_is_told(server: Misbehaving, tmp_path: Path, bad: Reply, told: str) -> None:
    """The message says where, what came, how often, and what to do; nothing of it is kept."""
    server.script(bad)
    with pytest.raises(GatherError) as caught:
        _get(server, tmp_path)
    assert str(caught.value).startswith(f"{server.address}api: ")
    assert told in str(caught.value)
    assert str(caught.value).endswith(": it goes on where it stopped.")
    assert len(server.asked) == 4
    assert [one.name for one in tmp_path.glob("*/*")] == ["snapshot.json"]


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (Reply(404, "no"), "answered 404 with “no”. Look whether the address is right"),
        (Reply(403, "bots"), "answered 403 with “bots”; it lets in whom it knows. Say who asks: --user-agent TEXT"),
        (Reply(400, "what"), "answered 400 with “what”. It does not take what was asked: GET"),
        (Reply(301, "", {"Location": "/api"}), "more than 10 redirects, the last to /api"),
        (Reply(302, "", {"Location": "ftp://127.0.0.1/"}), "cannot be asked"),
        (Reply(302, "", {"Location": "file:///etc/passwd"}), "cannot be asked"),
        (Reply(304, ""), "it has moved to nowhere"),
    ],
)
def test_what_cannot_pass_is_asked_once(server: Misbehaving, tmp_path: Path, bad: Reply, told: str) -> None:
    """A refusal is no better the second time."""
    server.script(bad)
    hand = Hand()
    with pytest.raises(GatherError) as caught:
        _get(server, tmp_path, hand.clock)
    assert told in str(caught.value)
    assert hand.waits == []


def test_a_redirect_is_followed(server: Misbehaving, tmp_path: Path) -> None:
    """What has moved is found."""
    server.script(FINE)
    server.paths["/api"] = [Reply(302, "", {"Location": "/new"})]
    assert _get(server, tmp_path) == {"all": "well"}
    assert paths(server.asked) == ["GET /api", "GET /new"]


@pytest.mark.parametrize("slow", [HANG, Reply(body="{", manner="drip")], ids=["hang", "drip"])
def test_nobody_waits_for_ever(server: Misbehaving, tmp_path: Path, slow: Reply) -> None:
    """A server that says nothing, or never comes to an end, is asked again."""
    server.script(slow, FINE)
    hand = Hand()
    clock = Clock(hand.clock.now, sleep=hand.wait)
    assert _get(server, tmp_path, clock, replace(TERMS, timeout=0.2)) == {"all": "well"}
    assert len(server.asked) == 2


def test_nobody_is_there(tmp_path: Path) -> None:
    """A port that nobody listens to is told so."""
    with misbehaving() as server:
        pass
    with pytest.raises(Unreachable, match="no connection: Connection refused; asked 4 times"):
        _get(server, tmp_path)


def test_what_is_too_long_is_not_read(server: Misbehaving, tmp_path: Path) -> None:
    """The limit is in the message."""
    server.script(Reply(body=" " * (1 << 20) + "{}"))
    with pytest.raises(GatherError, match="more than 1 MiB, the most that is read"):
        _get(server, tmp_path, terms=replace(TERMS, largest=1 << 20))


def test_a_form_is_posted(server: Misbehaving, tmp_path: Path) -> None:
    """Parameters of a POST are in its body, and an answer of it is not one of a GET."""
    server.script(FINE)
    with gathering(settings(tmp_path, server.address), "test", Hand().clock) as session:
        address = server.address + "api"
        assert session.web.post(address, {"queries": "{}"}, json.loads) == {"all": "well"}
        assert session.web.get(address, {"queries": "{}"}, json.loads) == {"all": "well"}
    assert paths(server.asked) == ["POST /api", "GET /api"]
    assert server.asked[0].parameters == {"queries": "{}"}
    assert server.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_password_is_sent_and_not_kept(server: Misbehaving, tmp_path: Path) -> None:
    """Neither the snapshot nor a message has it."""
    server.script(FINE, Reply(404, "no"))
    address = server.address.replace("http://", "http://me:s3cret@")
    with gathering(settings(tmp_path, server.address), "test", Hand().clock) as session:
        session.web.get(address + "a", {}, json.loads)
        with pytest.raises(GatherError) as caught:
            session.web.get(address + "b", {}, json.loads)
    assert server.asked[0].headers["authorization"] == "Basic bWU6czNjcmV0"
    assert "s3cret" not in str(caught.value)
    assert not any("s3cret" in one.read_text() for one in tmp_path.glob("*/*"))


@pytest.mark.parametrize(
    ("replies", "there"),
    [
        ([Reply(200, "x")], True), ([Reply(404, "")], False), ([Reply(410, "")], False),
        ([Reply(405, ""), Reply(200, "x")], True), ([Reply(501, ""), Reply(404, "x")], False),
        ([Reply(403, "")], None), ([Reply(500, "")], None), ([NOTHING], None),
        ([Reply(301, "", {"Location": "/"})], None),
    ],
)  # fmt: skip
def test_something_is_there_or_not(
    server: Misbehaving, tmp_path: Path, replies: list[Reply], there: bool | None
) -> None:
    """HEAD is tried, then GET; who does not say is no witness; a repeated run knows the same, without asking."""
    server.script(*replies)
    with gathering(settings(tmp_path, server.address), "check", Hand().clock) as session:
        assert session.web.exists(server.address + "x#y") is there
    asked = paths(server.asked)
    assert asked[0] == "HEAD /x"
    with gathering(settings(tmp_path, server.address, offline=True), "check", Hand().clock) as session:
        assert session.web.exists(server.address + "x#y") is there
        with pytest.raises(GatherError, match="no answer to HEAD"):
            session.web.exists(server.address + "z")
    assert paths(server.asked) == asked


def test_who_does_not_say_is_asked_in_the_next_run(server: Misbehaving, tmp_path: Path) -> None:
    """Why nobody said is told once a host; a run that goes on asks again what it does not know, and nothing else."""
    told: list[str] = []
    with misbehaving() as gone:
        pass
    chosen = settings(tmp_path, server.address)
    server.script(Reply(200, "x"))
    server.paths["/b"] = [Reply(403, "robots")]
    addresses = [server.address + "a", server.address + "b", gone.address + "c", gone.address + "d"]
    with pytest.raises(KeyboardInterrupt):
        _look(chosen, addresses, told)
    server.script(Reply(200, "x"))
    with gathering(chosen, "check", Hand().clock) as session:
        assert [session.web.exists(server.address + one) for one in "ab"] == [True, True]
    assert paths(server.asked) == ["HEAD /b"]
    assert [line for line in told if "asking again" not in line] == [
        f"{server.address}b: answered 403 with an empty body; it lets in whom it knows. "
        f"Say who asks: --user-agent TEXT",
        f"{gone.address}c: no connection: Connection refused; asked 4 times. Look whether the address is right, or run "
        f"the command again later: it goes on where it stopped.",
    ]


def _look(chosen: Settings, addresses: list[str], told: list[str]) -> None:
    with gathering(chosen, "check", Hand().clock, told.append) as session:
        assert [session.web.exists(one) for one in addresses] == [True, None, None, None]
        raise KeyboardInterrupt
