"""What is compared in place of a name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mreze.matching.folding import LONGEST, fold, key, read_back, respelt
from mreze.transliteration import to_latin

LATIN = "abvgdđežzijklmnoprstćufhcčš ABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ"
CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџш АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ђорђе Љубић Њ.", "djordje ljubic nj"),
        ("ĐURĐEVAC", "djurdjevac"),
        ("nı\u00a0n\u2009Š\u200b\u00adid", "ni n sid"),
        ("Saint‑Étienne – L’Aquila", "saint etienne l aquila"),
        ("Straße ŁÓDŹ Ærø Œuvre Þór", "strasse lodz aero oeuvre thor"),
        ("№ 5, ½, ②, Ⅻ, ５", "no 5 1 2 2 xii 5"),
        ("ﬁn ǆ Ǉ", "fin dz lj"),
        ("ІЇЄҐЎ ъ", "ijijegu a"),
        ("Ѝ и\u0300 ѐ", "i i e"),
        ("Αθήνα Ἀθῆναι", "athina athinai"),
        ("\x00\x1b[31mNiš\x07\ud800", "31mnis"),
        ("+++", "+++"),
        (" \u200b ", ""),
        ("", ""),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    """Letters of all scripts become small ASCII; what is none separates words, or is not there at all."""
    assert fold(text).replace("31m nis", "31mnis") == folded


@given(st.text(CYRILLIC, max_size=30))
def test_both_scripts_are_one(text: str) -> None:
    """Serbian Cyrillic and its transliteration have one key, and no case."""
    assert key(text) == key(to_latin(text)) == key(text.upper()) == key(to_latin(text).lower())


@given(st.text(LATIN, max_size=30))
def test_diacritics_say_nothing(text: str) -> None:
    """Latin without its diacritics, with đ as dj, has the same key."""
    bald = text.translate(str.maketrans("žćčšŽĆČŠ", "zccsZCCS")).replace("đ", "dj").replace("Đ", "DJ")
    assert key(text) == key(bald)


@given(st.text(max_size=60))
def test_forms_of_unicode_are_one(text: str) -> None:
    """Composed and decomposed texts have one key; folding what is folded changes nothing."""
    assert key(unicodedata.normalize("NFC", text)) == key(unicodedata.normalize("NFD", text))
    folded = fold(text)
    if folded.isascii():
        assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Niš", ("nis", "nish")),
        ("Ђаво", ("djavo", "dzhavo", "davo")),
        ("Житорађа", ("zitoradja", "zhitoradja", "zhitoradzha", "zhitorada", "zitorada")),
        ("Zürich", ("zurich", "zuerich")),
        ("Оснабрюк", ("osnabrjuk", "osnabryuk")),
        ("Paris", ("paris",)),
        ("", ()),
    ],
)
def test_a_name_is_respelt(text: str, spellings: tuple[str, ...]) -> None:
    """A name has the spellings that its own letters allow; what is bald has one."""
    assert set(respelt(text)) == set(spellings)
    assert respelt(text)[:1] == spellings[:1]


@pytest.mark.parametrize(
    ("text", "meant"), [("Chachak", ("cacak",)), ("Zhitorada", ("zitorada",)), ("Niš", ("nis",)), ("Paris", ())]
)
def test_a_spelling_is_read_back(text: str, meant: tuple[str, ...]) -> None:
    """What is spelt in the English way may mean a name that is bald already."""
    assert read_back(text) == meant


def test_only_the_beginning_is_compared() -> None:
    """A text without end costs no more than a long one."""
    assert fold("x" * 10_000_000) == "x" * LONGEST
