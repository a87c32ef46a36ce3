"""Queries of several names, of ids and of no name are put together from what an index finds by one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from mreze.errors import Unanswerable
from mreze.matching.conditions import Comparison
from mreze.matching.model import Candidate, Condition, Entry, Facts, Label, Value, Wanted
from mreze.serve.reconcile.asked import Asked, Named
from mreze.serve.reconcile.find import Finder
from mreze.serve.reconcile.scan import MOST, Scan, refuse_many

BASE = "https://data.example/"
FOUND = {"a": {"x": 100.0, "y": 60.0}, "b": {"y": 100.0, "x": 40.0}, "c": {"z": 96.0}}
"""What the index finds by a name: things and their scores."""
YEARS = {"x": "1990", "y": "1990", "z": "2010"}


def _entry(name: str) -> Entry:
    return Entry(f"{BASE}id/{name}", (Label(name, "en"),), ("urn:Class",), ("urn:Class", "urn:Above"))


class _Index:
    """Knows three things."""

    def find(self, wanted: Wanted, facts: Facts | None = None) -> list[Candidate]:  # noqa: ARG002 - as the protocol has it
        """By a name of the table, or by an IRI."""
        scores = FOUND.get(wanted.text, {})
        scores = scores or {name: 100.0 for name in YEARS if wanted.text == f"{BASE}id/{name}"}
        found = [Candidate(_entry(name), Label(name, "en"), score, match=False) for name, score in scores.items()]
        return sorted(found, key=lambda one: -one.score)[: wanted.limit]

    def entry(self, iri: str) -> Entry | None:
        """One of the three."""
        name = iri.removeprefix(f"{BASE}id/")
        return _entry(name) if name in YEARS else None


class _Facts:
    """Knows their years."""

    def values(self, iri: str, prop: str) -> Sequence[Value]:
        """Of the one property that there is."""
        return [Value(YEARS[iri[-1]])] if prop == "urn:year" else []


def _find(*names: Named, **others: object) -> list[tuple[str, float, bool]]:
    scan = Scan(lambda _: [_entry(one) for one in YEARS], Comparison(_Facts(), f"{BASE}id/", {}))
    asked = Asked(names, **others)  # type: ignore[arg-type]  # the fields that a test is about
    found = Finder(_Index(), _Facts(), BASE, scan).find(asked)
    return [(one.entry.iri[-1], one.score, one.match) for one in found]


def test_nothing_is_found_by_nothing() -> None:
    """No names and no conditions."""
    assert _find() == _find(Named(())) == []


def test_one_of_several_names_counts_as_the_best() -> None:
    """Two things that are each called one of them are no match."""
    assert _find(Named(("a", "b"))) == [("x", 100.0, False), ("y", 100.0, False)]


def test_all_of_several_names_count_as_the_worst() -> None:
    """And where they are required, a thing that lacks one is no candidate."""
    assert _find(Named(("a", "b"), quantifier="all")) == [("y", 60.0, False)]
    assert _find(Named(("a", "c"), required=True, quantifier="all")) == []


def test_several_conditions_are_their_mean() -> None:
    """Each is one on its own."""
    assert _find(Named(("a",)), Named(("b",))) == [("y", 80.0, False), ("x", 70.0, False)]


def test_what_has_less_than_the_least_score_is_no_candidate() -> None:
    """Also where a score is put together of several: the mean, the least of all, or what agrees in one of three."""
    assert _find(Named(("a",)), Named(("b",)), Named(("c",), required=True)) == []
    assert _find(Named(("a", "c"), quantifier="all")) == []
    others = tuple(Condition("urn:year", (year,)) for year in ("1800", "1900", "2010"))
    assert _find(conditions=others) == []


def test_what_must_not_be_there_is_taken_out() -> None:
    """Where it is certain; then the best may be a match."""
    assert _find(Named(("a",)), Named(("b",), quantifier="none")) == [("x", 100.0, True)]


def test_an_id_is_no_name() -> None:
    """And a name is no id."""
    assert _find(Named(("z",), by_id=True)) == [("z", 100.0, True)]
    assert _find(Named(("a",), by_id=True)) == []
    assert _find(Named((f"{BASE}id%2Fz".removeprefix(BASE),))) == [("z", 100.0, False)]


def test_without_a_name_everything_is_held_against_the_conditions() -> None:
    """What agrees with one of them is a candidate, a match if it is the only one."""
    assert _find(conditions=(Condition("urn:year", ("1990",)),)) == [("x", 100.0, False), ("y", 100.0, False)]
    assert _find(conditions=(Condition("urn:year", ("2010",)),)) == [("z", 100.0, True)]
    assert _find(conditions=(Condition("urn:year", ("1990",), quantifier="none", required=True),))[0][0] == "z"
    assert _find(conditions=(Condition("urn:other", ("1990",)),)) == []


def test_a_thing_of_all_types_is_of_each() -> None:
    """A superclass is one."""
    every = {"types": ("urn:Class", "urn:Above"), "every_type": True}
    assert _find(Named(("a",)), **every)[0][0] == "x"
    assert _find(Named(("a",)), **{**every, "types": ("urn:Class", "urn:Else")}) == []


def test_too_much_is_not_looked_at() -> None:
    """The error says what helps."""
    refuse_many(MOST)
    with pytest.raises(Unanswerable, match="Give a name, or a class of fewer things"):
        refuse_many(MOST + 1)
