"""What keeps a file from being read is told of the file, or of the machine: whichever it is."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from mreze.formats import N_TRIPLES
from mreze.reading import Portion, Quads, read_portion
from mreze.site import SiteFile
from mreze.source import written

LINE = b"<urn:s> <urn:p> <urn:o> .\n"


@pytest.fixture
def portion(tmp_path: Path) -> Portion:
    """A file of one statement."""
    (tmp_path / "x.nt").write_bytes(LINE)
    return Portion(tmp_path, SiteFile(Path("x.nt"), "data", N_TRIPLES, "things"), "urn:g")


def test_what_cannot_be_put_says_nothing_of_the_file(portion: Portion) -> None:
    """There is no room for what was read: no finding tells to make the file readable."""

    def put(_: list[bytes]) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        read_portion(portion, put, None)


def test_too_many_open_files_are_no_trouble_of_this_one(portion: Portion, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is read: nothing is taken for empty, or for shorter than it is."""

    def refused(*_: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    assert len(list(Quads(portion, 1))) == 1
    monkeypatch.setattr("mreze.reading.Source", refused)
    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(OSError, match="Too many"):
        read_portion(portion, lambda _: None, None)
    with pytest.raises(OSError, match="Too many"):
        list(Quads(portion, 1))
    with pytest.raises(OSError, match="Too many"):
        written(portion.root / "x.nt")


def test_a_file_that_is_none_is_a_finding(portion: Portion) -> None:
    """That is for the author to mend."""
    (portion.root / "x.nt").unlink()
    [finding] = read_portion(portion, lambda _: None, None).findings
    assert "No such file" in finding.message["en"]
    assert list(Quads(portion, 1)) == []
    assert written(portion.root / "x.nt") == ""
