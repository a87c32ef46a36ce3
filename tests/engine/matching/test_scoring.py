"""Scores follow the rule that the module states."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.matching.asking import read
from mreze.matching.model import Entry, Kind, Label, Wanted
from mreze.matching.packing import pack, unpack
from mreze.matching.reader import open_index
from mreze.matching.scoring import best_name
from mreze.matching.writer import write_index


def _score(asked: str, label: str, kind: Kind = Kind.PREFERRED, *, prefix: bool = False) -> float:
    entry = Entry("https://world.example/id/x", (Label(label, "", kind),), (), (), (), ("texas",))
    found = best_name(read(asked), unpack(pack(entry)[1]), prefix=prefix)
    assert found
    return round(found[0], 2)


@pytest.mark.parametrize(
    ("asked", "label", "score"),
    [
        ("SID", "Šid", 100),
        ("Shabac", "Šabac", 96),
        ("City of Shabac", "Šabac", 91),
        ("Делац", "Ђелац", 95 * 5 / 6),
        ("Delac", "Ђелац", 96),
        ("Shabac", "Sabac", 89),
        ("Grad Šid", "Šid", 94),
        ("Šid", "Grad Šid", 94),
        ("City of Šid", "Opština Šid", 88),
        ("Sad Novi", "Novi Sad", 95),
        ("Beogrd", "Beograd", 95 * 6 / 7),
        ("Lot 17", "Lot 18", 0),
        ("Energy", "Energy Cities", 55 + 35 * 6 / 12),
        ("skgo", "Stalna konferencija gradova i opština", 85),
        ("Paris, Texas", "Paris", 99),
        ("Paris (Utah)", "Paris", 88),
        ("Paris Texas", "Paris", 94),
        ("xyz", "Paris", 0),
    ],
)
def test_a_name_has_the_score_of_its_rule(asked: str, label: str, score: float) -> None:
    """Each row of the table."""
    assert _score(asked, label) == pytest.approx(score, abs=0.01) if score else _score(asked, label) < 50


def test_names_of_lesser_kinds_have_less() -> None:
    """An alternative name has 2 points less, a former one 3."""
    assert [_score("Šid", "Šid", kind) for kind in Kind] == [100, 98, 97]


def test_a_beginning_has_more_the_more_is_typed() -> None:
    """What is typed so far rises with every letter; the beginning of a later word has less."""
    scores = [_score("Beograd"[:length], "Beograd", prefix=True) for length in range(1, 8)]
    assert scores == sorted(scores)
    assert (round(scores[0], 1), scores[-1]) == (82.1, 100)
    assert _score("sa", "Novi Sad", prefix=True) < _score("no", "Novi Sad", prefix=True)


@pytest.mark.parametrize(
    ("names", "asked", "matched"),
    [
        (["Šid"], "Šid", True),
        (["Šid", "Sid"], "Šid", False),
        (["Šid", "~Šid"], "Šid", False),
        (["~Delac", "Đelac"], "Delac", False),
        (["~Delac", "Ђелац"], "Делац", True),
        (["Šid", "Grad Šid"], "Šid", True),
        (["Šid", "Vid"], "Šid", True),
        (
            ["Stalna konferencija gradova i opština Jugoslavije"],
            "Stalna konferencija gradova i opštine Jugoslavije",
            True,
        ),
        (
            ["Stalna konferencija gradova i opština Jugoslavije", "Stalna konferencija gradova i opštine Jugoslavije"],
            "Stalna konferencija gradova i opština Jugoslavija",
            False,
        ),
        (["~" + "a" * 60, "a" * 59 + "b"], "a" * 60, False),
    ],
)
def test_a_match_needs_a_clear_gap(tmp_path: Path, names: list[str], asked: str, matched: bool) -> None:
    """The best is a match only where it is good enough and the next is well behind, a near name too."""
    entries = [
        Entry(f"https://world.example/id/{place}", (Label(name.lstrip("~"), "", _kind(name)),), (), ())
        for place, name in enumerate(names)
    ]
    write_index(tmp_path / "index", entries, "https://world.example/id/", {})
    assert open_index(tmp_path / "index").find(Wanted(asked))[0].match is matched


def _kind(name: str) -> Kind:
    return Kind.ALTERNATIVE if name.startswith("~") else Kind.PREFERRED
