"""Things are found word by word, for people who look at them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mreze.matching.loosely import MOST, WORDS, fit, says_all
from mreze.matching.model import Entry, Label, Wanted
from mreze.matching.packing import named
from mreze.matching.reader import TantivyIndex, open_index
from mreze.matching.schema import DESCRIPTION
from mreze.matching.writer import write_index

BASE = "https://x.example/id/"
CITY, MEMBERSHIP = BASE + "City", BASE + "Membership"
ENTRIES = (
    Entry(BASE + "m/nis-energy", (Label("City of Niš in Energy Cities", "en"),), (), (MEMBERSHIP,), context=("ec",)),
    Entry(BASE + "m/riga-energy", (Label("Riga in Energy Cities", "en"),), (), (MEMBERSHIP,), context=("ec",)),
    Entry(BASE + "o/energy", (Label("Energy Cities", "en"), Label("EC", "en")), (), ()),
    Entry(BASE + "p/nis", (Label("Niš", "en"),), (), (CITY,)),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    """A few things."""
    folder = tmp_path_factory.mktemp("loosely") / "index"
    write_index(folder, ENTRIES, BASE, {})
    return open_index(folder)


def _ids(index: TantivyIndex, text: str, *, prefix: bool = False, types: tuple[str, ...] = ()) -> list[str]:
    return [one.entry.iri.removeprefix(BASE) for one in index.look(Wanted(text, types, prefix=prefix))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nish energi", ["m/nis-energy"]),
        ("Ниш Енерџи", ["m/nis-energy"]),
        ("riga ec", ["m/riga-energy"]),
        ("енерџи ситиз", ["o/energy", "m/riga-energy", "m/nis-energy"]),
        ("riga nothing", []),
        ("riga energy nothing", ["m/riga-energy"]),
        ("in of the", []),
        ("", []),
    ],
)
def test_every_word_stands_somewhere(index: TantivyIndex, text: str, found: list[str]) -> None:
    """In a name, or as the name of what it has to do with; where nothing has all of them, most of them are enough."""
    assert _ids(index, text) == found


def test_the_last_word_may_be_on_its_way(index: TantivyIndex) -> None:
    """While somebody types, and only then."""
    assert _ids(index, "nish ener", prefix=True) == ["m/nis-energy"]
    assert _ids(index, "nish ener") == []


def test_a_class_is_chosen(index: TantivyIndex) -> None:
    """Other things are not there."""
    assert _ids(index, "energi", types=(MEMBERSHIP,)) == ["m/riga-energy", "m/nis-energy"]
    assert _ids(index, "energi", types=(CITY,)) == []


def test_nothing_of_it_is_certain(index: TantivyIndex) -> None:
    """It has fewer points than what is called so, and tells how much of what was asked it has."""
    whole, part = index.look(Wanted("energy cities"))[0], index.look(Wanted("riga energy nothing"))[0]
    assert (whole.score, whole.match, whole.features) == (MOST, False, ((WORDS, 100.0),))
    assert not part.match
    assert dict(part.features)[WORDS] < 100


def test_an_index_of_the_form_before_finds_nothing_so(tmp_path: Path) -> None:
    """Releases that were built before are searched by names, as they were."""
    write_index(tmp_path / "index", ENTRIES, BASE, {})
    path = tmp_path / "index" / DESCRIPTION
    path.write_text(path.read_text("utf-8").replace('"version": 3', '"version": 2'), "utf-8")
    old = open_index(tmp_path / "index")
    assert old.look(Wanted("nish energi")) == []
    assert old.find(Wanted("nis"))[0].label.text == "Niš"


def test_a_thing_without_a_name_fits_nothing() -> None:
    """There is nothing to compare."""
    assert fit(("nis",), named([]), prefix=False) is None
    assert fit((), named([Label("Niš", "en")]), prefix=False) is None


@pytest.mark.parametrize(
    ("text", "name", "says"),
    [
        ("nish energi", "City of Niš in Energy Cities", True),
        ("nish ecad", "City of Niš", False),
        ("the city", "City of Niš", True),
    ],
)
def test_a_name_says_all_or_not(text: str, name: str, *, says: bool) -> None:
    """Small words say nothing."""
    assert says_all(text, name) is says
