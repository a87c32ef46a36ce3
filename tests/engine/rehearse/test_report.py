"""A report tells people and programs the same, and a later rehearsal what arrived."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mreze.errors import UsageError
from mreze.rehearse.report import Regression, Rehearsal, as_json, as_text, read_saved, since
from mreze.rehearse.verdict import Loss, Verdict

A = "http://data.example/dataset/a"
CKAN = Verdict("ckan", A, ("dct:issued", "dct:title"), (Loss("dct:rights", "why \x1b[31m not"),), None)
MQA = Verdict("mqa", A, score=(400, 405))
REHEARSAL = Rehearsal("http://data.example/catalog.ttl", "2026-01-01", "sr", (CKAN, MQA), {"udata": "not installed"})


def test_what_is_lost_is_told_with_its_reason() -> None:
    """The text has a line for each reader and each reason, and nothing in it steers the terminal."""
    text = as_text(REHEARSAL, [Regression("ckan", A, "dct:modified")])
    assert "  ckan: 2 arrive, 1 lost, 0 not read\n    lost: dct:rights: why \\x1b[31m not\n" in text
    assert "  mqa: 0 arrive, 0 lost, 0 not read, 400 of 405 points\n" in text
    assert "udata did not read it: not installed\n" in text
    assert f"lost since: dct:modified, {A}, ckan\n" in text
    assert text.endswith("Lost: 1; lost since: 1.\n")


def test_what_is_lost_of_all_files_is_told_once() -> None:
    """Losses of one reason are one line, and in it a property is told once with the files that it is lost of."""
    lost = [Loss(what, "no field") for what in ("dct:title", "dct:rights of #csv", "dct:rights of #nt", "dct:rights")]
    text = as_text(Rehearsal("http://data.example/", "", "en", (Verdict("ckan", A, lost=tuple(lost)),)), ())
    assert "    lost: dct:title, dct:rights of #csv #nt, dct:rights: no field\n" in text


def test_nothing_lost_and_nobody_there_are_two_things() -> None:
    """A report of no reader does not say that nothing is lost."""
    one = Rehearsal("http://data.example/catalog.ttl", "", "en", (Verdict("ckan", A, ("dct:title",)),))
    assert as_text(one, ()).endswith("Nothing is lost.\n")
    assert as_text(Rehearsal(one.address, "", "en", ()), ()).endswith("Nobody has read it.\n")


def test_a_saved_report_is_read_back(tmp_path: Path) -> None:
    """JSON keeps all that a later rehearsal compares with."""
    path = tmp_path / "report.json"
    path.write_text(as_json(REHEARSAL, ()), "utf-8")
    assert read_saved(path) == REHEARSAL
    assert json.loads(path.read_text("utf-8"))["lost"] == 1


@pytest.mark.parametrize("content", ["", "[]", '{"version": 1}', '{"version": 2}', '{"version": 1, "verdicts": 3}'])
def test_another_file_is_no_report(content: str, tmp_path: Path) -> None:
    """A file that is no report, or one of another version, is told with the remedy."""
    path = tmp_path / "report.json"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError, match="report"):
        read_saved(path)
    with pytest.raises(UsageError, match="--save"):
        read_saved(tmp_path / "none.json")


def test_lost_since_is_what_arrived_once() -> None:
    """A property that is not lost but gone, a dataset that is gone, fewer points: all are told; new losses are not."""
    now = Rehearsal("", "", "sr", (Verdict("ckan", A, ("dct:title",)), Verdict("mqa", A, score=(390, 405))))
    assert since(REHEARSAL, now) == (
        Regression("ckan", A, "dct:issued"),
        Regression("mqa", A, "400 points, now 390"),
    )
    gone = Rehearsal("", "", "sr", (Verdict("ckan", f"{A}2", ("dct:title",)),))
    assert since(REHEARSAL, gone) == (Regression("ckan", A, "dct:issued"), Regression("ckan", A, "dct:title"))


def test_a_reader_that_was_not_asked_has_lost_nothing() -> None:
    """Readers that judged then and do not now are not compared: that they did not read is told elsewhere."""
    assert since(REHEARSAL, Rehearsal("", "", "sr", (MQA,))) == ()
    assert since(REHEARSAL, REHEARSAL) == ()
