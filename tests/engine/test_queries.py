"""The header of a saved query tells what it asks; the rest is the engine's."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.errors import SiteError
from mreze.queries import read_query

FILE = Path("queries/examples/q.rq")


def _query(root: Path, text: str | bytes) -> Path:
    path = root / FILE
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return FILE


def test_the_header_is_read(tmp_path: Path) -> None:
    """Texts by language, English where none is named, severity, see and property."""
    text = "#+ summary: Who?\n#+ summary@de: Wer?\n#+ remedy: Do.\n#+ severity: info\n#+ see: X.md#y\n"
    text += "#+ property: P17\nASK {}\n"
    query = read_query(tmp_path, _query(tmp_path, text))
    assert (query.name, query.text) == ("q", text)
    assert query.summary == {"en": "Who?", "de": "Wer?"}
    assert (query.remedy, query.severity, query.see) == ({"en": "Do."}, "info", "X.md#y")
    assert query.wikidata == "P17"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * {}", "select"),
        ("PREFIX select: <x:ask>\n# construct\nASK {}", "ask"),
        ("PREFIX a: <x:>\nconstruct where {}", "construct"),
        ("DESCRIBE <x:select>", "describe"),
    ],
)
def test_the_form_is_the_first_keyword(tmp_path: Path, text: str, form: str) -> None:
    """Prefixes, IRIs and comments are no keywords."""
    assert read_query(tmp_path, _query(tmp_path, "#+ summary: x\n" + text)).form == form


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (b"#+ summary: x\n#+ sumary: y\n", 2, "not understood"),
        (b"#+ summary\n", 1, "not understood"),
        (b"ASK {}", None, "nowhere what it asks"),
        (b"#+ summary: x\n#+ severity: bad\n", None, "unknown"),
        (b"#+ summary: x\n#+ property: member\n", 2, "none of Wikidata's"),
        (b"\xff", None, "cannot be read"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, text: bytes, line: int | None, says: str) -> None:
    """The error names file, line and remedy."""
    with pytest.raises(SiteError, match=says) as caught:
        read_query(tmp_path, _query(tmp_path, text))
    assert (caught.value.path, caught.value.line) == (FILE, line)
    assert caught.value.remedy
