"""What fits is told from what is near, in pages, with the classes that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from mreze.errors import NotFound
from mreze.matching.loosely import WORDS
from mreze.matching.model import Candidate, Entry, Facts, Label, Wanted
from mreze.serve.reconcile.terms import Term
from mreze.serve.search.asked import Asked
from mreze.serve.search.finding import NEAR, RANKED, Hit, by_name

BRIDGE, PLACE = "https://x.example/#Bridge", "https://x.example/#Place"
TYPES = {one: Term(one, {"en": one[-6:]}) for one in (BRIDGE, PLACE)}


@dataclass
class Fake:
    """An index that knows one answer, and another for what is the beginning of a name."""

    whole: Sequence[Candidate]
    begun: Sequence[Candidate] = ()
    asked: list[Wanted] = field(default_factory=list)
    wide: Sequence[Candidate] = ()

    def find(self, wanted: Wanted, facts: Facts | None = None) -> list[Candidate]:
        """See `Index`."""
        assert facts is None
        self.asked.append(wanted)
        found = self.begun if wanted.prefix else self.whole
        return [one for one in found if not wanted.types or set(wanted.types) & set(one.entry.classes)][: wanted.limit]

    def look(self, wanted: Wanted) -> list[Candidate]:
        """See `WideIndex`."""
        return [one for one in self.wide if not wanted.types or set(wanted.types) & set(one.entry.classes)]

    def entry(self, iri: str) -> Entry | None:
        """See `Index`."""
        return next((one.entry for one in self.whole if one.entry.iri == iri), None)


def _candidate(name: str, score: float, *classes: str) -> Candidate:
    label = Label(name, "en")
    return Candidate(Entry(f"https://x.example/id/{name}", (label,), classes, classes), label, score, match=False)


def _names(found: Sequence[Candidate | Hit]) -> list[str]:
    return [one.label.text if one.label else "" for one in found]


@pytest.mark.parametrize(
    ("name", "score", "fits"),
    [
        ("Old Brigde", 90.0, True),
        ("Old Bridges", 75.0, True),
        ("Cold Brig", 74.0, False),
        ("The Old Bridge of Stones", 60.0, True),
        ("Bridge", 60.0, True),
        ("Ólđ Бриџ", 60.0, False),
        ("", 60.0, False),
    ],
)
def test_what_fits_has_the_score_or_the_words(name: str, score: float, *, fits: bool) -> None:
    """The rest is near, and told as that where nothing fits."""
    found = by_name(Fake([_candidate(name, score)]), Asked("old BRIDGE"), None, TYPES)
    assert (_names(found.hits), _names(found.near)) == (([name], []) if fits else ([], [name]))
    assert found.total == len(found.hits)


def test_few_near_ones_are_told() -> None:
    """As many as one looks through."""
    found = by_name(Fake([_candidate(f"x{one}", 60.0) for one in range(50)]), Asked("y"), None, TYPES)
    assert len(found.near) == NEAR
    assert not found.is_cut


def test_the_beginning_of_a_name_is_enough() -> None:
    """Where nothing is called so; where something is, what only begins so is not asked for."""
    index = Fake([_candidate("Brie", 70.0)], [_candidate("Bridge", 85.0)])
    assert _names(by_name(index, Asked("Brid"), None, TYPES).hits) == ["Bridge"]
    assert [one.prefix for one in index.asked] == [False, True]
    index = Fake([_candidate("Brid", 100.0)], [_candidate("Bridge", 85.0)])
    assert _names(by_name(index, Asked("Brid"), None, TYPES).hits) == ["Brid"]
    assert [one.prefix for one in index.asked] == [False]
    index = Fake([], [_candidate("Bridge", 85.0)])
    assert _names(by_name(index, Asked("Brid", prefix=True), None, TYPES).hits) == ["Bridge"]
    assert [one.prefix for one in index.asked] == [True]


def test_classes_are_counted_without_the_choice() -> None:
    """So one sees what another choice would give."""
    index = Fake([_candidate("a", 100.0, BRIDGE, PLACE), _candidate("a b", 60.0, PLACE), _candidate("x", 60.0, BRIDGE)])
    found = by_name(index, Asked("a"), TYPES[BRIDGE], TYPES)
    assert _names(found.hits) == ["a"]
    assert {one.iri: count for one, count in found.kinds} == {BRIDGE: 1, PLACE: 2}


def _wide(name: str, score: float, share: float) -> Candidate:
    return replace(_candidate(name, score), features=((WORDS, share),))


def test_what_has_the_words_somewhere_is_the_last_resort() -> None:
    """It comes where no name has all the words; what has only some of them is near."""
    every, some = _wide("x", 70.0, 100.0), _wide("y", 60.0, 66.67)
    index = Fake([_candidate("a", 94.0)], wide=[every, some])
    assert _names(by_name(index, Asked("a b"), None, TYPES).hits) == ["a", "x"]
    assert _names(by_name(index, Asked("a"), None, TYPES).hits) == ["a"]
    found = by_name(Fake([], wide=[every, some]), Asked("a b"), None, TYPES)
    assert (_names(found.hits), found.near) == (["x"], ())
    assert _names(by_name(Fake([], wide=[some]), Asked("a b"), None, TYPES).near) == ["y"]


def test_a_thing_is_found_once() -> None:
    """In the better of the two ways."""
    index = Fake([_candidate("a", 94.0)], wide=[_wide("a", 70.0, 100.0)])
    assert [one.score for one in by_name(index, Asked("a b"), None, TYPES).hits] == [94.0]


def test_pages_are_cut_and_counted() -> None:
    """The last is shorter; there is none after it; that there may be more than are ranked is said."""
    index = Fake([_candidate(f"a {one}", 90.0) for one in range(RANKED + 50)])
    found = by_name(index, Asked("a", limit=90, page=3), None, TYPES)
    assert _names(found.hits) == [f"a {one}" for one in range(180, RANKED)]
    assert (found.total, found.pages, found.is_cut) == (RANKED, 3, True)
    with pytest.raises(NotFound, match="it has 3"):
        by_name(index, Asked("a", limit=90, page=4), None, TYPES)
    with pytest.raises(NotFound):
        by_name(index, Asked("a", page=0), None, TYPES)
