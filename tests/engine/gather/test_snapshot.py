"""A run that stopped goes on, one that ended can be repeated without a network, and damage is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.engine.gather.clocks import BEGUN, Hand, settings
from tests.wikidata import Misbehaving, Reply, misbehaving, paths

from mreze.answer import Answer
from mreze.errors import GatherError
from mreze.gather.exchange import request_to
from mreze.gather.session import gathering
from mreze.gather.snapshot import open_snapshot

ONE = request_to("GET", "http://one.example/", {"q": "Ниш"})
LATER = BEGUN + timedelta(days=1, hours=3)
FINE = Reply(body='{"all": "well"}')


@pytest.fixture(scope="module")
def server() -> Iterator[Misbehaving]:
    """A server that does what a test tells it."""
    with misbehaving() as one:
        yield one


def _ask(server: Misbehaving, folder: Path, *names: str, offline: bool = False, fresh: bool = False) -> list[object]:
    chosen = settings(folder, server.address, offline=offline, fresh=fresh)
    with gathering(chosen, "match", Hand().clock) as session:
        return [session.web.get(server.address + name, {}, json.loads) for name in names]


@pytest.mark.parametrize("body", ["", "Ниш \u2028\r\n\x00", b"\xff\xfe\x00", "{}"])
def test_an_exchange_is_kept_as_it_was(tmp_path: Path, body: str | bytes) -> None:
    """Text stays readable in the file, other bytes are the same again."""
    content = body.encode() if isinstance(body, str) else body
    snapshot = open_snapshot(tmp_path, "match", BEGUN)
    assert snapshot.find(ONE) is None
    snapshot.keep(ONE, Answer(200, content, {"content-type": "text/plain"}), BEGUN)
    assert snapshot.find(ONE) == Answer(200, content, {"content-type": "text/plain"})
    told = json.loads((snapshot.folder / f"{ONE.key}.json").read_text("utf-8"))
    assert told["request"]["parameters"] == [["q", "Ниш"]]
    assert (told["time"], told["status"]) == ("2026-11-27T12:00:00+00:00", 200)


def test_a_snapshot_says_what_it_is(tmp_path: Path) -> None:
    """Command, beginning and end stand in a file of their own; nothing else is left in the folder."""
    snapshot = open_snapshot(tmp_path / "deep" / "snapshots", "match", BEGUN)
    path = snapshot.folder / "snapshot.json"
    assert snapshot.folder.name == "match-2026-11-27"
    told = json.loads(path.read_text())
    assert (told["command"], told["begun"], told["finished"]) == ("match", "2026-11-27T12:00:00+00:00", None)
    snapshot.close(LATER)
    assert json.loads(path.read_text())["finished"] == "2026-11-28T15:00:00+00:00"
    assert [one.name for one in snapshot.folder.parent.iterdir()] == ["match-2026-11-27"]
    assert [one.name for one in snapshot.folder.iterdir()] == ["snapshot.json"]


def test_runs_of_a_day_are_numbered(tmp_path: Path) -> None:
    """The tenth comes after the ninth; an unfinished one is gone on with, another day too, unless begun anew."""
    for _ in range(10):
        open_snapshot(tmp_path, "match", BEGUN).close(BEGUN)
    other = open_snapshot(tmp_path, "match-geonames", BEGUN)
    left = open_snapshot(tmp_path, "match", BEGUN)
    assert left.folder.name == "match-2026-11-27.11"
    again = open_snapshot(tmp_path, "match", LATER)
    assert (again.folder, again.resumed, again.head.begun) == (left.folder, True, BEGUN)
    assert open_snapshot(tmp_path, "match", BEGUN, offline=True).folder.name == "match-2026-11-27.10"
    fresh = open_snapshot(tmp_path, "match", LATER, fresh=True)
    assert (fresh.folder.name, fresh.resumed) == ("match-2026-11-28", False)
    fresh.close(LATER)
    assert open_snapshot(tmp_path, "match", LATER).folder.name == "match-2026-11-28.2"
    assert other.folder.name == "match-geonames-2026-11-27"


def test_a_run_goes_on_where_it_stopped(server: Misbehaving, tmp_path: Path) -> None:
    """What was answered is not asked again; then the snapshot is finished, and the next run asks anew."""
    server.script(FINE)
    server.paths["/b"] = [Reply(404, "no")]
    with pytest.raises(GatherError, match="answered 404"):
        _ask(server, tmp_path, "a", "b", "c")
    server.script(FINE)
    assert _ask(server, tmp_path, "a", "b", "c") == [{"all": "well"}] * 3
    assert paths(server.asked) == ["GET /b", "GET /c"]
    _ask(server, tmp_path, "a")
    assert paths(server.asked) == ["GET /b", "GET /c", "GET /a"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["match-2026-11-27", "match-2026-11-27.2"]


def test_an_interruption_leaves_what_was_answered(server: Misbehaving, tmp_path: Path) -> None:
    """Ctrl-C is no good end."""
    server.script(FINE)
    with pytest.raises(KeyboardInterrupt):
        _interrupt(server, tmp_path)
    _ask(server, tmp_path, "a")
    assert paths(server.asked) == ["GET /a"]


def _interrupt(server: Misbehaving, folder: Path) -> None:
    with gathering(settings(folder, server.address), "match") as session:
        session.web.get(server.address + "a", {}, json.loads)
        raise KeyboardInterrupt


def test_a_run_is_repeated_without_a_network(
    server: Misbehaving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gives the same and opens no socket; what was not asked then is an error that names it."""
    server.script(Reply(body='{"n": 1}'))
    first = _ask(server, tmp_path, "a", "b")
    monkeypatch.setattr("socket.socket.connect", _refuse)
    assert _ask(server, tmp_path, "a", "b", offline=True) == first
    with pytest.raises(GatherError, match=r"match-2026-11-27: the snapshot has no answer to GET http://.*/c\. Options"):
        _ask(server, tmp_path, "c", offline=True)
    with gathering(settings(tmp_path, server.address, offline=True), "match") as session:
        assert session.fetched == BEGUN


