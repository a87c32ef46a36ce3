"""The table of differences, as programs and spreadsheets read it."""

from __future__ import annotations

from mreze.gather.differences.report import Report
from mreze.gather.differences.table import COLUMNS, write_table
from mreze.gather.items import Stated
from mreze.gather.model import Compared, Difference, Evidence, Item, Moment, Ours

WD = "http://www.wikidata.org/entity/"
HERE = "https://site.example/id/"


def test_a_formula_is_text_to_a_spreadsheet() -> None:
    """A quote or a title that begins as one, and a year before our era, have an apostrophe before them."""
    evidence = Evidence(f"{HERE}s", "+cmd|calc", "https://a.example/", "2026-11-23", '=HYPERLINK("http://b.example")')
    ours = Ours(f"{HERE}a", f"{WD}Q1", "P571", Moment("-0044"), evidence=(evidence,))
    plain = Ours(f"{HERE}b", f"{WD}Q2", "P463", Item(f"{WD}Q3"))
    found = tuple(Compared(Difference.MISSING_THERE, one.property, "value", (one,), (), "") for one in (ours, plain))
    report = Report(found, Stated(), {}, {}, {}, "https://wd.example/", "2026-11-23", "snapshot")
    header, *lines = write_table(report, "en").splitlines()
    assert header.split("\t") == list(COLUMNS)
    first, second = (dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in sorted(lines, reverse=True))
    assert (first["our value"], first["source title"]) == ("'-0044", "'+cmd|calc")
    assert first["quote"] == '\'=HYPERLINK("http://b.example")'
    assert (second["our value"], second["quote"]) == ("Q3", "")
