"""`mreze links check`: shapes always, existence where the network is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.engine.gather.test_links import BASE, FILE, WD, link, linked
from tests.wikidata import NOTHING, Misbehaving, Reply, misbehaving

from mreze.cli import main


@pytest.fixture(scope="module")
def wiki() -> Iterator[Misbehaving]:
    """A MediaWiki that answers as it is told."""
    with misbehaving() as told:
        yield told


def check(site: Path, wiki: Misbehaving, *options: str) -> int:
    """Run the command."""
    network = ["--api", wiki.address + "w/api.php", "--interval", "0", "--retries", "0"]
    return main(["links", "check", str(site), "--lang", "en", *network, *options])


def entities(**records: str) -> Reply:
    """What the wiki says of items."""
    told = {name: {"id": name} | ({record: ""} if record else {}) for name, record in records.items()}
    return Reply(body=json.dumps({"entities": told}))


def test_all_is_well(tmp_path: Path, wiki: Misbehaving, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is wrong: status 0, and how much was looked for."""
    wiki.script(entities(Q1="", Q2=""))
    assert check(linked(tmp_path, link("places/a", f"{WD}Q1"), link("places/b", f"{WD}Q2")), wiki) == 0
    captured = capsys.readouterr()
    assert captured.out == "Nothing found: all is well.\nLinks looked at: 2.\n"
    assert captured.err == "mreze: looked whether 2 things elsewhere are there\n"
    assert wiki.asked[0].parameters["ids"] == "Q1|Q2"
    assert wiki.asked[0].parameters["maxlag"] == "5"


def test_something_is_gone(tmp_path: Path, wiki: Misbehaving, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1, file, line, link and remedy; JSON says the same."""
    site = linked(tmp_path, link("places/a", f"{WD}Q1"))
    wiki.script(entities(Q1="missing"))
    assert check(site, wiki) == 1
    assert f"{FILE}:4: violation [link-gone]\n    places/a owl:sameAs\n" in capsys.readouterr().out
    assert check(site, wiki, "--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["focus"], finding["value"]) == (f"{BASE}places/a", f"{WD}Q1")


@pytest.mark.parametrize("reply", [NOTHING, Reply(429), Reply(500), Reply(body="<html>"), Reply(body='{"entities"')])
def test_the_network_is_not_there(
    reply: Reply, tmp_path: Path, wiki: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    """That is told, and changes nothing: the shapes are checked all the same, and the next run goes on."""
    site = linked(tmp_path, link("places/a", f"{WD}Q1"))
    wiki.script(reply)
    assert check(site, wiki) == 0
    captured = capsys.readouterr()
    unchecked = "Whether what they lead to exists was not checked, or not of all."
    assert captured.out == f"Links looked at: 1. Their form is right. {unchecked}\n"
    assert "mreze: existence was not checked: " in captured.err
    wiki.script(entities(Q1="missing"))
    assert check(site, wiki) == 1
    assert "going on with " in capsys.readouterr().err
    assert len(list((site / "snapshots").iterdir())) == 1


def test_offline(tmp_path: Path, wiki: Misbehaving, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a snapshot only shapes are checked; with one existence is, and nobody is asked."""
    site = linked(tmp_path, link("places/a", f"{WD}Q1"), link("places/b", f"{WD}Q1"))
    wiki.script(entities(Q1="missing"))
    assert check(site, wiki, "--offline") == 1
    captured = capsys.readouterr()
    assert "[link-shared]" in captured.out
    assert captured.out.endswith("at: 2. Whether what they lead to exists was not checked, or not of all.\n")
    assert "existence was not checked: " in captured.err
    assert wiki.asked == []
    check(site, wiki)
    capsys.readouterr()
    wiki.script(NOTHING)
    assert check(site, wiki, "--offline") == 1
    assert capsys.readouterr().out.count("[link-gone]") == 2
    assert wiki.asked == []


def test_one_authority(tmp_path: Path, wiki: Misbehaving, capsys: pytest.CaptureFixture[str]) -> None:
    """Only links to it are looked at; of one that nobody knows there are no links."""
    site = linked(tmp_path, link("places/a", f"{WD}q1"), link("places/a", "https://sws.geonames.org/1"))
    wiki.script(NOTHING)
    assert check(site, wiki, "--authority", "wikidata") == 1
    assert capsys.readouterr().out.count("[link-shape]") == 1
    with pytest.raises(SystemExit) as caught:
        check(site, wiki, "--authority", "nobody")
    assert caught.value.code == 2


def test_a_file_that_cannot_be_read(tmp_path: Path, wiki: Misbehaving, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands behind a mistake would be passed over: nothing is said of the rest."""
    site = linked(tmp_path, link("places/a", f"{WD}Q1"), "<")
    wiki.script(NOTHING)
    assert check(site, wiki) == 1
    captured = capsys.readouterr()
    assert (captured.out, wiki.asked) == ("", [])
    assert captured.err.startswith(f"mreze: {site / FILE}: cannot be read to its end. Run `mreze check`")