def _refuse(*_: object) -> None:
    raise AssertionError("a socket was opened")


def test_without_a_finished_snapshot_there_is_nothing_to_repeat(tmp_path: Path) -> None:
    """The message says whether an unfinished one is there; nothing is written."""
    with pytest.raises(GatherError, match=r"snapshots: no finished snapshot of match\. Run the command once without"):
        open_snapshot(tmp_path / "snapshots", "match", BEGUN, offline=True)
    assert not (tmp_path / "snapshots").exists()
    open_snapshot(tmp_path, "match", BEGUN)
    with pytest.raises(GatherError, match=r"of match, only the unfinished match-2026-11-27\. Run"):
        open_snapshot(tmp_path, "match", BEGUN, offline=True)


def _emptied(text: str) -> str:
    return text[:0]


def _halved(text: str) -> str:
    return text[: len(text) // 2]


def _of_another(text: str) -> str:
    return text.replace('"GET"', '"POST"')


def _not_text(text: str) -> str:
    return text.replace('"{\\"all\\": \\"well\\"}"', "7")


def _a_list(_: str) -> str:
    return "[]"


def _unreadable(text: str) -> str:
    return text.replace("well", '\\"')


@pytest.mark.parametrize("damage", [_emptied, _halved, _of_another, _not_text, _a_list, _unreadable])
def test_damage_is_found(server: Misbehaving, tmp_path: Path, damage: Callable[[str], str]) -> None:
    """Offline the file is named; otherwise the request is made again and the file is whole."""
    server.script(FINE)
    _ask(server, tmp_path, "a")
    path = next(one for one in tmp_path.glob("*/*.json") if one.name != "snapshot.json")
    whole = path.read_text("utf-8")
    assert damage(whole) != whole
    path.write_text(damage(whole), "utf-8")
    with pytest.raises(GatherError) as caught:
        _ask(server, tmp_path, "a", offline=True)
    assert str(caught.value).startswith(f"{path}: ")
    assert str(caught.value).endswith("Restore it from a copy, or run without --offline.")
    _reopen(path.parent)
    assert _ask(server, tmp_path, "a") == [{"all": "well"}]
    assert path.read_text("utf-8") == whole


def _reopen(folder: Path) -> None:
    path = folder / "snapshot.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "finished": None}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"command": "match", "begun": "yesterday", "finished": null}'])
def test_a_damaged_head_is_named(tmp_path: Path, text: str) -> None:
    """Whether a run was finished cannot be guessed; to begin anew is always possible."""
    path = open_snapshot(tmp_path, "match", BEGUN).folder / "snapshot.json"
    path.write_text(text)
    for offline in (True, False):
        with pytest.raises(GatherError) as caught:
            open_snapshot(tmp_path, "match", BEGUN, offline=offline)
        assert str(caught.value).startswith(f"{path}: the file is damaged")
    assert open_snapshot(tmp_path, "match", BEGUN, fresh=True).folder.name == "match-2026-11-27.2"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """The message names the option."""
    (tmp_path / "file").write_text("")
    with pytest.raises(GatherError, match=r"file: no snapshot can be written there: .*: --snapshot DIR"):
        open_snapshot(tmp_path / "file", "match", BEGUN)
