"""Texts by language, and Serbian from one script into the other."""

from __future__ import annotations

import pytest

from mreze.texts import interface_language, pick, text
from mreze.transliteration import to_latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Његош и Љубав", "Njegoš i Ljubav"),
        ("ЊЕГОШ", "NJEGOŠ"),
        ("КОЊ", "KONJ"),
        ("Џ", "Dž"),
        ("џеп, ђак, ћуп", "džep, đak, ćup"),
        ("SPARQL-а и XML", "SPARQL-a i XML"),
        ("", ""),
        ("日本 ъ", "日本 ъ"),
    ],
)
def test_letters_are_transliterated_one_by_one(cyrillic: str, latin: str) -> None:
    """Digraphs follow the case of their neighbours, what is not Serbian stays."""
    assert to_latin(cyrillic) == latin


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "E"), ("sr-latn", "L"), ("sr-cyrl", "L"), ("sr", "L"), ("de", "E"), ("", "E")],
)
def test_a_text_is_picked_by_tongue(language: str, expected: str) -> None:
    """The language itself, another script of it, English."""
    assert pick({"en": "E", "sr-latn": "L"}, language) == expected
    assert pick({}, language) == ""
    assert pick({"fr": "F"}, language) == "F"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "sr_RS.UTF-8"}, "sr-cyrl"),
        ({"LANG": "sr_RS.UTF-8@latin"}, "sr-latn"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "sr_RS", "LC_ALL": "C"}, "en"),
    ],
)
def test_the_locale_tells_the_language(environment: dict[str, str], expected: str) -> None:
    """What is asked for goes first, then the environment."""
    assert interface_language(None, environment) == expected
    assert interface_language("de", environment) == "de"


def test_placeholders_are_filled_in_each_language() -> None:
    """A value is inserted as it is, not transliterated."""
    said = text("The file cannot be read: {reason}.", reason="Ж")
    assert said["en"] == "The file cannot be read: Ж."
    assert said["sr-latn"].endswith("Ж.")
