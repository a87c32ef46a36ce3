"""`mreze links accept` and `mreze links reject`, said by several people at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mreze.build.template import write_template
from mreze.cli import main
from mreze.gather.lock import locked
from mreze.gather.table_rows import read_table


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The template's site."""
    write_template(tmp_path / "site")
    return tmp_path / "site"


def _reject(site: Path, number: int) -> int:
    return main(["links", "reject", str(site), "bridges/old-bridge", f"Q{number}", "--by", "Ana", "--new"])


def test_no_verdict_is_lost(site: Path) -> None:
    """Who says so at the same time waits, and every word stands in the table."""
    with ThreadPoolExecutor(8) as together:
        assert list(together.map(lambda number: _reject(site, number), range(1, 17))) == [0] * 16
    rows = read_table(site, "https://example.org/").candidates
    assert {one.candidate.rpartition("/")[2] for one in rows if one.by == "Ana"} == {f"Q{one}" for one in range(1, 17)}
    assert [one.name for one in (site / "data/links").iterdir()] == ["candidates.tsv"]


def test_who_waits_too_long_is_told(
    site: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error names the command that has the table, and nothing is written."""
    monkeypatch.setattr("mreze.cli.verdicts.locked", lambda root, command: locked(root, command, patience=0))
    with locked(site, "links apply"):
        assert _reject(site, 1) == 1
    assert f"mreze: {site}: mreze links apply (process " in capsys.readouterr().err
    assert not (site / "data/links").exists()
