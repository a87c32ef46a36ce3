"""SVG is written as text that is well-formed, safe, and of the width that was reckoned with."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from mreze.serve.pictures import svg
from mreze.serve.pictures.svg import Caption, Name, element, linked, number, path, picture, text_width, words, wrap

HOSTILE = '<script>"&'


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (1.26, "1.3"), (-0.01, "0"), (-2.5, "-2.5"), (100.04, "100")])
def test_numbers_have_no_needless_digits(value: float, text: str) -> None:
    """One decimal is finer than a screen."""
    assert number(value) == text


def test_what_is_given_is_text() -> None:
    """A hostile name is neither element nor attribute, wherever it stands."""
    named = Name(HOSTILE, HOSTILE, HOSTILE)
    drawn = picture(Caption(HOSTILE, HOSTILE, HOSTILE), 300.0, 10.0, [linked(named, words(HOSTILE, 1, 2))], "x")
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    assert [one.tag for one in root.iter()] == ["svg", "title", "desc", "a", "text"]
    assert root.findtext(".//text") == root.findtext("title") == HOSTILE
    assert root.find("a") is not None
    assert "style" not in drawn


def test_a_picture_says_what_it_is() -> None:
    """It has a title and a description, and they are found by the ids that it names."""
    root = ElementTree.fromstring(picture(Caption("p", "Title", "Told"), 720.0, 10.0, [], "x"))  # noqa: S314 - our own
    ids = {one.get("id"): one.text for one in root.iter()}
    assert ids[root.get("aria-labelledby")] == "Title"
    assert ids[root.get("aria-describedby")] == "Told"


@pytest.mark.parametrize(
    ("text", "width", "most", "lines"),
    [
        ("one", 100, 2, ["one"]),
        ("one two three", 60, 2, ["one two", "three"]),
        ("one two three four five six", 60, 2, ["one two", "three f…"]),
        ("", 60, 2, [""]),
    ],
)
def test_long_names_are_wrapped(text: str, width: float, most: int, lines: list[str]) -> None:
    """In lines of a width; what does not fit the last one ends with an ellipsis."""
    found = wrap(text, width, most)
    assert len(found) <= most
    assert all(text_width(one) <= width for one in found)
    assert [one.rstrip("…")[:3] for one in found] == [one[:3] for one in lines]


def test_a_path_is_written_in_steps() -> None:
    """Of half a unit; steps that lead nowhere are left out, and signs separate where they can."""
    assert path([(1.0, 1.0), (2.0, 0.5), (2.0, 0.5), (1.5, 1.0)], closed=True) == "M2,2l2-1-1,1z"


def test_what_is_none_is_left_out() -> None:
    """An attribute without a value is not there; underlines are hyphens."""
    assert element("g", stroke_width=1.0, class_="a", lang=None) == '<g stroke-width="1" class="a"/>'


def test_a_name_of_any_length_is_cut_in_one_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter of it is looked at a few times, not once for each letter that is cut off."""
    looked_at: list[str] = []

    def width(letter: str) -> float:
        looked_at.append(letter)
        return 1.0

    monkeypatch.setattr(svg, "_width", width)
    assert svg.shorten("a" * 10_000, 11 * svg.SIZE) == "a" * 10 + "…"
    assert len(looked_at) <= 30_000
