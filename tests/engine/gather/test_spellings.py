"""How names are written where they are looked for."""

from __future__ import annotations

import pytest

from mreze.gather.spellings import forms, languages, tags, told_apart, written
from mreze.matching.model import Kind, Label


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("sr-cyrl", ("sr-Cyrl", "sr-ec", "sr")),
        ("sr-latn", ("sr-Latn", "sr-el", "sr", "sh")),
        ("sr-Cyrl", ("sr-Cyrl", "sr-ec", "sr")),
        ("en", ("en",)),
        ("en-gb", ("en-gb", "en")),
        ("de-ch-1996", ("de-ch-1996", "de")),
        ("nb", ("nb", "no")),
        ("", ()),
    ],
)
def test_tags_are_those_of_the_other_side(language: str, expected: tuple[str, ...]) -> None:
    """A language has its own tag, those that Wikidata has for its scripts, and that of the language alone."""
    assert tags(language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("energy Cities", ("energy Cities", "Energy Cities")),
        ("Niš", ("Niš",)),
        ("Nis\u030c", ("Nis\u030c", "Niš")),
        ("A  –\u00a0B", ("A  –\u00a0B", "A – B", "A - B")),
        ("L’Aquila", ("L’Aquila", "L'Aquila")),
        (" ", ()),
    ],
)
def test_forms_are_as_here_and_as_people_type_them(text: str, expected: tuple[str, ...]) -> None:
    """A name is looked for as it is, composed, with a capital and with plain signs."""
    assert forms(text) == expected


def test_a_name_is_looked_for_in_each_tag() -> None:
    """Each form has the tags of its language, those that many names have everywhere, and none where that may be."""
    label = Label("ИРЕ", "sr-cyrl")
    assert written([label, label], plain=True) == [
        ("ИРЕ", "sr-Cyrl"), ("ИРЕ", "sr-ec"), ("ИРЕ", "sr"), ("ИРЕ", "en"), ("ИРЕ", "mul"), ("ИРЕ", ""),
    ]  # fmt: skip
    assert written([Label("IRE", "")], plain=False) == [("IRE", "en"), ("IRE", "mul")]


def test_names_that_differ_only_in_script_are_one() -> None:
    """A service that compares loosely is asked for each name once, and not for too many."""
    labels = [Label("Ниш", "sr-cyrl"), Label("Niš", "en"), Label("NIŠ", "", Kind.ALTERNATIVE), Label("Naissus", "la")]
    assert told_apart(labels, 4) == ["Ниш", "Naissus"]
    assert told_apart(labels, 1) == ["Ниш"]


def test_languages_are_those_of_the_site_and_its_names() -> None:
    """Texts are read in the languages of the site, those of its names, and where they have none."""
    found = languages([Label("A", "fr")], ["en", "sr-cyrl"])
    assert found == ["", "en", "fr", "mul", "sr", "sr-cyrl", "sr-ec"]
