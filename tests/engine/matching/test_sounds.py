"""What sounds alike has one form, and what does not has another."""

from __future__ import annotations

import pytest

from mreze.matching.folding import fold
from mreze.matching.sounds import sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nish", "Ниш"),
        ("Енерџи", "Energy"),
        ("energi", "energy"),
        ("Ситиз", "Cities"),
        ("Нетворк", "network"),
        ("Алијанс", "Alliance"),
        ("Еуропиан", "European"),
        ("Јуроп", "Europe"),
        ("Евроситиз", "Eurocities"),
        ("Yagodina", "Јагодина"),
        ("Кохежн", "Kohezhn"),
        ("Грин", "Green"),
        ("Phorum", "Форум"),
        ("balcan", "Балкан"),
    ],
)
def test_a_name_is_written_as_it_is_heard(one: str, other: str) -> None:
    """An English one in Serbian letters, a Serbian one in English letters."""
    assert sound(fold(one)) == sound(fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("nis", "nisa"), ("market", "marset"), ("cork", "york"), ("lyon", "leon"), ("2003", "2033"), ("ecad", "ecat")],
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    """It folds little."""
    assert sound(one) != sound(other)


def test_something_is_always_left() -> None:
    """A word that rules would empty is what it is."""
    assert [sound(one) for one in ("", "e", "h", "1", "+")] == ["", "e", "h", "1", "+"]
