"""`mreze new` writes a site that is in order, under any base and title."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from mreze.build.template import write_template
from mreze.cli import main
from mreze.errors import StorageError, UsageError
from mreze.site import open_site


@pytest.mark.parametrize(
    ("base", "title"),
    [
        ("https://example.org/", None),
        ("http://a.example:8080/x/y/", 'Bridges & "more" \\ ćирилица'),
        ("https://zz.example/ontology/", "x"),
    ],
)
def test_a_new_site_has_nothing_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], base: str, title: str | None
) -> None:
    """It passes the check without a finding, is formatted, and says who it is."""
    folder = tmp_path / "site"
    options = ["--title", title] if title else []
    assert main(["new", str(folder), "--base", base, *options]) == 0
    assert f"mreze serve {folder}" in capsys.readouterr().out
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "Nothing found: all is well.\n"
    assert main(["format", "--check", str(folder)]) == 0
    site = open_site(folder)
    assert site.base == base
    assert set(site.titles.values()) == ({title} if title else {"Bridges", "Brücken"})
    assert (folder / ".gitignore").read_text("utf-8") == "/releases/\n/snapshots/\n"
    assert "example.org" in base or "example.org" not in "".join(
        path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    )


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder that holds something, or a file, is refused; an empty folder is not."""
    write_template(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for taken in (tmp_path, tmp_path / "README.md"):
        with pytest.raises(UsageError, match="there is something already"):
            write_template(taken)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "base", ["", "example.org/", "https://example.org", "ftp://example.org/", "https://a b/", "/x/"]
)
def test_a_wrong_base_is_named(tmp_path: Path, base: str) -> None:
    """A base that is no http(s) IRI with a slash at its end is refused before anything is written."""
    with pytest.raises(UsageError, match="not a base IRI"):
        write_template(tmp_path / "site", base)
    assert not (tmp_path / "site").exists()


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the folder, which is as it was: to try again is not refused."""
    (tmp_path / "empty").mkdir()
    written = Path.write_text

    def write(path: Path, content: str, encoding: str) -> int:
        if path.suffix == ".rq":
            raise OSError(errno.ENOSPC, "No space left on device")
        return written(path, content, encoding)

    monkeypatch.setattr(Path, "write_text", write)
    for name in ("empty", "new"):
        with pytest.raises(StorageError, match=f"{name}: cannot be written: No space left on device. Make room there"):
            write_template(tmp_path / name)
    assert [one.name for one in tmp_path.iterdir()] == ["empty"]
    assert list((tmp_path / "empty").iterdir()) == []
