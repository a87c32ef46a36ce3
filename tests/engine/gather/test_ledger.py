"""What was sent already is not offered again."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.errors import SiteError, UsageError
from mreze.gather.ledger import PATH, Ledger, Sent, parse_ledger, read_ledger, rows, unsent, write
from mreze.gather.quickstatements import Addition

STATEMENT = ("Q1", "P463", "Q2")
REFERENCES = (('"https://a.example/"', 'S854\t"https://a.example/"'),)
SINCE = ("P580", "+2003-00-00T00:00:00Z/9")
WHOLE = Addition(STATEMENT, "value", (SINCE,), REFERENCES)
BEGAN = Addition(STATEMENT, "P580", (SINCE,), REFERENCES)
BEGAN_OTHERWISE = Addition(STATEMENT, "P580", (("P580", "+2004-00-00T00:00:00Z/9"),), REFERENCES)
ENDED = Addition(STATEMENT, "P582", (("P582", "+2010-00-00T00:00:00Z/9"),), REFERENCES)
SOURCED = Addition(STATEMENT, "reference", (), REFERENCES)
HEADER = "item\tproperty\tvalue\tabout\tqualifiers\treferences\tday\tfile\n"
ROW = "Q1\tP463\tQ2\tvalue\tP580 +2003-00-00T00:00:00Z/9\thttps://a.example/\t2026-11-27\tqs.txt\n"


@pytest.mark.parametrize(
    ("sent", "offered", "new"),
    [
        (WHOLE, WHOLE, False),
        (WHOLE, BEGAN, False),
        (WHOLE, SOURCED, False),
        (WHOLE, BEGAN_OTHERWISE, True),
        (WHOLE, ENDED, True),
        (BEGAN, BEGAN, False),
        (BEGAN, WHOLE, False),
        (BEGAN, SOURCED, False),
        (SOURCED, SOURCED, False),
        (SOURCED, BEGAN, True),
        (WHOLE, Addition(("Q1", "P463", "Q3"), "value", (), REFERENCES), True),
    ],
)
def test_unsent(sent: Addition, offered: Addition, new: bool) -> None:
    """Neither a statement nor a part of it that was sent is offered again, only what the site did not say then."""
    ledger = Ledger(rows([sent], "2026-11-27", "qs.txt"))
    assert unsent([offered], ledger) == (((offered,), ()) if new else ((), ("2026-11-27",)))


def test_the_first_day_counts() -> None:
    """What was sent twice has been sent since the first time; no row is repeated."""
    ledger = Ledger(rows([WHOLE], "2026-11-28", "b.txt")).with_rows(rows([WHOLE], "2026-11-27", "a.txt"))
    assert set(ledger.since().values()) == {"2026-11-27"}
    assert ledger.with_rows(rows([WHOLE], "2026-11-27", "a.txt")) == ledger


def test_text(tmp_path: Path) -> None:
    """The table has a header, a row a line, and is read as it was written."""
    ledger = Ledger(rows([WHOLE, SOURCED], "2026-11-27", "qs.txt"))
    write(tmp_path, ledger)
    assert (tmp_path / PATH).read_text("utf-8").startswith(HEADER + ROW)
    assert read_ledger(tmp_path) == ledger
    assert read_ledger(tmp_path / "elsewhere") == Ledger()


def test_spreadsheets_are_read() -> None:
    """A byte order mark, Windows line ends and empty lines change nothing."""
    written = "\ufeff" + (HEADER + "\n" + ROW).replace("\n", "\r\n")
    assert parse_ledger(written.encode()) == Ledger(rows([WHOLE], "2026-11-27", "qs.txt"))


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "does not name the columns"),
        (ROW.encode(), 1, "does not name the columns"),
        ((HEADER + "Q1\tP463\n").encode(), 2, "has 2 cells"),
        ((HEADER + ROW + ROW.replace("2026-11-27", "soon")).encode(), 3, "'soon' is no day"),
        ((HEADER + ROW).encode("utf-16"), 1, "not UTF-8"),
    ],
)
def test_a_broken_table(content: bytes, line: int, message: str) -> None:
    """It is told with file, line and remedy."""
    with pytest.raises(SiteError, match=message) as caught:
        parse_ledger(content)
    assert str(caught.value).startswith(f"{PATH}:{line}: ")


def test_both_files_or_neither(tmp_path: Path) -> None:
    """If the ledger cannot be written, the commands are taken back."""
    (tmp_path / PATH).mkdir(parents=True)
    with pytest.raises(SiteError, match=r"sent\.tsv"):
        write(tmp_path, Ledger(), tmp_path / "qs.txt", "Q1\n")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert list((tmp_path / PATH.parent).iterdir()) == [tmp_path / PATH]


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    """A file that says something else stays; the same commands may be written again."""
    out = tmp_path / "qs.txt"
    write(tmp_path, Ledger(), out, "Q1\n")
    write(tmp_path, Ledger(rows([WHOLE], "2026-11-27", "qs.txt")), out, "Q1\n")
    with pytest.raises(UsageError, match="Name a new one"):
        write(tmp_path, Ledger(), out, "Q2\n")
    assert out.read_text("utf-8") == "Q1\n"
    assert len(read_ledger(tmp_path).rows) == 1


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    """A folder is no file; nothing is recorded."""
    with pytest.raises(UsageError, match="--out FILE"):
        write(tmp_path, Ledger(), tmp_path, "Q1\n")
    assert not (tmp_path / PATH).exists()


def test_a_row_of_a_person() -> None:
    """Whoever submitted something by hand writes a row without qualifiers and references: it is offered no more."""
    row = Sent("Q1", "P463", "Q2", "value", "", "", "2026-11-27", "")
    assert unsent([WHOLE], Ledger((row,)))[0] == ()
