"""What a query says of its columns is read from its header."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.columns import Columns, read_columns
from mreze.errors import SiteError
from mreze.headers import read_headers

FILE = Path("queries/examples/q.rq")


def _read(text: str) -> Columns:
    return read_columns(text, read_headers(text, FILE), FILE)


def test_heads_are_read_by_language() -> None:
    """A comma within a head parts nothing, and Serbian in Latin script need not be written."""
    columns = _read("#+ columns@en: ?seat seat, or office, ?since since\n#+ columns@sr-cyrl: ?seat седиште\nASK {}")
    assert columns.heads == {
        "seat": {"en": "seat, or office", "sr-cyrl": "седиште", "sr-latn": "sedište"},
        "since": {"en": "since"},
    }
    assert columns.lines == {"seat": 1, "since": 1}


def test_labels_and_words_are_read() -> None:
    """A variable keeps its mark, a class becomes an IRI, by the prefixes of mreze too."""
    columns = _read('#+ labels: ?a of ?b, ?c of schema:Country\n#+ words@de: "none" keiner, "a, b" beide\nASK {}')
    assert columns.named == {"a": "?b", "c": "https://schema.org/Country"}
    assert columns.words == {"none": {"de": "keiner"}, "a, b": {"de": "beide"}}
    assert columns.unknown(["a", "c"]) == ["b"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("#+ columns@en: seat", "not understood"),
        ("#+ columns@en: ?seat", "not understood"),
        ("#+ columns@en: ?a one, ?a two", "stands there twice"),
        ("#+ labels: ?a schema:Country", "not understood"),
        ("#+ labels: ?a of nowhere:Country", "is no class"),
        ("#+ words@en: none nothing", "not understood"),
    ],
)
def test_a_wrong_line_is_named(line: str, says: str) -> None:
    """The error names file, line and remedy."""
    with pytest.raises(SiteError, match=says) as caught:
        _read(f"# a comment\n{line}\nASK {{}}")
    assert (caught.value.path, caught.value.line) == (FILE, 2)
    assert caught.value.remedy
