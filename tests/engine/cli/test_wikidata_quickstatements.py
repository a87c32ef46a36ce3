"""`mreze wikidata quickstatements`: what is missing there, once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.relay import relaying
from tests.submitting import Statement, load, submitted, turtle
from tests.wikidata import sparql_server

from mreze.build.template import write_template
from mreze.cli import main

SENT = Path("data/links/sent.tsv")
QUERY = """#+ summary@en: Who is a member of what?
#+ property: P463
PREFIX ex: <https://example.org/ontology#>
SELECT ?subject ?value ?P580 ?source ?title ?url ?read ?quote ?language
WHERE {
  ?subject ex:memberOf ?value .
  OPTIONAL { ?subject ex:since ?P580 }
  OPTIONAL { ?subject ex:source ?source . ?source ex:url ?url ; ex:read ?read ; ex:quote ?quote . }
  BIND ("" AS ?title)
  BIND (LANG(?quote) AS ?language)
}
"""
DATA = """@prefix ex: <https://example.org/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix place: <https://example.org/id/places/> .
place:a owl:sameAs wd:Q101 ; ex:memberOf place:net ; ex:since "2003"^^xsd:gYear ; ex:source place:source .
place:b owl:sameAs wd:Q102 ; ex:memberOf place:net .
place:c ex:memberOf place:net .
place:net owl:sameAs wd:Q109 .
place:source ex:url "https://a.example/" ; ex:read "2026-11-23"^^xsd:date ; ex:quote "Град је члан."@sr-cyrl .
"""
LINE = (
    "Q101\tP463\tQ109\tP580\t+2003-00-00T00:00:00Z/9\t"
    'S854\t"https://a.example/"\tS813\t+2026-11-23T00:00:00Z/11\tS1683\tsr-ec:"Град је члан."\n'
)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """Wikidata, which knows the items and nothing more of them."""
    with sparql_server(*(f'wd:Q{one} rdfs:label "{one}"@en .' for one in (101, 102, 109))) as address:
        yield address


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site that knows of memberships."""
    root = tmp_path / "site"
    write_template(root)
    (root / "data/crossings/members.ttl").write_text(DATA, "utf-8")
    (root / "queries/wikidata").mkdir(exist_ok=True)
    (root / "queries/wikidata/members.rq").write_text(QUERY, "utf-8")
    return root


def send(site: Path, endpoint: str, *options: str) -> int:
    """Run the command."""
    network = ["--endpoint", endpoint, "--interval", "0", "--retries", "0"]
    return main(["wikidata", "quickstatements", str(site), *network, *options])


def test_nothing_is_offered_twice(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands go to a file and the ledger; the second time there is nothing new, and no file."""
    out = site / "qs.txt"
    assert send(site, endpoint, "--out", str(out)) == 0
    assert out.read_text("utf-8") == LINE
    told = capsys.readouterr().err
    assert "mreze: left out: Q102 P463 Q109: " in told
    assert "left out: 1 statements of or about what has no link" in told
    ledger = (site / SENT).read_text("utf-8")
    row = r"Q101\tP463\tQ109\tvalue\tP580 \S+/9\thttps://a\.example/\t[0-9-]{10}\tqs\.txt"
    assert re.fullmatch(row, ledger.splitlines()[1])
    assert send(site, endpoint, "--out", str(site / "again.txt")) == 0
    told = capsys.readouterr().err
    assert re.search(r"1 were sent before \([0-9-]{10}\): --again writes them too\n", told)
    assert told.endswith("mreze: nothing new to send\n")
    assert not (site / "again.txt").exists()
    assert (site / SENT).read_text("utf-8") == ledger


def test_a_file_elsewhere_is_remembered_by_its_name(site: Path, endpoint: str) -> None:
    """The ledger goes into git: it tells nothing of the folders of whoever wrote it."""
    assert send(site, endpoint, "--out", str(site.parent / "qs.txt")) == 0
    assert (site / SENT).read_text("utf-8").splitlines()[1].endswith("\tqs.txt")


def test_again(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was sent is written once more where somebody asks for it."""
    out = site / "qs.txt"
    assert send(site, endpoint, "--out", str(out)) == 0
    assert send(site, endpoint, "--out", str(out), "--again") == 0
    assert send(site, endpoint, "--again") == 0
    assert capsys.readouterr().out == LINE == out.read_text("utf-8")


def test_standard_output(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is only looked at is not remembered, unless that is asked for."""
    assert send(site, endpoint) == 0
    captured = capsys.readouterr()
    assert captured.out == LINE
    assert "nothing was remembered" in captured.err
    assert not (site / SENT).exists()
    assert send(site, endpoint, "--record") == 0
    assert capsys.readouterr().out == LINE
    assert send(site, endpoint) == 0
    assert capsys.readouterr().out == ""


def test_no_file_is_overwritten(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there is kept, and nothing is remembered."""
    out = site / "qs.txt"
    out.write_text("mine\n")
    assert send(site, endpoint, "--out", str(out)) == 2
    assert "Name a new one: --out FILE" in capsys.readouterr().err
    assert out.read_text() == "mine\n"
    assert not (site / SENT).exists()
    assert send(site, endpoint, "--out", str(out), "--record") == 2


def test_two_at_once(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What another run writes while this one asks is not written again."""
    with relaying(endpoint) as relay:
        relay.meanwhile = {0: lambda: send(site, endpoint, "--fresh", "--out", str(site / "first.txt"))}
        assert send(site, relay.address, "--out", str(site / "second.txt")) == 0
    assert (site / "first.txt").read_text("utf-8") == LINE
    assert capsys.readouterr().err.endswith("mreze: nothing new to send\n")
    assert not (site / "second.txt").exists()
    assert len((site / SENT).read_text("utf-8").splitlines()) == 2


@pytest.mark.skipif(os.name != "posix", reason="a folder where a file should be")
def test_a_ledger_that_cannot_be_written(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands are taken back: whoever has them would be offered them again."""
    (site / "data/links").write_text("in the way")
    assert send(site, endpoint, "--out", str(site / "qs.txt")) == 1
    assert "data/links" in capsys.readouterr().err
    assert not (site / "qs.txt").exists()


def test_a_broken_ledger(site: Path, endpoint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told with its line before anybody is asked, and nothing is written."""
    (site / "data/links").mkdir()
    (site / SENT).write_text("item\tproperty\n")
    assert send(site, endpoint, "--out", str(site / "qs.txt")) == 1
    assert "data/links/sent.tsv:1: the first line does not name the columns." in capsys.readouterr().err
    assert not (site / "qs.txt").exists()
    assert not (site / "snapshots").exists()


def test_nobody_answers(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An error that says where and what to do; nothing is written."""
    assert send(site, "http://127.0.0.1:9/sparql", "--out", str(site / "qs.txt")) == 1
    assert "http://127.0.0.1:9/sparql: no connection" in capsys.readouterr().err
    assert not (site / "qs.txt").exists()


def test_what_was_submitted_agrees(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a person's submission nothing is missing, also for who has no ledger; of what is there parts are added."""
    with sparql_server(*(f'wd:Q{one} rdfs:label "{one}"@en .' for one in (101, 102, 109))) as address:
        load(address, turtle([Statement("Q101", "P463", "Q109")]))
        assert send(site, address) == 0
        commands = capsys.readouterr().out
        assert commands == LINE
        load(address, turtle(submitted(commands)))
        assert send(site, address) == 0
        captured = capsys.readouterr()
        assert (captured.out, captured.err.splitlines()[-1]) == ("", "mreze: nothing new to send")
