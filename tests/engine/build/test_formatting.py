"""`mreze format` changes the form and never the triples."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.cli import main

UGLY = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix unused: <https://unused.example/> .
# kept
<https://b.example/> rdfs:label "b"@EN , "a"@sr-Cyrl ; a <https://b.example/T>.
<https://a.example/> rdfs:comment \"\"\"x
y\"\"\" .
"""
PRETTY = """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://a.example/>
    rdfs:comment "x\\ny" ;
.

# kept
<https://b.example/>
    a <https://b.example/T> ;
    rdfs:label "a"@sr-cyrl ;
    rdfs:label "b"@en ;
.
"""


def test_a_file_is_rewritten_in_the_house_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Sorted, one statement a line, tags in lower case, comments kept; twice is once."""
    path = tmp_path / "x.ttl"
    path.write_text(UGLY, "utf-8")
    assert main(["format", "--check", str(path)]) == 1
    assert path.read_text("utf-8") == UGLY
    assert main(["format", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}\n{path}\n"
    assert path.read_text("utf-8") == PRETTY
    assert main(["format", "--check", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""


def test_bytes_of_literals_are_kept(tmp_path: Path) -> None:
    """A no-break space stays one, written so that it is seen; Windows ends of lines outside of literals go."""
    path = tmp_path / "x.ttl"
    path.write_bytes('\ufeff<x:a> <x:p> "a\u00a0b" .\r\n'.encode())
    assert main(["format", str(path)]) == 0
    assert path.read_bytes() == b'<x:a>\n    <x:p> "a\\u00A0b" ;\n.\n'


def test_what_cannot_be_read_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A broken file is named with its line and not touched, the others are formatted."""
    (tmp_path / "broken.ttl").write_text("<x:a> <x:p> .\n", "utf-8")
    (tmp_path / "latin.ttl").write_bytes(b"\xff")
    (tmp_path / "good.ttl").write_text('<x:a> <x:p> "b".', "utf-8")
    assert main(["format", str(tmp_path)]) == 1
    captured = capsys.readouterr()
    assert f"{tmp_path / 'broken.ttl'}:1: not Turtle" in captured.err
    assert f"{tmp_path / 'latin.ttl'}: cannot be formatted" in captured.err
    assert captured.out == f"{tmp_path / 'good.ttl'}\n"
    assert (tmp_path / "broken.ttl").read_text("utf-8") == "<x:a> <x:p> .\n"


def test_the_mode_of_a_file_is_kept(tmp_path: Path) -> None:
    """Rewriting is a rename, and the new file has the rights of the old one."""
    path = tmp_path / "x.ttl"
    path.write_text(UGLY, "utf-8")
    path.chmod(0o640)
    assert main(["format", str(path)]) == 0
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A path that is not there ends with 2."""
    assert main(["format", str(tmp_path / "none.ttl")]) == 2
    assert "there is no such file or folder" in capsys.readouterr().err
