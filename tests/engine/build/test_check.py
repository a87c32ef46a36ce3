"""What is found in large files is what is found in small ones, with its lines; a million findings are not told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mreze.build.check import check_site
from mreze.build.dates import latest_date
from mreze.build.template import write_template
from mreze.findings import Finding, capped
from mreze.graph import read_site
from mreze.site import open_site

B = "https://example.org/"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
RIVERS = "data/crossings/rivers.nt"
LINES = [
    f'<{B}id/rivers/a> {LABEL} "a"@en .',
    f'<{B}id/rivers/a> <http://purl.org/dc/terms/issued> "2026-01-01" .',
    f'<{B}id/rivers/a> {LABEL} "\\u00A0"@de .',
    "",
    f'  <{B}id/rivers/b>\t<http://www.w3.org/2000/01/rdf-schema#lable> "b"@en .',
    f'<{B}id/rivers/b> {LABEL} "b"@en .',
    f'<{B}id/rivers/c> <http://purl.org/dc/terms/issued> "2026-02-30"^^<http://www.w3.org/2001/XMLSchema#date> .',
    f'<{B}id/bridges/d> {LABEL} "d"@en .',
    f'<{B}id/rivers/green-river> {LABEL} "again"@en .',
    f"<{B}id/rivers/b#part> {LABEL} _:x .",
]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The template's site with a list in which much is wrong."""
    write_template(tmp_path / "site")
    (tmp_path / "site" / RIVERS).write_text("\n".join(LINES) + "\n", "utf-8")
    return tmp_path / "site"


def _found(site: Path, jobs: int = 1) -> list[tuple[str, str | None, int | None, str | None]]:
    found = check_site(read_site(open_site(site), jobs=jobs))
    return [(one.check, one.path.name if one.path else None, one.line, one.focus) for one in found]


@pytest.mark.parametrize("jobs", [1, 2])
def test_large_files_are_checked_as_small_ones(site: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """Each finding, with its line, though texts and subjects are not held, and files are read in portions."""
    small = _found(site)
    assert {(check, line) for check, path, line, _ in small if path == "rivers.nt"} >= {
        ("untyped-date", 2), ("blank-name", 1), ("unknown-term", 5), ("lexical-form", 7), ("placement", 8),
        ("blank-node", 10),
    }  # fmt: skip
    for name in ("mreze.staging.MOST_SCANNED", "mreze.staging._MOST_SPOOLED", "mreze.graph.LARGE"):
        monkeypatch.setattr(name, 0)
    monkeypatch.setattr("mreze.staging._PORTION", 200)
    assert _found(site, jobs) == [one for one in small if one[0] != "format"]


def test_packed_files_have_lines_too(site: Path) -> None:
    """The findings of a file are those of the same file, packed."""
    plain = _found(site)
    (site / f"{RIVERS}.gz").write_bytes(gzip.compress((site / RIVERS).read_bytes()))
    (site / RIVERS).unlink()
    packed = [(check, name and name.removesuffix(".gz"), *rest) for check, name, *rest in _found(site)]
    assert [(one[0], one[1], one[2]) for one in packed] == [(one[0], one[1], one[2]) for one in plain]


def test_of_many_findings_most_are_counted() -> None:
    """Of one kind so many are told, each once; of others all."""
    many = [Finding("violation", "a", {"en": "x"}, line=number % 4) for number in range(8)]
    few = [Finding("warning", "b", {"en": "x"}, line=1)]
    told = list(capped([*many, *few], most=3))
    assert [(one.check, one.line) for one in told] == [("a", 0), ("a", 1), ("a", 2), ("b", 1), ("a", None)]
    assert told[-1].message["en"] == "There are 2 more of this kind, which are not told."


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ('"2031-05-06"^^<http://www.w3.org/2001/XMLSchema#date>', "2031-05-06"),
        ('"2031-05-06T23:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>', "2031-05-06"),
        ('"2031"^^<http://www.w3.org/2001/XMLSchema#gYear>', "2031-01-01"),
        ('"2031-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', "2031-05-01"),
        ('"-2031"^^<http://www.w3.org/2001/XMLSchema#gYear>', None),
        ('"2031-05-77"^^<http://www.w3.org/2001/XMLSchema#date>', None),
        ('"2031-05-06"', None),
        ('"2031"^^<http://www.w3.org/2001/XMLSchema#integer>', None),
        ('"\\"2031"^^<http://www.w3.org/2001/XMLSchema#gYear>', None),
        ('"\\"2031\\"^^<http://www.w3.org/2001/XMLSchema#gYear>"', None),
        ('" ^^ "@en-a', None),
    ],
)
@pytest.mark.parametrize("name", ["rivers.nt", "rivers.nq"])
def test_the_latest_day_is_found(site: Path, written: str, day: str | None, name: str) -> None:
    """A year and a month count as their first day; what is no date, or no right one, is none."""
    (site / RIVERS).unlink()
    (site / "data/crossings" / name).write_text(f"<{B}id/rivers/a> <{B}x> {written} .\n", "utf-8")
    graph = read_site(open_site(site))
    latest = latest_date(graph)
    assert latest is not None
    assert (latest.day if latest.document.path.name == name else None) == day
