"""Nothing that the city's page says is lost: each of its statements is quoted somewhere in the data."""

from __future__ import annotations

import pytest
from tests.data.graph import quotes, source_text

PAGE = "mreze-gradova"


def covered(text: str, exact_words: list[str]) -> list[bool]:
    """For each character of the text, whether it stands inside one of the quotes, wherever they occur."""
    marks = [False] * len(text)
    for words in exact_words:
        start = text.find(words)
        while start >= 0:
            marks[start : start + len(words)] = [True] * len(words)
            start = text.find(words, start + 1)
    return marks


def uncovered(line_number: int) -> str:
    """The letters and digits of a line of the page that no quote holds; a gap shows as a space."""
    text = source_text(PAGE)
    marks = covered(text, [words for _, source, words in quotes() if source == PAGE])
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[:line_number])
    line = lines[line_number]
    left = (one if one.isalnum() and not marks[start + at] else " " for at, one in enumerate(line))
    return " ".join("".join(left).split())


def lines_with_text() -> list[int]:
    """The numbers of the lines of the page that are not blank."""
    return [number for number, line in enumerate(source_text(PAGE).split("\n")) if line.strip()]


def test_the_measure_sees_gaps() -> None:
    """A letter outside every quote is not taken for covered."""
    assert covered("aba c", ["a"]) == [True, False, True, False, False]


def test_the_page_has_its_length() -> None:
    """The page that the test reads is the whole one: title, paragraphs and captions."""
    assert len(lines_with_text()) == 20


@pytest.mark.parametrize("number", lines_with_text())
def test_line_is_quoted(number: int) -> None:
    """Every letter and digit of the line stands inside a quote that some fact rests on."""
    assert uncovered(number) == ""
